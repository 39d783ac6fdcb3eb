"""What a form asks beside the level of a skill: how the year before seems now, and a comment.

Each is a column of our table of answers, « COO-1 avant » and « COO-1 commentaire », and a question of a form.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from flask_babel import lazy_gettext

from grille import Grid
from questionnaires.outside.names import limesurvey_names, xlsform_names
from questionnaires.outside.wording import LONGEST_TEXT, OutsideForm, one_line, read_as, shortened

BEFORE: Final = "avant"
COMMENT: Final = "commentaire"
Part = Literal["avant", "commentaire"]
PARTS: Final[tuple[Part, ...]] = (BEFORE, COMMENT)

_ASKED: Final = {
    (BEFORE, False): lazy_gettext("Avec le recul, où en était-on l’an dernier ?"),
    (BEFORE, True): lazy_gettext("Et l’an dernier, c’était comment ?"),
    (COMMENT, False): lazy_gettext("Un exemple, un commentaire"),
    (COMMENT, True): lazy_gettext("Un exemple, un commentaire"),
}
COMMENT_HELP: Final = lazy_gettext(
    "N’écrivez ni nom ni détail qui ferait reconnaître quelqu’un. Ce texte sera relu avant d’être montré."
)


@dataclass(frozen=True, slots=True)
class BesideColumn:
    """A column of our table that goes with the level of a skill."""

    code: str
    part: Part

    @property
    def name(self) -> str:
        """Its name in our table: that of its skill, then its own."""
        return f"{self.code} {self.part}"


def beside_columns(codes: Iterable[str]) -> dict[str, BesideColumn]:
    """Return the columns that can go with those of these skills, by their names.

    >>> list(beside_columns(["COO-1"]))
    ['COO-1 avant', 'COO-1 commentaire']
    """
    found = [BesideColumn(code, part) for code in codes for part in PARTS]
    return {one.name: one for one in found}


@dataclass(frozen=True, slots=True)
class BesideQuestion:
    """A question of a form that goes with a level: what it is about, its name and its words."""

    part: Part
    name: str
    label: str


def questions_beside(form: OutsideForm, names: Mapping[BesideColumn, str]) -> dict[str, list[BesideQuestion]]:
    """Return what a form asks beside each level, by the code of the skill, under these names."""
    asked = {BEFORE: form.retrospective, COMMENT: form.comments}
    found: dict[str, list[BesideQuestion]] = {skill.code: [] for skill in form.grid.skills}
    for column, label in beside_labels(form.grid, plain=form.plain):
        if asked[column.part]:
            found[column.code].append(BesideQuestion(column.part, names[column], label))
    return found


def xlsform_beside(grid: Grid) -> dict[BesideColumn, str]:
    """Return the name in an XLSForm of each column that goes with a level."""
    return _named(grid, xlsform_names([one.code for one in grid.skills]), xlsform_names)


def limesurvey_beside(grid: Grid) -> dict[BesideColumn, str]:
    """Return the name in LimeSurvey of each column that goes with a level."""
    return _named(grid, limesurvey_names([one.code for one in grid.skills]), limesurvey_names)


def _named(
    grid: Grid, taken: dict[str, str], spell: Callable[[Iterable[str]], dict[str, str]]
) -> dict[BesideColumn, str]:
    """The names of these columns: none is that of a skill."""
    columns = list(beside_columns(one.code for one in grid.skills).values())
    names = spell([one.name for one in columns])
    skills = {name.casefold() for name in taken.values()}
    return {one: f"{names[one.name]}x" if names[one.name].casefold() in skills else names[one.name] for one in columns}


def beside_labels(grid: Grid, *, plain: bool) -> Iterator[tuple[BesideColumn, str]]:
    """Yield each of these columns with its question, which names the skill, by its code too where two read the same."""
    same = Counter(read_as(one_line(one.title)) for one in grid.skills)
    for skill in grid.skills:
        title = one_line(skill.title)
        named = title if same[read_as(title)] == 1 else f"{title} ({skill.code})"
        for part in PARTS:
            asked = str(_ASKED[part, plain])
            room = LONGEST_TEXT - len(asked) - 3
            yield BesideColumn(skill.code, part), f"{shortened(named, room)} – {asked}"
