"""Cleaning of every text that people type, paste or send.

Invisible characters are removed: control characters, direction marks, zero-width characters, lone surrogates. The rest
is in Unicode's NFC form, so that the same words are the same text.
"""

import re
import unicodedata

from grille.messages import Count
from grille.messages import message as _

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_HALVES = re.compile("[\ud800-\udfff]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff]"
)
# Zero-width joiners are kept inside composed emoji and inside words of scripts that join their letters.
_JOINERS = re.compile(
    "(?:(?<=[^\x00-\x7f\\s\u200c\u200d])([\u200c\u200d])(?=[^\x00-\x7f\\s\u200c\u200d]))|[\u200c\u200d]"
)
_TAGS = re.compile("(\U0001f3f4[\U000e0030-\U000e007a]{2,7}\U000e007f)|[\U000e0000-\U000e0fff]")
_HEAPS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def typed_text(text: str) -> str:
    """Return the text as it may be stored, shown and printed; a lone surrogate becomes a question mark.

    >>> typed_text("une\\r\\nsalle\\x00 \\u202eouverte\\u200b 👩\\u200d🌾")
    'une\\nsalle ouverte 👩\u200d🌾'
    """
    if text.isascii() and text.isprintable():
        return text
    text = _HALVES.sub("?", _LINE_ENDS.sub("\n", text))
    text = _JOINERS.sub(r"\1", _TAGS.sub(r"\1", _UNSEEN.sub("", text)))
    return unicodedata.normalize("NFC", _HEAPS.sub(r"\1", unicodedata.normalize("NFC", text)))


def typed_line(text: str) -> str:
    """Return the text of a name or a title, cleaned as ``typed_text`` does: on one line, without spaces around it.

    >>> typed_line(" Bilan\\n 2026\\t")
    'Bilan 2026'
    """
    return re.sub("[\t\n ]+", " ", typed_text(text)).strip()


def typed_number(text: str, most: int) -> int | None:
    """Return the whole number that a text is, in digits; None if it is none, or more than ``most``.

    Never reads more digits than ``most`` has: Python refuses to read thousands of them.

    >>> typed_number("12", 240), typed_number("1e2", 240), typed_number("241", 240), typed_number("9" * 5000, 240)
    (12, None, None, None)
    """
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most))):
        return None
    number = int(text)
    return number if number <= most else None


def too_long(text: str, limit: int, name: str = _("Ce texte")) -> str:
    """Return a French sentence when a text has more than ``limit`` characters, else "". Spaces around it do not count.

    >>> too_long(" à couper ", 5, "Ce nom")
    'Ce nom compte 8 caractères ; la limite est de 5. Il vous est rendu en entier : enlevez-en 3.'
    >>> too_long(" court ", 5)
    ''
    """
    length = len(text.strip())
    if length <= limit:
        return ""
    length_said, limit_said, excess = map(Count, (length, limit, length - limit))
    return _(
        "%(name)s compte %(length)s caractères ; la limite est de %(limit)s. "
        "Il vous est rendu en entier : enlevez-en %(excess)s.",
        name=name,
        length=length_said,
        limit=limit_said,
        excess=excess,
    )
