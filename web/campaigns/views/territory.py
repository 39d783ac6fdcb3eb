"""Which territory a new campaign is about: one of one's own, or, for the programme, any of the official list."""

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
from web.http.access import may
from web.http.audit import audit
from web.http.database import connection
from web.http.guards import for_everywhere, for_somewhere
from web.http.lists import ShownList, show_list, typed_words


@blueprint.get("/nouvelle")
@for_somewhere(Action.RUN_CAMPAIGNS)
def choose_place() -> str:
    """One's territories; for those who may anywhere, a search in the official list, with or without script."""
    return _page(_mine(), anywhere=may(Action.RUN_CAMPAIGNS))


def _mine() -> ShownList[Territory]:
    """A page of the territories that are followed already; what is searched in the official list is searched here."""
    db, where = connection(), territories_where(current_user.grants, Action.RUN_CAMPAIGNS)
    return show_list(lambda position: territory_page(db, where, typed_words(), position))


def _page(mine: ShownList[Territory], anywhere: bool, problem: str = "") -> str:
    typed = request.values.get("q", "")
    return render_template(
        "campaigns/places.html",
        mine=mine,
        anywhere=anywhere,
        typed=typed,
        found=gazetteer.search(typed) if anywhere else [],
        source=gazetteer.SOURCE,
        most=gazetteer.MOST,
        said=said,
        form=FlaskForm(),
        problem=problem,
    )


@blueprint.post("/nouvelle")
@for_everywhere(Action.RUN_CAMPAIGNS)
def take_place() -> Response | tuple[str, int]:
    """Go on with the place chosen in the official list, made a territory the first time that it is."""
    place = gazetteer.by_code(request.form.get("code", ""))
    if place is None:
        return _page(_mine(), anywhere=True, problem=_("Choisissez un territoire dans la liste.")), 422
    return redirect(url_for("campaigns.plan", place=_territory(place).slug), 303)


def _territory(place: gazetteer.Place) -> Territory:
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
def find_places() -> Response:
    """The places that the words typed so far may mean, for the page's script."""
    found = gazetteer.search(request.args.get("q", ""))
    return jsonify([{"code": place.code, "label": place.label, "more": said(place)} for place in found])


def said(place: gazetteer.Place) -> str:
    """What tells a place from its homonyms at a glance: how many people live there."""
    return ngettext("%(n)s habitant", "%(n)s habitants", place.population)
