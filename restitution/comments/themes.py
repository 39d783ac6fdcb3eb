"""Comments grouped by theme: TF-IDF on lemmas, their beginnings and their lexical fields, then Ward's clustering.

Everything is computed here, in the order of the texts: the same comments give the same groups, whoever asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING, Any, Final

from restitution.comments.lemmas import field_of, lemmas_of, spellings

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float64]

FEWEST_COMMENTS: Final = 20
"""Under that, comments are read one by one: groups would say nothing."""

MOST_COMPARED: Final = 2000
"""Comments compared two by two; beyond, each of the others joins the group that it is nearest to."""

MOST_GROUPS: Final = 12
# What the beginning of a long word counts beside it, so that « associatif » meets « associations »; and its field.
_BEGINNING, _BEGINNING_COUNTS, _FIELD_COUNTS = 5, 0.7, 2.0
WORDS_SHOWN: Final = 3


@dataclass(frozen=True)
class Group:
    """Comments that speak of one thing, by their keys, and the lemmas that they share most."""

    keys: tuple[str, ...]
    words: tuple[str, ...]


def groups_of(comments: Mapping[str, str]) -> list[Group]:
    """Return the groups of these texts, largest first; none when they are fewer than ``FEWEST_COMMENTS``."""
    if len(comments) < FEWEST_COMMENTS:
        return []
    keys = sorted(comments, key=lambda key: (comments[key], key))
    lemmas = [lemmas_of(comments[key]) for key in keys]
    places = _places(_weighted([_features(some) for some in lemmas]), _how_many(len(keys)))
    found: dict[int, list[int]] = {}
    for rank, place in enumerate(places):
        found.setdefault(place, []).append(rank)
    ranked = sorted(found.values(), key=lambda ranks: (-len(ranks), ranks))
    spelled = spellings(comments.values())
    shared = {ranks[0]: tuple(spelled[one] for one in _shared(ranks, lemmas)) for ranks in ranked}
    return [Group(tuple(keys[one] for one in ranks), shared[ranks[0]]) for ranks in ranked]


def _how_many(comments: int) -> int:
    """The usual rule of thumb: the square root of half the comments."""
    return min(MOST_GROUPS, max(2, round(sqrt(comments / 2))))


def _features(lemmas: Sequence[str]) -> dict[str, float]:
    weights: dict[str, float] = dict(Counter(lemmas))
    for lemma in lemmas:
        if len(lemma) >= _BEGINNING:
            begins = f"{lemma[:_BEGINNING]}…"
            weights[begins] = weights.get(begins, 0.0) + _BEGINNING_COUNTS
        if field := field_of().get(lemma):
            weights[f"#{field}"] = weights.get(f"#{field}", 0.0) + _FIELD_COUNTS
    return weights


def _weighted(features: Sequence[Mapping[str, float]]) -> Matrix:
    """Return TF-IDF rows of length 1; what only one comment says does not count."""
    import numpy as np

    seen = Counter(name for one in features for name in one)
    columns = {name: place for place, name in enumerate(sorted(name for name in seen if seen[name] > 1))}
    matrix = np.zeros((len(features), len(columns)))
    for row, one in enumerate(features):
        for name, weight in one.items():
            if name in columns:
                matrix[row, columns[name]] = weight * log((1 + len(features)) / (1 + seen[name]))
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix / np.where(lengths > 0, lengths, 1.0)


def _places(rows: Matrix, groups: int) -> list[int]:
    """Return the group of each row: Ward's on some of them, the nearest centre for the others."""
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage

    step = -(-len(rows) // MOST_COMPARED)
    compared = rows[::step]
    found: Any = fcluster(linkage(compared, "ward"), groups, "maxclust")
    if step == 1:
        return [int(one) for one in found]
    centres = np.array([compared[found == place].mean(axis=0) for place in sorted(set(found))])
    return [int(one) for one in np.argmax(rows @ centres.T, axis=1)]


def _shared(ranks: Sequence[int], lemmas: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the lemmas that most comments of a group have, those of fewer comments outside first when even."""
    inside = Counter(lemma for rank in ranks for lemma in set(lemmas[rank]))
    everywhere = Counter(lemma for some in lemmas for lemma in set(some))
    best = sorted(inside, key=lambda one: (-(inside[one] ** 2) / everywhere[one], one))
    return tuple(best[:WORDS_SHOWN])
