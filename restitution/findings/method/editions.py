"""One campaign under both editions of the method, side by side: figures, words, and which words differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from grille import IncomparableGridsError
from grille.messages import marked, message
from restitution.chart_data.radar import Axis, Point, axes_of
from restitution.chart_data.reasons import fewer_than, reason_of
from restitution.chart_data.rows import rows
from restitution.findings.change.changes import FamilyChange, changes
from restitution.findings.profile.college_gaps import CollegesOnFamily, colleges_by_family
from restitution.text.language import gettext as _
from restitution.text.numbers import decimal, decimals, number_or_none, rounded, signed
from restitution.text.sentences import DOWN, UP

if TYPE_CHECKING:
    from scoring import Profile, edition_1

TERRITORY: Final = "territoire"
_NOT_CLEAR: Final = marked("stable ou incertain")  # what the first edition said of every change that is not clear
_CLEAR: Final = (UP, DOWN)

Place = tuple[str, str]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Editions:
    """A campaign's profiles under both editions, and those of the previous campaign if there is one."""

    first: edition_1.Profile
    second: Profile
    first_before: edition_1.Profile | None = None
    second_before: Profile | None = None


@dataclass(frozen=True)
class Said:
    """What an edition says in one row: a figure, its interval or why there is none, and a word.

    ``word`` is empty if there is none, and ``reason`` tells why; ``width`` is the interval's as printed, in levels.
    """

    figure: str = ""
    margin: str = ""
    word: str = ""
    reason: str = ""
    width: Decimal | None = None


@dataclass(frozen=True)
class EditionRow:
    """One row under both editions; ``differs`` tells what differs in words, empty if nothing does."""

    axis: Axis
    what: str
    who: str
    first: Said
    second: Said
    differs: str = ""
    word_changed: bool = False


@dataclass(frozen=True)
class EditionChanges:
    """All rows under both editions: scores, changes since the previous campaign, agreement."""

    scores: tuple[EditionRow, ...]
    moves: tuple[EditionRow, ...]
    agreements: tuple[EditionRow, ...]

    @property
    def words(self) -> tuple[int, int, int]:
        """How many words differ: names of levels, verdicts, agreements."""
        levels, verdicts, agreements = (
            sum(row.word_changed for row in some) for some in (self.scores, self.moves, self.agreements)
        )
        return levels, verdicts, agreements


def edition_changes(editions: Editions, labels: Mapping[str, str]) -> EditionChanges:
    """Return the rows of both editions; ``labels`` names the campaign's colleges, in order."""
    return EditionChanges(
        tuple(_scores(editions, labels)), tuple(_moves(editions, labels)), tuple(_agreements(editions, labels))
    )


def _scores(editions: Editions, labels: Mapping[str, str]) -> Iterator[EditionRow]:
    first, second = editions.first, editions.second
    then, now = _by_place(first), _by_place(second)
    for panel in colleges_by_family(second, labels):
        for code, who, described in _now(panel):
            before = _then(then.get((panel.axis.code, code)), first)
            said = replace(described, width=_width_now(now.get((panel.axis.code, code)), second))
            differs, changed = _score_difference(before, said)
            yield EditionRow(panel.axis, "", who, before, said, differs, changed)


def _by_place(profile: edition_1.Profile | Profile) -> dict[Place, Row]:
    """Return the rows of ``territory`` and ``families``, by family and college."""
    found: dict[Place, Row] = {(row["family"], TERRITORY): row for row in rows(profile.territory)}
    return found | {(row["family"], row["college"]): row for row in rows(profile.families)}


def _width_then(row: Row, places: int) -> Decimal | None:
    low, high = (number_or_none(row[name]) for name in ("low", "high"))
    return None if low is None or high is None else rounded(high, places) - rounded(low, places)


def _width_now(row: Row | None, second: Profile) -> Decimal | None:
    from scoring.display import interval_shown

    low, high = (number_or_none(row[name]) if row else None for name in ("low", "high"))
    if low is None or high is None:
        return None
    ends = interval_shown(low, high, decimals(len(second.grid.levels)), second.grid)
    return ends[1] - ends[0]


def _now(panel: CollegesOnFamily) -> Iterator[tuple[str, str, Said]]:
    """Yield what the second edition says of the territory, then of each college."""
    yield TERRITORY, _("Territoire"), _said(panel.territory, panel.margin, panel)
    for score in panel.scores:
        yield score.code, score.label, _said(score.point, score.margin, panel)


def _said(point: Point, margin: str, panel: CollegesOnFamily) -> Said:
    if point.value is None:
        return Said(reason=point.missing)
    word = point.word(panel.levels)
    return Said(point.text, margin, word)


def _then(row: Row | None, first: edition_1.Profile) -> Said:
    from scoring import edition_1

    score = number_or_none(row["score"]) if row else None
    if row is None or score is None:
        return Said(reason=fewer_than(first.rules.k) if row is None or isinstance(row.get("n"), str) else _("masqué"))
    places = decimals(len(first.grid.levels))
    width = _width_then(row, places)
    low, high = ("" if width is None else decimal(row[name], places) for name in ("low", "high"))
    margin = _("sans intervalle") if width is None else _("%(low)s\u00a0à\u00a0%(high)s", low=low, high=high)
    return Said(decimal(score, places), margin, edition_1.nearest_level(first.grid, score).label, width=width)


