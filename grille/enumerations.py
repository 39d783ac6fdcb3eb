"""Several things named in one sentence of the rooms that have no reader (see ``grille.messages``)."""

from collections.abc import Sequence

from grille.messages import message as _


def enumerated(things: Sequence[str]) -> str:
    """Return the things with commas between them; each may be a message.

    >>> enumerated(["COO-1", _("%(skill)s avec le recul", skill="COO-2")])
    'COO-1, COO-2 avec le recul'
    """
    first, *others = things
    return _("%(first)s, %(others)s", first=first, others=enumerated(others)) if others else first


def listed(things: Sequence[str]) -> str:
    """Return the things joined as French joins them; each may be a message.

    >>> listed(["Coopérer"]), listed(["Coopérer", "Connecter", "Faciliter"])
    ('Coopérer', 'Coopérer, Connecter et Faciliter')
    """
    *first, last = things
    return _("%(first)s et %(last)s", first=enumerated(first), last=last) if first else last
