"""Sorting and searching names: É sorts as E, « Quartier 2 » before « Quartier 10 », St is Saint."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_SHORTENED = {"st": "saint", "ste": "sainte"}
_DIGITS = 12
MOST_WORDS = 8
"""Words of a search that count."""


def name_key(name: str) -> str:
    """Return the key by which a name is sorted and searched: its words without accents, capitals or signs.

    Tables store it beside the name: a change of this function needs a migration that writes the keys again.

    >>> sorted(["Zuydcoote", "quartier 10", "Épinay", "Quartier 2", "Eu"], key=name_key)
    ['Épinay', 'Eu', 'Quartier 2', 'quartier 10', 'Zuydcoote']
    >>> name_key("L’Haÿ-les-Roses"), name_key("St Malo")
    (' l hay les roses', ' saint malo')
    """
    return "".join(f" {word}" for word in _words(name))


def needles(typed: str) -> list[str]:
    """Return the texts that the key of a name must contain to match these words: each word begins a word of it.

    A single letter must be a whole word (the « L’ » of « L’Haÿ ») unless it is the last one, still being typed.

    >>> needles("l’hay ro"), needles(" ")
    ([' l ', ' hay', ' ro'], [])
    """
    words = _words(typed)[:MOST_WORDS]
    return [f" {word} " if len(word) == 1 and rank < len(words) else f" {word}" for rank, word in enumerate(words, 1)]


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    found = re.findall(r"[^\W\d_]+|\d+", letters)
    return [word.lstrip("0").rjust(_DIGITS, "0") if word.isdigit() else _SHORTENED.get(word, word) for word in found]
