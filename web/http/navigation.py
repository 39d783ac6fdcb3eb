"""The three doors of the header, the same on every page, and which one the page lies behind."""

from dataclasses import dataclass

from flask import Flask, request, url_for
from flask_babel import gettext as _


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """A way in: what it is called, what a wide screen adds to that, where it leads, whether this page is behind it."""

    label: str
    more: str
    address: str
    current: bool


def init_app(app: Flask) -> None:
    """Give the doors to the templates that show them."""
    app.jinja_env.globals["navigation_links"] = navigation_links


def navigation_links() -> tuple[NavigationLink, ...]:
    """I answer, I read the results, I lead a session."""
    links = (
        (_("Je réponds"), "", url_for("respond.code_entry"), ("/repondre",)),
        (
            _("J’analyse"),
            "",
            url_for("public.results"),
            ("/resultats", "/restitution", "/campagnes", "/territoires", "/parcours"),
        ),
        (_("J’anime"), _("une séance"), url_for("public.sessions"), ("/seances", "/seance")),
    )
    return tuple(NavigationLink(label, more, address, _is_under(prefixes)) for label, more, address, prefixes in links)


def _is_under(prefixes: tuple[str, ...]) -> bool:
    return any(request.path == prefix or request.path.startswith(f"{prefix}/") for prefix in prefixes)
