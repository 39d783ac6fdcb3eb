"""Publishing a draft: read what remains, say what changed, and put the grid in the library, where it never changes."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from accounts.audit_events import AuditEvent
from grille.typed import too_long, typed_text
from restitution.text.language import gettext as _
from storage.core.database import writing
from storage.grids.drafts import GridDraft, publication_problems, publish_draft
from storage.grids.library import LibraryGrid
from web.http.database import connection
from web.http.forms.submit_once import once
from web.http.security.audit import audit, current_account_id
from web.studio.blueprint import blueprint, for_draft
from web.studio.pages import DraftView

LONGEST_CHANGELOG = 2_000


@blueprint.route("/<int:number>/publier", methods=["GET", "POST"])
@once("studio.publish")
@for_draft
def publish(draft: GridDraft) -> ResponseReturnValue:
    """Publish a draft without error, once its remarks are accepted and what changed is said."""
    view = DraftView(draft)
    if request.method == "GET":
        return _page(view)
    changelog = typed_text(request.form.get("changes", "")).strip()
    if problems := _problems(view, changelog):
        return _page(view, problems), 422
    with writing(connection()):
        one = publish_draft(connection(), draft, current_account_id(), changelog)
        audit(AuditEvent.GRID_PUBLISHED, grid=one.name)
    return _published(one)


def _problems(view: DraftView, changelog: str) -> list[tuple[str, str]]:
    """Why it cannot be published as it is: the field to correct, and a sentence."""
    problems: list[tuple[str, str]] = []
    if request.form.get("revision") != view.draft.revision:
        return [("", _("Ce brouillon a changé depuis que vous avez ouvert cette page : le voici, relisez-le."))]
    if view.errors or publication_problems(connection(), view.draft):
        problems.append(("a-corriger", _("Corrigez d’abord ce qui est à corriger.")))
    if view.remarks and not request.form.get("accepted"):
        problems.append(("accepted", _("Des remarques restent : corrigez-les, ou dites que vous publiez quand même.")))
    if not changelog:
        problems.append(("changes", _("Dites en quelques mots ce que cette version apporte.")))
    if long := too_long(changelog, LONGEST_CHANGELOG):
        problems.append(("changes", long))
    return problems


def _page(view: DraftView, problems: Sequence[tuple[str, str]] = ()) -> str:
    return render_template(
        "studio/publish.html",
        view=view,
        draft=view.draft,
        problems=problems,
        more=publication_problems(connection(), view.draft),
        typed=request.form,
        longest=LONGEST_CHANGELOG,
    )


def _published(one: LibraryGrid) -> Response:
    said = _("« %(title)s », version %(version)s, est publiée.", title=one.grid.title, version=one.grid.version)
    flash(said)
    return redirect(url_for("public.grid_version", grid=one.grid.id, version=one.grid.version), 303)
