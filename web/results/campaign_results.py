"""The results of a campaign for one reader: the campaigns that they may see, and the texts that they may read.

Once a diagnostic is adopted, everyone reads its texts. Until then only those who may review read the drafts, and the
document says that they are not adopted; others read none. Private notes are in no document.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from typing import Any

from flask_babel import gettext as _

from restitution.adopted_diagnostic import AdoptedDiagnostic
from restitution.campaign_facts import ComparedCampaign
from restitution.documents.report import Report, TeamSlide
from restitution.results import CampaignResults
from restitution.review_texts import Adoption, NotePart, Retained
from restitution.text.language import localized
from restitution.text.names import NOTE_PARTS, in_words
from scoring import Profile
from storage.campaigns.campaigns import Campaign
from storage.campaigns.college_merges import merges_of
from storage.campaigns.share_links import colleges_opened_by_link
from storage.core.engine import Database
from storage.core.timestamps import paris_day
from storage.responses.computed.profiles import campaign_profile
from storage.review.printed_diagnostics import Printed, printed_diagnostic
from storage.review.sheets import Judgement, YearlyNote, read_sheet, sheets_of
from storage.review.slide_order import OwnSlide, read_slide_order
from storage.review.snapshots import Snapshot, latest_snapshot
from storage.site.pictures import picture_content
from web.http.database import connection
from web.http.pages.damaged_campaigns import compute_or_leave_out
from web.http.pages.recomputed_campaigns import notice_of
from web.results.selection import CampaignSelection, asked_selection, label_of
from web.results.session_parts import shown_keys


def profiles_of(selection: CampaignSelection) -> dict[Campaign, Profile]:
    """Return the campaigns with their profiles.

    Earlier campaigns that cannot be computed are left out; for the last one, the error is raised.
    """
    db, (*earlier, last) = connection(), selection.campaigns
    found = {one: compute_or_leave_out(one, partial(campaign_profile, db, one)) for one in earlier}
    return {one: profile for one, profile in found.items() if profile} | {last: campaign_profile(db, last)}


def results_of(selection: CampaignSelection, profiles: Mapping[Campaign, Profile]) -> CampaignResults:
    """Return the results of the campaigns selected, those that have a profile."""
    campaign, found = selection.campaign, _compared(profiles)
    labels = {one: found[one.id].label for one in profiles}
    return CampaignResults(
        territory=campaign.territory.name,
        name=campaign.name,
        campaigns=tuple(found.values()),
        colleges={college.code: college.label for college in campaign.colleges},
        collected=_collected(campaign),
        warning=localized(campaign.territory.warning),
        brief_warning=localized(campaign.territory.brief_warning),
        compared=tuple(found[one.id] for one in selection.shown if one.id in found),
        notice=partial(notice_of, campaign, labels),
        by_link=partial(_opened_by_link, campaign),
    )


def _opened_by_link(campaign: Campaign) -> list[str]:
    """The names of the colleges that a reusable link led to."""
    db = connection()
    return [one.label for one in colleges_opened_by_link(db, campaign, merges_of(db, campaign))]


def _compared(profiles: Mapping[Campaign, Profile]) -> dict[int, ComparedCampaign]:
    """The campaigns by their ids, oldest first; two campaigns of one year are set apart in time."""
    campaigns = list(profiles)
    years = [one.year for one in campaigns]
    return {
        one.id: ComparedCampaign(label_of(one, campaigns), one.year + 0.5 * years[:position].count(one.year), profile)
        for position, (one, profile) in enumerate(profiles.items())
    }


def report_of(
    selection: CampaignSelection, profiles: Mapping[Campaign, Profile], made: date, *, drafts: bool
) -> Report:
    """Return the report of these campaigns; ``drafts`` is True for who may read texts before they are adopted."""
    results = results_of(selection, profiles)
    report = Report.of(_reviewed(results, connection(), selection.campaign, drafts=drafts), made)
    order = read_slide_order(connection(), selection.campaign)
    team_slides = {one.key: _team_slide(one) for one in order.texts}
    return replace(report, arranged=lambda names: shown_keys(names, order), team_slides=team_slides)


def _team_slide(own: OwnSlide) -> TeamSlide:
    picture = picture_content(connection(), own.picture, "large") if own.picture else None
    return TeamSlide(own.title, own.words, picture or b"", own.link)


def print_diagnostic(campaign: Campaign, sealed: Snapshot) -> Printed:
    """Return the report of a diagnostic about to be adopted. Raises ``Unprintable`` if it cannot be printed."""
    from restitution.documents.pdf.report import report_pdf

    document, adoption = sealed.document, _adoption(sealed)
    selection = asked_selection(campaign)
    results = results_of(selection, profiles_of(selection))
    reviewed = _with_texts(results, document["judgements"], document["note"], adoption=adoption)
    return Printed(report_pdf(Report.of(reviewed, adoption.day)), selection.shows)


def printed_report(selection: CampaignSelection) -> bytes | None:
    """Return the report printed at the adoption of the current version, if it shows just these campaigns.

    Of a version adopted under edition 1 of the method, else a reprint: nothing is computed again.
    """
    snapshot = latest_snapshot(connection(), selection.campaign)
    if snapshot is None:
        return None
    printed = printed_diagnostic(connection(), snapshot.id)
    if printed and printed.shows == selection.shows:
        return printed.content
    return reprinted(snapshot)


def reprinted(snapshot: Snapshot) -> bytes | None:
    """Return the diagnostic printed from what was adopted alone; None under an edition whose reports are stored."""
    from restitution.documents.pdf.adopted import adopted_pdf

    adoption = _adoption(snapshot)
    return adopted_pdf(AdoptedDiagnostic(snapshot.document), adoption) if adoption.edition == 1 else None


def _reviewed(results: CampaignResults, db: Database, campaign: Campaign, *, drafts: bool) -> CampaignResults:
    snapshot = latest_snapshot(db, campaign)
    if snapshot:
        document = snapshot.document
        return _with_texts(results, document["judgements"], document["note"], adoption=_adoption(snapshot))
    if not drafts:
        return results
    judgements = {code: asdict(sheet.content) for code, sheet in sheets_of(db, campaign, Judgement).items()}
    note = asdict(read_sheet(db, campaign, YearlyNote).content)
    return _with_texts(results, judgements, note, draft=True)


def _with_texts(
    results: CampaignResults,
    judgements: Mapping[str, Mapping[str, Any]],
    note: Mapping[str, str],
    *,
    adoption: Adoption | None = None,
    draft: bool = False,
) -> CampaignResults:
    retained = tuple(Retained(code, **judgement) for code, judgement in judgements.items())
    parts = tuple(_note_parts(note))
    return replace(results, retained=retained, note=parts, adoption=adoption, draft=draft and bool(retained or parts))


def _note_parts(note: Mapping[str, str]) -> Iterator[NotePart]:
    for name, title in NOTE_PARTS.items():
        if note.get(name):
            yield NotePart(str(title), note[name])


def _adoption(snapshot: Snapshot) -> Adoption:
    edition = AdoptedDiagnostic(snapshot.document).edition
    return Adoption(snapshot.number, paris_day(snapshot.adopted_at), snapshot.author, snapshot.sha256, edition)


def _collected(campaign: Campaign) -> str:
    day = campaign.closed_on
    return _("collecte close le %(day)s", day=in_words(day)) if day else str(campaign.year)
