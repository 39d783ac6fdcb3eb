"""Validation of nested values by the model of a grid, with pydantic's errors put in plain French."""

from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from grille.grid import College, Correspondence, Family, Grid, Level, Skill, Words
from grille.messages import message as _

Path = tuple[str | int, ...]

INCOHERENT = "incoherent_grid"
_PARTS: dict[str, type[BaseModel]] = {
    "levels": Level,
    "families": Family,
    "skills": Skill,
    "colleges": College,
    "correspondence": Correspondence,
    "words": Words,
}
_NAMES = {
    "levels": _("le niveau"),
    "families": _("la famille"),
    "skills": _("le savoir-faire"),
    "colleges": _("le collège"),
}
_WANTED = {
    "string_type": _("un texte"),
    "int_type": _("un nombre entier"),
    "int_from_float": _("un nombre entier"),
    "float_type": _("un nombre"),
    "bool_type": _("true ou false, sans guillemets"),
    "tuple_type": _("une liste (une ligne par élément, commençant par « - »)"),
    "dict_type": _("des paires « clé: valeur »"),
    "model_type": _("des paires « clé: valeur »"),
}


def shaped(data: Any) -> tuple[Grid | None, list[tuple[Path, str]]]:
    """Return the grid of these values and no problem, or None and the problems of their shape (path, sentence).

    Problems of coherence are left to ``grille.validation``.
    """
    try:
        return Grid.model_validate(data, strict=True), []
    except ValidationError as error:
        details = [detail for detail in error.errors() if detail["type"] != INCOHERENT]
        return None, [(detail["loc"], _sentence(detail, data)) for detail in details]


def _sentence(detail: ErrorDetails, data: Any) -> str:
    kind, path, given = detail["type"], detail["loc"], detail["input"]
    key = path[-1] if path else ""
    if kind == "missing":
        return _("il manque la clé « %(key)s »%(within)s : ajoutez-la.", key=key, within=_within(path, data))
    if kind == "extra_forbidden":
        return _(
            "la clé « %(key)s » est inconnue%(within)s : %(instead)s",
            key=key,
            within=_within(path, data),
            instead=_instead(str(key), path),
        )
    if kind == "literal_error":
        return _("« %(key)s » vaut « %(short)s » : écrivez proposition ou officielle.", key=key, short=_short(given))
    if kind == "greater_than_equal":
        return _(
            "« %(key)s » vaut %(short)s, un poids n’est jamais négatif : écrivez 0 ou plus.",
            key=key,
            short=_short(given),
        )
    if kind == "finite_number":
        return _("« %(key)s » doit être un nombre fini : écrivez-le en chiffres.", key=key)
    if path and path[-1] == "[key]":
        return _("« %(short)s » n’est pas la valeur d’un niveau : écrivez un nombre entier.", short=_short(given))
    return _wrong_type(_WANTED.get(kind, _("d’une autre forme")), _named(path), given)


def _wrong_type(wanted: str, name: str, given: Any) -> str:
    if given is None:
        return _(
            "%(name)s est vide : complétez par %(wanted)s, ou retirez la clé si elle est facultative.",
            name=name,
            wanted=wanted,
        )
    if wanted == _("un texte") and isinstance(given, int | float):
        return _(
            '%(name)s doit être un texte, %(short)s est lu comme un nombre : mettez-le entre guillemets ("…").',
            name=name,
            short=_short(given),
        )
    return _("%(name)s doit être %(wanted)s : corrigez « %(short)s ».", name=name, wanted=wanted, short=_short(given))


def _named(path: Path) -> str:
    """Return how to name a value in a sentence: by its key, or by its rank in its list."""
    if not path:
        return _("le fichier")
    key = path[-1]
    if not isinstance(key, int) or len(path) == 1:
        return f"« {key} »"
    described_level = path[-2] in ("levels", "falc_levels") and len(path) > 2
    return (
        _("le texte du niveau %(key)s", key=key)
        if described_level
        else _("l’élément %(key)s de « %(path)s »", key=key + 1, path=path[-2])
    )


def _within(path: Path, data: Any) -> str:
    """Return how to name the part of the grid that holds a key, with the code of that part if it has one."""
    holder = _holder(path)
    if holder not in _NAMES:
        return _(" dans « %(holder)s »", holder=holder) if holder else _(" de la grille")
    for key in path[:-1]:
        data = data[key]
    code = data.get("code") or data.get("value") if isinstance(data, dict) else None
    return (
        _(" dans %(names)s", names=_NAMES[holder])
        if code is None
        else _(" dans %(names)s « %(code)s »", names=_NAMES[holder], code=code)
    )


def _holder(path: Path) -> str | None:
    return next((part for part in reversed(path[:-1]) if isinstance(part, str)), None)


def _instead(key: str, path: Path) -> str:
    part = _PARTS.get(_holder(path) or "", Grid)
    known = list(part.model_fields)
    close = get_close_matches(key, known, n=1)
    if close:
        return _("vouliez-vous dire « %(close)s » ?", close=close[0])
    return _("retirez-la (clés possibles : %(known)s).", known=", ".join(known))


def _short(value: Any) -> str:
    text = _("une liste") if isinstance(value, tuple) else _("des clés") if isinstance(value, dict) else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
