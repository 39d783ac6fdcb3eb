"""An attacker who has everything that is published and searches for what is hidden.

``scrambled`` changes everything hidden at will: if nothing published moves, nothing published speaks of it. The other
ways are those of tests/scoring/attacker.py.
"""

import itertools
import random
from typing import Any

from scoring import edition_1 as scoring
from scoring.edition_1 import Profile, tables
from tests.scoring.attacker import Cell, Figures, flattened
from tests.scoring.campaigns import Campaign


def published(profile: Profile) -> Figures:
    """Everything that one campaign publishes: its document, what conclusions depend on, every explanation."""
    document = profile.to_dict()
    document["robustness"] = scoring.tables.records(scoring.robustness(profile))
    document["dependences"] = [found.sentence for found in scoring.sensitivities(profile)]
    document["explained"] = {
        f"{family}/{college}/{weighting}": explained(profile, family, college, weighting)
        for family in (family.code for family in profile.grid.families)
        for college in (*profile.answers.colleges, scoring.TERRITORY)
        for weighting in ("equal", "heads")
    }
    return dict(flattened(document))


def explained(profile: Profile, family: str, college: str, weighting: Any) -> list[str]:
    try:
        return [repr(term) for term in scoring.explain(profile, family, college, weighting)]
    except scoring.NotPublishedError as refusal:
        return [str(refusal)]


def published_changes(campaigns: list[Profile]) -> Figures:
    """Everything that comparing each pair of campaigns publishes."""
    document: dict[str, Any] = {}
    for before, after in itertools.combinations(campaigns, 2):
        for weighting in ("equal", "heads"):
            comparison = scoring.compare(before, after, weighting=weighting)
            name = f"{campaigns.index(before)}-{campaigns.index(after)}-{weighting}"
            document[name] = tables.records(scoring.change(before, after, weighting=weighting))
            document[f"{name}-depends"] = [found.sentence for found in scoring.change_sensitivities(comparison)]
    return dict(flattened(document))


# Change everything hidden


def hidden_cells(profile: Profile) -> list[Cell]:
    """The cells that the published table marks as hidden."""
    rows = profile.skills[~profile.skills["published"]]
    return list(zip(rows["skill"], rows["college"], strict=True))


def scrambled(campaign: Campaign, profile: Profile, chance: random.Random) -> Campaign:
    """The same campaign with other answers in every hidden cell, any number of them below k."""
    rows = [dict(row) for row in campaign.rows]
    values = [level.value for level in campaign.grid.levels]
    for skill, college in hidden_cells(profile):
        group = [row for row in rows if (row["mode"] == "atelier") == (college == "atelier")]
        group = [row for row in group if college in ("atelier", row["college"])]
        limit = profile.rules.threshold(workshop=college == "atelier") - 1
        answering = chance.sample(range(len(group)), chance.randint(0, min(limit, len(group))))
        for place, row in enumerate(group):
            row[skill] = chance.choice(values) if place in answering else chance.choice(["NSP", "SO", None])
    return Campaign(rows, campaign.grid, campaign.rules)