def _score_difference(before: Said, after: Said) -> tuple[str, bool]:
    if bool(before.word) != bool(after.word):
        return (_("plus publié") if before.word else _("publié désormais")), True
    changed = before.word != after.word
    word = _replaced(before.word, after.word) if changed else ""
    return _joined(word, _figures_difference(before, after)), changed


def _figures_difference(before: Said, after: Said) -> str:
    interval = _interval_difference(before, after) if before.margin != after.margin else ""
    return _joined(interval, _("chiffre arrondi autrement") if before.figure != after.figure else "")


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _interval_difference(before: Said, after: Said) -> str:
    if after.width is None:
        return "" if before.width is None else _("plus d’intervalle\u00a0: %(reason)s", reason=after.margin)
    if before.width is None:
        return _("un intervalle désormais")
    if after.width == before.width:
        return _("intervalle déplacé")
    return _("intervalle plus large") if after.width > before.width else _("intervalle plus étroit")


def _replaced(before: str, after: str) -> str:
    return _("« %(before)s » devient « %(after)s »", before=before, after=after)


def _moves(editions: Editions, labels: Mapping[str, str]) -> Iterator[EditionRow]:
    if editions.first_before is None or editions.second_before is None:
        return
    then = _first_moves(editions.first_before, editions.first)
    found = changes(editions.second_before, editions.second)
    place = {axis.code: place for place, axis in enumerate(axes_of(editions.second.grid))}
    for change in sorted(found, key=lambda one: (place[one.axis.code], one.college != TERRITORY)):
        if change.college == TERRITORY or change.college in labels:
            row = then.get((change.axis.code, change.college))
            before, after = _moved_then(row, editions.first), _moved_now(change)
            differs, changed = _verdict_difference(before, after)
            who = labels.get(change.college, _("Territoire"))
            yield EditionRow(change.axis, "", who, before, after, differs, changed)


def _first_moves(before: edition_1.Profile, after: edition_1.Profile) -> dict[Place, Row]:
    from scoring import edition_1

    try:
        return {(row["family"], row["college"]): row for row in rows(edition_1.change(before, after))}
    except IncomparableGridsError:
        return {}


def _moved_then(row: Row | None, first: edition_1.Profile) -> Said:
    delta = number_or_none(row["delta"]) if row else None
    if row is None or delta is None:
        return Said(reason=_("non comparable"))
    places = decimals(len(first.grid.levels)) + 1
    width = _width_then(row, places)
    low, high = ("" if width is None else signed(row[name], places) for name in ("low", "high"))
    margin = "" if width is None else _("%(low)s à %(high)s", low=low, high=high)
    return Said(signed(delta, places), margin, message(str(row["verdict"])), width=width)


def _moved_now(change: FamilyChange) -> Said:
    if change.delta is None:
        return Said(reason=_("non comparable"))
    shown = change.row.shown
    width = None if shown is None or shown.low is None or shown.high is None else shown.high - shown.low
    word, reason = message(change.verdict or ""), "" if change.verdict else change.reason
    return Said(change.delta_text, change.interval_text, word, reason, width)


def _verdict_difference(before: Said, after: Said) -> tuple[str, bool]:
    """Return what differs between two verdicts, and whether the meaning does.

    A change that was not clear and now has a more precise verdict keeps its meaning.
    """
    beside = _figures_difference(before, after)
    if before.word == after.word:
        return beside, False
    if before.word == _NOT_CLEAR and after.word and after.word not in _CLEAR:
        return _joined(_("dit plus précisément"), beside), False
    return _joined(_word_difference(before, after), beside if after.word else ""), True


def _word_difference(before: Said, after: Said) -> str:
    if not after.word:
        gone = _("« %(word)s » n’est plus dit", word=before.word)
        return f"{gone} ({after.reason})" if after.reason else gone
    return _replaced(before.word, after.word) if before.word else _("« %(word)s », désormais", word=after.word)


def _agreements(editions: Editions, labels: Mapping[str, str]) -> Iterator[EditionRow]:
    """Yield the words of agreement that differ, skill by skill."""
    second = editions.second
    now = {(row["skill"], row["college"]): row for row in rows(second.skills)}
    axes = {axis.code: axis for axis in axes_of(second.grid)}
    for row in rows(editions.first.skills):
        if row["college"] in labels:
            then, after = _agreement(row["agreement"]), _agreed_now(now.get((row["skill"], row["college"])), second)
            if then != after.word:
                differs = _word_difference(Said(word=then), after)
                title, who = second.grid.skill(row["skill"]).title, labels[row["college"]]
                yield EditionRow(axes[row["family"]], title, who, Said(word=then), after, differs, word_changed=True)


def _agreement(word: object) -> str:
    return message(word) if isinstance(word, str) else ""


def _agreed_now(row: Row | None, second: Profile) -> Said:
    word = _agreement(row["agreement"]) if row else ""
    if word or row is None:
        return Said(word=word)
    return Said(reason=reason_of(row, "agreement", second))
