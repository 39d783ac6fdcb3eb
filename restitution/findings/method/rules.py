"""The conventions of the method, in words: what each rule says, and its value in a campaign."""

from __future__ import annotations

from collections.abc import Mapping

from restitution.text.language import gettext as _
from restitution.text.language import localized


def rules_in_words(values: Mapping[str, object], colleges: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return each convention of the method and its value in words; unknown names are left out.

    ``colleges`` has the names of colleges by code, in their order.

    >>> rules_in_words({"edition": 2, "sizes": {"agents": 9, "elus": 7}}, {"elus": "Élus", "agents": "Agents"})[-1][1]
    'Élus 7, Agents 9'
    """
    from scoring import Rules, edition_1  # pandas loads only where it is needed

    meanings = Rules().meanings() if values.get("edition") == 2 else edition_1.Rules().meanings()
    return [
        (localized(meanings[name]), plain(_of_colleges(value, colleges)))
        for name, value in values.items()
        if name in meanings
    ]


def _of_colleges(value: object, colleges: Mapping[str, str]) -> object:
    """Return a value with the names of the colleges that it gives by their codes.

    Sizes are in the order of ``colleges``, whatever that of the document they were read from.
    """
    if isinstance(value, Mapping):
        ordered = dict.fromkeys([*(code for code in colleges if code in value), *value])
        return {colleges.get(code, code): value[code] for code in ordered}
    return [colleges.get(code, code) for code in value] if isinstance(value, list | tuple) else value


def edition_name(edition: int) -> str:
    """Return the name of an edition of the method.

    >>> edition_name(2)
    'édition 2 de la méthode'
    """
    return _("édition %(edition)s de la méthode", edition=edition)


def _word(code: str) -> str:
    words = {"equal": _("égal"), "heads": _("selon les réponses"), "series": _("à part"), "all": _("ensemble")}
    return words.get(code, code.replace(".", ","))


def plain(value: object) -> str:
    """Return a rule's value as text.

    >>> plain(0.95), plain(2 / 3), plain(["elus", "agents"]), plain(None), plain({"elus": 7})
    ('0,95', '0,667', 'elus, agents', '–', 'elus 7')
    """
    if value is None or value in ([], {}, ()):
        return "–"
    if isinstance(value, float):
        return f"{value:.3g}".replace(".", ",")
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {size}" for name, size in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return _word(str(value))
