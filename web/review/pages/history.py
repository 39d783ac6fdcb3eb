"""What the history shows: everything that happened to a campaign, in chronological order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign
from storage.core.timestamps import paris_day
from storage.review.comments import DecisionMade, decisions_made
from storage.review.desk.handovers import handovers
from storage.review.evidence import Evidence, evidence_of
from storage.review.sheets import Judgement, Sheet, YearlyNote, shared_versions
from web.http.database import connection


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: a sentence, then the texts that go with it; ``address`` leads to its outcome.

    Consecutive events of one ``run`` on a day are listed once, as the first: a text saved ten times.
    """

    at: datetime
    sentence: str
    words: str = ""
    address: str = ""
    milestone: bool = False
    run: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The day on which it happened, in France."""
        return paris_day(self.at)


def without_repeats(events: Iterable[Event]) -> Iterator[Event]:
    """Yield the events of a day, only the first of each run."""
    last: tuple[str, ...] = ()
    for event in events:
        if not event.run or event.run != last:
            yield event
        last = event.run


def events_of(campaign: Campaign) -> Iterator[Event]:
    """Yield everything that happened to the campaign, subject by subject, not sorted."""
    yield from _collection(campaign)
    yield from _moderation(campaign)
    yield from _texts(campaign)
    yield from _evidence(campaign)
    yield from _adoptions(campaign)
    yield from _handovers(campaign)


def _handovers(campaign: Campaign) -> Iterator[Event]:
    for one in handovers(connection(), campaign):
        taken = _("%(who)s reprend le suivi de la revue.", who=one.by)
        given = _("%(who)s confie le suivi de la revue à %(to)s.", who=one.by, to=one.to)
        yield Event(one.at, taken if one.taken else given, one.note)


def _collection(campaign: Campaign) -> Iterator[Event]:
    moments = (
        (campaign.opened_at, _("La collecte s’ouvre.")),
        (campaign.closed_at, _("La collecte est close : les réponses ne changent plus.")),
        (campaign.published_at, _("Les résultats sont publiés.")),
    )
    for moment, sentence in moments:
        if moment:
            yield Event(moment, sentence, milestone=True)


def _moderation(campaign: Campaign) -> Iterator[Event]:
    """One event per person and day, at their last decision: comments are read one after the other."""
    readings: dict[tuple[date, str], list[DecisionMade]] = {}
    for made in decisions_made(connection(), campaign):
        readings.setdefault((paris_day(made.at), made.author), []).append(made)
    for (_day, who), some in readings.items():
        accepted = sum(made.decision == "accepted" for made in some)
        words = _(
            "%(accepted)s à montrer, %(refused)s à ne pas montrer", accepted=accepted, refused=len(some) - accepted
        )
        yield Event(some[-1].at, _("%(who)s relit des commentaires.", who=who), words)


def _texts(campaign: Campaign) -> Iterator[Event]:
    """One event per version, against the version before it."""
    before: dict[tuple[type, str], Any] = {}
    for sheet in shared_versions(connection(), campaign):
        place = type(sheet.content), sheet.subject
        yield _text(campaign, sheet, before.get(place))
        before[place] = sheet.content


def _text(campaign: Campaign, sheet: Sheet[Any], before: Any) -> Event:
    slug, code, at = campaign.slug, sheet.subject, sheet.saved_at
    assert at is not None  # noqa: S101  # it was saved
    run = (sheet.author, type(sheet.content).__name__, code)
    if isinstance(sheet.content, Judgement):
        address, sentence, words = url_for("review.family", slug=slug, code=code), *_judged(campaign, sheet, before)
        return Event(at, sentence, words, address, run=() if _level_changed(sheet.content, before) else run)
    if isinstance(sheet.content, YearlyNote):
        again = _("%(who)s reprend la note de l’année.", who=sheet.author)
        first = _("%(who)s écrit la note de l’année.", who=sheet.author)
        return Event(at, again if before else first, "", url_for("review.note", slug=slug), run=run)
    title = campaign.grid.skill(sheet.subject).title
    sentence = _("%(who)s répond aux faits observables de « %(skill)s ».", who=sheet.author, skill=title)
    return Event(at, sentence, "", url_for("review.skill", slug=slug, code=code), run=run)


def _level_changed(judged: Judgement, before: Judgement | None) -> bool:
    return judged.level != (before.level if before else None)


def _judged(campaign: Campaign, sheet: Sheet[Any], before: Judgement | None) -> tuple[str, str]:
    """What a judgement changed, and why."""
    title = next(family.title for family in campaign.grid.families if family.code == sheet.subject)
    names: dict[int | None, str] = {level.value: level.label for level in campaign.grid.levels}
    said, was = sheet.content, before.level if before else None
    named = {"who": sheet.author, "family": title, "now": names.get(said.level, ""), "was": names.get(was, "")}
    if not _level_changed(said, before):
        return _("%(who)s écrit les forces et les faiblesses de « %(family)s ».", **named), ""
    if said.level is None:
        return _("%(who)s revient au score pour « %(family)s », au lieu de « %(was)s ».", **named), said.justification
    if was is None:
        return _("%(who)s retient « %(now)s » pour « %(family)s ».", **named), said.justification
    return _("%(who)s retient « %(now)s » pour « %(family)s », au lieu de « %(was)s ».", **named), said.justification


def _evidence(campaign: Campaign) -> Iterator[Event]:
    for one in evidence_of(connection(), campaign, removed=True):
        to = url_for("review.skill", slug=campaign.slug, code=one.skill, _anchor="faits")
        yield Event(one.added_at, _added(campaign, one), one.name, to)
        if one.removed_at:
            yield Event(one.removed_at, _("La preuve « %(name)s » est retirée.", name=one.name), "", to)


def _added(campaign: Campaign, one: Evidence) -> str:
    title = campaign.grid.skill(one.skill).title
    return _("%(who)s ajoute une preuve à « %(skill)s ».", who=one.author, skill=title)


def _adoptions(campaign: Campaign) -> Iterator[Event]:
    from storage.review.snapshots import snapshots_of

    for one in snapshots_of(connection(), campaign):
        first = _("%(who)s fait adopter le diagnostic : c’est la version 1.", who=one.author)
        later = _("%(who)s fait adopter la version %(n)s, qui corrige la précédente.", who=one.author, n=one.number)
        to = url_for("review.diagnostic", slug=campaign.slug, number=one.number)
        yield Event(one.adopted_at, first if one.number == 1 else later, one.reason, to, milestone=True)
