"""Tables of scoring as plain rows, which drawings and sentences read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return one dictionary per row, with the column names as keys."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
