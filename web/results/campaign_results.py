"""What the documents of a campaign say to this reader: the waves that they may see, and the texts that they may read.

Once a diagnostic is adopted, everyone reads its texts. Until then only those who may review read the working ones, and
the document says that they are not adopted; others read none. Private notes are in no document.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from accounts.permissions import Action
from restitution.results import Report
from restitution.results import Wave as ReportWave
from restitution.review_texts import Adoption, Retained, Told
from restitution.text.names import NOTE_PARTS
from scoring import Profile
from storage.campaigns.campaigns import Campaign
from storage.core.engine import Database
from storage.core.timestamps import now
from storage.responses.profiles import campaign_profile
from storage.review.sheets import Judgement, YearlyNote, read_sheet, sheets_of
from storage.review.snapshots import Snapshot, latest_snapshot
from web.http.access import may
from web.http.damaged_campaigns import compute_or_leave_out
from web.http.database import connection
from web.results.pages import ReviewPage, Wave
from web.results.selection import Choice, chosen, label_of


def report_of(campaign: Campaign, made: date) -> Report:
    """The report of a closed campaign as this reader may have it."""
    db = connection()
    profiles = _profiles(db, chosen(campaign).trajectory)
    waves = list(profiles)
    years = [wave.year for wave in waves]
    report = Report(
        territory=campaign.territory.name,
        name=campaign.name,
        waves=tuple(
            ReportWave(label_of(wave, waves), wave.year + 0.5 * years[:place].count(wave.year), profile)
            for place, (wave, profile) in enumerate(profiles.items())
        ),
        colleges={college.code: college.label for college in campaign.colleges},
        collected=_collected(campaign),
        made=made,
        fictional=campaign.territory.fictional,
    )
    return _reviewed(report, db, campaign)


def print_first(campaign: Campaign, document: Mapping[str, Any], author: str) -> None:
    """Print what would be adopted, to see that it can be. Raises ``Unprintable``."""
    from restitution.documents.pdf.report import report_pdf

    today = now().date()
    adoption = Adoption(1, today, author, "0" * 64)
    report_pdf(_with_texts(report_of(campaign, today), document["judgements"], document["note"], adoption=adoption))


def _profiles(db: Database, waves: Sequence[Campaign]) -> dict[Campaign, Profile]:
    """The waves with their profiles; an earlier one that cannot be computed is left out, the last one is an error."""
    *earlier, last = waves
    found = {wave: compute_or_leave_out(wave, partial(campaign_profile, db, wave)) for wave in earlier}
    return {wave: profile for wave, profile in found.items() if profile} | {last: campaign_profile(db, last)}


def _reviewed(report: Report, db: Database, campaign: Campaign) -> Report:
    snapshot = latest_snapshot(db, campaign)
    if snapshot:
        said = snapshot.document
        adoption = _adoption(snapshot)
        return _with_texts(report, said["judgements"], said["note"], adoption=adoption)
    if not may_read_drafts(campaign):
        return report
    judgements = {code: asdict(sheet.content) for code, sheet in sheets_of(db, campaign, Judgement).items()}
    note = asdict(read_sheet(db, campaign, YearlyNote).content)
    return _with_texts(report, judgements, note, draft=True)


def may_read_drafts(campaign: Campaign) -> bool:
    """Whether who is asking reads texts of the review before they are adopted."""
    return may(Action.REVIEW_RESULTS, campaign.territory)


def _with_texts(
    report: Report,
    judgements: Mapping[str, Mapping[str, Any]],
    note: Mapping[str, str],
    *,
    adoption: Adoption | None = None,
    draft: bool = False,
) -> Report:
    retained = tuple(Retained(code, **said) for code, said in judgements.items())
    told = tuple(_told(note))
    return replace(report, retained=retained, note=told, adoption=adoption, draft=draft and bool(retained or told))


def _told(note: Mapping[str, str]) -> Iterator[Told]:
    for name, title in NOTE_PARTS.items():
        if note.get(name):
            yield Told(str(title), note[name])


def _adoption(snapshot: Snapshot) -> Adoption:
    return Adoption(snapshot.number, snapshot.adopted_at.date(), snapshot.author, snapshot.sha256)


def _collected(campaign: Campaign) -> str:
    day = campaign.closed_on
    return _("collecte close le %(day)s", day=format_date(day, "d MMMM y")) if day else str(campaign.year)


def assemble(choice: Choice, profiles: dict[int, Profile]) -> ReviewPage:
    """The page of a choice of waves; ``profiles`` by campaign id, for all the waves up to the page's."""

    def wave(campaign: Campaign) -> Wave:
        return Wave(campaign, profiles[campaign.id], label_of(campaign, choice.trajectory))

    return ReviewPage(choice, tuple(map(wave, choice.shown)), tuple(map(wave, choice.trajectory)))
