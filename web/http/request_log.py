"""A line in the log per request, with its route's pattern: its address may be a secret.

No line says who asked: no IP address, account, browser, cookie or referrer.
"""

import logging
import secrets
import time

from flask import Flask, Response, g, request

from web.http.heavy_requests import is_handed_over

LOGGER = logging.getLogger("grille.requests")

_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_QUIET = {"static", "public.health", "admin.alive", "admin.ready", "admin.metrics"}


def init_app(app: Flask) -> None:
    """Give each request a reference; where ``LOG_REQUESTS`` is on, log each request."""
    app.before_request(_begin)
    if app.config["LOG_REQUESTS"]:
        app.after_request(_tell)


def reference() -> str:
    """Return the random reference of this request in the log, to be quoted to whoever looks after the site."""
    return str(g.get("reference", ""))


def _begin() -> None:
    g.started, g.reference = time.perf_counter(), secrets.token_hex(5)


def _tell(response: Response) -> Response:
    """Tell the request, where it is answered; files and signs of health only when they fail."""
    if is_handed_over():
        return response
    if request.endpoint not in _QUIET or response.status_code >= 400:
        LOGGER.info("request", extra={"fields": _fields(response)})
    return response


def tell_known(method: str, route: str, status: int, size: int, started: float) -> None:
    """Log a request that was answered without the application."""
    fields = {"method": method, "route": route, "status": status, **_taken(started)}
    LOGGER.info("request", extra={"fields": {**fields, "bytes": size, "reference": secrets.token_hex(5)}})


def _taken(started: float) -> dict[str, float]:
    return {"ms": round((time.perf_counter() - started) * 1000, 1)}


def _fields(response: Response) -> dict[str, object]:
    return {
        "method": request.method if request.method in _METHODS else "?",
        "route": request.url_rule.rule if request.url_rule else "?",
        "status": response.status_code,
        **_taken(g.started),
        "bytes": response.content_length,
        "reference": g.reference,
    }
