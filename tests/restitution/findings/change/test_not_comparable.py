"""Each reason why a college has no verdict is the true one."""

import pandas as pd

import scoring
from grille import current
from restitution.findings.change.changes import changes
from restitution.findings.change.not_comparable import colleges_not_compared, colleges_without_word

LABELS = {"elus": "Élus", "agents": "Agents", "habitants": "Habitants", "associations": "Associations"}


def campaign(**people: int) -> scoring.Profile:
    """So many people of each college, who all answer the first family; inhabitants are volunteers."""
    skills = [skill.code for skill in current().families[0].skills]
    rows = [
        {"college": college, **dict.fromkeys(skills, (1, 2, 3)[number % 3])}
        for college, count in people.items()
        for number in range(count)
    ]
    return scoring.profile(pd.DataFrame(rows), current(), scoring.Rules(voluntary=("habitants",)))


def test_volunteers_are_compared_without_a_word_and_not_for_want_of_answers() -> None:
    found = changes(campaign(elus=12, habitants=90, agents=6), campaign(elus=12, habitants=100, agents=2))
    assert colleges_without_word(found, LABELS) == ["Habitants (répondants volontaires)"]
    sentences = {one.partition(" (")[0]: one for one in colleges_not_compared(found, LABELS)}
    assert set(sentences) == {"Agents", "Associations"}
    assert "volontaires" not in "".join(sentences.values())


def test_everyone_compared_is_in_neither_list() -> None:
    found = changes(campaign(elus=12, agents=12), campaign(elus=12, agents=12))
    only = {code: LABELS[code] for code in ("elus", "agents")}
    assert (colleges_not_compared(found, only), colleges_without_word(found, only)) == ([], [])
