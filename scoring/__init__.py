"""What the answers say: profiles, intervals, agreement, change, and what must stay hidden.

Knows pandas and numpy, the method and its rules.
Ignores the web, the database and every chart.
"""

from scoring.change import change
from scoring.coding import NSP, SO, UNANSWERED, CodedAnswers
from scoring.explain import Term, explain
from scoring.levels import nearest_level
from scoring.problems import AnswersError, AnswersProblem, NotPublishedError, RulesError, ScoringError
from scoring.profile import TERRITORY, Profile, profile, profile_of
from scoring.rules import Rules

__all__ = [
    "NSP",
    "SO",
    "TERRITORY",
    "UNANSWERED",
    "AnswersError",
    "AnswersProblem",
    "CodedAnswers",
    "NotPublishedError",
    "Profile",
    "Rules",
    "RulesError",
    "ScoringError",
    "Term",
    "change",
    "explain",
    "nearest_level",
    "profile",
    "profile_of",
]
