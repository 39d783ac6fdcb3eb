"""The territory of a new campaign: one of one's own, or, for the programme, any of the official list."""

from collections.abc import Sequence
from typing import Final

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from accounts.audit_events import AuditEvent
from accounts.permissions import Action, territories_where
from grille.typed import typed_line
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from storage.accounts.accounts import role_count
from storage.campaigns import gazetteer
from storage.campaigns.campaigns import campaign_counts
from storage.campaigns.territories import (
    Territory,
    create_territory,
    free_slug,
    name_problems,
    remove_territory,
    rename_territory,
    territory_by_code,
    territory_by_slug,
    territory_page,
)
from storage.core.database import writing
from storage.core.errors import CampaignError
from storage.operations.trials.opening import LASTS
from web.campaigns.blueprint import blueprint
from web.http.database import connection
from web.http.forms.submit_once import once
from web.http.pages.lists import ShownList, show_list, typed_words
from web.http.security.access import may
from web.http.security.audit import audit, audited
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


KINDS: Final = {
    "quartier": lazy_gettext("Quartier, ou partie d’une commune"),
    "petr": lazy_gettext("PETR, pays, syndicat : plusieurs communes"),
    "departement": lazy_gettext("Département ou région"),
    "reseau": lazy_gettext("Réseau, association, établissement"),
    "autre": lazy_gettext("Autre"),
}
"""The kinds of places that the official list does not have."""


def _page(mine: ShownList[Territory], anywhere: bool, problem: str = "", problems: Sequence[str] = ()) -> str:
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
        problems=[*((("", problem),) if problem else ()), *(("name", one) for one in problems)],
        kinds=KINDS,
        trial_days=LASTS.days,
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
    """The territory of that official code; its name says its department where the list has another of that name."""
    db = connection()
    if known := territory_by_code(db, place.code):
        return known
    with writing(db):
        made = create_territory(
            db,
            gazetteer.telling_name(place),
            place.kind,
            slug=free_slug(db, place.name, place.code),
            official_code=place.code,
        )
        audit(AuditEvent.TERRITORY_CREATED, made)
    return made


@blueprint.post("/territoires")
@for_everywhere(Action.RUN_CAMPAIGNS)
@once("campaigns.choose_territory")
def add_territory() -> Response | tuple[str, int]:
    """Add a place that is not in the official list: a neighbourhood, a country of communes, a network."""
    db, name, kind = connection(), typed_line(request.form.get("name", "")), request.form.get("kind", "")
    problems = name_problems(db, name)
    if kind not in KINDS:
        problems.append(_("Dites ce que c’est : choisissez dans la liste."))
    if problems:
        return _page(_mine(), anywhere=True, problems=problems), 422
    with writing(db):
        made = create_territory(db, name, kind, slug=free_slug(db, name))
        audit(AuditEvent.TERRITORY_CREATED, made)
    return redirect(url_for("campaigns.plan", place=made.slug), 303)


@blueprint.route("/territoires/<place>/corriger", methods=["GET", "POST"])
@for_everywhere(Action.RUN_CAMPAIGNS)
def mend_territory(place: str) -> ResponseReturnValue:
    """Mend the spelling of a territory, or remove it if it has no campaign."""
    territory = territory_by_slug(connection(), place) or abort(404)
    if request.method == "GET":
        return _mending(territory)
    try:
        with audited(AuditEvent.TERRITORY_RENAMED, territory):
            renamed = rename_territory(connection(), territory, request.form.get("name", ""))
    except CampaignError as refusal:
        return _mending(territory, refusal.problems), 422
    flash(_("Ce territoire s’appelle maintenant « %(name)s ».", name=renamed.name))
    return redirect(url_for("campaigns.choose_territory"), 303)


@blueprint.post("/territoires/<place>/retirer")
@for_everywhere(Action.RUN_CAMPAIGNS)
def remove(place: str) -> ResponseReturnValue:
    """Remove a territory that has no campaign."""
    territory = territory_by_slug(connection(), place) or abort(404)
    try:
        with audited(AuditEvent.TERRITORY_REMOVED, territory, slug=territory.slug):
            remove_territory(connection(), territory)
    except CampaignError as refusal:
        return _mending(territory, refusal.problems), 409
    flash(_("« %(name)s » est retiré.", name=territory.name))
    return redirect(url_for("campaigns.choose_territory"), 303)


def _mending(territory: Territory, problems: Sequence[str] = ()) -> str:
    return render_template(
        "campaigns/mend_territory.html",
        place=territory,
        used=campaign_counts(connection(), [territory.id])[territory.id] > 0,
        roles=role_count(connection(), territory),
        typed=request.form.get("name", territory.name),
        problems=[("name", problem) for problem in problems],
    )


@blueprint.get("/lieux")
@for_everywhere(Action.RUN_CAMPAIGNS)
def find_territories() -> Response:
    """Return as JSON the places that match the words typed so far, for the page's script."""
    found = gazetteer.search(request.args.get("q", ""))
    return jsonify([{"code": place.code, "label": place.label, "more": population(place)} for place in found])


def population(place: gazetteer.OfficialTerritory) -> str:
    """Return the number of inhabitants in words, and the intercommunality: they tell homonyms from each other."""
    people, around = ngettext("%(n)s habitant", "%(n)s habitants", place.population), gazetteer.by_code(place.epci)
    return f"{people}, {around.name}" if around else people
