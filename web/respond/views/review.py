"""Reading one's answers again, sending them, and the thanks with one's own profile."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from restitution.charts.radar_chart import radar_drawing
from restitution.charts.radar_labels import PHONE
from restitution.findings.personal_profile import own_profile
from restitution.text.language import gettext as _
from restitution.text.numbers import decimal
from storage.responses.responses import submit_response
from web.http.database import connection
from web.respond.blueprint import blueprint
from web.respond.forms import ButtonForm, Problem
from web.respond.pages.review import review_page
from web.respond.pages.welcome import result_promise
from web.respond.response_access import code_of, door_to_type, opened, protected


@blueprint.get("/<key>/relecture")
def review(key: str) -> Response | str:
    """Every question with what was answered, each with a way to change it, then the button that sends."""
    way = opened(key)
    if not way.response.campaign_open:
        return redirect(url_for("respond.end", key=key), 303)
    return review_page(way)


@blueprint.post("/<key>/relecture")
def submit(key: str) -> Response | tuple[str, int]:
    """Say that one has finished; sending twice is as sending once."""
    way = opened(key)
    if refusal := ButtonForm(request.form, meta=protected(key)).refusal:
        return review_page(way, Problem(refusal)), 400
    if not way.response.document.answered:
        sentence = _("Vous n’avez encore répondu à aucune question. Répondez à une seule, et vous pourrez envoyer.")
        return review_page(way, Problem(sentence)), 422
    submit_response(connection(), key)
    return redirect(url_for("respond.end", key=key), 303)


@blueprint.get("/<key>/fin")
def end(key: str) -> Response | str:
    """Thanks, one's own profile, and when the collective result will come."""
    way = opened(key)
    if way.response.campaign_open and way.response.submitted_at is None:
        return redirect(url_for("respond.review", key=key), 303)
    profile = own_profile(way.campaign.grid, way.response.document.answers)
    return render_template(
        "respond/end.html",
        campaign=way.campaign,
        key=key,
        is_open=way.response.campaign_open,
        profile=profile,
        drawing=radar_drawing(profile.radar, layout=PHONE, ident="profil-dessin") if profile.radar else None,
        decimal=decimal,
        promise=result_promise(way.campaign),
        code=code_of(way) if way.response.campaign_open else None,
        door=door_to_type(),
    )
