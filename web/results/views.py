"""The views of a campaign's results: the profile, the residents' page, comparisons, documents."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import BytesIO

from flask import Blueprint, Response, abort, render_template, request, send_file
from flask_login import current_user

from restitution.charts import radar_chart as svg
from storage.campaigns.campaigns import Campaign, campaigns_of
from storage.core.timestamps import now, paris_day
from storage.operations.published_copies import Name, copies_of
from storage.review.slide_order import read_slide_order
from web.http.database import connection
from web.http.pages.compression import gzipped, gzipped_page
from web.http.pages.damaged_campaigns import compute_or_leave_out
from web.http.pages.published_pages import name_of, published, published_file
from web.http.pages.recomputed_campaigns import notice_of
from web.http.security.access import may_see
from web.http.security.guards import for_results, for_results_to_come
from web.http.security.rate_limits import DOWNLOADS, client_network, count_attempts
from web.results.selection import (
    asked_selection,
    compared_selection,
    label_of,
    newest_first,
    profile_of,
)

MOST_COLLEGES = 3
_CHANGED, _GONE = b"not kept: changed", b"not kept"

blueprint = Blueprint("results", __name__)


@blueprint.app_template_global()
def legend_sample(role: str) -> str:
    """Return the line and the marker of a series, for a legend."""
    return svg.legend_sample(role)


@blueprint.get("/restitution/<slug>")
@for_results_to_come
def show(campaign: Campaign) -> str | Response:
    """Show the scored profile of a campaign, beside earlier ones."""
    if not may_see(campaign):
        return render_template("results/collecting.html", campaign=campaign, today=paris_day(now()))
    return published(campaign, lambda: _restitution(campaign), *asked(campaign))


def _restitution(campaign: Campaign) -> str:
    from restitution.story import Medium, by_kind, tell  # loads the charts, never where people only answer
    from web.results.pages import results_page

    page = results_page(asked_selection(campaign))
    return render_template("results/show.html", page=page, sections=by_kind(tell(page.results, Medium.PAGE)))


@blueprint.get("/restitution/<slug>/fichiers/<name>")
@for_results
def profile_file(campaign: Campaign, name: str) -> Response:
    """One file of the profile, of a campaign whose results the reader may see.

    Files published under the first edition of the method stay at their address; those of the second, recomputed, say
    ``?edition=2``. Where the file of the first is not there any more, the plain address says so, and where to look.
    """
    from restitution.documents.profile_files import NAMES  # loads pandas, never where people only answer
    from web.results.profile_files import NotKept, asked_edition, profile_document

    if name not in NAMES:
        abort(404)
    edition = asked_edition(campaign)
    file = f"{campaign.slug}-{name}" if edition is None or edition == 1 else f"{campaign.slug}-edition-2-{name}"

    def made() -> bytes:
        try:
            return profile_document(campaign, name, edition)
        except NotKept as missing:  # not tried again until something changes
            return _CHANGED if missing.changed else _GONE

    def sent(content: bytes) -> Response:
        if content in {_CHANGED, _GONE}:
            return _not_kept(campaign, name, changed=content == _CHANGED)
        return send_file(BytesIO(content), as_attachment=True, download_name=file)

    return published_file(name_of(campaign, request.path, edition), made, sent)


def _not_kept(campaign: Campaign, name: str, *, changed: bool) -> Response:
    """The page at the address of a file of the first edition that nothing holds any more."""
    notice = notice_of(campaign, {campaign: str(campaign.year)})
    text = render_template("results/not_kept.html", campaign=campaign, notice=notice, name=name, changed=changed)
    response = gzipped_page(gzipped(text))
    response.status_code = 410
    return response


def asked(campaign: Campaign) -> tuple[object, ...]:
    """Return what the address chooses: the ids of the campaigns shown, and up to three colleges."""
    codes = (code for text in request.args.getlist("colleges") for code in text.split(","))
    known = {one.code for one in campaign.colleges}
    shown = tuple(one.id for one in asked_selection(campaign).shown)
    return shown, tuple(dict.fromkeys(code for code in codes if code in known))[:MOST_COLLEGES]


@blueprint.get("/restitution/<slug>/documents")
@for_results
def documents(campaign: Campaign) -> Response:
    """List the documents of a campaign whose results the reader may see."""
    from restitution.documents.catalogue import catalogue  # scoring loads here, never where people only answer

    copies, names = copies_of(connection()), [_name(campaign, one.suffix) for one in catalogue()]

    def sizes() -> tuple[int | None, ...]:
        return tuple(map(copies.size, names))

    known, same_day = sizes(), _until_tomorrow()

    def made() -> str:
        found = list(zip(catalogue(), known, strict=True))
        shown = asked_selection(campaign).campaigns
        notice = notice_of(campaign, {one: label_of(one, shown) for one in shown})
        return render_template("results/documents.html", campaign=campaign, documents=found, notice=notice)

    return published(campaign, made, *asked(campaign), known, still=lambda: same_day() and sizes() == known)


@blueprint.get("/restitution/<slug>/documents/<suffix>")
@for_results
def download(campaign: Campaign, suffix: str) -> Response:
    """Download a document, made today; the report of an adopted diagnostic is the one printed at its adoption."""
    count_attempts((DOWNLOADS, _reader()))
    from restitution.documents.catalogue import catalogue
    from web.results.campaign_results import printed_report, report_for_reader

    document = next((one for one in catalogue() if one.suffix == suffix), None)
    if document is None:
        abort(404)
    file = f"grille-{campaign.slug}.{suffix}"

    def made() -> bytes:
        kept = printed_report(campaign) if suffix == "pdf" else None
        return kept or document.make(report_for_reader(campaign, paris_day(now())))

    def sent(content: bytes) -> Response:
        return send_file(BytesIO(content), document.media_type, as_attachment=True, download_name=file)

    return published_file(_name(campaign, suffix), made, sent, still=_until_tomorrow())


def _until_tomorrow() -> Callable[[], bool]:
    """Whether it is still the day that documents bear."""
    today = paris_day(now())
    return lambda: paris_day(now()) == today


def _reader() -> str:
    """A colleague who downloads a lot stops nobody else behind the same address."""
    return f"account {current_user.account.id}" if current_user.is_authenticated else client_network()


def _name(campaign: Campaign, suffix: str) -> Name:
    """The copy of a document: what it shows, to whom, and on which day. Those who may read more have another."""
    from web.results.campaign_results import may_read_drafts, shown_to_reader

    seen = shown_to_reader(campaign)
    return name_of(campaign, "document", campaign.slug, suffix, paris_day(now()), seen, may_read_drafts(campaign))


@blueprint.get("/restitution/<slug>/comparer")
@for_results
def compare(campaign: Campaign) -> Response:
    """Show the campaigns that the address asks for; by default those of the campaign's own page."""
    return published(campaign, lambda: _comparison_rendered(campaign), *_wanted(campaign))


