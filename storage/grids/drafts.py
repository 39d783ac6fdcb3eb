"""Drafts of grids, as the studio keeps them, until they are published in the library."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime

import orjson

from grille.drafts.beginnings import structure_changes
from grille.drafts.checking import grid_to_publish
from grille.drafts.document import Document
from grille.errors import GridErrors
from grille.loading import HEAVIEST_FILE
from grille.messages import message as _
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.pages import FIRST, Listing, Page, Position, Row, read_page
from storage.core.rows import single_value
from storage.core.timestamps import now, parse_timestamp, to_text
from storage.core.tokens import fingerprint
from storage.grids.library import LibraryError, LibraryGrid, add_grid, addition_problems, find_grid

_COLUMNS = """grid_drafts.id, title, grid, version, grid_drafts.created_at, saved_at, coalesce(accounts.name, '')"""
_SOURCE = "grid_drafts LEFT JOIN accounts ON accounts.id = author_id"
_LIST = Listing("grid_drafts", _COLUMNS, ("saved_at", "grid_drafts.id"), source=_SOURCE, descending=True)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in a list; ``author`` is the name of whoever saved it last."""

    id: int
    title: str
    grid: str
    version: str
    created_at: datetime | None
    saved_at: datetime | None
    author: str

    @property
    def name(self) -> str:
        """Its identity, ``id/version``, as it would be in the library."""
        return f"{self.grid}/{self.version}"


@dataclass(frozen=True, slots=True)
class GridDraft(DraftRow):
    """A draft with its document. ``revision`` is another text after each change."""

    document: Document
    revision: str


def draft_page(db: Database, position: Position = FIRST) -> Page[DraftRow]:
    """Return a page of the drafts, those saved last first. Raises ``PositionGone``."""
    return read_page(db, _LIST, position).map(_row)


def _row(row: Row) -> DraftRow:
    id_, title, grid, version, created_at, saved_at, author = row
    return DraftRow(id_, title, grid, version, parse_timestamp(created_at), parse_timestamp(saved_at), author)


def find_draft(db: Database, number: int) -> GridDraft | None:
    """Return the draft of that id; None when there is none."""
    sql = f"SELECT {_COLUMNS}, document FROM {_SOURCE} WHERE grid_drafts.id = ?"  # noqa: S608  # ours
    found = db.conn.execute(sql, (number,)).fetchone()
    if found is None:
        return None
    *row, document = found
    values = asdict(_row(tuple(row)))
    return GridDraft(**values, document=orjson.loads(document), revision=fingerprint(document)[:20])


def add_draft(db: Database, document: Document, author: int | None) -> int:
    """Add a draft, and return its id. Raises ``LibraryError`` when it is too large."""
    with writing(db) as conn:
        text, about, moment = _written(document), document["about"], to_text(now())
        sql = """INSERT INTO grid_drafts (title, grid, version, document, created_at, saved_at, author_id)
            VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id"""
        values = (about["title"], about["id"], about["version"], text, moment, moment, author)
        return int(single_value(conn.execute(sql, values)))


@contextmanager
def changing_draft(db: Database, number: int, author: int | None) -> Iterator[Document]:
    """Give the document of a draft as it is now, and save what the ``with`` block makes of it.

    Nobody else writes meanwhile. Raises ``LibraryError`` when it has become too large, or the draft is not there any
    more: nothing is saved.
    """
    with writing(db) as conn:
        draft = find_draft(db, number)
        if draft is None:
            raise draft_gone()
        yield draft.document
        about = draft.document["about"]
        sql = """UPDATE grid_drafts SET title = ?, grid = ?, version = ?, document = ?, saved_at = ?, author_id = ?
            WHERE id = ?"""
        values = (about["title"], about["id"], about["version"], _written(draft.document), to_text(now()), author)
        conn.execute(sql, (*values, number))


def draft_gone() -> LibraryError:
    """Return the refusal of what is sent for a draft that is not there any more."""
    return LibraryError([_("Ce brouillon n’est plus là : il a été publié, ou supprimé.")])


def _written(document: Document) -> str:
    text = orjson.dumps(document).decode()
    if len(text) > HEAVIEST_FILE:
        raise LibraryError([_("Cette grille dépasserait 1 Mo, bien plus qu’une grille : raccourcissez ce texte.")])
    return text


def discard_draft(db: Database, number: int) -> bool:
    """Erase a draft. Return whether it was there."""
    with writing(db) as conn:
        return conn.execute("DELETE FROM grid_drafts WHERE id = ?", (number,)).rowcount > 0


def publication_problems(db: Database, draft: GridDraft) -> list[str]:
    """Return why the library would not take a draft that has no error of its own, as French sentences."""
    try:
        grid = grid_to_publish(draft.document)
    except GridErrors:
        return []  # its own errors come first
    if find_grid(db, grid.id, grid.version):
        return [version_taken(grid.id, grid.version)]
    source = find_grid(db, grid.id, draft.document.get("correction", ""))
    changed = source and "correction" in draft.document and structure_changes(source.grid, grid)
    return [*addition_problems(db, grid), *([_more_than_words(source.grid.version)] if source and changed else [])]


def _more_than_words(version: str) -> str:
    return _(
        "Une correction de la version %(version)s ne change que des mots : gardez les codes, les niveaux, les "
        "collèges, les familles et les poids tels quels, ou commencez une nouvelle version.",
        version=version,
    )


def publish_draft(db: Database, draft: GridDraft, author: int | None, changelog: str) -> LibraryGrid:
    """Put the grid of a draft in the library, with who published it and what changed; the draft goes away.

    Raises ``LibraryError`` when its text is no longer the one that was read, or when the library cannot take it, and
    ``GridErrors`` when it has errors.
    """
    with writing(db) as conn:
        current = find_draft(db, draft.id)
        if current is None or current.revision != draft.revision:
            raise LibraryError([_("Ce brouillon vient d’être modifié : relisez-le, puis publiez.")])
        if problems := publication_problems(db, current):
            raise LibraryError(problems)
        one = add_grid(db, grid_to_publish(current.document))
        sql = "UPDATE library SET published_by = ?, changelog = ? WHERE id = ?"
        conn.execute(sql, (author, changelog, one.number))
        discard_draft(db, draft.id)
    return one


def version_taken(id_: str, version: str) -> str:
    """Return the sentence for a version that the library has already."""
    return _(
        "La bibliothèque a déjà une grille « %(id)s », version %(version)s : une version publiée ne change plus. "
        "Donnez à celle-ci un autre numéro de version.",
        id=id_,
        version=version,
    )
