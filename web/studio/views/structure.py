"""The plan of a draft: its families and skills, added, moved, removed and put back, each with one button."""

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from accounts.audit_events import AuditEvent
from grille.drafts.checking import named_part
from grille.drafts.document import Document, Kind, Part
from grille.drafts.structure import FamilyRemoved, add_part, move_part, remove_part, restore_part
from restitution.text.language import gettext as _
from storage.grids.drafts import GridDraft, changing_draft
from web.http.database import connection
from web.http.security.audit import audit, current_account_id
from web.studio.blueprint import back_to, blueprint, for_draft, sent_key
from web.studio.pages import DraftView

_KINDS: dict[str, Kind] = {"famille": "family", "savoir": "skill", "niveau": "level", "college": "college"}


@blueprint.get("/<int:number>")
@for_draft
def plan(draft: GridDraft) -> str:
    """Show the plan of a draft, and all that is to correct in it."""
    return render_template(
        "studio/plan.html",
        view=DraftView(draft),
        draft=draft,
        focus=request.args.get("ici", ""),
        removed=_removed(draft),
    )


def _removed(draft: GridDraft) -> list[tuple[int, str]]:
    """What was removed, last first: its key and its name."""
    parts = [one["part"] for one in reversed(draft.document["removed"])]
    return [(part["key"], _name(part)) for part in parts]


@blueprint.post("/<int:number>")
@for_draft
def change_plan(draft: GridDraft) -> Response:
    """Do what the button pressed says: ``monter savoir 12``, ``ajouter savoir 3`` (the family), ``remettre 12``…"""
    words = request.form.get("geste", "").split()
    focus = None
    with changing_draft(connection(), draft.id, current_account_id()) as document:
        try:
            focus = _changed(document, words)
            audit(AuditEvent.GRID_DRAFT_CHANGED, grid=draft.name)
        except FamilyRemoved:
            flash(_("Sa famille est retirée elle aussi : remettez d’abord la famille."))
        except (KeyError, ValueError):
            flash(_("Quelqu’un a changé le plan entre-temps : le voici. Refaites votre geste s’il convient encore."))
    return back_to(draft.id, ici=focus)


def _changed(document: Document, words: list[str]) -> str | None:
    """Change the plan. Return the name of what has the focus next.

    Raises ``KeyError`` for a part that is not there, and ``ValueError`` for a gesture that is none.
    """
    if len(words) == 2 and words[0] == "remettre":
        part = restore_part(document, _key(words[1]))
        flash(_("« %(name)s » est remis à sa place.", name=_name(part)))
        return None
    what, named, typed = words  # ValueError for another count
    kind, key = _KINDS[named], _key(typed)
    if what == "ajouter":
        return f"ouvrir {named} {add_part(document, kind, key)['key']}"
    if what == "retirer":
        name = named_part(document, kind, key)
        remove_part(document, kind, key)
        flash(_("« %(name)s » est retiré. Vous pouvez le remettre, en bas du plan.", name=name))
        return None
    move_part(document, kind, key, {"monter": "up", "descendre": "down"}[what])  # type: ignore[arg-type]
    return f"{what} {named} {typed}"


def _name(part: Part) -> str:
    return part.get("title") or part.get("label") or part.get("code") or _("Sans nom")


def _key(typed: str) -> int:
    key = sent_key(typed)
    if key is None:
        raise ValueError(typed)
    return key
