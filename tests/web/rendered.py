"""The pages of a random territory, rendered by the real templates from results in memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from inspect import unwrap
from unittest.mock import patch

from flask import Flask, render_template

from restitution.finding import Medium
from restitution.findings.heat_map import Reading
from restitution.story import by_kind, tell
from storage.campaigns.campaigns import Campaign, CampaignCollege
from storage.campaigns.territories import Territory as Place
from storage.review.sheets import ReviewState
from tests.restitution.reader.territories import Territory
from web.results.pages import ResultsPage
from web.results.selection import CampaignSelection
from web.review.pages.desk import DeskView, render_desk
from web.review.pages.skill import skill_page
from web.review.views.judgements import family
from web.session.pages.slides import slides_of


def results_html(app: Flask, place: Territory) -> str:
    """The results page."""
    with app.test_request_context():
        page = page_of(place)
        return render_template("results/show.html", page=page, sections=by_kind(tell(page.results, Medium.PAGE)))


def residents_html(app: Flask, place: Territory) -> str:
    """The page for residents."""
    with app.test_request_context():
        page = page_of(place)
        sections = by_kind(tell(page.results, Medium.RESIDENTS))
        return render_template("results/residents.html", page=page, sections=sections)


def comparison_html(app: Flask, place: Territory) -> str:
    """The page of comparisons."""
    with app.test_request_context():
        page = page_of(place)
        labels = [(one.label, True) for one in page.results.shown]
        return render_template("results/compare.html", page=page, labels=labels)


def page_of(place: Territory) -> ResultsPage:
    """What the pages of its last campaign are given."""
    *earlier, last = (campaign_of(place, position) for position in range(len(place.campaigns)))
    newest_first = tuple(reversed(earlier))
    compared = newest_first[:1] + newest_first[1:][-1:]
    return ResultsPage(CampaignSelection(last, compared, newest_first), place.results)


def campaign_of(place: Territory, position: int) -> Campaign:
    """One of its campaigns as it would be stored: closed, and published."""
    one = place.campaigns[position]
    sizes, voluntary = one.rules["sizes"] or {}, one.rules["voluntary"]
    return Campaign(
        id=position + 1,
        slug=f"ici-{one.label}",
        territory=Place(1, "ici", "Ici", "commune"),
        name="Bilan",
        year=int(one.label),
        form="short",
        k=one.rules["k"],
        weighting=one.rules["weighting"],
        status="closed",
        opens_on=None,
        closes_on=None,
        retrospective=one.then is not None,
        opened_at=None,
        closed_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
        published_at=datetime(2026, 4, 1, 12, tzinfo=UTC),
        colleges=tuple(
            CampaignCollege(college.code, college.label, sizes.get(college.code), None, college.code in voluntary)
            for college in place.grid.colleges
        ),
        grid=place.grid,
    )


def deck_html(app: Flask, place: Territory) -> str:
    """The slides of a session."""
    with app.test_request_context():
        page = page_of(place)
        slides = slides_of(tell(page.results, Medium.DECK), page.results)
        shown = {"decisions": (), "seen_by": (), "longest": 300, "alone": True, "typed": "", "problems": ()}
        return render_template("session/deck.html", page=page, slides=slides, **shown)


@contextmanager
def reviewing(app: Flask, place: Territory) -> Iterator[Campaign]:
    """The pages of the review show those results; nobody has written anything in it."""
    page = page_of(place)
    with (
        app.test_request_context(),
        patch("web.results.pages.results_page", lambda _selection: page),
        patch("web.review.pages.desk.asked_selection", lambda _campaign: page.selection),
        patch("web.review.pages.skill.asked_selection", lambda _campaign: page.selection),
        patch("web.review.views.judgements.asked_selection", lambda _campaign: page.selection),
    ):
        yield page.campaign


def desk_html(app: Flask, place: Territory) -> str:
    """The review desk; which reading of its heat map, and in which order, depends on the territory."""
    view = DeskView(list(Reading)[place.seed % len(Reading)].value, place.seed % 3 == 0)
    with reviewing(app, place) as campaign:
        return render_desk(campaign, ReviewState(None, 0, None, "", "", None, None, ""), view)


def family_html(app: Flask, place: Territory) -> str:
    """The page of one family in the review; which one depends on the territory."""
    families = place.grid.families
    with reviewing(app, place) as campaign:
        html, _status = unwrap(family)(campaign, families[place.seed % len(families)].code)
        return str(html)


def skill_html(app: Flask, place: Territory) -> str:
    """The page of one skill in the review; which one depends on the territory."""
    skills = place.grid.skills
    with reviewing(app, place) as campaign:
        return str(skill_page(campaign, skills[place.seed % len(skills)].code))
