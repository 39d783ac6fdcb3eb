"""French words now, other languages later: gettext, typed, the same inside and outside a request."""

import flask_babel

from restitution.text.numbers import count


def gettext(text: str, **values: object) -> str:
    """The text in the reader's language, its ``%(names)s`` filled in.

    >>> gettext("%(n)s réponses", n=3)
    '3 réponses'
    """
    return str(flask_babel.gettext(text, **values))


def ngettext(one: str, several: str, n: int, /, **values: object) -> str:
    """The text for that many things, its ``%(n)s`` written with spaces between thousands. French counts 0 as one.

    >>> [ngettext("%(n)s question", "%(n)s questions", n) for n in (0, 1, 2, 2100)]
    ['0 question', '1 question', '2 questions', '2\\u202f100 questions']
    """
    return gettext(one if n < 2 else several, n=count(n), **values)
