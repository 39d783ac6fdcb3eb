"""The history of a campaign's review, told from its beginning: who did what, when, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from flask import render_template, url_for

from restitution.language import gettext as _
from storage.campaigns import Campaign
from storage.comments import decisions_by_day
from storage.evidence import Evidence, evidence_of
from storage.moments import paris_day
from storage.reviews import Judgement, Sheet, YearlyNote, shared_versions
from web.database import connection
from web.review.blueprint import blueprint
from web.review.entrance import reviewing


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: a sentence, then the words that go with it; ``address`` leads to what came of it."""

    day: date
    sentence: str
    words: str = ""
    address: str = ""
    milestone: bool = False


@blueprint.get("/campagnes/<slug>/revue/historique")
@reviewing()
def history(campaign: Campaign) -> str:
    """Everything that happened, a day after the other; private notes are not told."""
    events = sorted(_events(campaign), key=lambda event: event.day)
    days = [(day, list(some)) for day, some in groupby(events, key=lambda event: event.day)]
    return render_template("review/history.html", campaign=campaign, days=days)


def _events(campaign: Campaign) -> Iterator[Event]:
    yield from _collection(campaign)
    yield from _moderation(campaign)
    yield from _texts(campaign)
    yield from _evidence(campaign)
    yield from _adoptions(campaign)


def _day(moment: datetime) -> date:
    return paris_day(moment)


def _collection(campaign: Campaign) -> Iterator[Event]:
    moments = (
        (campaign.opened_at, _("La collecte s’ouvre.")),
        (campaign.closed_at, _("La collecte est close : les réponses ne changent plus.")),
        (campaign.published_at, _("Les résultats sont publiés.")),
    )
    for moment, sentence in moments:
        if moment:
            yield Event(_day(moment), sentence, milestone=True)


def _moderation(campaign: Campaign) -> Iterator[Event]:
    for day, who, accepted, refused in decisions_by_day(connection(), campaign):
        words = _("%(accepted)s à montrer, %(refused)s à ne pas montrer", accepted=accepted, refused=refused)
        yield Event(date.fromisoformat(day), _("%(who)s relit des commentaires.", who=who), words)


def _texts(campaign: Campaign) -> Iterator[Event]:
    """One event per person, text and day: the last version of the day, against what stood before it."""
    before: dict[tuple[type, str], Any] = {}

    def place(sheet: Sheet[Any]) -> tuple[Any, ...]:
        assert sheet.saved_at is not None  # noqa: S101  # it was saved
        return _day(sheet.saved_at), sheet.author, type(sheet.content), sheet.subject

    versions = sorted(shared_versions(connection(), campaign), key=lambda sheet: str(place(sheet)[:1]))
    for (day, _author, kind, subject), some in groupby(versions, key=place):
        last = list(some)[-1]
        yield _text(campaign, day, last, before.get((kind, subject)))
        before[kind, subject] = last.content


def _text(campaign: Campaign, day: date, sheet: Sheet[Any], before: Any) -> Event:
    slug, code = campaign.slug, sheet.subject
    if isinstance(sheet.content, Judgement):
        return Event(day, *_judged(campaign, sheet, before), url_for("review.family", slug=slug, code=code))
    if isinstance(sheet.content, YearlyNote):
        again = _("%(who)s reprend la note de l’année.", who=sheet.author)
        first = _("%(who)s écrit la note de l’année.", who=sheet.author)
        return Event(day, again if before else first, "", url_for("review.note", slug=slug))
    title = campaign.grid.skill(sheet.subject).title
    sentence = _("%(who)s répond aux faits observables de « %(skill)s ».", who=sheet.author, skill=title)
    return Event(day, sentence, "", url_for("review.skill", slug=slug, code=code))


def _judged(campaign: Campaign, sheet: Sheet[Any], before: Judgement | None) -> tuple[str, str]:
    """What a judgement changed, and why."""
    title = next(family.title for family in campaign.grid.families if family.code == sheet.subject)
    names: dict[int | None, str] = {level.value: level.label for level in campaign.grid.levels}
    said, was = sheet.content, before.level if before else None
    named = {"who": sheet.author, "family": title, "now": names.get(said.level, ""), "was": names.get(was, "")}
    if said.level == was:
        return _("%(who)s écrit les forces et les faiblesses de « %(family)s ».", **named), ""
    if said.level is None:
        return _("%(who)s revient au score pour « %(family)s », au lieu de « %(was)s ».", **named), said.justification
    if was is None:
        return _("%(who)s retient « %(now)s » pour « %(family)s ».", **named), said.justification
    return _("%(who)s retient « %(now)s » pour « %(family)s », au lieu de « %(was)s ».", **named), said.justification


def _evidence(campaign: Campaign) -> Iterator[Event]:
    for one in evidence_of(connection(), campaign, removed=True):
        to = url_for("review.skill", slug=campaign.slug, code=one.skill, _anchor="faits")
        yield Event(_day(one.added_at), _added(campaign, one), one.name, to)
        if one.removed_at:
            yield Event(_day(one.removed_at), _("La preuve « %(name)s » est retirée.", name=one.name), "", to)


def _added(campaign: Campaign, one: Evidence) -> str:
    title = campaign.grid.skill(one.skill).title
    return _("%(who)s ajoute une preuve à « %(skill)s ».", who=one.author, skill=title)


def _adoptions(campaign: Campaign) -> Iterator[Event]:
    from storage.snapshots import snapshots_of

    for one in snapshots_of(connection(), campaign):
        first = _("%(who)s fait adopter le diagnostic : c’est la version 1.", who=one.author)
        later = _("%(who)s fait adopter la version %(n)s, qui corrige la précédente.", who=one.author, n=one.number)
        to = url_for("review.diagnostic", slug=campaign.slug, number=one.number)
        yield Event(_day(one.adopted_at), first if one.number == 1 else later, one.reason, to, milestone=True)
