"""The slides of changes: what rose, what fell, what did not clearly move, and the skills that rose most."""

from collections.abc import Iterator, Mapping, Sequence

from restitution import shown
from restitution.chart_data.radar import level_word
from restitution.findings.change.changes import FamilyChange
from restitution.findings.change.skill_moves import SkillMove
from restitution.results import CampaignResults
from restitution.story import Finding
from restitution.text.language import gettext as _
from restitution.text.sentences import DOWN, NO_FALL, NO_RISE, STABLE, UNKNOWN, UP
from web.session.pages.slide import Slide, slices

# Falls share their slide with the skills that fell most, and with a word on what training does.
MOVES_A_SLIDE, FALLS_A_SLIDE, NAMED_SKILLS, CELEBRATED = 4, 2, 3, 4


def change_slides(_finding: Finding, shows: shown.FamilyChanges, results: CampaignResults) -> Iterator[Slide]:
    """Yield slides of what rose, what fell and what did not clearly move: a few families each.

    The title gives the direction but not the families: the room guesses before they are shown.
    """
    compared = [change for change in shows.changes if change.delta is not None]
    for verdict, (kind, title) in _titles(results.since).items():
        found = [change for change in compared if change.verdict == verdict]
        most = FALLS_A_SLIDE if verdict == DOWN else MOVES_A_SLIDE
        for place, some in enumerate(slices(most, found), start=1):
            fallen = _moved_skills(results, some)[:NAMED_SKILLS] if verdict == DOWN else []
            content = {"changes": _described(some, results), "kind": kind, "skills": fallen}
            yield Slide("changes", title, content, f"changes-{kind}-{place}")
        if verdict == UP:
            yield from _top_gains(results, found, shows.actions_by_skill)


def _titles(since: str) -> dict[str | None, tuple[str, str]]:
    """For each verdict, in the order in which they are told, the kind of its slides and their title."""
    return {
        UP: ("up", _("Ce qui a progressé depuis %(year)s", year=since)),
        DOWN: ("down", _("Ce qui a baissé depuis %(year)s", year=since)),
        STABLE: ("stable", _("Ce qui est stable depuis %(year)s", year=since)),
        NO_FALL: ("no-fall", _("Ce qui n’a pas nettement baissé depuis %(year)s", year=since)),
        NO_RISE: ("no-rise", _("Ce qui n’a pas nettement monté depuis %(year)s", year=since)),
        UNKNOWN: ("unknown", _("Ce dont on ne peut pas dire s’il a bougé depuis %(year)s", year=since)),
        None: ("untold", _("Ce qui se compare à %(year)s, sans verdict", year=since)),
    }


def _top_gains(
    results: CampaignResults, found: Sequence[FamilyChange], actions_by_skill: Mapping[str, Sequence[str]]
) -> Iterator[Slide]:
    """A moment to celebrate: the skills that rose most, and what was done for them."""
    found = [change for change in found if change.axis.code not in results.rebounds]
    risen = _moved_skills(results, found)[:CELEBRATED] if found else []
    if risen:
        skills = [(move, numbers, actions_by_skill.get(move.code, ())) for move, numbers in risen]
        title = _("Bravo\u00a0: ce qui a le plus progressé")
        yield Slide("top-gains", title, {"skills": skills}, key="bravo")  # the name that arrangements are kept by


def _moved_skills(results: CampaignResults, found: Sequence[FamilyChange]) -> list[tuple[SkillMove, str]]:
    """The skills that moved most in these families, in the direction that the families clearly moved."""
    sign = 1 if found[0].verdict == UP else -1
    families = {change.axis.code for change in found}
    moves = [move for move in results.skill_moves if move.axis.code in families]
    most = sorted((move for move in moves if move.delta * sign > 0), key=lambda move: -move.delta * sign)
    return [(move, move.numbers) for move in most]


def _described(found: Sequence[FamilyChange], results: CampaignResults) -> list[tuple[FamilyChange, str]]:
    return [(change, _move(change, results)) for change in found]


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
