"""Whole addresses, as they are given to people: written, printed, scanned or sent."""

from flask import current_app, request


def public_address(path: str) -> str:
    """The address of a page at the public address of the site, whatever the request says."""
    return str(current_app.config["PUBLIC_URL"]).rstrip("/") + path


def reached_address(path: str) -> str:
    """The same for someone who is here: until a public address is chosen, the one by which they came."""
    if current_app.config["PUBLIC_URL_GIVEN"]:
        return public_address(path)
    return request.host_url.rstrip("/") + path
