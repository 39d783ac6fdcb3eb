"""Words that look like the name of somebody, in a sentence about to be published."""

import re

_TITLE = r"(?:M\.|MM\.|Mme|Mmes|Mlle|Dr|Monsieur|Madame|Mademoiselle)"
_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'-]+"
# A title and a name, or two names side by side: « Camille Essai ».
_SPACE = r"[ \u00a0]+"  # a name stands on one line
_PEOPLE = re.compile(rf"\b{_TITLE}{_SPACE}{_NAME}(?:{_SPACE}{_NAME})?|\b{_NAME}{_SPACE}{_NAME}")


def possible_names(text: str) -> list[str]:
    """Return what looks like a name; offices and places written with two capitals are found too.

    >>> possible_names("Camille Essai écrit avec Mme Durand"), possible_names("Le service jeunesse s’en charge")
    (['Camille Essai', 'Mme Durand'], [])
    """
    return _PEOPLE.findall(text)
