"""What leaves a parcours as a file and comes back: its workbook, and its days for a calendar."""

from collections.abc import Iterable, Iterator
from contextlib import closing

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from grille import Grid
from grille.errors import FileErrors, FileProblem
from questionnaires.outside.grid_workbook import sheets_of
from restitution.documents.icalendar import Event, calendar_file
from restitution.text.language import ngettext
from storage.campaigns.campaigns import campaigns_of
from storage.campaigns.territories import Territory
from storage.core.database import writing
from storage.core.timestamps import now
from storage.grids.library import default_grid
from storage.review.parcours import ActionChanged, PlannedAction, actions_of, add_action, save_action
from storage.review.parcours.plans import cleaned
from web.http.database import connection
from web.http.forms.submit_once import once
from web.http.pages.downloads import download
from web.http.security.audit import audit
from web.http.security.guards import for_territory
from web.parcours.forms import Offered, offered
from web.parcours.views import blueprint
from web.parcours.workbook import ReadAction, read_actions, tables_of

HEAVIEST = 1024 * 1024


@blueprint.get("/calendrier.ics")
@for_territory(Action.SEE_PARCOURS)
def calendar(territory: Territory) -> Response:
    """Download the days of the parcours for a calendar: steps, beginnings and ends; no name of anybody."""
    events = [event for one in actions_of(connection(), territory) for event in _events(one)]
    name = _("Parcours de %(name)s", name=territory.name)
    return download(calendar_file(name, events, now()), f"parcours-{territory.slug}.ics")


def _events(one: PlannedAction) -> Iterator[Event]:
    plan, host = one.plan, request.host
    if plan.status == "abandonnee":
        return
    if plan.starts_on:
        yield Event(f"action-{one.id}-debut@{host}", plan.starts_on, _("Début : %(title)s", title=plan.title))
    if plan.ends_on:
        yield Event(f"action-{one.id}-fin@{host}", plan.ends_on, _("Fin : %(title)s", title=plan.title))
    for rank, step in enumerate(plan.steps, 1):
        if step.due_on and not step.done_on:
            yield Event(f"action-{one.id}-etape-{rank}@{host}", step.due_on, step.title, plan.title)


@blueprint.get("/classeur.xlsx")
@for_territory(Action.PLAN_PARCOURS)
def workbook(territory: Territory) -> Response:
    """Download the parcours as a workbook, which can be changed and sent back."""
    from restitution.documents.office.grid_workbook import tables_xlsx

    known = campaigns_of(connection(), territory)
    campaigns = {str(one.id): f"{one.year} – {one.name}" for one in known}
    tables = tables_of(actions_of(connection(), territory), campaigns)
    title = _("Parcours de %(name)s", name=territory.name)
    return download(
        tables_xlsx(tables, title, _how(known[-1].grid if known else default_grid(connection()).grid)),
        f"parcours-{territory.slug}.xlsx",
    )


def _how(grid: Grid) -> list[str]:
    """Return how to fill the workbook, with the codes and the highest level of that grid."""
    codes = [skill.code for skill in grid.skills]
    return [
        _("Une action par ligne. Gardez les noms des feuilles et des colonnes, les numéros et les versions."),
        _("Pour une action nouvelle, laissez « numéro » vide, ou écrivez n1, n2… si elle a des étapes ou des notes."),
        _(
            "Savoir-faire visés : les codes, avec le niveau visé s’il y en a un, "
            "ainsi : %(first)s = %(level)s, %(last)s.",
            first=codes[0],
            level=grid.highest,
            last=codes[-1],
        ),
        _("Les jours s’écrivent ainsi : 31/03/2027."),
        _("Après : le rang, dans cette action, de l’étape qui doit être faite d’abord."),
        _("Une action que vous retirez du classeur reste dans le parcours : retirez-la sur sa page."),
        _("Ce classeur peut nommer des personnes : ne le gardez pas au-delà de ce qu’il faut."),
    ]


@blueprint.get("/classeur")
@for_territory(Action.PLAN_PARCOURS)
def exchange(territory: Territory) -> str:
    """Offer the workbook, and to send it back."""
    return _page(territory)


@blueprint.post("/classeur")
@for_territory(Action.PLAN_PARCOURS)
@once("parcours.exchange")
def take_back(territory: Territory) -> ResponseReturnValue:
    """Take the workbook whole, or list all that is wrong and take nothing."""
    try:
        added, changed = _take(territory, _read(territory))
    except FileErrors as errors:
        return _page(territory, errors), 422
    flash(
        ngettext("%(n)s action ajoutée,", "%(n)s actions ajoutées,", added)
        + " "
        + ngettext("%(n)s changée.", "%(n)s changées.", changed)
    )
    return redirect(url_for("parcours.show", place=territory.slug), 303)


def _page(territory: Territory, errors: FileErrors | None = None) -> str:
    return render_template("parcours/workbook.html", territory=territory, errors=errors)


def _read(territory: Territory) -> list[ReadAction]:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise FileErrors([FileProblem(_("le classeur"), None, _("choisissez d’abord un fichier."))])
    with closing(file):
        name, content = file.filename.replace("\\", "/").rpartition("/")[2], file.read()
    if len(content) > HEAVIEST:
        raise FileErrors([FileProblem(name, None, _("plus de 1 Mo : vérifiez que c’est le bon fichier."))])
    known = {one.id: one for one in actions_of(connection(), territory)}
    return read_actions(name, sheets_of(content, name), known, _offered(territory, known.values()))


def _offered(territory: Territory, actions: Iterable[PlannedAction]) -> Offered:
    from web.parcours.pages import grid_of

    campaigns = campaigns_of(connection(), territory)
    return offered(grid_of(connection(), campaigns), campaigns, *(one.plan for one in actions))


def _take(territory: Territory, actions: list[ReadAction]) -> tuple[int, int]:
    """Save what is new and what differs, all or nothing; return how many of each."""
    added = changed = 0
    try:
        with writing(connection()):
            for one in actions:
                if one.plan is None:  # a problem was found in it, and said
                    continue
                if one.action is None:
                    made = add_action(connection(), territory, one.plan, current_user.account)
                    audit(AuditEvent.ACTION_PLANNED, territory, number=made.id)
                    added += 1
                elif cleaned(one.plan) != one.action.plan:
                    save_action(
                        *(connection(), one.action, one.plan, current_user.account),
                        expected=one.expected,
                        reason=one.reason,
                    )
                    audit(AuditEvent.ACTION_CHANGED, territory, number=one.action.id)
                    changed += 1
    except ActionChanged as meanwhile:
        said = _(
            "« %(title)s » vient de changer : rien n’est pris, renvoyez le classeur.",
            title=meanwhile.current.plan.title,
        )
        raise FileErrors([FileProblem(_("le classeur"), None, said)]) from meanwhile
    return added, changed