def _comparison_rendered(campaign: Campaign) -> str:
    from web.results.pages import results_page  # loads scoring, never where people only answer

    seen = [one for one in campaigns_of(connection(), campaign.territory) if may_see(one) and one != campaign]
    known = [one for one in seen if compute_or_leave_out(one, partial(profile_of, one))]
    visible = sorted([*known, campaign], key=lambda one: (one.year, one.id))
    page = results_page(compared_selection(campaign, visible, request.args.getlist("vagues")))
    labels = [(label_of(one, visible), one in page.selection.shown) for one in newest_first(visible)]
    return render_template("results/compare.html", page=page, labels=labels)


def _wanted(campaign: Campaign) -> tuple[object, ...]:
    """The campaigns that the address asks for, among those that the reader may see."""
    seen = [one for one in campaigns_of(connection(), campaign.territory) if may_see(one)]
    return tuple(sorted({label_of(one, seen) for one in seen} & set(request.args.getlist("vagues"))))


@blueprint.get("/restitution/<slug>/habitants")
@for_results
def residents(campaign: Campaign) -> Response:
    """Show what the profile says, in few words; to anyone once the campaign is published."""
    return published(campaign, lambda: _residents_rendered(campaign), *asked(campaign))


def _residents_rendered(campaign: Campaign) -> str:
    from restitution.story import Medium, by_kind, tell  # loads the charts, never where people only answer
    from web.results.pages import results_page
    from web.results.story_context import story_context

    page = results_page(asked_selection(campaign))
    # What the team shares with everyone: who is asking changes nothing here.
    context = story_context(page.selection, parcours=read_slide_order(connection(), campaign).parcours)
    sections = by_kind(tell(page.results, Medium.RESIDENTS, context))
    return render_template("results/residents.html", page=page, sections=sections)
