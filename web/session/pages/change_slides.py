"""The slides of changes: every family from the year before to this year, what fell most, and a celebration."""

from collections.abc import Iterator, Mapping, Sequence

from restitution import shown
from restitution.chart_data.radar import MOST_AXES, level_word
from restitution.charts.stage.dumbbells import MOST_ROWS, Change, dumbbells
from restitution.charts.stage.stairs import Climb, bunting, stairs
from restitution.finding import Finding
from restitution.findings.change.changes import FamilyChange
from restitution.findings.change.skill_moves import SkillMove
from restitution.results import CampaignResults
from restitution.text.headlines import what_changed
from restitution.text.language import gettext as _
from restitution.text.numbers import decimal
from restitution.text.sentences import DOWN, NO_FALL, NO_RISE, STABLE, UNKNOWN, UP
from web.session.pages.slide import Slide, cut, slices

# In this order they stand; each has the mark that the picture draws before its word.
MARKS: Mapping[str | None, str] = {
    UP: "up",
    NO_FALL: "no-fall",
    STABLE: "stable",
    UNKNOWN: "unknown",
    NO_RISE: "no-rise",
    DOWN: "down",
    None: "",
}
MOST_FALLEN, MOST_CHEERED, LONGEST_ACTION = 6, 4, 110
SENTENCE = 72  # the height of the sentence over what fell


def change_slides(_finding: Finding, shows: shown.FamilyChanges, results: CampaignResults) -> Iterator[Slide]:
    """Yield the slides of every family, then of what fell most."""
    if not any(change.delta is not None for change in shows.changes):
        return
    title = what_changed(results.readings, results.since)
    said = sorted(shows.changes, key=_order)
    for place, some in enumerate(slices(MOST_ROWS, said), start=1):
        key = f"changes-{place}"
        yield Slide("changes", title, _families(some, results, key), key)
    yield from _falls(results)


def _order(change: FamilyChange) -> tuple[bool, int, float]:
    """What rose first; what does not compare last."""
    return change.delta is None, list(MARKS).index(change.verdict), -(change.delta or 0)


def _families(some: Sequence[FamilyChange], results: CampaignResults, key: str) -> dict[str, object]:
    rows = [_row(change, results) for change in some]
    drawing = dumbbells(rows, results.grid.levels, years=(results.since, results.label), ident=key)
    said = [(change, _move(change, results)) for change in some if change.delta is not None]
    return {"drawing": drawing, "changes": said, "aside": _explained(some, results)}


def _explained(some: Sequence[FamilyChange], results: CampaignResults) -> list[str]:
    """What the words of these changes mean, for who presents; and what makes them fragile."""
    gap = results.clear_change
    meanings: Mapping[str | None, str] = {
        STABLE: _("«\u00a0Stable\u00a0»\u00a0: le changement, s’il existe, fait moins de %(gap)s niveau.", gap=gap),
        NO_FALL: _(
            "«\u00a0Pas de baisse nette\u00a0»\u00a0: on ne sait pas si cela monte, mais cela n’a pas baissé de "
            "%(gap)s niveau.",
            gap=gap,
        ),
        NO_RISE: _(
            "«\u00a0Pas de hausse nette\u00a0»\u00a0: on ne sait pas si cela baisse, mais cela n’a pas monté de "
            "%(gap)s niveau.",
            gap=gap,
        ),
        UNKNOWN: _(
            "Trop peu de réponses pour trancher\u00a0: ce n’est ni une hausse, ni une baisse, ni une mauvaise note."
        ),
    }
    said = [words for verdict, words in meanings.items() if any(one.verdict == verdict for one in some)]
    cautions = [f"{one.axis.title}\u00a0: {words}" for one in some for words in one.cautions]
    return [*said, *cautions]


def _row(change: FamilyChange, results: CampaignResults) -> Change:
    hue = "ink" if len(results.axes) > MOST_AXES else change.axis.hue
    word = change.word if change.delta is not None else _("non comparable\u00a0: %(reason)s", reason=change.reason)
    if change.delta is None:
        return Change(change.axis.title, hue, None, None, "", "", word)
    ends = (change.before, change.after, change.before_text, change.after_text)
    return Change(change.axis.title, hue, *ends, word, MARKS[change.verdict], _reach(change, results))


def _reach(change: FamilyChange, results: CampaignResults) -> tuple[float, float] | None:
    """Where this year's score very probably stands, seen from the year before: the interval of the difference."""
    shown_row = change.row.shown
    if change.before is None or shown_row is None or shown_row.low is None or shown_row.high is None:
        return None
    lowest, highest = results.grid.lowest, results.grid.highest
    low, high = (change.before + float(end) for end in (shown_row.low, shown_row.high))
    return max(low, lowest), min(high, highest)


def celebration_slides(finding: Finding, shows: shown.Celebration, results: CampaignResults) -> Iterator[Slide]:
    """Yield a moment to celebrate: the skill that rose most, what was done for it, and those that follow."""
    risen, actions_by_skill = shows.risen[:MOST_CHEERED], shows.actions_by_skill
    first, *others = risen
    done = [cut(one, LONGEST_ACTION) for one in actions_by_skill.get(first.code, ())][:2]
    content = {
        "drawing": stairs(_climb(first, results), results.grid.levels, ident="bravo"),
        "bunting": bunting([axis.hue for axis in results.axes]),
        "first": first,
        "done": done,
        "others": [(one, list(actions_by_skill.get(one.code, ()))[:1]) for one in others],
    }
    yield Slide("top-gains", finding.title, content, finding.key)


def _climb(move: SkillMove, results: CampaignResults) -> Climb:
    levels = [level.value for level in results.grid.levels]
    start, end = (min(range(len(levels)), key=lambda i: abs(levels[i] - one)) for one in (move.before, move.after))
    scores = (decimal(move.before, move.places), decimal(move.after, move.places))
    return Climb(start, end, (results.since, results.label), scores, move.axis.hue)


def _falls(results: CampaignResults) -> Iterator[Slide]:
    """Yield the skills that fell most in the families that clearly fell, if any."""
    fallen = results.moved_with(DOWN)[:MOST_FALLEN]
    if not fallen:
        return
    rows = [_skill_row(move) for move in fallen]
    drawing = dumbbells(
        rows, results.grid.levels, years=(results.since, results.label), ident="baisses", spared=SENTENCE
    )
    title = _("Ce qui a le plus baissé depuis %(year)s", year=results.since)
    yield Slide("falls", title, {"drawing": drawing, "skills": [(move, move.numbers) for move in fallen]}, "falls")


def _skill_row(move: SkillMove) -> Change:
    before, after = (decimal(one, move.places) for one in (move.before, move.after))
    kind = "up" if move.delta > 0 else "down"
    return Change(move.title, move.axis.hue, float(move.before), float(move.after), before, after, "", kind)


def _move(change: FamilyChange, results: CampaignResults) -> str:
    """From what to what, in the words of the levels; where nothing clearly moved, the level read now alone."""
    if change.before is None or change.after is None:
        return ""
    levels, places = results.grid.levels, results.radar.places
    before, after = (level_word(value, levels, places) for value in (change.before, change.after))
    if change.verdict not in (UP, DOWN):
        return _("On lit %(level)s", level=_quoted(after))
    if before != after:
        return _("De %(before)s à %(after)s", before=_quoted(before), after=_quoted(after))
    return _("Toujours %(level)s", level=_quoted(after))


def _quoted(level: str) -> str:
    """A level between guillemets; two levels, read half way, have theirs."""
    return level if "«" in level else f"«\u00a0{level}\u00a0»"
