"""The grids of the library, each under its id and its version. Files are import formats: the database is the truth."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from grille.correspondence import unknown_predecessors
from grille.grid import Grid
from grille.loading import version_rank
from grille.messages import message as _
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.rows import single_value
from storage.core.timestamps import now, parse_timestamp, to_text
from storage.core.tokens import storable

RESERVED_IDS = frozenset({"atelier"})
"""Ids that addresses under ``/grilles/`` need for themselves."""

_ADDRESSABLE = re.compile(r"\w[\w.-]{0,39}")

# Its key is the hash of its text, so an entry cannot go stale, whatever the database.
_parsed: dict[str, Grid] = {}


class LibraryError(CampaignError):
    """A change of the library is refused; ``problems`` are all the reasons, in French."""


@dataclass(frozen=True, slots=True)
class LibraryGrid:
    """A grid of the library. ``withdrawn`` when no new campaign may use it; ``default`` for the programme's own.

    ``publisher`` is the name of whoever published it from the studio, ``changelog`` what they said of it; both may be
    empty.
    """

    number: int
    grid: Grid
    sha256: str
    withdrawn: bool
    default: bool
    added_at: datetime | None
    publisher: str = ""
    changelog: str = ""

    @property
    def name(self) -> str:
        """Its identity, ``id/version``, as commands and forms write it."""
        return identity(self.grid)


def identity(grid: Grid) -> str:
    """Return the identity of a grid, ``id/version``."""
    return f"{grid.id}/{grid.version}"


def library(db: Database) -> list[LibraryGrid]:
    """Return every grid of the library: those of the default's id first, the newest version of each id first."""
    rows = sorted(_read(db), key=lambda one: version_rank(one.grid.version), reverse=True)
    default = next((one.grid.id for one in rows if one.default), "")
    first = {id_: min(one.number for one in rows if one.grid.id == id_) for id_ in {one.grid.id for one in rows}}
    return sorted(rows, key=lambda one: (one.grid.id != default, first[one.grid.id]))


def versions_in_library(db: Database, id_: str) -> list[str]:
    """Return the versions that the library has of a grid, the newest first."""
    return [one.grid.version for one in library(db) if one.grid.id == id_]


def usable_grids(db: Database) -> dict[str, Grid]:
    """Return the grids on which a campaign may be opened, by identity: the default first, then as in ``library``."""
    found = sorted(library(db), key=lambda one: not one.default)
    return {one.name: one.grid for one in found if not one.withdrawn}


def find_grid(db: Database, grid: str, version: str) -> LibraryGrid | None:
    """Return the grid of that id and version; None when the library has none."""
    where = "WHERE library.grid = ? AND library.version = ?"
    return next(iter(_read(db, where, (storable(grid), storable(version)))), None)


def default_grid(db: Database) -> LibraryGrid:
    """Return the programme's default grid. There is always one: it cannot be withdrawn."""
    return next(iter(_read(db, "WHERE defaults.id IS NOT NULL")))


def campaigns_by_grid(db: Database) -> dict[str, int]:
    """Return how many campaigns each grid has, drafts included and trials left out, by identity."""
    sql = """SELECT grid || '/' || version, count(*) FROM campaigns JOIN grids ON grids.id = grid_id
        JOIN territories ON territories.id = territory_id WHERE trial_of IS NULL GROUP BY 1"""
    return dict(db.conn.execute(sql).fetchall())


def earlier_version(db: Database, grid: Grid) -> Grid | None:
    """Return the version that this one says it continues; None when it names none, or one that is not here."""
    if grid.correspondence is None:
        return None
    found = find_grid(db, grid.id, grid.correspondence.from_version)
    return found.grid if found else None


def add_grid(db: Database, grid: Grid) -> LibraryGrid:
    """Add a grid, and return it. The same grid twice is one; another text under the same identity is refused.

    Raises ``LibraryError`` with every problem.
    """
    document = grid.to_json()
    digest = sha256(document.encode()).hexdigest()
    with writing(db) as conn:
        if problems := addition_problems(db, grid):
            raise LibraryError(problems)
        conn.execute(
            """INSERT INTO library (grid, version, sha256, document, added_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (grid, version) DO NOTHING""",
            (grid.id, grid.version, digest, document, to_text(now())),
        )
    return _existing(find_grid(db, grid.id, grid.version))


def addition_problems(db: Database, grid: Grid) -> list[str]:
    """Return why a grid cannot enter the library, as French sentences; empty when it can, or is there already."""
    known = find_grid(db, grid.id, grid.version)
    if known and known.grid == grid:
        return []
    return [*_taken(known), *identity_problems(grid), *_broken_succession(db, grid)]


def _taken(known: LibraryGrid | None) -> Iterable[str]:
    if known:
        yield _(
            "La bibliothèque a déjà une grille %(name)s, « %(title)s », dont le texte est différent. Une version ne "
            "change plus une fois ajoutée : donnez un autre numéro à « version », ou un autre « id ».",
            name=known.name,
            title=known.grid.title,
        )


