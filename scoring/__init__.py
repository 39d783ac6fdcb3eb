"""What the answers say: profiles, intervals, agreement, change, and what must stay hidden.

Knows pandas and numpy, the method and its rules.
Ignores the web, the database and every chart.
"""

from scoring.change import Comparison, change, compare
from scoring.coding import NSP, SO, UNANSWERED, CodedAnswers
from scoring.errors import AnswersError, AnswersProblem, NotPublishedError, RulesError, ScoringError
from scoring.explanation import ChangeTerm, Term, explain, explain_change
from scoring.instrument import Instrument, instrument
from scoring.levels import nearest_level
from scoring.profile import TERRITORY, Profile, profile, profile_of
from scoring.republication import Publication, publication_of, republication_problems
from scoring.robustness import Alternative, Sensitivity, change_sensitivities, robustness, sensitivities
from scoring.rules import Rules

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
    "Instrument",
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
    "instrument",
    "nearest_level",
    "profile",
    "profile_of",
    "publication_of",
    "republication_problems",
    "robustness",
    "sensitivities",
]
