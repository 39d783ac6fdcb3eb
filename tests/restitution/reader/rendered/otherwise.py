"""What another way of counting would conclude, naively: the other weighting, and the territory without one college."""

from collections.abc import Iterator
from fractions import Fraction

from tests.restitution.reader import levels
from tests.restitution.reader.facts import Facts
from tests.restitution.reader.reading import Reader
from tests.scoring.oracle import Comparison
from tests.scoring.oracle.campaign import TERRITORY
from tests.scoring.oracle.territory import mean_of, of_territory, seen

OTHER = {"equal": "heads", "heads": "equal"}


def other_conclusions(reader: Reader) -> list[str]:
    """The levels, words and families at an end that would be otherwise."""
    facts = reader.facts
    ends = [f"{end.__name__} family" for end in (min, max) if len(facts.scores) > 1 and moved(facts, end)]
    return [*levels_moved(facts), *words_moved(facts), *ends]


def alternatives(facts: Facts, title: str) -> dict[str, Fraction]:
    """The score of a family under the other weighting, and without each college where two others remain."""
    campaign, code = facts.last, facts.families[title]
    found = of_territory(campaign, code)
    if found is None:
        return {}
    weighting = campaign.rules["weighting"]
    known = {college: one for college in found.colleges if (one := seen(campaign, code, college)) is not None}
    scores = {OTHER[weighting]: mean_of(known, OTHER[weighting]).score}
    for out in known if len(known) > 2 else ():
        scores[out] = mean_of({one: what for one, what in known.items() if one != out}, weighting).score
    return scores


def levels_moved(facts: Facts) -> Iterator[str]:
    """The families whose level would be read otherwise."""
    for title, score in facts.scores.items():
        printed = levels.read(facts, facts.shown(score))
        if any(levels.read(facts, facts.shown(other)) != printed for other in alternatives(facts, title).values()):
            yield f"level of {title}"


def words_moved(facts: Facts) -> Iterator[str]:
    """The families whose change would have another word under the other weighting."""
    if facts.since is None:
        return
    other = Comparison(facts.since, facts.last, OTHER[facts.last.rules["weighting"]])
    rows = {row["family"]: row for row in other.rows() if row["college"] == TERRITORY}
    for title, code in facts.families.items():
        word = facts.changes.get((code, TERRITORY), {}).get("verdict")
        if word and rows.get(code, {}).get("verdict") not in (word, None):
            yield f"word of {title}"


def moved(facts: Facts, end: object) -> bool:
    """Whether other families would be at that end, under the other weighting."""
    assert callable(end)
    now = {title: facts.shown(score) for title, score in facts.scores.items()}
    weighting = OTHER[facts.last.rules["weighting"]]
    then = {title: facts.shown(alternatives(facts, title).get(weighting, now[title])) for title in now}
    return at(now, end(now.values())) != at(then, end(then.values()))


def at(scores: dict[str, Fraction], value: object) -> set[str]:
    return {title for title, score in scores.items() if score == value}
