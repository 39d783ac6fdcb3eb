"""The blueprint of /grilles/atelier, and the guard of its drafts."""

from functools import wraps
from typing import Any, Final

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from accounts.permissions import Action
from grille.additions.checking import CheckedAddition
from grille.additions.languages import well_formed
from questionnaires.workbooks import HEAVIEST
from storage.grids.additions import addition_of
from storage.grids.drafts import draft_gone, find_draft
from storage.grids.library import LibraryError, find_grid
from web.http.database import connection
from web.http.errors import typed_sentences
from web.http.security.guards import View, for_everywhere

blueprint = Blueprint("studio", __name__, url_prefix="/grilles/atelier")


_LARGEST_FORM: Final = 3 * 1024 * 1024
_FILES: Final = frozenset({"studio.open_table", "studio.open_texts"})


@blueprint.url_value_preprocessor
def let_tables_in(endpoint: str | None, values: dict[str, Any] | None) -> None:  # noqa: ARG001  # Flask gives both
    """Raise the limits of what is sent: pasted tables are long, documents have pictures. Runs before reading."""
    request.max_form_memory_size = _LARGEST_FORM
    request.max_content_length = HEAVIEST if endpoint in _FILES else _LARGEST_FORM


def for_draft(view: View) -> View:
    """Guard a view for those who write grids, and call it with the draft that ``number`` names in the address."""

    @wraps(view)
    def found(number: int, **values: Any) -> Any:
        draft = find_draft(connection(), number)
        if draft is None and request.method == "POST":
            return _refuse(draft_gone())
        return view(draft or abort(404), **values)

    return for_everywhere(Action.WRITE_GRIDS)(found)


def for_texts(view: View) -> View:
    """Guard a view for those who write grids, and call it with the addition that the address names, and its grid."""

    @wraps(view)
    def found(grid: str, version: str, language: str, **values: Any) -> Any:
        one = find_grid(connection(), grid, version)
        if one is None or not well_formed(language) or language == one.grid.language:
            abort(404)
        return view(CheckedAddition(one.grid, addition_of(connection(), one.grid, language)), **values)

    return for_everywhere(Action.WRITE_GRIDS)(found)


@blueprint.errorhandler(LibraryError)
def _refuse(refusal: LibraryError) -> tuple[str, int]:
    """A step that the draft no longer allows: somebody else went first, or it has become too large."""
    return render_template("studio/refused.html", problems=refusal.problems, written=typed_sentences()), 409


def sent_key(typed: str) -> int | None:
    """Return the key of a part of a draft as a button or a hidden field sends it; None for what is no key."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def back_to(number: int, **where: Any) -> Response:
    """Redirect to the plan of a draft."""
    return redirect(url_for("studio.plan", number=number, **where), 303)
