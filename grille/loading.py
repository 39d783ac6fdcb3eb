"""Reading of grid files, with all their problems reported at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from grille.correspondence import unknown_predecessors
from grille.errors import FileProblem, GridErrors
from grille.grid import Grid
from grille.messages import message as _
from grille.refinements import refinements
from grille.schema import shaped
from grille.text_files import UnreadableError, decoded, read_text
from grille.validation import essentials

if TYPE_CHECKING:
    from grille.yaml_outline import Outline

HEAVIEST_FILE = 1_000_000
_DATA = Path(__file__).parent / "data"


def load(path: Path | str) -> Grid:
    """Return the grid of a file, checked (YAML, UTF-8, at most ``HEAVIEST_FILE`` bytes).

    Raises ``GridErrors`` with every problem, each with its file, its line and what to do.

    >>> load(shipped()[0]).id
    'territoires-engagement'
    """
    return _read(Path(path))[0]


def check(paths: Iterable[Path | str]) -> tuple[Grid, ...]:
    """Return the grids of several files, each correspondence checked against the earlier version that it names.

    The earlier version is looked for among these files, in their folders, then among the grids shipped with the
    software. Raises ``GridErrors`` with the problems of all the files.

    >>> len(check(shipped())) == len(shipped())
    True
    """
    read: list[tuple[Path, Grid, Outline]] = []
    problems: list[FileProblem] = []
    for path in map(Path, paths):
        try:
            read.append((path, *_read(path)))
        except GridErrors as errors:
            problems += errors.problems
    grids = [grid for _, grid, _ in read]
    for path, grid, found in read:
        problems += _broken_succession(path, grid, found, grids)
    if problems:
        raise GridErrors(problems)
    return tuple(grids)


def load_text(content: bytes, name: str) -> Grid:
    """Return the grid of the content of a file of that name, checked. Raises ``GridErrors`` as ``load`` does."""
    return _checked(lambda: decoded(content), name)[0]


def _read(path: Path) -> tuple[Grid, Outline]:
    return _checked(lambda: read_text(path, HEAVIEST_FILE), str(path))


def _checked(read: Callable[[], str], name: str) -> tuple[Grid, Outline]:
    from grille.yaml_outline import outline  # loads ruamel.yaml: 2 MB, never where people only answer

    try:
        found = outline(read())
    except UnreadableError as error:
        raise GridErrors([FileProblem(name, error.line, error.message)]) from None
    grid, remarks = checked(found)
    if grid is None or remarks:
        raise GridErrors(FileProblem(name, line, message) for line, message in remarks)
    return grid, found


def _broken_succession(path: Path, grid: Grid, found: Outline, others: list[Grid]) -> list[FileProblem]:
    before = _predecessor(path, grid, others)
    if before is None:
        return []
    return [
        FileProblem(
            str(path),
            found.line(("correspondence", "skills", code)),
            _(
                "la version %(version)s n’a pas de savoir-faire « %(code)s » : corrigez ce code ou retirez la ligne.",
                version=before.version,
                code=code,
            ),
        )
        for code in unknown_predecessors(before, grid)
    ]


def _predecessor(path: Path, grid: Grid, others: list[Grid]) -> Grid | None:
    if grid.correspondence is None:
        return None
    wanted = grid.id, grid.correspondence.from_version
    beside = [file for file in (*path.parent.glob("*.yaml"), *shipped()) if file.stem == wanted[1]]
    candidates = [*others, *filter(None, map(_loaded, beside))]
    return next((one for one in candidates if (one.id, one.version) == wanted), None)


def _loaded(path: Path) -> Grid | None:
    try:
        return load(path)
    except GridErrors:
        return None


def checked(found: Outline) -> tuple[Grid | None, list[tuple[int, str]]]:
    """Return the grid of an outline (None if it has no valid shape), and its problems (line, sentence) by line."""
    if not isinstance(found.data, dict):
        what = _("est vide") if found.data is None else _("n’a pas la forme d’une grille")
        return None, [(1, _("ce fichier %(what)s : il commence par les clés id, version, title, status.", what=what))]
    grid, remarks = shaped(found.data)
    remarks += [*essentials(found.data), *refinements(found.data)]
    located = [(found.line(path), message) for path, message in remarks]
    return grid, sorted(dict.fromkeys(found.findings + located))


def shipped() -> tuple[Path, ...]:
    """Return the grid files shipped with the software, the oldest version of each grid first."""
    return tuple(sorted(_DATA.glob("*/*.yaml"), key=lambda path: (path.parent.name, version_rank(path.stem))))


@cache
def shipped_grids() -> tuple[Grid, ...]:
    """Return the grids of those files. Cached: files are read once per process."""
    return tuple(map(load, shipped()))


def current() -> Grid:
    """Return the newest shipped grid: the default of a new installation, until its programme chooses another.

    >>> current().version
    '2026.1'
    """
    return shipped_grids()[-1]


def version_rank(version: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts versions by number: 2024.9 comes before 2024.10."""
    return tuple((int(part) if part.isdigit() else 0, part) for part in re.split(r"[.-]", version))
