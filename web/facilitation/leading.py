"""The page that the room looks at, and what its facilitator does with it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from flask import jsonify, redirect, render_template, request, url_for
from markupsafe import Markup

from accounts.deeds import Deed
from grille.model import Skill
from questionnaires.answers import UNANSWERED, Answer
from questionnaires.fields import Comment, cleaned
from questionnaires.questionnaire import SILENT_LABELS
from restitution.language import gettext as _
from restitution.radar import axes_of
from storage.campaigns import Campaign
from storage.problems import CampaignError
from storage.workshops import (
    Attendance,
    Revealed,
    Workshop,
    attendance,
    consensus_of,
    end_workshop,
    go_to,
    record_consensus,
    reveal,
    revealed,
)
from web.addresses import public_address
from web.database import connection
from web.facilitation.blueprint import Answer as Reply
from web.facilitation.blueprint import blueprint, leading, workshop_in
from web.trace import traced


@dataclass(frozen=True, slots=True)
class Bar:
    """How often something was answered: its words, how many, and what part of the longest bar."""

    label: str
    count: int
    part: float


@dataclass(frozen=True)
class Scene:
    """What the page shows: one skill of a workshop, as far as it has come."""

    campaign: Campaign
    workshop: Workshop

    @cached_property
    def skill(self) -> Skill:
        """The skill that the group is talking about."""
        return self.campaign.grid.skill(self.workshop.current)

    @cached_property
    def attendance(self) -> Attendance:
        """How many phones have joined, and answered this skill."""
        return attendance(connection(), self.workshop, self.workshop.current)

    @cached_property
    def revealed(self) -> Revealed | None:
        """What was revealed of this skill, if it was."""
        return revealed(connection(), self.workshop, self.workshop.current)

    @cached_property
    def agreed(self) -> dict[str, Answer]:
        """What the group has noted, by skill."""
        return consensus_of(connection(), self.workshop)

    @property
    def here(self) -> Answer:
        """What the group has noted about this skill."""
        return self.agreed.get(self.workshop.current, UNANSWERED)

    def bar(self, value: object) -> Bar | None:
        """The bar of a level, once revealed."""
        return next((bar for one, bar in self._bars if one == value), None)

    @property
    def silent(self) -> list[Bar]:
        """The bars of the answers that carry no level, where anyone gave them."""
        return [bar for value, bar in self._bars if value in SILENT_LABELS and bar.count]

    @cached_property
    def _bars(self) -> list[tuple[object, Bar]]:
        if self.revealed is None:
            return []
        labels: dict[object, str] = {level.value: level.label for level in self.campaign.grid.levels}
        labels |= {value: str(label) for value, label in SILENT_LABELS.items()}
        counts = {value: self.revealed.counts.get(value, 0) for value in labels}  # type: ignore[call-overload]
        longest = max(counts.values())
        return [(value, Bar(labels[value], count, count / longest)) for value, count in counts.items()]

    @property
    def words(self) -> str:
        """How many phones have joined and answered, in words."""
        joined, answered = self.attendance.joined, self.attendance.answered
        if not joined:
            return _("aucun téléphone pour l’instant")
        phones = _("1\u00a0téléphone") if joined == 1 else _("%(n)s\u00a0téléphones", n=joined)
        said = [_("aucune\u00a0réponse"), _("1\u00a0réponse")]
        answers = said[answered] if answered < 2 else _("%(n)s\u00a0réponses", n=answered)
        return f"{phones}, {answers}"

    @property
    def address(self) -> str:
        """Where phones go, as it is shown."""
        return public_address(url_for("workshop.join", code=self.workshop.code))

    @property
    def door(self) -> str:
        """Where the code is typed, as it is read aloud."""
        return public_address(url_for("workshop.door")).partition("://")[2].rstrip("/")

    @property
    def qr(self) -> Markup:
        """The same, to scan."""
        from restitution.documents.qr import qr_svg

        return Markup(qr_svg(self.address))  # noqa: S704  # made of our own address

    @property
    def first(self) -> str:
        """What comes next, that one key does: reveal, or go on."""
        if self.revealed is None and self.attendance.answered:
            return "reveler"
        return "suite" if self.workshop.position + 1 < len(self.workshop.skills) else "fin"


@blueprint.get("/<int:number>")
@leading
def project(campaign: Campaign, number: int) -> Reply:
    """The skill that the group is talking about; once the workshop has ended, what it has noted."""
    return _page(campaign, workshop_in(campaign, number))


def _page(campaign: Campaign, workshop: Workshop, problem: str = "", typed: Answer | None = None) -> str:
    scene = Scene(campaign, workshop)
    family = campaign.grid.family_of(workshop.current)
    return render_template(
        "facilitation/ended.html" if workshop.ended else "facilitation/project.html",
        campaign=campaign,
        territory=campaign.territory,
        workshop=workshop,
        scene=scene,
        typed=scene.here if typed is None else typed,
        problem=problem,
        own=next(axis for axis in axes_of(campaign.grid) if axis.code == family.code),
        longest=Comment.limit,
    )


@blueprint.get("/<int:number>/etat")
@leading
def watch(campaign: Campaign, number: int) -> Reply:
    """The same counts for the page's script, or nothing when none has changed."""
    scene = Scene(campaign, workshop_in(campaign, number))
    reply = jsonify(version=_version(scene.workshop), words=scene.words, first=scene.first)
    reply.add_etag()
    return reply.make_conditional(request)


