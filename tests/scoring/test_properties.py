"""Properties of every profile: bounds, order, weights, missing answers, names, renumbered levels; exact sums."""

import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import scoring
from grille.grid import Grid
from scoring import Profile
from tests.scoring.shapes import Row, Shape, shapes
from tests.scoring.test_engine_and_oracle import compared, many, profile

CHANCE = st.randoms(use_true_random=False)
SHIFT = 3


def tables(found: Profile) -> dict[str, Any]:
    """What is published, without the conventions it was made under."""
    document = found.to_dict()
    return {name: table for name, table in document.items() if name not in ("grid", "rules")}


def known(shape: Shape) -> Profile:
    return profile(shape.with_known_sizes())


@given(shapes())
@many(25)
def test_every_figure_stays_within_its_bounds(shape: Shape) -> None:
    found, lowest, highest = known(shape), shape.grid.lowest, shape.grid.highest
    skills, families = (frame[frame["published"]] for frame in (found.skills, found.families))
    assert skills["mean"].between(lowest, highest).all()
    assert skills["silence"].between(0, 1).all()
    detailed = skills[skills["n"].astype(int) >= shape.rules["k_detail"]]
    assert detailed["ad"].between(0, (highest - lowest) / 2).all()
    assert detailed["rwg"].between(0, 1).all()
    assert [sum(counts) for counts in detailed["distribution"]] == detailed["n"].tolist()
    for frame in (families, found.territory[found.territory["published"]]):
        assert frame["score"].between(lowest, highest).all()
        drawn = frame[frame["margin"] == "intervalle"]
        assert (drawn["low"].ge(lowest) & drawn["low"].lt(drawn["high"]) & drawn["high"].le(highest)).all()
        assert (drawn["low"].le(drawn["score"]) & drawn["high"].ge(drawn["score"])).all()
        assert frame[frame["margin"] != "intervalle"][["low", "high"]].isna().all().all()


@given(shapes())
@many(25)
def test_a_small_cell_shows_three_figures_and_a_hidden_row_none(shape: Shape) -> None:
    found = known(shape)
    published = found.skills[found.skills["published"]]
    small = published[published["n"].astype(int) < shape.rules["k_detail"]]
    three = ["skill", "family", "college", "n", "mean", "silence", "published"]
    assert small.drop(columns=three).isna().all().all()
    for name, shown in (("skills", ["n"]), ("families", ["n"]), ("territory", []), ("hindsight", [])):
        frame = getattr(found, name)
        named = [column for column in ("skill", "family", "college") if column in frame.columns]
        hidden = frame[~frame["published"].astype(bool)]
        assert hidden.drop(columns=[*named, *shown, "published"]).isna().all().all()


@given(shapes(), CHANCE)
@many(15)
def test_the_order_of_respondents_changes_nothing_to_the_last_bit(shape: Shape, chance: random.Random) -> None:
    order = chance.sample(range(len(shape.rows)), len(shape.rows))
    then = None if shape.then is None else [shape.then[place] for place in order]
    mixed = replace(shape, rows=[shape.rows[place] for place in order], then=then)
    assert known(mixed).to_dict() == known(shape).to_dict()


def with_skills(grid: Grid, change: Callable[[Any], Any]) -> Grid:
    """The same grid, each skill changed."""
    families = tuple(
        family.model_copy(update={"skills": tuple(change(skill) for skill in family.skills)})
        for family in grid.families
    )
    return Grid(**grid.model_dump(exclude={"families", "correspondence"}), families=families)


@given(shapes(), st.sampled_from([Fraction(1, 2), Fraction(3), Fraction(10)]))
@many(15)
def test_only_the_proportions_of_weights_count(shape: Shape, factor: Fraction) -> None:
    def heavier(skill: Any) -> Any:
        return skill.model_copy(update={"weight": float(Fraction(str(skill.weight)) * factor)})

    other = replace(shape, grid=with_skills(shape.grid, heavier))
    assert tables(known(other)) == tables(known(shape))


