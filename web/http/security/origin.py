"""Which site a form was sent from, as far as the browser says: many say nothing."""

from urllib.parse import urlsplit

from flask import current_app, request


def says_here() -> bool:
    """Whether the browser says that the request comes from one of our pages."""
    site = request.headers.get("Sec-Fetch-Site")
    return site == "same-origin" if site else _site() in _ours()


def says_elsewhere() -> bool:
    """Whether the browser says that it comes from another site; False when it says nothing."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site not in {"same-origin", "none"}
    return _site() not in {"", *_ours()}


def _site() -> str:
    """The name of the site that sends; empty when it is not said (« null » is what a secret address says)."""
    for header in ("Origin", "Referer"):
        if name := _host(request.headers.get(header, "")):
            return name
    return ""


def _ours() -> set[str]:
    """Our names: the one that was asked for, and the public one, which a proxy may keep from us. Ports do not count:
    cookies go to all of them, and a proxy seldom tells its own.
    """
    return {_host(request.host_url), _host(current_app.config["PUBLIC_URL"])}


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
