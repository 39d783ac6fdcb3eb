"""What the answers say: profiles, intervals, agreement, change, and what must stay hidden. Edition 2 of the method.

Knows pandas and numpy, the method and its rules; ``scoring.edition_1`` is the first edition, frozen.
Ignores the web, the database and every chart.
"""

from scoring.change import Comparison, change, change_frame, compare
from scoring.coding import NSP, SO, UNANSWERED, CodedAnswers
from scoring.computing import profile, profile_of
from scoring.editions import in_edition_2, profile_from_document
from scoring.errors import AnswersError, AnswersProblem, NotPublishedError, RulesError, ScoringError
from scoring.formulas.judgement import TERRITORY, JudgedRow
from scoring.formulas.precision import Interval
from scoring.instrument import Instrument, instrument
from scoring.levels import nearest_level
from scoring.profile import Profile
from scoring.rules import Rules, rules_from_document

__all__ = [
    "NSP",
    "SO",
    "TERRITORY",
    "UNANSWERED",
    "AnswersError",
    "AnswersProblem",
    "CodedAnswers",
    "Comparison",
    "Instrument",
    "Interval",
    "JudgedRow",
    "NotPublishedError",
    "Profile",
    "Rules",
    "RulesError",
    "ScoringError",
    "change",
    "change_frame",
    "compare",
    "in_edition_2",
    "instrument",
    "nearest_level",
    "profile",
    "profile_from_document",
    "profile_of",
    "rules_from_document",
]
