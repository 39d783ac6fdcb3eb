"""``/composants``: every part of the pages on one page, for those who work on them; in development only."""

from flask import Flask, render_template


def init_app(app: Flask) -> None:
    """Add the page where it is wanted."""
    if app.config["DEVELOPMENT"]:
        app.add_url_rule("/composants", "components", components)


def components() -> str:
    """The page of components."""
    return render_template("components.html")
