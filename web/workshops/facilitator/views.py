"""The workshops of a campaign, and the projected page of one of them."""

import re
from collections.abc import Callable, Iterator

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.audit_events import AuditEvent
from grille.typed import too_long
from questionnaires import Questionnaire
from questionnaires.answers import Answer
from questionnaires.fields import Comment, cleaned
from restitution.chart_data.radar import axes_of
from restitution.findings.open_links import repeated_by_code
from restitution.text.language import gettext as _
from restitution.text.language import reason
from storage.campaigns.campaigns import Campaign
from storage.core.errors import CampaignError
from storage.responses.workshop_reveals import reveal
from storage.responses.workshops import (
    LONGEST_NAME,
    Workshop,
    end_workshop,
    go_to,
    open_workshop,
    record_consensus,
    workshops_of,
)
from web.http.database import connection
from web.http.forms.submit_once import once
from web.http.security.audit import audited
from web.workshops.facilitator.blueprint import blueprint, leading, workshop_in
from web.workshops.facilitator.pages import LAST_RANK, SkillChoice, WorkshopView


@blueprint.get("")
@leading
def workshops(campaign: Campaign) -> ResponseReturnValue:
    """List the workshops of the campaign, with the form for a new one."""
    asked = {question.code for question in Questionnaire(campaign.grid, campaign.form, "").questions}
    return _workshops_page(campaign, asked, {})


def _workshops_page(campaign: Campaign, ticked: set[str], ranks: dict[str, str], problems: tuple[str, ...] = ()) -> str:
    grid = campaign.grid
    return render_template(
        "workshops/facilitator/workshops.html",
        campaign=campaign,
        territory=campaign.territory,
        workshops=workshops_of(connection(), campaign),
        choices=[
            SkillChoice(skill.code, skill.title, family.title, skill.code in ticked, ranks.get(skill.code, ""))
            for family in grid.families
            for skill in family.skills
        ],
        repeated=repeated_by_code(),
        longest=LONGEST_NAME,
        typed=request.form,
        problems=[("", problem) for problem in problems],
    )


@blueprint.post("")
@leading
@once("facilitator.workshops")
def start(campaign: Campaign) -> ResponseReturnValue:
    """Open a workshop, then project it."""
    ticked = request.form.getlist("savoir")
    ranks = {skill.code: request.form.get(f"rang:{skill.code}", "").strip() for skill in campaign.grid.skills}
    people = request.form.get("people", "").strip()
    try:
        with audited(AuditEvent.WORKSHOP_OPENED, campaign):
            workshop = open_workshop(
                connection(),
                campaign,
                name=request.form.get("name", ""),
                people=int(people) if people.isascii() and people.isdigit() and len(people) < 5 else None,
                skills=_in_order(campaign, ticked, ranks),
                refused=_wrong_ranks(campaign, ticked, ranks),
            )
    except CampaignError as refusal:
        return _workshops_page(campaign, set(ticked), ranks, refusal.problems), 422
    return redirect(url_for("facilitator.project", slug=campaign.slug, number=workshop.id), 303)


def _in_order(campaign: Campaign, ticked: list[str], ranks: dict[str, str]) -> list[str]:
    """The skills ticked: those that were given a rank first, then the others as the grid has them."""
    place = {skill.code: position for position, skill in enumerate(campaign.grid.skills)}

    def rank(code: str) -> tuple[int, int]:
        typed = ranks.get(code, "")
        return int(typed) if _is_rank(typed) else LAST_RANK, place.get(code, len(place))

    return sorted(ticked, key=rank)


def _is_rank(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) < 4


def _wrong_ranks(campaign: Campaign, ticked: list[str], ranks: dict[str, str]) -> Iterator[str]:
    """What is said of ranks that nothing can be made of: no numbers, or beside a skill that is not ticked."""
    titles = {skill.code: skill.title for skill in campaign.grid.skills}
    for code, typed in ranks.items():
        if typed and not _is_rank(typed):
            yield _(
                "« %(skill)s » : « %(typed)s » n’est pas un rang. Écrivez 1, 2, 3… ou rien.",
                skill=titles[code],
                typed=typed[:20],
            )
        elif typed and code not in ticked:
            yield _("« %(skill)s » a un rang sans être coché : cochez-le, ou effacez son rang.", skill=titles[code])


@blueprint.get("/<int:number>")
@leading
def project(campaign: Campaign, number: int) -> ResponseReturnValue:
    """Project the skill under discussion; once the workshop has ended, the consensus."""
    return _page(campaign, workshop_in(campaign, number))


