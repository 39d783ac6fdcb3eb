"""Coming in: the code on the screen, then one's college, which begins a response like any other."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from restitution.language import gettext as _
from storage.campaigns import Campaign
from storage.database import writing
from storage.links import begun_with
from storage.responses import UnknownCollege, find_response, start_response
from storage.tokens import SHORTEST_NONCE, new_secret
from storage.workshops import Workshop, WorkshopOver, join_workshop, normal_code
from web.database import connection
from web.limits import TooMany
from web.respond.arrival import CROWDED, StartForm
from web.respond.capability import mark, protected
from web.respond.question_pages import Problem
from web.starting import count_start
from web.strays import code_at_end
from web.workshop.blueprint import Refused, blueprint, found


@blueprint.get("/")
def door() -> Response | str:
    """Where the code on the screen is typed."""
    if code := normal_code(code_at_end(request.args.get("code", ""))):
        return redirect(url_for("workshop.join", code=code), 303)
    problems = [Problem(_("Écrivez ici le code montré à l’écran."), "code")] if "code" in request.args else []
    return render_template("workshop/door.html", problems=problems)


@blueprint.get("/<code>")
def join(code: str) -> Response | str:
    """Who the workshop is for and what becomes of answers, then one's college."""
    workshop, campaign = _open(code)
    return _page(workshop, campaign)


def _open(code: str) -> tuple[Workshop, Campaign]:
    workshop, campaign = found(code)
    if workshop.ended:
        closed = campaign.status != "open"
        raise Refused(
            _("Cet atelier est terminé"),
            _("La collecte est close : on ne peut plus y répondre.")
            if closed
            else _("On ne peut plus le rejoindre. Vos réponses, si vous en avez donné, restent à votre adresse."),
            410,
            campaign=campaign,
        )
    return workshop, campaign


def _page(workshop: Workshop, campaign: Campaign, problem: Problem | None = None) -> str:
    nonce = new_secret()
    wanted = request.args.get("college")
    return render_template(
        "workshop/join.html",
        workshop=workshop,
        campaign=campaign,
        colleges=[one for one in campaign.colleges if one.code == wanted] or campaign.colleges,
        nonce=nonce,
        mark=mark(workshop.code, nonce),
        problems=[problem] if problem else [],
    )


@blueprint.post("/<code>")
def start(code: str) -> Response | tuple[str, int]:
    """Begin a response for that college and count the phone in; a double click makes one."""
    workshop, campaign = _open(code)
    nonce = request.form.get("nonce", "")
    form = StartForm(request.form, meta=protected(workshop.code, nonce))
    if form.refusal or len(nonce) < SHORTEST_NONCE:
        sentence = _("Cette page est restée ouverte longtemps. Choisissez de nouveau, et c’est parti.")
        return _page(workshop, campaign, Problem(sentence)), 400
    college = form.college.data or ""
    try:
        if not begun_with(connection(), campaign, nonce) and college in {one.code for one in campaign.colleges}:
            count_start(campaign)
        key = _joined(workshop, campaign, college, nonce)
    except UnknownCollege:
        return _page(workshop, campaign, Problem(_("Choisissez l’un des groupes proposés."), "college")), 422
    except TooMany:
        return _page(workshop, campaign, Problem(str(CROWDED))), 429
    except WorkshopOver:
        return _open(code) and (_page(workshop, campaign), 200)
    return redirect(url_for("workshop.answer", code=workshop.code, key=key), 303)


def _joined(workshop: Workshop, campaign: Campaign, college: str, nonce: str) -> str:
    with writing(connection()):
        key = start_response(connection(), campaign, college, nonce=nonce)
        response = find_response(connection(), key)
        assert response is not None  # noqa: S101  # just begun
        join_workshop(connection(), workshop, response.id)
    return key
