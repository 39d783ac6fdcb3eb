"""A draft from a table of a text document, or pasted: its columns are given their roles on a page, then it begins."""

import re
from collections.abc import Sequence
from typing import Final

import orjson
from flask import render_template, request
from flask.typing import ResponseReturnValue

from accounts.permissions import Action
from grille import FileErrors
from grille.drafts.from_table import (
    ROLES,
    document_from_table,
    eaten_codes,
    guessed_roles,
    has_header,
    role_problems,
)
from questionnaires.outside.word_tables import MOST_ROWS, WordTable, joined, read_document, read_pasted
from restitution.text.language import gettext as _
from storage.grids.library import LibraryError
from web.http.forms.submit_once import once
from web.http.security.guards import for_everywhere
from web.studio.blueprint import blueprint
from web.studio.views.beginning import begun, sent_file, show_refusal

SHOWN: Final = 6
Table = list[list[str]]


@blueprint.post("/tableau")
@for_everywhere(Action.WRITE_GRIDS)
def open_table() -> ResponseReturnValue:
    """Read a table, from a document or pasted, and ask what its columns hold; or say why it cannot be read."""
    try:
        tables = _read()
    except (FileErrors, LibraryError) as errors:
        return show_refusal(errors)
    whole = joined(tables)
    header = has_header(whole.rows)
    roles = guessed_roles(whole.rows[0]) if header else [""] * len(whole.rows[0])
    if whole.titled and "family" not in roles:
        roles[-1] = "family"
    return _columns(whole.rows, roles, header=header, left_out=whole.left_out)


def _read() -> list[WordTable]:
    file = request.files.get("file")
    pasted = request.form.get("html", "").strip() or request.form.get("colle", "").strip("\n")
    if file is not None and file.filename:
        name, content = sent_file()
        return read_document(content, name)
    if not pasted:
        raise LibraryError([_("Choisissez un document, ou collez un tableau.")])
    return read_pasted(pasted)


def _columns(
    rows: Table, roles: Sequence[str], *, header: bool, problems: Sequence[str] = (), left_out: int = 0
) -> str:
    width = max(map(len, rows), default=0)
    return render_template(
        "studio/columns.html",
        rows=rows,
        shown=[[*row, *[""] * (width - len(row))] for row in rows[:SHOWN]],
        roles=[*roles, *[""] * (width - len(roles))],
        choices=_choices(),
        header=header,
        problems=[("", one) for one in problems],
        left_out=left_out,
        table=orjson.dumps(rows).decode(),
    )


def _choices() -> list[tuple[str, str]]:
    words = {
        "family": _("la famille"),
        "family_code": _("le code de la famille"),
        "title": _("le titre du savoir-faire"),
        "code": _("le code du savoir-faire"),
        "definition": _("sa définition"),
        "level": _("un niveau"),
        "wording": _("la question d’un collège"),
        "falc": _("la question, en facile à lire"),
        "facts": _("ce que l’on peut vérifier"),
        "core": _("s’il est au questionnaire court"),
        "weight": _("son poids"),
    }
    assert set(words) == set(ROLES)  # noqa: S101  # a role without words could not be chosen
    return [("", _("rien : la laisser de côté")), *words.items()]


@blueprint.post("/colonnes")
@for_everywhere(Action.WRITE_GRIDS)
@once("studio.index")
def assign_columns() -> ResponseReturnValue:
    """Begin a draft from the table, once its columns have their roles."""
    rows = _sent_rows()
    width = max(map(len, rows), default=0)
    roles = [_role(request.form.get(f"colonne_{at}", "")) for at in range(width)]
    header = bool(request.form.get("entete"))
    problems = role_problems(roles)
    if not problems:
        document = document_from_table(rows, roles, header=header)
        if not document["families"]:
            problems = [_("Ce tableau n’a aucune ligne à lire : vérifiez qu’il est entier.")]
        elif codes := eaten_codes(document):
            problems = [
                _(
                    "Le code %(code)s est là plusieurs fois : un tableur a pu changer 1.10 en 1.1. Mettez la colonne "
                    "au format Texte, retapez ces codes, puis recommencez ; ou laissez la colonne des codes de côté.",
                    code=codes[0],
                )
            ]
    if problems:
        return _columns(rows, roles, header=header, problems=problems), 422
    return begun(document)


def _role(sent: str) -> str:
    return sent if sent in ROLES else ""


def _sent_rows() -> Table:
    """The table that the page carries. Raises ``LibraryError`` when it is not one of ours."""
    try:
        rows = orjson.loads(request.form.get("table", ""))
    except orjson.JSONDecodeError:
        rows = None
    is_table = isinstance(rows, list) and all(
        isinstance(row, list) and all(isinstance(cell, str) for cell in row) for row in rows
    )
    if not is_table or not rows or len(rows) > 2 * MOST_ROWS:
        raise LibraryError([_("Le tableau n’est pas revenu entier : renvoyez le document, ou collez-le de nouveau.")])
    return [[re.sub(r"\r\n?", "\n", cell) for cell in row] for row in rows]
