"""The views of a campaign's results: the profile, the residents' page, comparisons, documents."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import BytesIO
from operator import attrgetter

from flask import Blueprint, Response, abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.permissions import Action
from restitution.charts import radar_chart as svg
from restitution.documents.file_names import NAMES
from storage.campaigns.campaigns import Campaign
from storage.core.timestamps import now, paris_day
from storage.operations.published_copies import copies_of
from storage.review.slide_order import read_slide_order
from web.http.database import connection
from web.http.pages import jobs
from web.http.pages.compression import gzipped, gzipped_page
from web.http.pages.damaged_campaigns import compute_or_leave_out
from web.http.pages.published_pages import intact, is_fresh, name_of, published, published_file, validated
from web.http.pages.recomputed_campaigns import notice_of
from web.http.security.access import may, may_see
from web.http.security.guards import for_results, for_results_to_come
from web.http.security.rate_limits import DOWNLOADS, client_network, count_attempts
from web.results.document_jobs import KIND, WantedDocument, document_of, make_document
from web.results.local_questions import are_erased, closed_questions, free_question
from web.results.selection import (
    asked_edition,
    asked_selection,
    compared_selection,
    label_of,
    newest_first,
    profile_of,
    visible_campaigns,
)

MOST_COLLEGES = 3
_CHANGED, _GONE = b"not kept: changed", b"not kept"

blueprint = Blueprint("results", __name__)
jobs.register(blueprint, KIND, make_document)


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
    from restitution.finding import Medium  # loads the charts, never where people only answer
    from restitution.story import by_kind, tell
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
    if name not in NAMES:
        abort(404)
    edition = asked_edition(campaign)
    file = f"{campaign.slug}-{name}" if edition is None or edition == 1 else f"{campaign.slug}-edition-2-{name}"

    def made() -> bytes:
        from web.results.profile_files import NotKept, profile_document  # loads pandas, never where people only answer

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

    copies, names = copies_of(connection()), [WantedDocument.asked(campaign, one.suffix).name for one in catalogue()]

    def sizes() -> tuple[int | None, ...]:
        return tuple(map(copies.size, names))

    known, same_day = sizes(), _until_tomorrow()

    def made() -> str:
        found = list(zip(catalogue(), known, strict=True))
        shown = asked_selection(campaign).campaigns
        notice = notice_of(campaign, {one: label_of(one, shown) for one in shown})
        return render_template("results/documents.html", campaign=campaign, documents=found, notice=notice)

    return published(campaign, made, *asked(campaign), known, still=lambda: same_day() and sizes() == known, light=True)


@blueprint.get("/restitution/<slug>/documents/<suffix>")
@for_results
def download(campaign: Campaign, suffix: str) -> ResponseReturnValue:
    """One document, made on the day it is asked for; whoever has to wait for it is led to a page that says so.

    Those that are there already cost less than a page: taking them again is not limited (``known_answers``).
    """
    count_attempts((DOWNLOADS, _reader()))
    document = document_of(suffix) or abort(404)
    wanted, still = WantedDocument.asked(campaign, suffix), _until_tomorrow()
    file = f"grille-{campaign.slug}.{suffix}"

    def sent(content: bytes) -> Response:
        return send_file(BytesIO(content), document.media_type, as_attachment=True, download_name=file)

    if not jobs.are_apart() or is_fresh(wanted.name):
        return published_file(wanted.name, wanted.make, sent, still)
    content = wanted.find() or jobs.find_or_ask(wanted.demand, wanted.find)
    if content is None:
        return redirect(_address(".preparing", wanted), 303)
    return validated(sent(intact(content)), wanted.name, still)


def _until_tomorrow() -> Callable[[], bool]:
    """Whether it is still the day that documents bear."""
    today = paris_day(now())
    return lambda: paris_day(now()) == today


@blueprint.get("/restitution/<slug>/documents/<suffix>/preparation")
@for_results
def preparing(campaign: Campaign, suffix: str) -> ResponseReturnValue:
    """How far a document is that somebody waits for; it is taken from there once it is made."""
    document = document_of(suffix) or abort(404)
    wanted = WantedDocument.asked(campaign, suffix)
    progress = jobs.progress_of(wanted.demand, made=wanted.find() is not None)
    if progress is None:
        count_attempts((DOWNLOADS, _reader()))
        progress = jobs.asked(wanted.demand)
    there, back = _address(".download", wanted), url_for(".documents", slug=campaign.slug)
    return jobs.page(progress, document.title, campaign=campaign, address=there, back=back)


def _address(view: str, wanted: WantedDocument) -> str:
    """The address of a view about that document, with what was chosen."""
    return url_for(view, slug=wanted.campaign.slug, suffix=wanted.suffix, vagues=request.args.getlist("vagues"))


def _reader() -> str:
    """A colleague who downloads a lot stops nobody else behind the same address."""
    return f"account {current_user.account.id}" if current_user.is_authenticated else client_network()


@blueprint.get("/restitution/<slug>/comparer")
@for_results
def compare(campaign: Campaign) -> Response:
    """Show the campaigns that the address asks for; by default those of the campaign's own page."""
    return published(campaign, lambda: _comparison_rendered(campaign), *_wanted(campaign))


def _comparison_rendered(campaign: Campaign) -> str:
    from web.results.pages import results_page  # loads scoring, never where people only answer

    seen = [one for one in visible_campaigns(campaign.territory) if one != campaign]
    known = [one for one in seen if compute_or_leave_out(one, partial(profile_of, one))]
    visible = sorted([*known, campaign], key=attrgetter("order"))
    page = results_page(compared_selection(campaign, visible, request.args.getlist("vagues")))
    labels = [(label_of(one, visible), one in page.selection.shown) for one in newest_first(visible)]
    return render_template("results/compare.html", page=page, labels=labels)


def _wanted(campaign: Campaign) -> tuple[object, ...]:
    """The campaigns that the address asks for, among those that the reader may see."""
    seen = visible_campaigns(campaign.territory)
    return tuple(sorted({label_of(one, seen) for one in seen} & set(request.args.getlist("vagues"))))


@blueprint.get("/restitution/<slug>/habitants")
@for_results
def residents(campaign: Campaign) -> Response:
    """Show what the profile says, in few words; to anyone once the campaign is published."""
    return published(campaign, lambda: _residents_rendered(campaign), *asked(campaign))


def _residents_rendered(campaign: Campaign) -> str:
    from restitution.finding import Medium  # loads the charts, never where people only answer
    from restitution.story import by_kind, tell
    from web.results.pages import results_page
    from web.results.story_context import story_context

    page = results_page(asked_selection(campaign))
    # What the team shares with everyone: who is asking changes nothing here.
    context = story_context(page.selection, parcours=read_slide_order(connection(), campaign).parcours)
    sections = by_kind(tell(page.results, Medium.RESIDENTS, context))
    return render_template("results/residents.html", page=page, sections=sections)


@blueprint.get("/restitution/<slug>/questions-locales")
@for_results
def local_questions(campaign: Campaign) -> Response:
    """Show how people answered the campaign's own questions; free answers to its team only."""
    return published(campaign, lambda: _local_questions_rendered(campaign), light=True)


def _local_questions_rendered(campaign: Campaign) -> str:
    return render_template(
        "results/local_questions.html",
        campaign=campaign,
        closed=closed_questions(campaign),
        free=free_question(campaign),
        team=may(Action.SEE_CLOSED_RESULTS, campaign.territory),
        erased=are_erased(campaign),
    )
