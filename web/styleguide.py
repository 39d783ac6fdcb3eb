"""``/composants``: every part of the pages on one page, for those who work on them; in development only."""

from flask import Flask, render_template

from web.accounts.forms import SignInForm


def init_app(app: Flask) -> None:
    """Add the page where it is wanted."""
    if app.config["DEVELOPMENT"]:
        app.add_url_rule("/composants", "components", components, methods=["GET"])


def components() -> str:
    """The page of components, its form empty and refused so that errors can be seen."""
    form = SignInForm(formdata=None, meta={"csrf": False})
    form.validate()
    return render_template("styleguide.html", form=form)
