"""The order of names in a list, as readers expect it: Épinay among the E, « Quartier 2 » before « Quartier 10 »."""

import re
import unicodedata
from functools import lru_cache

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'"})


@lru_cache(8192)
def alphabetical(name: str) -> tuple[tuple[int, str], ...]:
    """The key that sorts names: without accents or capitals, numbers by their value.

    >>> sorted(["Zuydcoote", "quartier 10", "Épinay", "Quartier 2", "Eu"], key=alphabetical)
    ['Épinay', 'Eu', 'Quartier 2', 'quartier 10', 'Zuydcoote']
    """
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LIGATURES))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple((int(number or 0), word) for word, number in re.findall(r"([^0-9]+)|([0-9]+)", letters))
