"""A grid from the sheets of a workbook: every problem with its sheet, its line and its column, nothing partly taken."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grille.errors import FileProblem, GridErrors
from grille.formats.sheets import (
    ABOUT,
    ABOUT_KEYS,
    CODES,
    COLLEGES,
    COLUMNS,
    FAMILIES,
    HOLDERS,
    KEY,
    LEVELS,
    QUESTION,
    REQUIRED,
    SKILLS,
    SUCCESSION,
)
from grille.grid import Grid
from grille.messages import message as _
from grille.refinements import refinements
from grille.schema import Path, shaped
from grille.typed import typed_text
from grille.validation import essentials

_ROOTS = {"levels": LEVELS, "colleges": COLLEGES, "families": FAMILIES, "correspondence": SUCCESSION}
_YES, _NO = frozenset({"oui", "x", "vrai", "true", "1"}), frozenset({"non", "", "faux", "false", "0"})


@dataclass(frozen=True)
class Cell:
    """A cell: its text as the sheet shows it, and whether it is a number or comes from a formula."""

    text: str
    number: bool = False
    formula: bool = False


@dataclass
class GridSheet:
    """A sheet: its name, its rows (line, cells by position from 0), and the ranges of merged cells, as text."""

    name: str
    rows: list[tuple[int, dict[int, Cell]]] = field(default_factory=list)
    merged: Sequence[str] = ()


Place = tuple[str, int | None, str | None]


def grid_from_sheets(file: str, sheets: Sequence[GridSheet]) -> Grid:
    """Return the grid that these sheets describe, whatever their order.

    Raises ``GridErrors`` with every problem.
    """
    reading = _Reading(file, {folded(sheet.name): sheet for sheet in reversed(sheets)})
    data = reading.data()
    grid, remarks = shaped(data)
    for path, message in (*remarks, *essentials(data), *refinements(data)):
        reading.refuse(reading.place(path), message)
    if grid is None or reading.problems:
        raise GridErrors(dict.fromkeys(reading.problems))
    return grid


def folded(name: str) -> str:
    """Return the name of a sheet or a column as it is compared."""
    return " ".join(name.split()).casefold()


def column_letters(position: int) -> str:
    """Return the letters of a column, counted from 0, as spreadsheets name it.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    name, place = "", position + 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


