"""Whether nested values have the shape of a grid, and pydantic's remarks about it in plain French."""

from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from grille.grid import College, Correspondence, Family, Grid, Level, Skill

Path = tuple[str | int, ...]

INCOHERENT = "incoherent_grid"
_PARTS: dict[str, type[BaseModel]] = {
    "levels": Level,
    "families": Family,
    "skills": Skill,
    "colleges": College,
    "correspondence": Correspondence,
}
_NAMES = {"levels": "le niveau", "families": "la famille", "skills": "le savoir-faire", "colleges": "le collège"}
_WANTED = {
    "string_type": "un texte",
    "int_type": "un nombre entier",
    "int_from_float": "un nombre entier",
    "float_type": "un nombre",
    "bool_type": "true ou false, sans guillemets",
    "tuple_type": "une liste (une ligne par élément, commençant par « - »)",
    "dict_type": "des paires « clé: valeur »",
    "model_type": "des paires « clé: valeur »",
}


def shaped(data: Any) -> tuple[Grid | None, list[tuple[Path, str]]]:
    """The grid that the values make, or ``None`` and every remark on their shape (and none on their coherence)."""
    try:
        return Grid.model_validate(data, strict=True), []
    except ValidationError as error:
        details = [detail for detail in error.errors() if detail["type"] != INCOHERENT]
        return None, [(detail["loc"], _sentence(detail, data)) for detail in details]


def _sentence(detail: ErrorDetails, data: Any) -> str:
    kind, path, given = detail["type"], detail["loc"], detail["input"]
    key = path[-1] if path else ""
    if kind == "missing":
        return f"il manque la clé « {key} »{_within(path, data)} : ajoutez-la."
    if kind == "extra_forbidden":
        return f"la clé « {key} » est inconnue{_within(path, data)} : {_instead(str(key), path)}"
    if kind == "literal_error":
        return f"« {key} » vaut « {_short(given)} » : écrivez proposition ou officielle."
    if kind == "greater_than_equal":
        return f"« {key} » vaut {_short(given)}, un poids n’est jamais négatif : écrivez 0 ou plus."
    if kind == "finite_number":
        return f"« {key} » doit être un nombre fini : écrivez-le en chiffres."
    if path and path[-1] == "[key]":
        return f"« {_short(given)} » n’est pas la valeur d’un niveau : écrivez un nombre entier."
    return _wrong_type(_WANTED.get(kind, "d’une autre forme"), _named(path), given)


def _wrong_type(wanted: str, name: str, given: Any) -> str:
    if given is None:
        return f"{name} est vide : complétez par {wanted}, ou retirez la clé si elle est facultative."
    if wanted == "un texte" and isinstance(given, int | float):
        return f'{name} doit être un texte, {_short(given)} est lu comme un nombre : mettez-le entre guillemets ("…").'
    return f"{name} doit être {wanted} : corrigez « {_short(given)} »."


def _named(path: Path) -> str:
    """What the value is called: its key, or its rank in the list that holds it."""
    if not path:
        return "le fichier"
    key = path[-1]
    if not isinstance(key, int) or len(path) == 1:
        return f"« {key} »"
    described_level = path[-2] in ("levels", "falc_levels") and len(path) > 2
    return f"le texte du niveau {key}" if described_level else f"l’élément {key + 1} de « {path[-2]} »"


def _within(path: Path, data: Any) -> str:
    """The part of the grid that holds the key, by its code when it has one."""
    holder = _holder(path)
    if holder not in _NAMES:
        return f" dans « {holder} »" if holder else " de la grille"
    for key in path[:-1]:
        data = data[key]
    code = data.get("code") or data.get("value") if isinstance(data, dict) else None
    return f" dans {_NAMES[holder]}" if code is None else f" dans {_NAMES[holder]} « {code} »"


def _holder(path: Path) -> str | None:
    return next((part for part in reversed(path[:-1]) if isinstance(part, str)), None)


def _instead(key: str, path: Path) -> str:
    part = _PARTS.get(_holder(path) or "", Grid)
    known = list(part.model_fields)
    close = get_close_matches(key, known, n=1)
    if close:
        return f"vouliez-vous dire « {close[0]} » ?"
    return f"retirez-la (clés possibles : {', '.join(known)})."


def _short(value: Any) -> str:
    text = "une liste" if isinstance(value, tuple) else "des clés" if isinstance(value, dict) else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
