"""Typed gettext, the same inside and outside a request; French is the source language."""

import flask_babel

from grille.messages import Count, several


def gettext(text: str, **values: object) -> str:
    """Return the text in the reader's language, with its ``%(names)s`` filled in.

    >>> gettext("%(n)s réponses", n=3)
    '3 réponses'
    """
    return str(flask_babel.gettext(text, **values))


def ngettext(one: str, more: str, n: int, /, **values: object) -> str:
    """Return the text for that number, its ``%(n)s`` written with spaces between thousands. French counts 0 as one.

    >>> [ngettext("%(n)s question", "%(n)s questions", n) for n in (0, 1, 2, 2100)]
    ['0 question', '1 question', '2 questions', '2\\u202f100 questions']
    """
    values = {"n": Count(n), **values}
    if flask_babel.get_locale() is None:
        return several(one, more, n) % values
    return str(flask_babel.ngettext(one, more, n, **values))
