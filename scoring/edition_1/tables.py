"""The columns of the tables that edition 1 publishes."""

from typing import Final

from scoring.tables import Columns, Row, build, records

__all__ = [
    "CHANGE",
    "FAMILIES",
    "ROBUSTNESS",
    "SKILLS",
    "TERRITORY",
    "WEIGHTINGS",
    "Columns",
    "Row",
    "build",
    "records",
]

SKILLS: Final[Columns] = {
    **dict.fromkeys(("skill", "family", "college"), str),
    "n": object,
    **dict.fromkeys(("mean", "sd", "ad", "rwg"), float),
    "agreement": object,
    **dict.fromkeys(("unknown", "not_applicable", "unanswered"), float),
    "distribution": object,
    "published": bool,
}
FAMILIES: Final[Columns] = {
    "family": str,
    "college": str,
    "n": object,
    **dict.fromkeys(("score", "low", "high", "coverage"), float),
    "published": bool,
}
TERRITORY: Final[Columns] = {
    "family": str,
    **dict.fromkeys(("score", "low", "high"), float),
    "colleges": object,
    "published": bool,
}
WEIGHTINGS: Final[Columns] = {
    "family": str,
    **dict.fromkeys(("equal", "heads", "difference"), float),
    "published": bool,
}
ROBUSTNESS: Final[Columns] = {
    "family": str,
    "alternative": str,
    **dict.fromkeys(("score", "difference"), float),
    "level": str,
    "same_level": bool,
}
CHANGE: Final[Columns] = {
    "family": str,
    "college": str,
    **dict.fromkeys(("before", "after", "delta", "low", "high"), float),
    "verdict": object,
    "comparable_skills": int,
    **dict.fromkeys(("p", "p_holm"), float),
}
