"""The second edition of the method, slow and naive, written from its text alone: the oracle of the fast code.

Plain loops over plain dictionaries and fractions; nothing here is imported from the room that it judges.
"""

from tests.scoring.oracle.campaign import DEFAULTS, Campaign, skill_rows
from tests.scoring.oracle.change import Comparison, without_volunteers
from tests.scoring.oracle.hindsight import hindsight_rows, hindsight_skills
from tests.scoring.oracle.territory import family_rows, territory_rows, weighting_rows

__all__ = [
    "DEFAULTS",
    "Campaign",
    "Comparison",
    "family_rows",
    "hindsight_rows",
    "hindsight_skills",
    "skill_rows",
    "territory_rows",
    "weighting_rows",
    "without_volunteers",
]