def _page(campaign: Campaign, workshop: Workshop, problem: str = "", typed: Answer | None = None) -> str:
    view = WorkshopView(campaign, workshop)
    family = campaign.grid.family_of(workshop.current)
    return render_template(
        "workshops/facilitator/ended.html" if workshop.ended else "workshops/facilitator/projected_page.html",
        campaign=campaign,
        territory=campaign.territory,
        workshop=workshop,
        view=view,
        typed=view.here if typed is None else typed,
        problem=problem,
        own=next(axis for axis in axes_of(campaign.grid) if axis.code == family.code),
        longest=Comment.limit,
    )


@blueprint.get("/<int:number>/etat")
@leading
def watch(campaign: Campaign, number: int) -> ResponseReturnValue:
    """Return the counts as JSON for the page's script; 304 when none has changed."""
    view = WorkshopView(campaign, workshop_in(campaign, number))
    reply = jsonify(version=_version(view.workshop), words=view.words, first=view.first, revealing=view.revealing)
    reply.add_etag()
    return reply.make_conditional(request)


def _version(workshop: Workshop) -> str:
    return f"{workshop.version}{'-fin' if workshop.ended else ''}"


def _done(campaign: Campaign, number: int, act: Callable[[Workshop], object]) -> ResponseReturnValue:
    """Do it and show the page again; what cannot be done is said there."""
    workshop = workshop_in(campaign, number)
    try:
        act(workshop)
    except CampaignError as refusal:
        return _page(campaign, workshop_in(campaign, number), reason(refusal)), 409
    except (KeyError, ValueError):
        sentence = _("Ce choix n’existe pas dans cet atelier. Choisissez de nouveau sur cette page.")
        return _page(campaign, workshop_in(campaign, number), sentence), 422
    return redirect(url_for("facilitator.project", slug=campaign.slug, number=number), 303)


@blueprint.post("/<int:number>/aller")
@leading
def move(campaign: Campaign, number: int) -> ResponseReturnValue:
    """Go to the skill of that position; idempotent: a second press goes no further."""
    place = request.form.get("place", "")
    return _done(campaign, number, lambda workshop: go_to(connection(), workshop, _place(place)))


def _place(text: str) -> int:
    """The place that a button says. Raises ``ValueError``."""
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise ValueError(text)
    return int(text)


@blueprint.post("/<int:number>/reveler")
@leading
def show(campaign: Campaign, number: int) -> ResponseReturnValue:
    """Reveal the distribution of the answers to the skill; done once."""
    skill = request.form.get("savoir", "")

    def shown(workshop: Workshop) -> None:
        with audited(AuditEvent.WORKSHOP_REVEALED, campaign, workshop=workshop.id):
            reveal(connection(), campaign, workshop, skill)

    return _done(campaign, number, shown)


@blueprint.post("/<int:number>/consensus")
@leading
def agree(campaign: Campaign, number: int) -> ResponseReturnValue:
    """Save the consensus on the skill; a text too long, or a conflicting change, gives back what was typed."""
    skill, seen = request.form.get("savoir", ""), request.form.get("seen", "")
    chosen = "" if request.form.get("rien") else request.form.get("niveau", "")
    answer = Answer(_level(chosen), comment=cleaned(request.form.get("comment", "")))
    workshop = workshop_in(campaign, number)
    if problem := too_long(answer.comment, Comment.limit, _("Ce commentaire")):
        return _page(campaign, workshop, problem, answer), 422
    if answer.value is None and chosen:
        return _page(campaign, workshop, _("Ce niveau n’est pas dans la grille : choisissez-en un ici."), answer), 422
    try:
        with audited(AuditEvent.CONSENSUS_NOTED, campaign, workshop=workshop.id):
            record_consensus(connection(), workshop, skill, answer, seen)
    except CampaignError as refusal:
        return _page(campaign, workshop_in(campaign, number), reason(refusal), answer), 409
    except (KeyError, ValueError):
        return _page(campaign, workshop, _("Ce niveau n’est pas dans la grille : choisissez-en un ici."), answer), 422
    return redirect(url_for("facilitator.project", slug=campaign.slug, number=number), 303)


def _level(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?[0-9]{1,4}", text) else None


@blueprint.post("/<int:number>/fin")
@leading
def end(campaign: Campaign, number: int) -> ResponseReturnValue:
    """End the workshop for good, once its facilitator has ticked that they know it."""
    workshop = workshop_in(campaign, number)
    if not request.form.get("sure") and not workshop.ended:
        return _page(campaign, workshop, _("Cochez la case : un atelier terminé ne se rouvre pas.")), 422

    def ended(workshop: Workshop) -> None:
        with audited(AuditEvent.WORKSHOP_ENDED, campaign, workshop=workshop.id):
            end_workshop(connection(), workshop)

    return _done(campaign, number, ended)