@given(shapes())
@many(15)
def test_one_more_silent_question_moves_no_score(shape: Shape) -> None:
    first = shape.grid.families[0]
    extra = first.skills[0].model_copy(update={"code": "EXTRA", "weight": 0.0})
    families = (first.model_copy(update={"skills": (*first.skills, extra)}), *shape.grid.families[1:])
    grid = Grid(**shape.grid.model_dump(exclude={"families", "correspondence"}), families=families)
    rows = [row | {"EXTRA": ("NSP", "SO", None)[place % 3]} for place, row in enumerate(shape.rows)]
    before, after = (tables(known(one)) for one in (shape, replace(shape, rows=rows, grid=grid)))
    for name in set(before) - {"skills", "hindsight_skills"}:
        assert after[name] == before[name]


@given(shapes())
@many(15)
def test_colleges_are_only_names(shape: Shape) -> None:
    names = {college.code: f"autre-{college.code}" for college in shape.grid.colleges}
    colleges = [{"code": names[one.code], "label": one.label} for one in shape.grid.colleges]
    grid = Grid.model_validate(shape.grid.model_dump(exclude={"correspondence"}) | {"colleges": colleges})
    rules = shape.rules | {
        "colleges": None if shape.rules["colleges"] is None else tuple(names[one] for one in shape.rules["colleges"]),
        "sizes": {names[one]: size for one, size in (shape.rules["sizes"] or {}).items()} or None,
        "voluntary": tuple(names[one] for one in shape.rules["voluntary"]),
    }

    def renamed(rows: list[Row] | None) -> Any:
        return None if rows is None else [row | {"college": names[row["college"]]} for row in rows]

    other = known(replace(shape, rows=renamed(shape.rows), then=renamed(shape.then), grid=grid, rules=rules))
    found = known(shape)
    for name in ("skills", "families", "hindsight"):
        frames = [getattr(one, name).drop(columns="college") for one in (found, other)]
        assert frames[0].equals(frames[1])
    assert found.territory.drop(columns="voluntary").equals(other.territory.drop(columns="voluntary"))


@given(shapes())
@many(15)
def test_levels_renumbered_move_with_their_scale(shape: Shape) -> None:
    """The same answers on a scale that begins higher: only means, scores and the ends of intervals move with it."""

    def moved(rows: list[Row] | None) -> Any:
        shift = {skill.code for skill in shape.grid.skills}
        return rows and [
            {name: x + SHIFT if name in shift and isinstance(x, int) else x for name, x in row.items()} for row in rows
        ]

    levels = [level.model_copy(update={"value": level.value + SHIFT}) for level in shape.grid.levels]
    steps = {level.value: "…" for level in levels}
    grid = with_skills(shape.grid, lambda skill: skill).model_copy(update={"levels": tuple(levels)})
    grid = with_skills(grid, lambda skill: skill.model_copy(update={"levels": steps}))
    found, other = known(shape), known(replace(shape, rows=moved(shape.rows), then=moved(shape.then), grid=grid))
    for name in ("margin", "spread", "published", "n", "coverage"):
        assert other.families[name].equals(found.families[name])
    for family, college in found.places:
        if found.published(family, college):
            assert other.score(family, college) == found.score(family, college) + SHIFT
            assert other.interval(family, college).V == found.interval(family, college).V
    assert other.hindsight.equals(found.hindsight)


@given(st.data(), st.sampled_from(["equal", "heads"]))
@many(15)
def test_the_terms_of_every_change_sum_to_it_exactly(data: st.DataObject, weighting: Any) -> None:
    before, after = (profile(shape) for shape in compared(data))
    found = scoring.compare(before, after, weighting=weighting)
    for row in found.rows:
        if row.delta is None:
            continue
        terms = scoring.explain_change(before, after, row.family, row.place, weighting)
        assert sum((term.contribution for term in terms), Fraction(0)) == row.delta
        later = [term.contribution for term in terms if term.campaign == "after"]
        assert sum(later, Fraction(0)) == row.after


@given(shapes(hindsight=False))
@many(15)
def test_a_campaign_compared_with_itself_repeats_its_scores_and_finds_nothing(shape: Shape) -> None:
    found = known(shape)
    for row in scoring.compare(found, found).rows:
        if row.delta is not None:
            assert (row.before, row.after, row.delta) == (found.score(row.family, row.place),) * 2 + (0,)
            assert row.verdict not in ("hausse nette", "baisse nette")
