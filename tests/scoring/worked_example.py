"""The worked example of the method (§ 14): its grid, its answers, its two campaigns."""

from dataclasses import replace
from functools import cache

import pandas as pd

from grille.grid import Grid
from scoring import Profile, Rules, profile
from tests.scoring.campaigns import make_grid

RULES = Rules(sizes={"elus": 8})
BEFORE = {
    "elus": "1,2,0 2,3,1 1,2,1 2,3,0 1,3,1 0,2,NSP",
    "agents": "2,1,0 2,2,1 3,2,1 1,1,1 2,2,2 1,0,0 2,1,1 3,4,2 0,1,0 4,0,2",
}
AFTER = {
    "elus": "2,3,1 3,3,2 2,2,2 2,4,2 3,3,1 2,3,2",
    "agents": "3,2,1 2,3,1 3,2,2 2,2,2 4,3,2 3,2,1 2,2,2 3,4,3 2,1,1 4,2,2",
}
THEN = {"elus": "1,2,0 2,2,1 1,2,1 1,3,1 2,2,0 ,2,1", "agents": " ".join([",,"] * 10)}


def grid() -> Grid:
    """Five levels, one family of three skills of weights 1, 1, 2, two colleges."""
    return make_grid({"E": [1, 1, 2]}, colleges=("elus", "agents"))


def answers(written: dict[str, str]) -> pd.DataFrame:
    """A table of answers from texts such as ``1,2,0 2,3,NSP``."""
    rows = [(college, *person.split(",")) for college, people in written.items() for person in people.split(" ")]
    return pd.DataFrame(rows, columns=["college", "E-1", "E-2", "E-3"])


@cache
def before() -> Profile:
    return profile(answers(BEFORE), grid(), RULES)


@cache
def after() -> Profile:
    return profile(answers(AFTER), grid(), RULES, hindsight=answers(THEN))


@cache
def volunteers() -> Profile:
    """The later campaign, had the agents been voluntary, 40 of them."""
    rules = replace(RULES, voluntary=("agents",), sizes={"elus": 8, "agents": 40})
    return profile(answers(AFTER), grid(), rules)
