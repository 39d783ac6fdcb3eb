"""Lists of words inside a sentence, which can be translated (see ``grille.messages``)."""

from collections.abc import Sequence

from grille.messages import message as _


def enumerated(things: Sequence[str]) -> str:
    """Return the words joined by commas; each may be a ``Message``. Raises ``ValueError`` for an empty list.

    >>> enumerated(["COO-1", _("%(skill)s avec le recul", skill="COO-2")])
    'COO-1, COO-2 avec le recul'
    """
    first, *others = things
    return _("%(first)s, %(others)s", first=first, others=enumerated(others)) if others else first


def listed(things: Sequence[str]) -> str:
    """Return the words joined by commas, the last by « et »; each may be a ``Message``.

    Raises ``ValueError`` for an empty list.

    >>> listed(["Coopérer"]), listed(["Coopérer", "Connecter", "Faciliter"])
    ('Coopérer', 'Coopérer, Connecter et Faciliter')
    """
    *first, last = things
    return _("%(first)s et %(last)s", first=enumerated(first), last=last) if first else last
