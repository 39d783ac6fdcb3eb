"""Edition 1 of the method, frozen: used only to verify and print again what was adopted under it.

Knows what every edition shares (answers, cells, errors, levels). Ignores later editions.
"""

from scoring.coding import NSP, SO, UNANSWERED, CodedAnswers
from scoring.edition_1.change import Comparison, change, compare
from scoring.edition_1.explanation import ChangeTerm, Term, explain, explain_change
from scoring.edition_1.profile import TERRITORY, Profile, profile, profile_of
from scoring.edition_1.republication import Publication, publication_of, republication_problems
from scoring.edition_1.robustness import Alternative, Sensitivity, change_sensitivities, robustness, sensitivities
from scoring.edition_1.rules import Rules
from scoring.errors import AnswersError, AnswersProblem, NotPublishedError, RulesError, ScoringError
from scoring.levels import nearest_level

__all__ = [
    "NSP",
    "SO",
    "TERRITORY",
    "UNANSWERED",
    "Alternative",
    "AnswersError",
    "AnswersProblem",
    "ChangeTerm",
    "CodedAnswers",
    "Comparison",
    "NotPublishedError",
    "Profile",
    "Publication",
    "Rules",
    "RulesError",
    "ScoringError",
    "Sensitivity",
    "Term",
    "change",
    "change_sensitivities",
    "compare",
    "explain",
    "explain_change",
    "nearest_level",
    "profile",
    "profile_of",
    "publication_of",
    "republication_problems",
    "robustness",
    "sensitivities",
]
