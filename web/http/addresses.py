"""Whole addresses, as people get them: written, printed, scanned or sent."""

from flask import current_app, request


def public_address(path: str) -> str:
    """Return the whole address of a path under ``PUBLIC_URL``, whatever the request says."""
    return str(current_app.config["PUBLIC_URL"]).rstrip("/") + path


def as_typed(address: str) -> str:
    """Return an address as people type it: without its scheme, nor a last slash.

    >>> as_typed("https://grille.example/repondre/")
    'grille.example/repondre'
    """
    return address.partition("://")[2].rstrip("/")


def reached_address(path: str) -> str:
    """Return the same, but under the address of the request as long as ``PUBLIC_URL`` is not set."""
    if current_app.config["PUBLIC_URL_GIVEN"]:
        return public_address(path)
    return request.host_url.rstrip("/") + path
