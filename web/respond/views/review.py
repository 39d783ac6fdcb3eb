"""Reading one's answers again, submitting them, and the thanks with one's own profile."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from restitution.charts.radar_chart import radar_drawing
from restitution.charts.radar_labels import PHONE
from restitution.findings.profile.personal_profile import own_profile
from restitution.text.language import gettext as _
from restitution.text.numbers import decimal
from storage.responses.next_person import token_to_share
from storage.responses.responses import submit_response
from web.http.database import connection
from web.respond.blueprint import blueprint
from web.respond.forms import ButtonForm, FormProblem
from web.respond.pages.review import review_page
from web.respond.pages.welcome import result_promise
from web.respond.response_access import OpenResponse, code_entry_address, code_of, csrf_meta, open_response, secret


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
    profile = own_profile(access.campaign.grid, access.response.document.answers)
    return render_template(
        "respond/end.html",
        campaign=access.campaign,
        key=key,
        is_open=access.response.campaign_open,
        profile=profile,
        drawing=radar_drawing(profile.radar, layout=PHONE, ident="profil-dessin") if profile.radar else None,
        decimal=decimal,
        promise=result_promise(access.campaign),
        code=code_of(access) if access.response.campaign_open else None,
        lent=access.response.lent_link,
        shared=_shared(access),
        code_entry=code_entry_address(),
    )


def _shared(access: OpenResponse) -> str | None:
    """The token of the link to hand on, while the campaign is open; on a lent device the next person just begins."""
    if access.response.campaign_open and not access.response.lent_link:
        return token_to_share(connection(), access.campaign, secret())
    return None
