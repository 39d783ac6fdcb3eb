"""The results of a campaign for one reader: the campaigns that they may see, and the texts that they may read.

Once a diagnostic is adopted, everyone reads its texts. Until then only those who may review read the working ones, and
the document says that they are not adopted; others read none. Private notes are in no document.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from typing import Any

from flask_babel import gettext as _

from accounts.permissions import Action
from restitution.results import ComparedCampaign as ReportedCampaign
from restitution.results import Report
from restitution.review_texts import Adoption, NotePart, Retained
from restitution.text.names import NOTE_PARTS, in_words
from scoring import Profile
from storage.campaigns.campaigns import Campaign
from storage.core.engine import Database
from storage.core.timestamps import now, paris_day
from storage.responses.profiles import campaign_profile
from storage.review.sheets import Judgement, YearlyNote, read_sheet, sheets_of
from storage.review.snapshots import Snapshot, latest_snapshot
from web.http.access import may
from web.http.damaged_campaigns import compute_or_leave_out
from web.http.database import connection
from web.results.pages import ComparedCampaign, ResultsPage
from web.results.selection import CampaignSelection, asked_selection, label_of


def report_for_reader(campaign: Campaign, made: date) -> Report:
    """Return the report of a closed campaign, with the campaigns and the texts that this reader may see."""
    db = connection()
    profiles = _profiles(db, asked_selection(campaign).campaigns)
    campaigns = list(profiles)
    years = [one.year for one in campaigns]
    report = Report(
        territory=campaign.territory.name,
        name=campaign.name,
        campaigns=tuple(
            ReportedCampaign(label_of(one, campaigns), one.year + 0.5 * years[:position].count(one.year), profile)
            for position, (one, profile) in enumerate(profiles.items())
        ),
        colleges={college.code: college.label for college in campaign.colleges},
        collected=_collected(campaign),
        made=made,
        fictional=campaign.territory.fictional,
    )
    return _reviewed(report, db, campaign)


def check_printable(campaign: Campaign, document: Mapping[str, Any], author: str) -> None:
    """Print the report of a diagnostic before its adoption. Raise ``Unprintable`` if that fails."""
    from restitution.documents.pdf.report import report_pdf

    today = paris_day(now())
    adoption = Adoption(1, today, author, "0" * 64)
    report_pdf(
        _with_texts(report_for_reader(campaign, today), document["judgements"], document["note"], adoption=adoption)
    )


def _profiles(db: Database, campaigns: Sequence[Campaign]) -> dict[Campaign, Profile]:
    """Return the campaigns with their profiles, without the earlier ones that cannot be computed; the last raises."""
    *earlier, last = campaigns
    found = {one: compute_or_leave_out(one, partial(campaign_profile, db, one)) for one in earlier}
    return {one: profile for one, profile in found.items() if profile} | {last: campaign_profile(db, last)}


def _reviewed(report: Report, db: Database, campaign: Campaign) -> Report:
    snapshot = latest_snapshot(db, campaign)
    if snapshot:
        document = snapshot.document
        adoption = _adoption(snapshot)
        return _with_texts(report, document["judgements"], document["note"], adoption=adoption)
    if not may_read_drafts(campaign):
        return report
    judgements = {code: asdict(sheet.content) for code, sheet in sheets_of(db, campaign, Judgement).items()}
    note = asdict(read_sheet(db, campaign, YearlyNote).content)
    return _with_texts(report, judgements, note, draft=True)


def may_read_drafts(campaign: Campaign) -> bool:
    """Return whether the visitor may read the texts of the review before they are adopted."""
    return may(Action.REVIEW_RESULTS, campaign.territory)


def _with_texts(
    report: Report,
    judgements: Mapping[str, Mapping[str, Any]],
    note: Mapping[str, str],
    *,
    adoption: Adoption | None = None,
    draft: bool = False,
) -> Report:
    retained = tuple(Retained(code, **judgement) for code, judgement in judgements.items())
    parts = tuple(_note_parts(note))
    return replace(report, retained=retained, note=parts, adoption=adoption, draft=draft and bool(retained or parts))


def _note_parts(note: Mapping[str, str]) -> Iterator[NotePart]:
    for name, title in NOTE_PARTS.items():
        if note.get(name):
            yield NotePart(str(title), note[name])


def _adoption(snapshot: Snapshot) -> Adoption:
    return Adoption(snapshot.number, paris_day(snapshot.adopted_at), snapshot.author, snapshot.sha256)


def _collected(campaign: Campaign) -> str:
    day = campaign.closed_on
    return _("collecte close le %(day)s", day=in_words(day)) if day else str(campaign.year)


def assembled_page(selection: CampaignSelection, profiles: dict[int, Profile]) -> ResultsPage:
    """Return the page of this selection; ``profiles`` holds those of all its campaigns, by their ids."""

    def compared(campaign: Campaign) -> ComparedCampaign:
        return ComparedCampaign(campaign, profiles[campaign.id], label_of(campaign, selection.campaigns))

    return ResultsPage(selection, tuple(map(compared, selection.shown)), tuple(map(compared, selection.campaigns)))
