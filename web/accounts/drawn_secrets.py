"""The page that shows a secret that was just drawn: once for its reader, never kept by their browser."""

from flask import Response, make_response, redirect, render_template

from web.http.forms.submit_once import saved_outcome


def show_secret(page: str, reference: str, template: str, *, otherwise: str, **shown: object) -> Response:
    """Return the page of what ``save_outcome`` saved under that reference, given to its template as ``secret``.

    An hour later, or for another account, it redirects to the address ``otherwise``.
    """
    secret = saved_outcome(page, reference)
    if secret is None:
        response: Response = redirect(otherwise, 303)  # type: ignore[assignment]  # the one of this application
        return response
    response = make_response(render_template(template, secret=secret, **shown))
    response.headers["Cache-Control"] = "no-store"
    return response
