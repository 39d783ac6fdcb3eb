"""Answers that nobody gave: enough of each college for results to be shown, and different enough to be read."""

from collections.abc import Iterator
from random import Random
from typing import Final

from questionnaires.answers import Answer
from questionnaires.questionnaire import Questionnaire
from storage.campaigns.campaigns import Campaign
from storage.responses.recorded_responses import Recorded

BEYOND_K: Final = 2
"""People of each college beyond the fewest that are shown."""

_DOES_NOT_KNOW: Final = 0.08
_APART: Final = 0.15  # of the scale: how far colleges, people and single answers are from one another


def invented_responses(campaign: Campaign) -> Iterator[Recorded]:
    """Yield a few invented responses of each college; the same ones at each trial of a grid."""
    random = Random(campaign.grid.version)  # noqa: S311  # a story, not a secret
    families = {family.code: random.uniform(0.25, 0.75) for family in campaign.grid.families}
    for college in campaign.colleges:
        pages = Questionnaire(campaign.grid, campaign.form, college.code).pages
        seen = {code: level + random.gauss(0, _APART) for code, level in families.items()}
        for _person in range(campaign.k + BEYOND_K):
            severity = random.gauss(0, _APART)
            answers = {
                code: _answer(campaign, seen[page.family.code] + severity + random.gauss(0, _APART), random)
                for page in pages
                for code in page.codes
            }
            yield Recorded(college.code, answers, "individuel")


def _answer(campaign: Campaign, share: float, random: Random) -> Answer:
    """The answer that lies at that share of the scale, or now and then « je ne sais pas »."""
    if random.random() < _DOES_NOT_KNOW:
        return Answer.dont_know()
    levels = campaign.grid.levels
    return Answer(levels[min(len(levels) - 1, max(0, round(share * (len(levels) - 1))))].value)
