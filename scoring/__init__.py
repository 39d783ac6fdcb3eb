"""Scoring, by edition 2 of the method: profiles, intervals, agreement, changes, and what must stay hidden.

Knows pandas and numpy, the method and its rules; ``scoring.edition_1`` is the first edition, frozen.
Ignores the web, the database and charts.
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
from scoring.reading.explanation import ChangeTerm, Term, explain, explain_change
from scoring.reading.progress import Progress, progress
from scoring.reading.robustness import Alternative, Sensitivity, change_sensitivities, robustness, sensitivities
from scoring.reading.visible import Visible, smallest_visible, smallest_visible_by_college
from scoring.republication import Publication, publication_from_document, publication_of, republication_problems
from scoring.rules import Rules, rules_from_document
from scoring.words import CONVERGENT, FALL, NO_FALL, NO_RISE, OPPOSED, RISE, SHARED, STEADY, UNKNOWN

__all__ = [
    "CONVERGENT",
    "FALL",
    "NO_FALL",
    "NO_RISE",
    "NSP",
    "OPPOSED",
    "RISE",
    "SHARED",
    "SO",
    "STEADY",
    "TERRITORY",
    "UNANSWERED",
    "UNKNOWN",
    "Alternative",
    "AnswersError",
    "AnswersProblem",
    "ChangeTerm",
    "CodedAnswers",
    "Comparison",
    "Instrument",
    "Interval",
    "JudgedRow",
    "NotPublishedError",
    "Profile",
    "Progress",
    "Publication",
    "Rules",
    "RulesError",
    "ScoringError",
    "Sensitivity",
    "Term",
    "Visible",
    "change",
    "change_frame",
    "change_sensitivities",
    "compare",
    "explain",
    "explain_change",
    "in_edition_2",
    "instrument",
    "nearest_level",
    "profile",
    "profile_from_document",
    "profile_of",
    "progress",
    "publication_from_document",
    "publication_of",
    "republication_problems",
    "robustness",
    "rules_from_document",
    "sensitivities",
    "smallest_visible",
    "smallest_visible_by_college",
]
