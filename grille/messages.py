"""Messages made without knowing the reader's language: French texts that pages can translate later.

As with gettext, the French text with its ``%(names)s`` is the code of a message. Pages show it in the reader's language
(``web.http.language``); everywhere else a message is an ordinary ``str``, in French.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Language:
    """A language: the two lookup functions of its catalogue, and how it writes a whole number."""

    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]
    number: Callable[[int], str]


class Count(int):
    """An integer shown with a thousands separator; a plain ``int`` (a year, a line number) is shown without.

    >>> message("%(n)s réponses en %(year)s", n=Count(2100), year=2026)
    '2\\u202f100 réponses en 2026'
    """

    def __str__(self) -> str:
        return f"{int(self):,}".replace(",", "\u202f")


class Message(str):
    """A French sentence that can be translated.

    ``code`` is the text with its placeholders, ``plural`` its plural form ("" when nothing is counted), ``values`` the
    values of the placeholders by name; a value may be a message too.
    """

    code: str
    plural: str
    values: Mapping[str, Any]

    def said(self, language: Language) -> str:
        """Return the sentence in that language.

        >>> english = Language({"La clé %(key)s manque.": "Missing key: %(key)s."}.get, several, str)
        >>> message("La clé %(key)s manque.", key="id").said(english)
        'Missing key: id.'
        """
        code = language.ngettext(self.code, self.plural, self.values["n"]) if self.plural else None
        return _filled(
            code or language.gettext(self.code), {name: _said(value, language) for name, value in self.values.items()}
        )


def message(code: str, /, **values: object) -> Message:
    """Return the message of this code with its values. Raises ``KeyError`` when some of its values are missing.

    >>> message("« %(name)s » n’est pas un nombre.", name="dix")
    '« dix » n’est pas un nombre.'
    """
    return _made(code, "", code, values)


def counted(code: str, plural: str, n: int, /, **values: object) -> Message:
    """Return the message about ``n`` things: ``code`` for 0 and 1, ``plural`` from 2 on. ``n`` is one of the values.

    >>> counted("%(n)s réponse", "%(n)s réponses", 1), counted("%(n)s réponse", "%(n)s réponses", 3)
    ('1 réponse', '3 réponses')
    """
    return _made(code, plural, several(code, plural, n), {"n": Count(n), **values})


def marked(text: str) -> str:
    """Return the text unchanged, marked for ``make messages``: a word stored as data, translated where it is shown.

    >>> marked("avis opposés")
    'avis opposés'
    """
    return text


def several(one: str, more: str, n: int) -> str:
    """Return the form that French uses for ``n``: the singular for 0 and 1, else the plural.

    >>> several("réponse", "réponses", 0), several("réponse", "réponses", 2)
    ('réponse', 'réponses')
    """
    return more if abs(n) > 1 else one


def _made(code: str, plural: str, chosen: str, values: Mapping[str, object]) -> Message:
    made = Message(_filled(chosen, values))
    made.code, made.plural, made.values = code, plural, values
    return made


def _filled(text: str, values: Mapping[str, object]) -> str:
    return text % values if values else text


def _said(value: object, language: Language) -> object:
    if isinstance(value, Message):
        return value.said(language)
    return language.number(value) if isinstance(value, Count) else value
