"""A territory's parcours: its actions, how they go, the skills that each aims at, and its rating of each year.

Knows what makes an action right, and how it is kept.
Ignores how it is shown and measured.
"""

from storage.review.parcours.actions import (
    ActionChanged,
    PlannedAction,
    actions_of,
    add_action,
    find_action,
    remove_action,
    restore_action,
    save_action,
)
from storage.review.parcours.plans import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    ActionPlan,
    Indicator,
    Kind,
    Measure,
    Note,
    Priority,
    Status,
    Support,
    problems_of,
)
from storage.review.parcours.ratings import Rating, rate_action, ratings_of
from storage.review.parcours.steps import Step

__all__ = [
    "LONGEST_TEXT",
    "LONGEST_TITLE",
    "ActionChanged",
    "ActionPlan",
    "Indicator",
    "Kind",
    "Measure",
    "Note",
    "PlannedAction",
    "Priority",
    "Rating",
    "Status",
    "Step",
    "Support",
    "actions_of",
    "add_action",
    "find_action",
    "problems_of",
    "rate_action",
    "ratings_of",
    "remove_action",
    "restore_action",
    "save_action",
]
