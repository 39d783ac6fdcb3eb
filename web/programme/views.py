"""The pages about several territories: the status of each, and the quality of a version of the grid."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response as Redirection

from accounts.permissions import Action, territories_where
from grille import Grid
from restitution.text.language import gettext as _
from restitution.text.language import localized
from storage.campaigns.accessible_territories import followed_scope
from storage.campaigns.territories import Territory, territory_page
from storage.grids.library import default_grid, find_grid
from storage.programme import digests
from web.http.database import connection
from web.http.mail import configured
from web.http.pages import jobs
from web.http.pages.downloads import download
from web.http.pages.lists import ShownList, show_list, show_territories, typed_words
from web.http.security.guards import for_everywhere, signed_in
from web.programme import attention, digest, learning, profile_rows
from web.programme.instrument_jobs import KIND, MadeInstrument, demand, find_or_ask, former, make_instrument
from web.programme.pages import territory_statuses, territory_tables

blueprint = Blueprint("programme", __name__)

jobs.register(blueprint, KIND, make_instrument)
jobs.register(blueprint, profile_rows.KIND, profile_rows.make_rows)
jobs.register(blueprint, attention.KIND, attention.make_attention)
jobs.register(blueprint, learning.KIND, learning.make_learning)
jobs.register(blueprint, digests.KIND, digest.send_digests)


@blueprint.get("/programme")
@for_everywhere(Action.FOLLOW_PROGRAMME)
def overview() -> str:
    """Show the territories that may need a hand, each with the reason and the next step.

    While a job finds them, the page shows what was known before, and comes back by itself.
    """
    known = attention.find_attention()
    found = known.found
    needy = show_list(lambda position: found.page(typed_words(), position)) if found else None
    receives = digests.wants_digest(connection(), current_user.account) if configured() else None
    return render_template("programme/overview.html", known=known, attention=found, found=needy, receives=receives)


@blueprint.get("/programme/apprentissages")
@for_everywhere(Action.FOLLOW_PROGRAMME)
def lessons() -> str:
    """Show what the published results of all territories tell together, without naming any.

    While a job reads them, the page shows what was known before, and comes back by itself.
    """
    return render_template("programme/lessons.html", known=learning.find_learning())


@blueprint.post("/programme/lettre")
@for_everywhere(Action.FOLLOW_PROGRAMME)
def choose_digest() -> Redirection:
    """Begin or stop sending the weekly digest to the user."""
    if request.form.get("wanted") == "1":
        digests.ask_digest(connection(), current_user.account)
        flash(_("La lettre vous sera envoyée chaque semaine."))
    else:
        digests.stop_digest(connection(), current_user.account)
        flash(_("La lettre ne vous sera plus envoyée."))
    return redirect(url_for(".overview"), 303)


@blueprint.get("/grilles/<grid>/<version>/instrument")
@for_everywhere(Action.JUDGE_GRID)
def instrument(grid: str, version: str) -> ResponseReturnValue:
    """Show the questions to review with their figures; or why the grid cannot be judged yet.

    While a job computes them, the page says how far it is, shows what was known before, and comes back by itself.
    """
    judged = _judged(grid, version)
    made = find_or_ask(judged)
    if made is None:
        return _waiting(judged)
    made.leave_out()
    return _page(judged, made)


@blueprint.get("/grilles/<grid>/<version>/instrument.<suffix>")
@for_everywhere(Action.JUDGE_GRID)
def instrument_file(grid: str, version: str, suffix: str) -> ResponseReturnValue:
    """Download every figure, as CSV or JSON; a person who has to wait is led to the page, which gives both."""
    judged = _judged(grid, version)
    if suffix not in {"csv", "json"}:
        abort(404)
    made = find_or_ask(judged)
    if made is None:
        return redirect(url_for(".instrument", grid=grid, version=version), 303)
    if made.refusal:
        return _page(judged, made), 422
    response = download(made.files[suffix], f"instrument-{judged.id}-{judged.version}.{suffix}")
    response.cache_control.private = True
    return response


@blueprint.get("/grille/<version>/instrument")
@blueprint.get("/grille/<version>/instrument.<suffix>")
@for_everywhere(Action.JUDGE_GRID)
def former_instrument(version: str, suffix: str = "") -> Redirection:
    """Lead from the former addresses, which named a version of the default grid alone."""
    _judged(id_ := default_grid(connection()).grid.id, version)
    page = "instrument_file" if suffix else "instrument"
    return redirect(url_for(f"programme.{page}", grid=id_, version=version, suffix=suffix or None), 303)


def _judged(grid: str, version: str) -> Grid:
    found = find_grid(connection(), grid, version)
    return found.grid if found else abort(404)


def _page(grid: Grid, made: MadeInstrument, **former: object) -> str:
    figures, refusal = Markup(made.figures), localized(made.refusal)  # noqa: S704  # of a template
    return render_template("programme/instrument.html", grid=grid, figures=figures, refusal=refusal, **former)


def _waiting(grid: Grid) -> ResponseReturnValue:
    here = url_for(".instrument", grid=grid.id, version=grid.version)
    progress = jobs.asked(demand(grid))
    if progress.state == "ready":  # meanwhile
        return redirect(here, 303)
    if known := former(grid):
        known[0].leave_out()
        return _never_cached(_page(grid, known[0], made_at=known[1], progress=progress))
    back = url_for("public.grid_version", grid=grid.id, version=grid.version)
    return jobs.page(progress, _("La qualité des questions"), address=here, back=back)


def _never_cached(page: str) -> Response:
    response = Response(page)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.get("/territoires")
@signed_in
def territories() -> str:
    """Show the status of each territory, then families × territories for those whose results one may see.

    While a job computes what is missing, the page shows the rest, and comes back by itself.
    """
    found, places = _followed()
    statuses = territory_statuses(connection(), places)
    tables = territory_tables(connection(), statuses)
    return render_template("programme/territories.html", found=found, statuses=statuses, **vars(tables))


def _followed() -> tuple[ShownList[Any], list[Territory]]:
    """Return the asked page of the territories that the user follows; of one alone if the address names it."""
    if request.args.get("territoire"):
        one = show_territories(followed_scope(current_user.grants))
        return one, [accessible.territory for accessible in one.rows]
    held = territories_where(current_user.grants, Action.FOLLOW_COLLECTION)
    found = show_list(lambda position: territory_page(connection(), held, typed_words(), position))
    return found, list(found.rows)
