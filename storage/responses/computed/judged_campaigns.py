"""The closed campaigns on which a version of a grid is judged. Loads nothing that computes."""

from grille.grid import Grid
from storage.campaigns.frozen_grids import frozen
from storage.campaigns.territories import OF_A_TRIAL
from storage.core.damage import UNREADABLE
from storage.core.engine import Database

_CLOSED = f"""SELECT campaigns.id, coalesce(closed_at, ''), sha256 FROM campaigns JOIN grids ON grids.id = grid_id
    WHERE status = 'closed' AND grid = ? AND version = ? AND NOT {OF_A_TRIAL}
    ORDER BY campaigns.id"""  # noqa: S608  # ours


def judged_campaigns(db: Database, grid: Grid) -> list[tuple[int, str]]:
    """Return the number and the closing time of each campaign that asked the skills and levels of that grid.

    Their colleges may be others. Trials, and campaigns whose grid cannot be read, are left out.
    """
    rows = db.conn.execute(_CLOSED, (grid.id, grid.version)).fetchall()
    same = {sha256: _asks_the_same(frozen(db, sha256), grid) for sha256 in {sha256 for _id, _at, sha256 in rows}}
    return [(number, closed_at) for number, closed_at, sha256 in rows if same[sha256]]


def _asks_the_same(asked: Grid, grid: Grid) -> bool:
    return asked is not UNREADABLE and _questions(asked) == _questions(grid)


def _questions(grid: Grid) -> tuple[object, ...]:
    families = tuple((family.code, tuple(skill.code for skill in family.skills)) for family in grid.families)
    return families, tuple(level.value for level in grid.levels)
