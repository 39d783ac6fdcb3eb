"""A campaign's answers as the table that scoring takes, read row by row so that memory holds codes only."""

from collections.abc import Callable, Iterator
from itertools import chain, compress
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Literal

import orjson

from grille.grid import Grid
from storage.campaigns.campaigns import Campaign
from storage.core.damage import damage_of
from storage.core.engine import Database

if TYPE_CHECKING:
    import numpy as np
    from pandas import DataFrame

    Codes = np.ndarray[tuple[int, int], np.dtype[np.int16]]

AT_ONCE = 1000

Part = Literal["answers", "hindsight"]
# The key of each part in the stored document.
_KEYS = {"answers": "answers", "hindsight": "retrospective"}

# In the order of the index on respondents: nothing to sort, and the order of arrival is not given away either.
_READ = """SELECT coalesce(college, 'atelier'), mode, CAST(document AS BLOB) FROM responses
    WHERE campaign_id = ? AND answered > 0 ORDER BY college, mode, id"""


def answers_frame(
    db: Database, campaign: Campaign, part: Part = "answers", *, who_gave: Part = "answers"
) -> "DataFrame":
    """Return the campaign's answers as ``scoring.profile`` takes them: one row per respondent.

    ``part`` chooses the answers: about now, or about the year before (« avec le recul »). ``who_gave`` chooses the
    respondents: those with any answer in that part; their row may be empty in the other.

    Columns: ``college`` (``"atelier"`` for a workshop of several colleges), ``mode``, then each skill of the grid: a
    level, ``"NSP"``, ``"SO"`` or missing. All are categorical, which scoring reads fastest.

    Raises ``CampaignDamaged`` when a stored answer cannot be read or is not in the grid.
    """
    try:
        return _frame(db, campaign, _KEYS[part], _KEYS[who_gave])
    except (ValueError, LookupError, TypeError) as error:
        raise damage_of(error) from error


def _frame(db: Database, campaign: Campaign, key: str, given: str) -> "DataFrame":
    import numpy as np
    from pandas import Categorical, CategoricalDtype, DataFrame

    colleges: list[str] = []
    modes: list[str] = []
    coded = _coder(campaign.grid)
    parts = [coded([])]
    for some_colleges, some_modes, some_answers in _read(db, campaign, key, given):
        colleges += some_colleges
        modes += some_modes
        parts.append(coded(some_answers))
    codes = np.concatenate(parts)
    dtype: Any = CategoricalDtype(_values(campaign.grid))
    columns: dict[str, Any] = {"college": Categorical(colleges), "mode": Categorical(modes)}
    for position, skill in enumerate(campaign.grid.skills):
        columns[skill.code] = Categorical.from_codes(codes[:, position], dtype=dtype)
    return DataFrame(columns)


def _read(
    db: Database, campaign: Campaign, key: str, given: str
) -> Iterator[tuple[list[str], list[str], list[dict[str, Any]]]]:
    """Yield batches of colleges, modes and answers under one key, of those who gave any under another."""
    cursor = db.conn.execute(_READ, (campaign.id,))
    while rows := cursor.fetchmany(AT_ONCE):
        colleges, modes, documents = zip(*rows, strict=True)
        contents = [orjson.loads(document) for document in documents]
        kept = [bool(document.get(given)) for document in contents]
        answers = [document.get(key) or {} for document in compress(contents, kept)]
        yield list(compress(colleges, kept)), list(compress(modes, kept)), answers


def _coder(grid: Grid) -> "Callable[[list[dict[str, Any]]], Codes]":
    """Return the function that turns answers into value codes (respondents × skills), −1 if missing."""
    import numpy as np

    skills = [skill.code for skill in grid.skills]
    code_of = {value: code for code, value in enumerate(_values(grid))} | {None: -1}
    silence = dict.fromkeys(skills)
    in_order = itemgetter(*skills, *skills[:1])  # one more, so that a grid of one skill gives a tuple too

    def coded(respondents: list[dict[str, Any]]) -> "Codes":
        values = chain.from_iterable([in_order(silence | answers)[:-1] for answers in respondents])
        flat = np.fromiter(map(code_of.__getitem__, values), np.int16, len(respondents) * len(skills))
        return flat.reshape(-1, len(skills))

    return coded


def _values(grid: Grid) -> list[int | str]:
    return [*(level.value for level in grid.levels), "NSP", "SO"]
