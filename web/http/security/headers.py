"""The headers that every response carries."""

from flask import Flask, Response, g

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# What a page may make stricter for itself.
_UNLESS_SAID = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-cache",
}

_ONE_YEAR = "max-age=31536000; includeSubDomains"


def init_app(app: Flask) -> None:
    """Add the headers to every response, error pages included."""
    app.after_request(_with_headers)
    if app.config["SESSION_COOKIE_SECURE"]:
        app.after_request(_with_transport_security)


def _with_headers(response: Response) -> Response:
    response.headers.update(_ALWAYS)
    if g.get("signed_in"):
        _not_stored(response)
    for name, value in _UNLESS_SAID.items():
        response.headers.setdefault(name, value)
    return response


def _not_stored(response: Response) -> None:
    """Nobody after them on this machine reads it again, whatever a page or a download says of its own keeping."""
    if "no-store" not in response.headers.get("Cache-Control", ""):
        kept = ["private"] if "private" in response.headers.get("Cache-Control", "") else []
        response.headers["Cache-Control"] = ", ".join([*kept, "no-store"])


def _with_transport_security(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = _ONE_YEAR
    return response
