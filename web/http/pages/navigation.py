"""The three links of the header, the same on every page, and which one the current page belongs to."""

from dataclasses import dataclass

from flask import Flask, request, url_for
from flask_babel import gettext as _


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """A link of the header: its label, the words that a wide screen adds, its address, whether it is current."""

    label: str
    more: str
    address: str
    current: bool


def init_app(app: Flask) -> None:
    """Give the links to templates."""
    app.jinja_env.globals["navigation_links"] = navigation_links


def navigation_links() -> tuple[NavigationLink, ...]:
    """Return the links: I answer, I read the results, I lead a session."""
    links = (
        (_("Je réponds"), "", url_for("respond.code_entry"), ("/repondre",)),
        (
            _("J’analyse"),
            "",
            url_for("public.results"),
            ("/resultats", "/restitution", "/campagnes", "/territoires", "/programme", "/parcours"),
        ),
        (_("J’anime"), _("une séance"), url_for("public.sessions"), ("/seances", "/seance")),
    )
    return tuple(NavigationLink(label, more, address, _is_under(prefixes)) for label, more, address, prefixes in links)


def _is_under(prefixes: tuple[str, ...]) -> bool:
    return any(request.path == prefix or request.path.startswith(f"{prefix}/") for prefix in prefixes)
