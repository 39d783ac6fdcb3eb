"""French words brought back to their lemmas, without accents, so that what is typed in haste is found too."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
SHORTEST: Final = 3
"""A lemma shorter than that says nothing."""


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, without accents.

    >>> words_of("L’École à 18 h, c’est TROP tôt")
    ['ecole', 'est', 'trop', 'tot']
    """
    return [folded(word) for word in _WORD.findall(text)]


def folded(word: str) -> str:
    """Return a word in small letters, without accents."""
    apart = unicodedata.normalize("NFD", word.lower().replace("œ", "oe"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def spelled_lemma(word: str) -> str:
    """Return the lemma of a French word with its accents; the word itself if the dictionary does not know it."""
    import simplemma  # the dictionary loads at the first word

    return str(simplemma.lemmatize(word.lower(), lang="fr"))


def lemma(word: str) -> str:
    """Return the lemma of a French word, without accents."""
    return folded(spelled_lemma(word))


def spellings(texts: Iterable[str]) -> dict[str, str]:
    """Return the lemma most often read in these texts, with its accents, by the same without."""
    read = Counter(spelled_lemma(word) for text in texts for word in _WORD.findall(text))
    return {folded(one): one for one in sorted(read, key=lambda one: (read[one], one))}


def lemmas_of(text: str) -> list[str]:
    """Return the lemmas of a text that say what it is about, in order."""
    return list(_telling(_WORD.findall(text)))


def _telling(words: Collection[str]) -> Iterator[str]:
    for word in words:
        found = lemma(word)
        if len(found) >= SHORTEST and not {found, folded(word)} & empty_words():
            yield found


@cache
def _fields() -> dict[str, list[str]]:
    """The words of each lexical field; those of « - » say nothing."""
    lines = Path(__file__).with_name("fields.txt").read_text("utf-8").splitlines()
    named = (line.split(": ", 1) for line in lines if not line.startswith("#"))
    return {name: words.split() for name, words in named}


@cache
def empty_words() -> frozenset[str]:
    """Return the words that say nothing of what a comment is about."""
    return frozenset(map(folded, _fields()["-"]))


@cache
def field_of() -> dict[str, str]:
    """Return the lexical field of each word that belongs to one."""
    found: dict[str, str] = {}
    for name, words in _fields().items():
        for word in words:
            found.setdefault(lemma(word), name)
            found.setdefault(folded(word), name)
    return found


def forms_of(lemmas: Collection[str]) -> dict[str, str]:
    """Return every word of the dictionary that has one of these lemmas, without accents, with its lemma."""
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    wanted, known = frozenset(lemmas), DefaultDictionaryFactory().get_dictionary("fr")
    short = cache(folded)
    return {folded(str(form)): short(str(found)) for form, found in known.items() if short(str(found)) in wanted}
