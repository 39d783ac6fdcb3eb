"""What many people cannot judge: the highest share first, and the number of people."""

import pandas as pd

import grille
import scoring
from restitution.findings.profile.silences import most_frequent, silences
from restitution.findings.profile.skills import families

LABELS = {college.code: college.label for college in grille.current().colleges}


def profile_of(unsure: dict[str, int], n: int) -> scoring.Profile:
    """Of each n people, so many in nine cannot judge those skills."""
    grid = grille.current()
    codes = [skill.code for skill in grid.skills]
    rows = [
        {"college": college} | {code: "NSP" if i % 9 < unsure.get(code, 0) else 2 for code in codes}
        for college in ("elus", "agents", "habitants")
        for i in range(n)
    ]
    return scoring.profile(pd.DataFrame(rows), grid)


def test_the_most_frequent_first_each_skill_once_with_its_people() -> None:
    grid = grille.current()
    codes = [skill.code for skill in grid.skills]
    unsure = {codes[0]: 2, codes[-1]: 4, codes[3]: 3}  # of 9 people
    profile = profile_of(unsure, 9)
    found = most_frequent(silences(families(profile, LABELS)), 5)
    title = grid.skill(codes[-1]).title
    assert [one.title for one in found] == [title, grid.skill(codes[3]).title]
    assert found[0].in_words == f"{title} (Élus\u00a0: 44\u00a0% sans niveau, 4 personnes sur 9)"
    first = most_frequent(silences(families(profile_of(unsure, 18), LABELS)), 5)[0]
    assert first.in_words == f"{title} (Élus\u00a0: 44\u00a0% ne savent pas, 8 personnes sur 18)"
