"""The territory of a new campaign: one of one's own, or, for the programme, any of the official list."""

from flask import jsonify, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from accounts.audit_events import AuditEvent
from accounts.permissions import Action, territories_where
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from storage.campaigns import gazetteer
from storage.campaigns.territories import (
    Territory,
    create_territory,
    slugify,
    territory_by_code,
    territory_by_slug,
    territory_page,
)
from storage.core.database import writing
from web.campaigns.blueprint import blueprint
from web.http.database import connection
from web.http.pages.lists import ShownList, show_list, typed_words
from web.http.security.access import may
from web.http.security.audit import audit
from web.http.security.guards import for_everywhere, for_somewhere


@blueprint.get("/nouvelle")
@for_somewhere(Action.RUN_CAMPAIGNS)
def choose_territory() -> str:
    """List one's territories; for those who may act everywhere, search the official list as well."""
    return _page(_mine(), anywhere=may(Action.RUN_CAMPAIGNS))


def _mine() -> ShownList[Territory]:
    """A page of the territories that are followed already; what is searched in the official list is searched here."""
    db, where = connection(), territories_where(current_user.grants, Action.RUN_CAMPAIGNS)
    return show_list(lambda position: territory_page(db, where, typed_words(), position))


def _page(mine: ShownList[Territory], anywhere: bool, problem: str = "") -> str:
    typed = request.values.get("q", "")
    return render_template(
        "campaigns/choose_territory.html",
        mine=mine,
        anywhere=anywhere,
        typed=typed,
        found=gazetteer.search(typed) if anywhere else [],
        source=gazetteer.SOURCE,
        most=gazetteer.MOST,
        population=population,
        form=FlaskForm(),
        problem=problem,
    )


@blueprint.post("/nouvelle")
@for_everywhere(Action.RUN_CAMPAIGNS)
def set_territory() -> Response | tuple[str, int]:
    """Go on with a place of the official list; it becomes a territory the first time that it is chosen."""
    place = gazetteer.by_code(request.form.get("code", ""))
    if place is None:
        return _page(_mine(), anywhere=True, problem=_("Choisissez un territoire dans la liste.")), 422
    return redirect(url_for("campaigns.plan", place=_territory(place).slug), 303)


def _territory(place: gazetteer.OfficialTerritory) -> Territory:
    """The territory of that official code; its address names its department when another already has its name."""
    db = connection()
    if known := territory_by_code(db, place.code):
        return known
    slug = slugify(place.name)
    free = slug if territory_by_slug(db, slug) is None else f"{slug}-{place.code.lower()}"
    with writing(db):
        made = create_territory(db, place.name, place.kind, slug=free, official_code=place.code)
        audit(AuditEvent.TERRITORY_CREATED, made)
    return made


@blueprint.get("/lieux")
@for_everywhere(Action.RUN_CAMPAIGNS)
def find_territories() -> Response:
    """Return as JSON the places that match the words typed so far, for the page's script."""
    found = gazetteer.search(request.args.get("q", ""))
    return jsonify([{"code": place.code, "label": place.label, "more": population(place)} for place in found])


def population(place: gazetteer.OfficialTerritory) -> str:
    """Return the number of inhabitants in words: it tells homonyms from each other."""
    return ngettext("%(n)s habitant", "%(n)s habitants", place.population)
