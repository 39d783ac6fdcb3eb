"""Typed gettext, the same inside and outside a request; French is the source language."""

from collections.abc import Mapping
from typing import Any

import flask_babel
from babel import Locale

from grille.messages import Count, Language, Message, several

_FRENCH = Locale("fr")


def gettext(text: str, **values: object) -> str:
    """Return the text in the reader's language, with its ``%(names)s`` filled in; messages among them are said too.

    >>> gettext("%(n)s réponses", n=3)
    '3 réponses'
    """
    return str(flask_babel.gettext(text, **all_localized(values)))


def ngettext(one: str, more: str, n: int, /, **values: object) -> str:
    """Return the text for that number, its ``%(n)s`` written with spaces between thousands. French counts 0 as one.

    >>> [ngettext("%(n)s question", "%(n)s questions", n) for n in (0, 1, 2, 2100)]
    ['0 question', '1 question', '2 questions', '2\\u202f100 questions']
    """
    values = {"n": Count(n), **all_localized(values)}
    if flask_babel.get_locale() is None:
        return several(one, more, n) % values
    return str(flask_babel.ngettext(one, more, n, **values))


def locale() -> Locale:
    """Return how the reader's language writes dates and numbers; French where nobody reads."""
    return flask_babel.get_locale() or _FRENCH


def number(value: int) -> str:
    """Return a whole number with its thousands apart, as the reader's language writes it."""
    return str(Count(value)) if flask_babel.get_locale() is None else str(flask_babel.format_decimal(int(value)))


def localized(value: Any) -> Any:
    """Return a sentence of the rooms below in the reader's language; anything else as it is."""
    if not isinstance(value, Message) or flask_babel.get_locale() is None:
        return value
    return value.said(_LANGUAGE)


def reason(error: Exception) -> str:
    """Return what an error says, in the reader's language: its sentence, or its problems one after the other."""
    problems = getattr(error, "problems", error.args)
    return " ".join(str(localized(one)) for one in problems) or str(error)


def all_localized(values: Mapping[str, object]) -> dict[str, object]:
    """Return the values of a sentence, those that are sentences said."""
    return {name: localized(value) for name, value in values.items()}


def _translated(code: str) -> str:
    return str(flask_babel.get_domain().get_translations().ugettext(code)) if code else ""


def _translated_plural(one: str, more: str, n: int) -> str:
    return str(flask_babel.get_domain().get_translations().ungettext(one, more, n))


_LANGUAGE = Language(_translated, _translated_plural, number)
