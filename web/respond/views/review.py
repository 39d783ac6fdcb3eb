"""Reading one's answers again, submitting them, and the thanks with one's own profile."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from restitution.text.language import gettext as _
from storage.responses.responses import submit_response
from web.http.database import connection
from web.respond.blueprint import blueprint
from web.respond.forms import ButtonForm, FormProblem
from web.respond.pages.review import review_page
from web.respond.pages.thanks import thanks_page
from web.respond.response_access import csrf_meta, open_response


@blueprint.get("/<key>/relecture")
def review(key: str) -> Response | str:
    """Show every question with its answer and a link to change it, then the button that submits."""
    access = open_response(key)
    if not access.response.campaign_open:
        return redirect(url_for("respond.end", key=key), 303)
    return review_page(access)


@blueprint.post("/<key>/relecture")
def submit(key: str) -> Response | tuple[str, int]:
    """Submit the response. Idempotent."""
    access = open_response(key)
    if refusal := ButtonForm(request.form, meta=csrf_meta(key)).refusal:
        return review_page(access, FormProblem(refusal)), 400
    if not access.response.document.answered:
        sentence = _("Vous n’avez encore répondu à aucune question. Répondez à une seule, et vous pourrez envoyer.")
        return review_page(access, FormProblem(sentence)), 422
    submit_response(connection(), key)
    return redirect(url_for("respond.end", key=key), 303)


@blueprint.get("/<key>/fin")
def end(key: str) -> Response | str:
    """Show the thanks, the respondent's own profile, and when the collective results will be available."""
    access = open_response(key)
    if access.response.campaign_open and access.response.submitted_at is None:
        return redirect(url_for("respond.review", key=key), 303)
    return thanks_page(access)
