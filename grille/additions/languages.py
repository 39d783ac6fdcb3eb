"""The languages of a grid, named by their BCP 47 tags: the one it is written in, its translations, its easy wording."""

import re
from typing import Final

from grille.messages import Message
from grille.messages import message as _

_EASY: Final = "simple"
"""The registered variant of a language for whatever is easy to read."""

_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*")
_LONGEST: Final = 35


def well_formed(tag: str) -> bool:
    """Return whether a text is the tag of a language, in its usual writing.

    >>> [well_formed(tag) for tag in ("fr", "pt-BR", "zh-Hant", "fr-simple", "French", "fr_FR", "")]
    [True, True, True, True, False, False, False]
    """
    return len(tag) <= _LONGEST and _TAG.fullmatch(tag) is not None


def usual_writing(tag: str) -> str:
    """Return a tag as it is usually written, whatever was typed.

    >>> usual_writing(" PT_br "), usual_writing("zh-hant"), usual_writing("fr-simple")
    ('pt-BR', 'zh-Hant', 'fr-simple')
    """
    first, *more = tag.strip().replace("_", "-").split("-")
    written = [one.upper() if len(one) == 2 else one.title() if len(one) == 4 else one.lower() for one in more]
    return "-".join([first.lower(), *written])


def easy_tag(language: str) -> str:
    """Return the tag of the easy wording of a language.

    >>> easy_tag("fr")
    'fr-simple'
    """
    return f"{language}-{_EASY}"


def not_a_language(tag: str) -> Message:
    """Return the sentence for a text that is no tag of a language."""
    return _(
        "« %(tag)s » n’est pas le code d’une langue : écrivez fr pour le français, en pour l’anglais, ar pour "
        "l’arabe, pt-BR pour le portugais du Brésil.",
        tag=tag[:60],
    )