def identity_problems(grid: Grid) -> list[str]:
    """Return why the id and the version of a grid cannot be those of a grid of the library; empty when they can."""
    problems: list[str] = [
        _(
            "« %(key)s » vaut « %(value)s », qui ne tient pas dans une adresse : lettres, chiffres, points et traits "
            "d’union, sans espace, 40 caractères au plus.",
            key=key,
            value=value[:60],
        )
        for key, value in (("id", grid.id), ("version", grid.version))
        if not _ADDRESSABLE.fullmatch(value)
    ]
    if grid.id.lower() in RESERVED_IDS:
        problems.append(_("L’identifiant « %(id)s » est réservé : choisissez-en un autre.", id=grid.id))
    return problems


def _broken_succession(db: Database, grid: Grid) -> list[str]:
    """Return what is wrong in the correspondence of a grid with those of the library: a skill unknown, a circle."""
    before = earlier_version(db, grid)
    if before is None:
        return []
    unknown = [
        _("La version %(version)s n’a pas de savoir-faire « %(code)s ».", version=before.version, code=code)
        for code in unknown_predecessors(before, grid)
    ]
    return unknown + _circle(db, grid, before)


def _circle(db: Database, grid: Grid, before: Grid) -> list[str]:
    seen, one = [grid.version], before
    while True:
        turned = one.version in seen
        seen.append(one.version)
        if turned:
            return [_turning(seen)]
        wanted = one.correspondence.from_version if one.correspondence else None
        earlier = grid if wanted == grid.version else earlier_version(db, one)
        if earlier is None:
            return []
        one = earlier


def _turning(versions: Iterable[str]) -> str:
    return _(
        "Ces versions se suivent en rond : %(versions)s. Une version continue une version plus ancienne : corrigez "
        "« from_version ».",
        versions=" ← ".join(versions),
    )


def choose_default(db: Database, one: LibraryGrid) -> None:
    """Make a grid the default. Raises ``LibraryError`` when it is withdrawn from use."""
    with writing(db) as conn:
        refuse_withdrawn(db, one.grid)
        conn.execute("UPDATE default_grid SET library_id = ?", (one.number,))


def withdraw_grid(db: Database, one: LibraryGrid) -> bool:
    """Withdraw a grid from use: no new campaign may take it, running ones go on. Return whether that changed anything.

    Raises ``LibraryError`` for the default grid.
    """
    with writing(db) as conn:
        if default_grid(db).number == one.number:
            raise LibraryError([_("C’est la grille proposée d’abord : choisissez-en une autre avant de la retirer.")])
        sql = "UPDATE library SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL"
        return conn.execute(sql, (to_text(now()), one.number)).rowcount > 0


def restore_grid(db: Database, one: LibraryGrid) -> bool:
    """Let campaigns use a withdrawn grid again. Return whether that changed anything."""
    with writing(db) as conn:
        sql = "UPDATE library SET withdrawn_at = NULL WHERE id = ? AND withdrawn_at IS NOT NULL"
        return conn.execute(sql, (one.number,)).rowcount > 0


def refuse_withdrawn(db: Database, grid: Grid) -> None:
    """Raise ``LibraryError`` when the grid of that id and version is withdrawn from use."""
    known = find_grid(db, grid.id, grid.version)
    if known and known.withdrawn:
        said = _(
            "La grille « %(title)s », version %(version)s, est retirée : aucune nouvelle campagne ne la prend. "
            "Choisissez-en une autre.",
            title=known.grid.title,
            version=known.grid.version,
        )
        raise LibraryError([said])


_SQL = """SELECT library.id, library.sha256, library.withdrawn_at IS NOT NULL, defaults.id IS NOT NULL, added_at,
    coalesce(accounts.name, ''), changelog
    FROM library LEFT JOIN default_grid AS defaults ON defaults.library_id = library.id
    LEFT JOIN accounts ON accounts.id = library.published_by"""


def _read(db: Database, where: str = "", values: tuple[Any, ...] = ()) -> list[LibraryGrid]:
    rows = db.conn.execute(f"{_SQL} {where} ORDER BY library.id", values).fetchall()
    return [
        LibraryGrid(
            number, _grid(db, number, digest), digest, bool(withdrawn), bool(default), parse_timestamp(at), *said
        )
        for number, digest, withdrawn, default, at, *said in rows
    ]


def _grid(db: Database, number: int, digest: str) -> Grid:
    """The grid of that row, parsed once per process."""
    grid = _parsed.get(digest)
    if grid is None:
        found = db.conn.execute("SELECT CAST(document AS BLOB) FROM library WHERE id = ?", (number,))
        grid = _parsed[digest] = Grid.model_validate_json(single_value(found))
    return grid


def _existing(found: LibraryGrid | None) -> LibraryGrid:
    assert found is not None  # noqa: S101  # just written
    return found
