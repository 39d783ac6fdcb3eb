"""Texts of cells: how they are compared with known words, and how they are quoted in a sentence."""

import string
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from typing import Final

from grille.messages import message as _

_UNSEEN: Final = (
    string.whitespace
    + "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    + "\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)


def canonical(text: str, known: Collection[str]) -> str:
    """Return the known spelling of a word, ignoring case and spaces around it; the word itself when it is unknown.

    >>> canonical(" Elus ", ["elus", "agents"]), canonical("maires", ["elus"])
    ('elus', 'maires')
    """
    word = stripped_cell(text)
    if word in known:
        return word
    alike = [name for name in known if name.casefold() == word.casefold()]
    return alike[0] if len(alike) == 1 else word


def stripped_cell(text: str) -> str:
    """Return the text of a cell without the spaces and invisible characters around it.

    >>> stripped_cell("\\ufeff\\u00a0COO-1\\u200b ")
    'COO-1'
    """
    return text.strip(_UNSEEN)


def suggestion(word: str, known: Sequence[str]) -> str:
    """Return a French sentence that says what to write instead of an unknown word."""
    close = get_close_matches(word.casefold(), known, n=1) or get_close_matches(word.upper(), known, n=1)
    return (
        _("vouliez-vous dire « %(close)s » ?", close=close[0])
        if close
        else _("écrivez %(enumeration)s, ou retirez-la.", enumeration=enumeration(known))
    )


def enumeration(words: Sequence[str], most: int = 8) -> str:
    """Return words as a French list ending with « ou », cut with « … » after ``most`` words.

    >>> enumeration(["élus", "agents", "habitants"])
    'élus, agents ou habitants'
    """
    if len(words) > most:
        return ", ".join(words[:most]) + "…"
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s ou %(last)s", first=", ".join(words[:-1]), last=words[-1])


def printable_cell(text: str) -> str:
    """Return the text of a cell as it can be quoted in a sentence: short, without invisible characters."""
    plain = "".join(sign if sign.isprintable() else "�" for sign in text.strip())
    return plain if len(plain) <= 40 else f"{plain[:39]}…"
