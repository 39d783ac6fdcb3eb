"""What many people cannot judge: the highest rate first, and how many people it stands for."""

import pandas as pd

import grille
from restitution.findings.silences import most_frequent, silences
from restitution.findings.skills import families
from scoring import edition_1 as scoring

LABELS = {college.code: college.label for college in grille.current().colleges}


def test_the_most_frequent_first_each_skill_once_with_its_people() -> None:
    grid = grille.current()
    codes = [skill.code for skill in grid.skills]
    unsure = {codes[0]: 2, codes[-1]: 4, codes[3]: 3}  # of 9 people
    table = pd.DataFrame(
        [
            {"college": college} | {code: "NSP" if i < unsure.get(code, 0) else 2 for code in codes}
            for college in ("elus", "agents", "habitants")
            for i in range(9)
        ]
    )
    profile = scoring.profile(table, grid)
    found = most_frequent(silences(families(profile, LABELS)), 5)
    title = grid.skill(codes[-1]).title
    assert [one.title for one in found] == [title, grid.skill(codes[3]).title]
    assert found[0].in_words == f"{title} (Élus\u00a0: 44\u00a0%, 4 personnes sur 9)"
