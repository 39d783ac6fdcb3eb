"""The pages that the team of a random territory reads around its results, rendered by the real templates."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from inspect import unwrap
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from flask import Flask, render_template

from restitution.adopted_diagnostic import AdoptedDiagnostic
from restitution.documents.pdf import adopted as reprint
from restitution.findings.method.editions import Editions, edition_changes
from restitution.text.names import NOTE_PARTS
from scoring import edition_1
from scoring.republication import publication_of
from storage.campaigns.campaigns import Campaign
from storage.campaigns.college_merges import CollegeMerge
from storage.campaigns.recomputed_publications import Recomputed
from storage.responses.computed.publications import republication
from storage.review.snapshots import Snapshot, canonical, draft, sha256_of
from tests.restitution.reader.rendered.report_texts import STRENGTHS, WEAKNESSES, WHY
from tests.restitution.reader.territories import Campaign as AnsweredCampaign
from tests.restitution.reader.territories import Territory
from tests.web.rendered import campaign_of
from web.campaigns.pages import Share, about_open_links
from web.campaigns.views.closing import confirm_closing
from web.campaigns.visible_changes import visible_changes
from web.open_data import catalogue as linked
from web.open_data.packages import package_of
from web.programme.pages import TerritoryStatus, _side_by_side
from web.programme.profile_rows import KnownRows, ProfileRow, _computed
from web.results import campaign_results
from web.review.forms import AdoptionForm
from web.review.pages.disclosure import DisclosureReport
from web.review.views.adoption import _page


def last_campaign(place: Territory) -> Campaign:
    """Its last campaign as it is stored: public, or not."""
    days = [day for day, _one in place.publications] if place.public else []
    at = datetime.combine(days[-1], time(12), UTC) if days else None
    return replace(campaign_of(place, len(place.campaigns) - 1), published_at=at)


def draft_html(app: Flask, place: Territory) -> str:
    """The page of its last campaign before it opens: what the expected numbers can show."""
    campaign = expecting(place, "draft")
    with app.test_request_context():
        return render_template(
            "campaigns/draft.html",
            campaign=campaign,
            territory=campaign.territory,
            shares=[Share(college, 0, campaign.k) for college in campaign.colleges],
            visible=visible_changes(campaign),
            runs=True,
        )


def closing_html(app: Flask, place: Territory) -> str:
    """What the pilot reads before closing its last campaign."""
    campaign, rows = expecting(place, "open"), place.campaigns[-1].rows
    counts = Counter(row["college"] for row in rows)
    groups = [
        CollegeMerge(f"g{rank}", label, codes, tuple(place.colleges[code] for code in codes), applied=False)
        for rank, (label, codes) in enumerate(place.groups.items())
    ]
    with (
        app.test_request_context(),
        patch("web.campaigns.views.closing.merges_of", lambda *_: groups),
        patch("web.campaigns.pages.shown_participation", lambda *_: counts),
        patch("storage.responses.computed.closing_preview.answers_frame", lambda *_: place.table(rows)),
    ):
        return str(unwrap(confirm_closing)(campaign))


def editions_html(app: Flask, place: Territory) -> str:
    """What edition 2 changes, when its last two campaigns were published under edition 1."""
    campaign = last_campaign(place)
    (*_older, before, last) = (None, *place.campaigns)
    profiles = [one and (first_edition(place, one), place.profile_of(one)) for one in (last, before)]
    (own, own_again), (earlier, earlier_again) = (one or (None, None) for one in profiles)
    both = Editions(own, own_again, earlier, earlier_again)
    with app.test_request_context():
        return render_template(
            "review/edition_changes.html",
            campaign=campaign,
            changes=edition_changes(both, place.colleges),
            days=Recomputed(date(2025, 6, 1), date(2026, 9, 10), None),
            previous=before and campaign_of(place, len(place.campaigns) - 2),
        )


@contextmanager
def drafting(place: Territory, profile: edition_1.Profile | None = None) -> Iterator[Campaign]:
    """The lowest level is retained for its first family, and nothing else was written; of that profile, or its own."""
    campaign, first = last_campaign(place), place.grid.families[0].code
    judgement = {"level": place.grid.lowest, "justification": WHY, "strengths": STRENGTHS, "weaknesses": WEAKNESSES}
    written = {"judgements": {first: judgement}, "note": dict.fromkeys(NOTE_PARTS, ""), "facts": {}, "evidence": []}
    people = Counter(row["college"] for row in place.campaigns[-1].rows if row.get("mode") != "atelier")
    counts = {one.code: people[one.code] for one in campaign.colleges}
    with (
        patch("storage.review.snapshots.campaign_profile", lambda *_: profile or place.profiles[-1]),
        patch("storage.review.snapshots.participation", lambda *_: counts),
        patch("storage.review.snapshots._written", lambda *_: written),
    ):
        yield campaign


def adopted_html(app: Flask, place: Territory) -> str:
    """Its diagnostic, adopted with the lowest level retained for the first family."""
    with app.test_request_context(), drafting(place) as campaign:
        adopted = sealed(app, campaign)
        shown = {"adopted": adopted, "latest": 1, "content": AdoptedDiagnostic(adopted.document), "printed": False}
        return render_template("review/diagnostic.html", campaign=campaign, **shown)


def sealed(app: Flask, campaign: Campaign) -> Snapshot:
    """What is about to be adopted, adopted by Ada on 20 May."""
    text = canonical(draft(app.extensions["database"], campaign))
    return Snapshot(1, 1, 1, datetime(2026, 5, 20, 12, tzinfo=UTC), "Ada", "", sha256_of(text), text)


def reprint_content(app: Flask, place: Territory) -> dict[str, Any]:
    """What the page of its diagnostic is given when it was adopted under the first edition, and is printed again."""
    with app.test_request_context(), drafting(place, first_edition(place, place.campaigns[-1])) as campaign:
        adopted = sealed(app, campaign)
        return reprint._content(AdoptedDiagnostic(adopted.document), campaign_results._adoption(adopted))


def adoption_html(app: Flask, place: Territory) -> str:
    """What is about to be adopted; a comment waits for each of its families."""
    waiting = patch("web.review.views.adoption.pending_comments", lambda *_: len(place.grid.families))
    with app.test_request_context("/campagnes/x/revue/adoption"), drafting(place) as campaign, waiting:
        return str(_page(campaign, AdoptionForm(), []))


def open_data_html(app: Flask, place: Territory) -> str:
    """The page of its open data: published in April, and again in May."""
    campaign, first = campaign_of(place, len(place.campaigns) - 1), datetime(2026, 4, 1, 12, tzinfo=UTC)
    again = replace(campaign, published_at=datetime(2026, 5, 12, 12, tzinfo=UTC))
    with (
        app.test_request_context(f"/donnees/{campaign.slug}"),
        patch("web.open_data.packages.profile_of", lambda _campaign: place.profiles[-1]),
    ):
        sizes = {name: len(content) for name, content in package_of(again).items()}
        return render_template("open_data/show.html", campaign=again, sizes=sizes, first=first, linked=linked)


def territories_html(app: Flask, place: Territory) -> str:
    """Two territories that gave the same answers, where each stands, and their profiles side by side."""
    campaign = last_campaign(place)
    found = SimpleNamespace(typed="", lost=False, searched=False, kept="", previous="", next="", rows=())
    with (
        app.test_request_context(),
        patch("storage.responses.computed.profiles.campaign_profile", lambda *_: place.profiles[-1]),
    ):
        known = KnownRows({campaign.id: ProfileRow.read(_computed(app.extensions["database"], campaign))})
        places = [replace(campaign.territory, id=rank, slug=slug, name=name) for rank, slug, name in PLACES]
        statuses = [TerritoryStatus(one, None, replace(campaign, territory=one), None, 0) for one in places]
        table = _side_by_side([(status, campaign) for status in statuses], known)
        shown = {"found": found, "statuses": statuses, "tables": [table], "progress": None}
        return render_template("programme/territories.html", **shown)


PLACES = ((1, "ici", "Ici"), (2, "la", "Là"))


def first_edition(place: Territory, one: AnsweredCampaign) -> edition_1.Profile:
    """What the first edition published of one campaign."""
    return edition_1.profile(place.table(one.rows), place.grid, edition_1.Rules(**one.rules))


def expecting(place: Territory, status: str) -> Campaign:
    """Its last campaign before it is closed, with the answers hoped for and the people announced."""
    campaign = campaign_of(place, len(place.campaigns) - 1)
    colleges = tuple(
        replace(one, target=place.targets.get(one.code), size=place.announced.get(one.code))
        for one in campaign.colleges
    )
    return replace(campaign, status=status, colleges=colleges, closed_at=None, published_at=None)


def publication_html(app: Flask, place: Territory) -> str:
    """The report on what publishing its last campaign tells of people."""
    campaign, profile = last_campaign(place), place.profiles[-1]
    opened = [college for college in campaign.colleges if college.code in place.opened]
    earlier = [
        (datetime.combine(day, time(12), UTC), publication_of(place.profile_of(one))) for day, one in place.publications
    ]
    with (
        app.test_request_context(),
        patch("web.campaigns.pages.colleges_opened_by_link", lambda *_: opened),
        patch("storage.responses.computed.publications._publications_of", lambda *_: iter(earlier)),
    ):
        report = DisclosureReport(
            profile,
            place.colleges,
            tuple(skill.code for skill in place.grid.skills),
            tuple(about_open_links(campaign, [])),
            republication(app.extensions["database"], campaign, publication_of(profile)),
        )
        return render_template("review/disclosure.html", campaign=campaign, report=report)