class _Reading:
    """What was read so far: where each value comes from, and what is wrong."""

    def __init__(self, file: str, sheets: Mapping[str, GridSheet]) -> None:
        self.file, self.sheets = file, sheets
        self.places: dict[Path, Place] = {}
        self.problems: list[FileProblem] = []

    def refuse(self, place: Place, message: str) -> None:
        sheet, line, column = place
        self.problems.append(FileProblem(self.file, line, message, column, sheet))

    def place(self, path: Path) -> Place:
        """The place of a value, or of what holds it."""
        for length in range(len(path), 0, -1):
            if found := self.places.get(path[:length]):
                return found
        return _ROOTS.get(str(path[0]), ABOUT) if path else ABOUT, None, None

    def data(self) -> dict[str, Any]:
        about = self._about()
        about["levels"] = tuple(self._items(LEVELS, "levels"))
        about["colleges"] = tuple(self._items(COLLEGES, "colleges"))
        families = self._items(FAMILIES, "families")
        self._add_skills(families)
        about["families"] = tuple(families)
        self._add_succession(about)
        return about

    def _about(self) -> dict[str, Any]:
        data: dict[str, Any] = {"id": "", "version": "", "title": "", "status": ""}
        paths = {folded(name): path for name, path in ABOUT_KEYS.items()}
        for line, cells in self._rows(ABOUT):
            name, value = cells.get(0, Cell("")), cells.get(1, Cell(""))
            path = paths.get(folded(name.text))
            if folded(name.text) == KEY or not value.text.strip():
                continue
            if path is None:
                said = _(
                    "« %(name)s » n’est pas une clé connue : %(known)s.", name=name.text, known=", ".join(ABOUT_KEYS)
                )
                self.refuse((ABOUT, line, "A"), said)
                continue
            holder = data if len(path) == 1 else data.setdefault(path[0], {})
            holder[path[-1]] = self._text(path, (ABOUT, line, "B"), value)
        return data

    def _rows(self, name: str) -> list[tuple[int, dict[int, Cell]]]:
        sheet = self.sheets.get(folded(name))
        if sheet is None:
            if name != SUCCESSION:
                self.refuse((name, None, None), _("cette feuille manque : prenez le modèle, et gardez ses noms."))
            return []
        for reference in sheet.merged:
            said = _(
                "les cellules %(cells)s sont fusionnées : défusionnez-les, une valeur par cellule.", cells=reference
            )
            self.refuse((name, None, None), said)
        for line, cells in sheet.rows:
            for position, cell in cells.items():
                if cell.formula:
                    said = _("cette cellule contient une formule : collez sa valeur à la place.")
                    self.refuse((name, line, column_letters(position)), said)
        return sorted(sheet.rows, key=lambda row: row[0])

    def _table(self, name: str) -> Iterator[tuple[int, dict[str, tuple[Cell, str]]]]:
        """Yield each line under the header, its cells by the key of their column, with the letters of that column."""
        rows = self._rows(name)
        if not rows:
            return
        keys = dict(self._keys(name, *rows[0]))
        for line, cells in rows[1:]:
            found = {keys[at]: (cell, column_letters(at)) for at, cell in cells.items() if at in keys}
            if any(cell.text.strip() for cell, _column in found.values()):
                yield line, found

    def _keys(self, name: str, line: int, header: Mapping[int, Cell]) -> Iterator[tuple[int, str]]:
        known = {folded(column): key for column, key in COLUMNS[name].items()}
        seen: set[str] = set()
        for position, cell in header.items():
            title = folded(cell.text)
            key = known.get(title) or (_holder_key(cell.text) if name == SKILLS else "")
            place = (name, line, column_letters(position))
            if not key and title:
                self.refuse(
                    place, _("la colonne « %(title)s » est inconnue : corrigez son nom ou retirez-la.", title=cell.text)
                )
            elif key in seen:
                self.refuse(place, _("la colonne « %(title)s » est là deux fois : gardez-en une.", title=cell.text))
            elif key:
                seen.add(key)
                yield position, key
        for column, key in COLUMNS[name].items():
            if key in REQUIRED and key not in seen:
                self.refuse((name, line, None), _("il manque la colonne « %(column)s ».", column=column))

    def _items(self, name: str, root: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        for line, cells in self._table(name):
            path: Path = (root, len(items))
            self.places[path] = (name, line, None)
            item: dict[str, Any] = {}
            for key, (cell, column) in cells.items():
                text = self._text((*path, key), (name, line, column), cell)
                item[key] = _whole(text) if key == "value" else text
            needed = dict.fromkeys([key for key in COLUMNS[name].values() if key in REQUIRED], "")
            items.append({**needed, **item, **({"skills": ()} if name == FAMILIES else {})})
        return items

    def _text(self, path: Path, place: Place, cell: Cell) -> str:
        """The text of a cell; refused where a spreadsheet may have changed the code that was typed there."""
        self.places[path] = place
        text = typed_text(cell.text).strip()
        if cell.number and path[-1] in CODES and not re.fullmatch("[0-9]+", text):
            said = _(
                "« %(text)s » est ici un nombre ou une date : le tableur a pu changer le code tapé (1.10 devient 1.1). "
                "Mettez la colonne au format Texte, puis retapez-le.",
                text=text,
            )
            self.refuse(place, said)
        return text

    def _add_skills(self, families: list[dict[str, Any]]) -> None:
        ranks = {family["code"]: rank for rank, family in enumerate(families)}
        for line, cells in self._table(SKILLS):
            cell, column = cells.pop("family", (Cell(""), "A"))
            code = self._text(("family",), (SKILLS, line, column), cell)
            if code not in ranks:
                said = _("la famille « %(code)s » n’est pas dans la feuille Familles : corrigez ce code.", code=code)
                self.refuse((SKILLS, line, column), said)
                continue
            family = families[ranks[code]]
            path: Path = ("families", ranks[code], "skills", len(family["skills"]))
            self.places[path] = (SKILLS, line, None)
            family["skills"] = (*family["skills"], self._skill(path, line, cells))

    def _skill(self, path: Path, line: int, cells: Mapping[str, tuple[Cell, str]]) -> dict[str, Any]:
        skill: dict[str, Any] = {"code": "", "title": "", "definition": "", "core": False, "levels": {}}
        for key, (cell, column) in cells.items():
            if begun := _begun(key):
                holder, named = HOLDERS[begun], key.removeprefix(begun)
                inner = named if begun == QUESTION else _whole(named)
                text = self._text((*path, holder, inner), (SKILLS, line, column), cell)
                if text:
                    skill.setdefault(holder, {})[inner] = text
                continue
            text = self._text((*path, key), (SKILLS, line, column), cell)
            if text or key not in ("weight", "facts", "falc"):
                skill[key] = self._converted(key, text, (SKILLS, line, column))
        return skill

    def _converted(self, key: str, text: str, place: Place) -> Any:
        if key == "core":
            if folded(text) not in _YES | _NO:
                self.refuse(place, _("« %(text)s » : écrivez oui, ou non.", text=text))
            return folded(text) in _YES
        if key == "weight":
            try:
                return float(text.replace(",", "."))
            except ValueError:
                self.refuse(place, _("« %(text)s » n’est pas un poids : écrivez un nombre.", text=text))
                return 1.0
        return tuple(one.strip() for one in text.splitlines() if one.strip()) if key == "facts" else text

    def _add_succession(self, data: dict[str, Any]) -> None:
        links: dict[str, tuple[str, ...]] = {}
        for line, cells in self._table(SUCCESSION):
            texts = {key: self._text((key,), (SUCCESSION, line, column), cell) for key, (cell, column) in cells.items()}
            old = texts.get("old", "")
            if not old or old in links:
                said = _("« %(old)s » : donnez un ancien code, une seule fois.", old=old)
                self.refuse((SUCCESSION, line, "A"), said)
            self.places["correspondence", "skills", old] = (SUCCESSION, line, "B")
            links[old] = tuple(re.split(r"[\s,;]+", texts["new"])) if texts.get("new") else ()
        if links or "correspondence" in data:
            data.setdefault("correspondence", {})["skills"] = links
            if "from_version" not in data["correspondence"]:
                said = _("il manque la « version précédente », dans cette feuille, pour lire la Correspondance.")
                self.refuse((ABOUT, None, None), said)


def _begun(title: str) -> str:
    """What the folded title of a column begins with when it names a level or a college; else ""."""
    return next((one for one in HOLDERS if title.startswith(one)), "")


def _holder_key(title: str) -> str:
    """The key of such a column: its beginning, then the level or the code as it was typed; "" for another column."""
    begun = _begun(folded(title))
    return f"{begun}{' '.join(title.split())[len(begun) :]}" if begun else ""


def _whole(text: str) -> Any:
    """The integer that a text is; the text itself otherwise, which the schema refuses."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else text
