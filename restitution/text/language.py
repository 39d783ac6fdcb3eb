"""French words now, other languages later: gettext, typed, the same inside and outside a request."""

import flask_babel


def gettext(text: str, **values: object) -> str:
    """The text in the reader's language, its ``%(names)s`` filled in.

    >>> gettext("%(n)s réponses", n=3)
    '3 réponses'
    """
    return str(flask_babel.gettext(text, **values))
