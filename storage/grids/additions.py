"""Easy wording and translations of the grids of the library: dated, and kept outside their frozen text.

The table only grows: what an addition says is what its rows say together, now or at an earlier moment.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Literal

from grille.additions.carrying import carried
from grille.additions.checking import Addition, CheckedAddition, Entry
from grille.additions.files import Change
from grille.additions.languages import easy_tag
from grille.additions.places import part_of
from grille.grid import Grid
from grille.messages import message as _
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.rows import single_value
from storage.core.timestamps import now, parse_timestamp, to_text
from storage.core.tokens import storable
from storage.grids.library import LibraryError

Event = Literal["text", "review", "offer", "withdrawal"]


def languages_of(db: Database, grid: Grid) -> list[str]:
    """Return the languages in which something was added to a version of a grid; its easy wording first."""
    sql = "SELECT DISTINCT language FROM grid_additions WHERE grid = ? AND version = ? ORDER BY language"
    found = [language for (language,) in db.conn.execute(sql, (grid.id, grid.version))]
    return sorted(found, key=lambda language: language != easy_tag(grid.language))


def addition_of(db: Database, grid: Grid, language: str, until: datetime | None = None) -> Addition:
    """Return what a version of a grid has in a language, now or as it was at a moment; empty when it has nothing."""
    named, (when, moments) = (grid.id, grid.version, storable(language)), _until(until)
    sql = f"""SELECT event, place, text, source, added_at, coalesce(name, ''), grid_additions.id || '.' || mark
        FROM grid_additions LEFT JOIN accounts ON accounts.id = author_id
        WHERE grid = ? AND version = ? AND language = ? {when} ORDER BY grid_additions.id"""  # noqa: S608  # ours
    entries: dict[str, Entry] = {}
    offered, revision, at = False, "", None
    for event, place, text, source, added_at, name, mark in db.conn.execute(sql, (*named, *moments)):
        at, revision = parse_timestamp(added_at), mark
        if event in ("offer", "withdrawal"):
            offered = event == "offer"
        elif event == "review" and place in entries:
            entries[place] = replace(entries[place], reviewer=text, reviewed_at=at if text else None)
        elif event == "text":
            entries.pop(place, None)
            if text:
                entries[place] = Entry(text, source, at, name)
    return Addition(language, entries, offered, revision, at)


def _until(until: datetime | None) -> tuple[str, tuple[str, ...]]:
    return ("AND added_at <= ?", (to_text(until),)) if until else ("", ())


def addition_revision(db: Database, grid: Grid, language: str, until: datetime | None = None) -> str:
    """Return the revision of what a grid has in a language, without reading it; empty when it has nothing."""
    named, (when, moments) = (grid.id, grid.version, storable(language)), _until(until)
    sql = f"""SELECT id || '.' || mark FROM grid_additions WHERE grid = ? AND version = ? AND language = ? {when}
        ORDER BY id DESC LIMIT 1"""  # noqa: S608  # ours
    return str(single_value(db.conn.execute(sql, (*named, *moments)), ""))


def texts(db: Database, grid: Grid, language: str, until: datetime | None = None) -> Grid:
    """Return a grid in the words of an addition, once it is offered; its own words where it has none or old ones.

    ``language`` is that of a translation, or ``easy_tag`` of that of the grid. The grid may be the frozen copy of a
    campaign: where its own words were amended, they are what is read. ``until`` is the moment to read them at.
    """
    found = addition_of(db, grid, language, until) if addition_revision(db, grid, language, until) else None
    return CheckedAddition(grid, found).readable if found and found.offered else grid


def with_easy_words(db: Database, grid: Grid, until: datetime | None = None) -> Grid:
    """Return a grid with the easy wording that it was given later, as respondents read it."""
    return texts(db, grid, easy_tag(grid.language), until)


def unreviewed_parts(db: Database, grid: Grid, until: datetime | None = None) -> frozenset[str]:
    """Return the parts of a grid (``skills/COO-1``) with easy words that are read though nobody reviewed them."""
    tag = easy_tag(grid.language)
    found = addition_of(db, grid, tag, until) if addition_revision(db, grid, tag, until) else None
    if found is None or not found.offered:
        return frozenset()
    checked = CheckedAddition(grid, found)
    return frozenset(part_of(place) for place in checked.unreviewed if place in checked.texts)


def write_texts(
    db: Database, grid: Grid, language: str, changes: Iterable[Change], author: int | None, *, since: str | None = None
) -> int:
    """Write texts and reviews, and return how many of them were new; what is there already is not written again.

    ``since`` is the revision that these changes began from: ``LibraryError`` when somebody wrote another text at one of
    their places after it. Without it, they replace what is there.
    """
    with writing(db):
        kept = addition_of(db, grid, language)
        changes = list(changes)
        if since is not None and (taken := changed_since(db, grid, kept, changes, since)):
            raise LibraryError(taken)
        rows = [row for change in changes for row in _rows(change, kept.entries.get(change.place))]
        for event, change, text in rows:
            _add(db, grid, language, event, author, change.place, text, change.source)
    return len(rows)


def _rows(change: Change, kept: Entry | None) -> Iterator[tuple[Event, Change, str]]:
    """What is to be added for a change: its text if it is another one, then its review."""
    same = kept is not None and (kept.text, kept.source) == (change.text, change.source)
    if not same and (change.text or kept):
        yield "text", change, change.text
    reviewed = kept.reviewer if kept and same else ""
    if change.text and change.reviewer is not None and change.reviewer != reviewed:
        yield "review", change, change.reviewer


def changed_since(db: Database, grid: Grid, kept: Addition, changes: Iterable[Change], since: str) -> list[str]:
    """Return what others wrote after that revision where these changes say something else, as French sentences."""
    known = _number(db, since)
    sql = """SELECT place, max(id) FROM grid_additions WHERE grid = ? AND version = ? AND language = ?
        AND event = 'text' GROUP BY place"""
    last = dict(db.conn.execute(sql, (grid.id, grid.version, kept.language)))
    return [
        _(
            "« %(place)s » a changé depuis que ce fichier a été fait%(by)s : « %(text)s ».",
            place=one.place,
            by=_(", par %(name)s", name=kept.entries[one.place].author) if kept.entries[one.place].author else "",
            text=kept.entries[one.place].text[:80],
        )
        for one in changes
        if one.place in kept.entries and kept.entries[one.place].text != one.text and last[one.place] > known
    ]


def _number(db: Database, revision: str) -> int:
    """The rank of a revision; 0 for one of another database."""
    sql = "SELECT id FROM grid_additions WHERE id || '.' || mark = ?"
    return int(single_value(db.conn.execute(sql, (storable(revision),)), 0))


def offer(db: Database, grid: Grid, language: str, author: int | None) -> bool:
    """Let respondents read an addition, from now on. Return whether that changed anything.

    Raises ``LibraryError`` when nothing of it can be read.
    """
    with writing(db):
        kept = addition_of(db, grid, language)
        if not CheckedAddition(grid, kept).texts:
            raise LibraryError([_("Rien n’est encore écrit : il n’y a rien à montrer.")])
        if not kept.offered:
            _add(db, grid, language, "offer", author)
    return not kept.offered


def withdraw(db: Database, grid: Grid, language: str, author: int | None) -> bool:
    """Take an addition back: nobody reads it any more, nothing of it is lost. Return whether that changed anything."""
    with writing(db):
        kept = addition_of(db, grid, language)
        if kept.offered:
            _add(db, grid, language, "withdrawal", author)
    return kept.offered


def carry(db: Database, before: Grid, after: Grid, language: str, author: int | None) -> int:
    """Take over the texts of another version where this one has none, and return how many there were.

    They keep what they translate, who reviewed them and under which name: those whose source changed are out of date.
    """
    with writing(db):
        kept = addition_of(db, after, language).entries
        found = carried(before, after, addition_of(db, before, language).entries, language)
        changes = [
            Change(place, one.text, one.source, one.reviewer or None)
            for place, one in found.items()
            if place not in kept
        ]
        write_texts(db, after, language, changes, author)
    return len(changes)


def _add(
    db: Database, grid: Grid, language: str, event: Event, author: int | None, place: str = "", *said: str
) -> None:
    text, source = said or ("", "")
    db.conn.execute(
        """INSERT INTO grid_additions (grid, version, language, event, place, text, source, added_at, author_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (grid.id, grid.version, language, event, place, text, source, to_text(now()), author),
    )