def _version(workshop: Workshop) -> str:
    return f"{workshop.version}{'-fin' if workshop.ended else ''}"


def _done(campaign: Campaign, number: int, act: Callable[[Workshop], object]) -> Reply:
    """Do it and show the page again; what cannot be done is said there."""
    workshop = workshop_in(campaign, number)
    try:
        act(workshop)
    except CampaignError as refusal:
        return _page(campaign, workshop_in(campaign, number), str(refusal)), 409
    except (KeyError, ValueError):
        sentence = _("Ce choix n’existe pas dans cet atelier. Choisissez de nouveau sur cette page.")
        return _page(campaign, workshop_in(campaign, number), sentence), 422
    return redirect(url_for("facilitation.project", slug=campaign.slug, number=number), 303)


@blueprint.post("/<int:number>/aller")
@leading
def move(campaign: Campaign, number: int) -> Reply:
    """Bring the group to a skill, by its place: pressed twice, it goes there once."""
    place = request.form.get("place", "")
    return _done(campaign, number, lambda workshop: go_to(connection(), workshop, _place(place)))


def _place(text: str) -> int:
    """The place that a button says. Raises ``ValueError``."""
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise ValueError(text)
    return int(text)


@blueprint.post("/<int:number>/reveler")
@leading
def show(campaign: Campaign, number: int) -> Reply:
    """Show how the phones answered, once."""
    skill = request.form.get("savoir", "")

    def shown(workshop: Workshop) -> None:
        with traced(Deed.WORKSHOP_REVEALED, campaign, workshop=workshop.id):
            reveal(connection(), campaign, workshop, skill)

    return _done(campaign, number, shown)


@blueprint.post("/<int:number>/consensus")
@leading
def agree(campaign: Campaign, number: int) -> Reply:
    """Note what the group agrees on; a text too long, or another's note meanwhile, gives back what was typed."""
    skill, seen = request.form.get("savoir", ""), request.form.get("seen", "")
    chosen = "" if request.form.get("rien") else request.form.get("niveau", "")
    answer = Answer(_level(chosen), comment=cleaned(request.form.get("comment", "")))
    workshop = workshop_in(campaign, number)
    if len(answer.comment) > Comment.limit:
        sentence = _("Ce commentaire est trop long : %(limit)s caractères au plus.", limit=Comment.limit)
        return _page(campaign, workshop, sentence, answer), 422
    if answer.value is None and chosen:
        return _page(campaign, workshop, _("Ce niveau n’est pas dans la grille : choisissez-en un ici."), answer), 422
    try:
        with traced(Deed.CONSENSUS_NOTED, campaign, workshop=workshop.id):
            record_consensus(connection(), workshop, skill, answer, seen)
    except CampaignError as refusal:
        return _page(campaign, workshop_in(campaign, number), str(refusal), answer), 409
    except (KeyError, ValueError):
        return _page(campaign, workshop, _("Ce niveau n’est pas dans la grille : choisissez-en un ici."), answer), 422
    return redirect(url_for("facilitation.project", slug=campaign.slug, number=number), 303)


def _level(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?[0-9]{1,4}", text) else None


@blueprint.post("/<int:number>/fin")
@leading
def end(campaign: Campaign, number: int) -> Reply:
    """End the workshop for good, once its facilitator has said that they know it."""
    workshop = workshop_in(campaign, number)
    if not request.form.get("sure") and not workshop.ended:
        return _page(campaign, workshop, _("Cochez la case : un atelier terminé ne se rouvre pas.")), 422

    def ended(workshop: Workshop) -> None:
        with traced(Deed.WORKSHOP_ENDED, campaign, workshop=workshop.id):
            end_workshop(connection(), workshop)

    return _done(campaign, number, ended)
