"""A table of scoring as plain rows: what the drawings and sentences read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """One dictionary per row, column names as keys."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
