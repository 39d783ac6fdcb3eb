"""A draft read as a grid: the values that a grid file would hold, and the grid that they make."""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from grille.drafts.document import EASY_LEVEL, LEVEL, WORDING, Document, Part, new_part, skills_in
from grille.grid import PRESENTATION, USUAL_LANGUAGE, Grid, Words
from grille.schema import shaped
from grille.validation import FURTHEST_LEVEL, RESERVED_COLLEGES, RESERVED_SKILLS

_UNWRITTEN = "…"
_RESERVED = RESERVED_COLLEGES | RESERVED_SKILLS


def values_of(document: Document) -> dict[str, Any]:
    """Return the values of a grid file that says what the draft says; optional texts that are empty are left out."""
    about = document["about"]
    lowest = whole(about["lowest"])
    values: dict[str, Any] = {name: about[name].strip() for name in ("id", "version", "title", "status")}
    values |= {name: about[name].strip() for name in PRESENTATION - {"words", "language"}}
    values["language"] = about.get("language", "").strip() or USUAL_LANGUAGE
    values["words"] = {name: about[f"words_{name}"].strip() for name in Words.model_fields}
    values["levels"] = tuple(
        {"value": (lowest or 0) + rank, **_texts(one, "label", "description"), **_written(one, "falc")}
        for rank, one in enumerate(document["levels"])
    )
    values["colleges"] = tuple(_texts(one, "code", "label", "wording") for one in document["colleges"])
    values["families"] = tuple(
        {
            **_texts(one, "code", "title", "description", "falc"),
            "skills": tuple(_skill(document, skill, lowest or 0) for skill in one["skills"]),
        }
        for one in document["families"]
    )
    if correspondence := _correspondence(document):
        values["correspondence"] = correspondence
    return values


def _texts(part: Part, *names: str) -> dict[str, str]:
    return {name: str(part.get(name, "")).strip() for name in names}


def _written(part: Part, *names: str) -> dict[str, str]:
    return {name: text for name, text in _texts(part, *names).items() if text}


def _skill(document: Document, part: Part, lowest: int) -> dict[str, Any]:
    keys = {lowest + rank: one["key"] for rank, one in enumerate(document["levels"])}
    easy = {value: str(part.get(f"{EASY_LEVEL}{key}", "")).strip() for value, key in keys.items()}
    wording = {one["code"].strip(): str(part.get(f"{WORDING}{one['key']}", "")) for one in document["colleges"]}
    return {
        **_texts(part, "code", "title", "definition", "falc"),
        "core": bool(part["core"]),
        "weight": 1.0 if (weight := decimal(part["weight"])) is None else weight,
        "levels": {value: str(part.get(f"{LEVEL}{key}", "")).strip() for value, key in keys.items()},
        "falc_levels": easy if any(easy.values()) else {},
        "wording": {code: text.strip() for code, text in wording.items() if text.strip()},
        "facts": tuple(line.strip() for line in part["facts"].splitlines() if line.strip()),
    }


def _correspondence(document: Document) -> Mapping[str, Any] | None:
    """What the grid says of an earlier version: worked out from what each skill continues, or kept as it was."""
    previous = document.get("previous")
    if previous is None:
        kept = document.get("correspondence")
        return kept and {**kept, "skills": {old: tuple(new) for old, new in kept["skills"].items()}}
    links: dict[str, tuple[str, ...]] = dict.fromkeys(previous["codes"], ())
    for part in skills_in(document):
        for old in continued(part):
            links[old] = (*links.get(old, ()), part["code"].strip())
    changed = {old: tuple(dict.fromkeys(new)) for old, new in links.items() if new != (old,)}
    return {"from_version": previous["version"], "skills": changed}


def continued(part: Part) -> list[str]:
    """Return the codes of the earlier skills that a skill says it continues."""
    return list(dict.fromkeys(re.findall(r"[^\s,;]+", part.get("continues", ""))))


def whole(text: str) -> int | None:
    """Return the whole number that was typed; None when it is none."""
    typed = text.strip().replace("\N{MINUS SIGN}", "-")
    return int(typed) if re.fullmatch(r"-?[0-9]{1,9}", typed) else None


def decimal(text: str) -> float | None:
    """Return the number that was typed, with a comma or a dot; 1 for nothing, None when it is none."""
    typed = text.strip().replace(",", ".")
    if not typed:
        return 1.0
    return float(typed) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", typed) else None


def draft_grid(document: Document) -> Grid:
    """Return the grid that a draft would be if it were published now, for previews and comparisons.

    What is not written yet is shown as « … »; codes that are empty, reserved or given twice are completed.
    """
    grid, _problems = shaped(values_of(_completed(document)))
    assert grid is not None, _problems  # noqa: S101  # every value was completed
    return grid


def _completed(document: Document) -> Document:
    completed = deepcopy(document)
    about = completed["about"]
    about |= {name: about[name].strip() or _UNWRITTEN for name in ("id", "version", "title")}
    about["status"] = about["status"] if about["status"] in ("proposition", "officielle") else "proposition"
    lowest = whole(about["lowest"])
    about["lowest"] = "0" if lowest is None or abs(lowest) > FURTHEST_LEVEL // 2 else str(lowest)
    while len(completed["levels"]) < 2:
        completed["levels"].append(new_part(completed, "level"))
    _fill(completed["levels"], "label")
    _fill(completed["colleges"], "label", coded=True)
    _fill(completed["families"], "title", coded=True)
    skills = skills_in(completed)
    _fill(skills, "title", "definition", *(f"{LEVEL}{one['key']}" for one in completed["levels"]), coded=True)
    for part in skills:
        part["weight"] = "1"
        easy = [f"{EASY_LEVEL}{one['key']}" for one in completed["levels"]]
        if any(str(part.get(name, "")).strip() for name in easy):
            _fill([part], *easy)
    return completed


def _fill(parts: list[Part], *names: str, coded: bool = False) -> None:
    """Write « … » in the fields that are empty, and give each part a code that no other has."""
    codes: set[str] = set()
    for part in parts:
        part |= {name: str(part.get(name, "")).strip() or _UNWRITTEN for name in names}
        if coded:
            code = begun = str(part["code"]).strip() or "sans-code"
            while code in codes or code.lower() in _RESERVED:
                code = f"{begun}-{part['key']}"
                begun = code
            codes.add(code)
            part["code"] = code
