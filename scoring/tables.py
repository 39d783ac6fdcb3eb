"""The published tables: their columns, and how rows become a DataFrame or plain JSON values."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

Row = dict[str, Any]
Columns = Mapping[str, type]

# A column of numbers is float64 (NaN: hidden); one of objects keeps whole numbers, texts and lists as they are.
SKILLS: Final[Columns] = {
    **dict.fromkeys(("skill", "family", "college"), str),
    "n": object,
    **dict.fromkeys(("mean", "silence", "sd", "ad", "rwg"), float),
    "agreement": object,
    **dict.fromkeys(("unknown", "not_applicable", "unanswered"), float),
    "distribution": object,
    "published": bool,
}
FAMILIES: Final[Columns] = {
    "family": str,
    "college": str,
    "n": object,
    **dict.fromkeys(("score", "low", "high"), float),
    "margin": object,
    **dict.fromkeys(("spread", "coverage", "absent"), float),
    "published": bool,
}
TERRITORY: Final[Columns] = {
    "family": str,
    **dict.fromkeys(("score", "low", "high"), float),
    **dict.fromkeys(("margin", "colleges", "voluntary"), object),
    "published": bool,
}
WEIGHTINGS: Final[Columns] = {
    "family": str,
    **dict.fromkeys(("equal", "heads", "difference"), float),
    "published": bool,
}
CHANGE: Final[Columns] = {
    "family": str,
    "college": str,
    **dict.fromkeys(("before", "after", "delta", "low", "high", "confidence"), float),
    "verdict": object,
    "visible": float,
    "comparable_skills": int,
}
HINDSIGHT: Final[Columns] = {
    "family": str,
    "college": str,
    "n": object,
    **dict.fromkeys(("delta", "low", "high", "confidence"), float),
    "verdict": object,
    "visible": float,
    "published": bool,
}
HINDSIGHT_SKILLS: Final[Columns] = {
    "skill": str,
    "college": str,
    "n": object,
    "delta": float,
    "published": bool,
}
ROBUSTNESS: Final[Columns] = {
    "family": str,
    "alternative": str,
    **dict.fromkeys(("score", "difference"), float),
    "level": str,
    "same_level": bool,
}
ITEMS: Final[Columns] = {
    "skill": str,
    "family": str,
    "n": int,
    **dict.fromkeys(("item_rest_short", "item_rest_full", "floor", "ceiling"), float),
}
RELIABILITY: Final[Columns] = {
    "family": str,
    "form": str,
    "items": int,
    "n": int,
    **dict.fromkeys(("alpha", "alpha_low", "alpha_high", "alpha_within", "omega", "omega_low", "omega_high"), float),
}
SILENCE: Final[Columns] = {
    **dict.fromkeys(("skill", "family", "college"), str),
    "respondents": int,
    **dict.fromkeys(("unknown", "not_applicable", "unanswered"), float),
    **dict.fromkeys(("cells", "hidden"), int),
}


def build(rows: Sequence[Row], columns: Columns) -> pd.DataFrame:
    """Return a table with exactly these columns; values missing from a row are null."""
    return pd.DataFrame({name: _column(rows, name, kind) for name, kind in columns.items()})


def _column(rows: Sequence[Row], name: str, kind: type) -> Any:
    values = [row.get(name) for row in rows]
    if kind is object:
        return pd.Series(values, dtype=object)
    return pd.array(values, dtype="str") if kind is str else np.array(values, dtype=kind)


def records(frame: pd.DataFrame) -> list[Row]:
    """Return the rows as plain values for JSON, null where a figure is hidden or does not exist."""
    columns = {str(name): [_plain(value) for value in frame[name].tolist()] for name in frame}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and value != value else value
