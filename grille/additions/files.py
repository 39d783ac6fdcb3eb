"""What the file of an addition says, whatever its format: each text held against the grid, all problems at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from grille.additions.checking import CheckedAddition, refusal
from grille.additions.places import digest
from grille.errors import FileProblem, GridErrors
from grille.grid import Grid
from grille.messages import message as _
from grille.typed import typed_line, typed_text

LONGEST_REVIEWER: Final = 100


@dataclass(frozen=True, slots=True)
class Change:
    """A text to write at a place; an empty one takes away what was written there.

    ``source`` tells the text that it translates. ``reviewer`` is who reviewed it, "" for nobody; None leaves that as it
    is, for a text that does not change.
    """

    place: str
    text: str
    source: str
    reviewer: str | None = None


@dataclass(frozen=True)
class AdditionFile:
    """What a file brings: its changes, and the revision of the addition that it was made from, as it says it."""

    revision: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line of a file: where it is, and what it says as it was written there. ``refused`` is why it cannot be read."""

    line: int
    place: str
    source: str
    text: str
    reviewer: str = ""
    refused: str = ""


@dataclass(frozen=True)
class About:
    """What a file says of itself: the grid, its version, the language and the revision; empty where it says nothing."""

    grid: str = ""
    version: str = ""
    language: str = ""
    revision: str = ""


def file_of(checked: CheckedAddition, about: About, lines: Iterable[FileLine], file: str) -> AdditionFile:
    """Return what a file brings to an addition; lines without text bring nothing.

    Raises ``GridErrors`` with every problem.
    """
    problems = [FileProblem(file, None, said) for said in _elsewhere(checked, about)]
    changes: dict[str, Change] = {}
    for line in lines:
        said = line.refused or _refusal(checked, line, changes)
        if said:
            problems.append(FileProblem(file, line.line, said))
        else:
            changes[line.place] = _change(checked, line)
    if not problems and not any(one.text for one in changes.values()):
        problems.append(FileProblem(file, None, _("ce fichier n’a aucun texte écrit : il n’apporte rien.")))
    if problems:
        raise GridErrors(problems)
    return AdditionFile(about.revision, tuple(one for one in changes.values() if one.text))


def _elsewhere(checked: CheckedAddition, about: About) -> Iterable[str]:
    """Why a file is that of something else."""
    grid, language = checked.grid, checked.addition.language
    if about.grid and about.grid != grid.id:
        yield _("ce fichier est celui de la grille « %(other)s », pas de « %(grid)s ».", other=about.grid, grid=grid.id)
    if about.language and about.language != language:
        yield _(
            "ce fichier est en « %(other)s », et cette page en « %(language)s » : prenez l’autre page, ou l’autre "
            "fichier.",
            other=about.language,
            language=language,
        )


def _refusal(checked: CheckedAddition, line: FileLine, seen: Iterable[str]) -> str | None:
    if line.place in seen:
        return _("« %(place)s » est là deux fois : gardez une seule ligne.", place=line.place)
    if line.place not in checked.sources:
        return _("« %(place)s » n’est la place d’aucun texte à écrire : gardez les codes du fichier.", place=line.place)
    if len(line.reviewer) > LONGEST_REVIEWER:
        return _("le nom de qui a relu a plus de %(most)s signes : raccourcissez-le.", most=LONGEST_REVIEWER)
    return refusal(line.place, typed_text(line.text).strip())


def _change(checked: CheckedAddition, line: FileLine) -> Change:
    source, text = checked.sources[line.place], typed_text(line.text).strip()
    same = typed_text(line.source).strip() in ("", typed_text(source).strip())
    read = source if same else typed_text(line.source).strip()
    return change_at(checked, line.place, text, typed_line(line.reviewer) or None, digest(read))


def change_at(
    checked: CheckedAddition, place: str, text: str, reviewer: str | None, translates: str | None = None
) -> Change:
    """Return the change that writes a text at a place. ``translates`` tells the text that it was written from.

    A text out of date that comes back as it was, and that nobody reviewed, stays out of date.
    """
    kept = checked.entries.get(place)
    untouched = kept is not None and kept.text == text and not reviewer
    source = translates or digest(checked.sources[place])
    return Change(place, text, kept.source if kept and untouched else source, reviewer)


def about_of(grid: Grid, language: str, revision: str) -> About:
    """Return what the file of an addition says of itself."""
    return About(grid.id, grid.version, language, revision)
