"""Twenty seeded faults of the sentences, each caught by the reader: a reader that lets one pass reads nothing."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from restitution.chart_data import radar, reasons
from restitution.findings import desk, disclosure, proposals
from restitution.findings.change import changes, hindsight, skill_history
from restitution.findings.method import robustness
from restitution.findings.profile import college_gaps, explanation, silences, skills
from restitution.text import numbers, sentences
from tests.restitution.reader.pages import texts_of
from tests.restitution.reader.reading import Reader, Untrue
from tests.restitution.reader.territories import territory
from tests.restitution.test_reader import facts_of

Patch = pytest.MonkeyPatch


@dataclass(frozen=True)
class Mutant:
    """What is wrong in the sentences, and how they are made so."""

    name: str
    change: Callable[[Patch], None]


MUTANTS: list[Mutant] = []
TELLERS = (
    *(numbers, sentences, radar, changes, college_gaps, desk, explanation, hindsight, proposals, robustness, skills),
    skill_history,
)


def mutant(change: Callable[[Patch], None]) -> Callable[[Patch], None]:
    """Register a fault under the name of its function."""
    MUTANTS.append(Mutant(change.__name__, change))
    return change


def shown_everywhere(patch: Patch, name: str, value: Any) -> None:
    """Replace a function of numbers in every module that took it."""
    for module in TELLERS:
        if hasattr(module, name):
            patch.setattr(module, name, value)


@mutant
def scores_are_cut_not_rounded(patch: Patch) -> None:
    def cut(value: Any, digits: int = 1) -> Decimal:
        exact = Fraction(value) if isinstance(value, Fraction | Decimal) else Fraction(repr(float(value)))
        return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal(1).scaleb(-digits), ROUND_DOWN)

    shown_everywhere(patch, "rounded", cut)


@mutant
def a_compared_score_has_one_decimal_less(patch: Patch) -> None:
    whole = radar.point_of
    for module in (radar, college_gaps):
        patch.setattr(module, "point_of", lambda row, profile, **_compared: whole(row, profile))


@mutant
def the_difference_is_rounded_from_the_exact_one(patch: Patch) -> None:
    def delta_text(change: changes.FamilyChange) -> str:
        return "" if change.row.delta is None else numbers.signed(change.row.delta, change.row.page.places)

    patch.setattr(changes.FamilyChange, "delta_text", property(delta_text))


@mutant
def a_sign_is_lost(patch: Patch) -> None:
    shown_everywhere(patch, "with_sign", lambda number: numbers.decimal_text(abs(number)))


@mutant
def a_noun_is_always_singular(patch: Patch) -> None:
    shown_everywhere(patch, "levels_in_words", lambda gap, **_sign: f"{numbers.decimal_text(gap)} niveau")


@mutant
def what_an_alternative_would_say_is_what_is_said(patch: Patch) -> None:
    import scoring.reading.robustness as readings

    patch.setattr(readings, "_at", lambda _level: "au niveau « Rien »")


@mutant
def a_rise_is_said_as_a_fall(patch: Patch) -> None:
    patch.setattr(sentences, "UP", "baisse nette")
    patch.setattr(sentences, "DOWN", "hausse nette")


@mutant
def the_weakest_is_the_strongest(patch: Patch) -> None:
    strongest = sentences.strongest

    def swapped(scores: Any, levels: Any) -> sentences.Ends:
        found = strongest(scores, levels)
        return sentences.Ends(found.titles, "le point faible" if len(found.titles) == 1 else "les points faibles")

    patch.setattr(sentences, "weakest", swapped)


@mutant
def families_are_close_when_they_are_not(patch: Patch) -> None:
    patch.setattr(sentences, "CLEAR", Fraction(1, 2))


@mutant
def half_way_is_read_as_the_higher_level(patch: Patch) -> None:
    whole = sentences.levels_read
    for module in (sentences, radar):
        patch.setattr(module, "levels_read", lambda *asked: whole(*asked)[-1:])


@mutant
def colleges_a_level_apart_see_the_same(patch: Patch) -> None:
    patch.setattr(college_gaps, "ALIKE", Fraction(1, 2))


@mutant
def an_interval_is_rounded_inwards(patch: Patch) -> None:
    ends = college_gaps._ends

    def inwards(row: Any, profile: Any) -> tuple[Decimal, Decimal] | None:
        found = ends(row, profile)
        step = Decimal(1).scaleb(found[0].as_tuple().exponent) if found else Decimal(0)  # type: ignore[arg-type]
        return found and (found[0] + step, found[1] - step)

    patch.setattr(college_gaps, "_ends", inwards)


@mutant
def a_confidence_is_always_95(patch: Patch) -> None:
    patch.setattr(changes, "percent", lambda _confidence: "95\u00a0%")


@mutant
def every_hidden_figure_lacks_answers(patch: Patch) -> None:
    patch.setattr(reasons, "_below_threshold", lambda _college, profile: reasons.fewer_than(profile.rules.k))


@mutant
def a_hidden_territory_lacks_one_college_more(patch: Patch) -> None:
    patch.setattr(reasons, "_few_colleges", lambda _profile: "moins de 9 collèges publiés")


@mutant
def silences_are_listed_from_the_lowest(patch: Patch) -> None:
    original = silences.silences
    patch.setattr(silences, "silences", lambda families: original(families)[::-1])


@mutant
def people_who_cannot_judge_are_one_more(patch: Patch) -> None:
    def people(one: silences.Silence) -> str:
        return f"{round(one.share * (one.respondents or 0)) + 1} personnes sur {one.respondents}"

    patch.setattr(silences.Silence, "people", property(people))


@mutant
def colleges_agree_only_if_all_do(patch: Patch) -> None:
    alike = desk._alike

    def all_of_them(axis: Any, view: Any) -> Any:
        found = alike(axis, view)
        return found if found and found.words.startswith(f"{len(view.published)} ") else None

    patch.setattr(desk, "_alike", all_of_them)


@mutant
def terms_are_rounded_each_by_itself(patch: Patch) -> None:
    import scoring.display

    patch.setattr(
        scoring.display, "largest_remainder", lambda terms, places: tuple(numbers.rounded(t, places) for t in terms)
    )


@mutant
def weightings_differ_by_less(patch: Patch) -> None:
    patch.setattr(robustness, "max", lambda differences: min(differences), raising=False)


@mutant
def what_is_absent_is_above_when_it_is_below(patch: Patch) -> None:
    original = college_gaps._absent
    swapped = {"au-dessus de ceux qui ont répondu": "au-dessous de ceux qui ont répondu"}
    swapped |= {below: above for above, below in swapped.items()}
    patch.setattr(college_gaps, "_absent", lambda n, where, words: original(n, swapped[where], words))


@mutant
def the_effect_of_demands_has_the_other_sign(patch: Patch) -> None:
    family = hindsight._family

    def reversed_demand(axis: Any, row: Any, profile: Any, campaigns: Any) -> hindsight.HindsightChange:
        found = family(axis, row, profile, campaigns)
        demand = None if found.demand is None else found.demand + 1
        return hindsight.HindsightChange(
            found.axis, found.delta, found.ends, found.confidence, found.verdict, found.reason, demand
        )

    patch.setattr(hindsight, "_family", reversed_demand)


@mutant
def the_smallest_visible_change_is_the_largest(patch: Patch) -> None:
    patch.setattr(changes, "min", max, raising=False)


@mutant
def a_difference_that_does_not_add_up_is_not_explained(patch: Patch) -> None:
    patch.setattr(changes, "difference_note", lambda *_whatever: "")


@mutant
def a_member_knows_less_than_at_most(patch: Patch) -> None:
    patch.setattr(disclosure, "math", SimpleNamespace(ceil=math.floor))


@mutant
def a_college_that_is_not_shown_is_not_named(patch: Patch) -> None:
    whole = disclosure._hidden
    patch.setattr(disclosure, "_hidden", lambda profile, names: [w for w in whole(profile, names) if "pour l" not in w])


@mutant
def cells_found_again_are_one_fewer(patch: Patch) -> None:
    found = disclosure._found_again

    def fewer(label: str, cells: Any) -> Any:
        one = found(label, cells)
        return replace(one, certain=max(0, one.certain - 1))

    patch.setattr(disclosure, "_found_again", fewer)


@mutant
def a_weakness_is_anything_below_the_middle(patch: Patch) -> None:
    patch.setattr(proposals, "clear_of", lambda _profile: Fraction(0))


MOST_TRIED = 60


@pytest.mark.parametrize("fault", MUTANTS, ids=lambda fault: fault.name)
def test_the_reader_catches_it(fault: Mutant, monkeypatch: Patch) -> None:
    fault.change(monkeypatch)
    for seed in range(MOST_TRIED):
        place = territory(seed)
        try:
            Reader(facts_of(place)).read(texts_of(place.results))
        except Untrue:
            return
    pytest.fail(f"no sentence of {MOST_TRIED} territories was found false")


def test_there_are_twenty_of_them() -> None:
    assert len(MUTANTS) >= 20
