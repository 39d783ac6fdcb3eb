"""A parcours as a workbook, and back: a sheet of actions, and one for their steps, their values and their notes.

A workbook that comes back is read by the form of an action, so that both say the same of what is wrong.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from grille.errors import FileErrors, FileProblem
from grille.formats.workbook_grid import Cell, GridSheet, column_letters, folded
from grille.messages import marked
from grille.messages import message as _
from grille.typed import typed_text
from restitution.text.language import localized
from storage.review.parcours import ActionPlan, PlannedAction
from web.parcours.forms import ActionForm, Offered
from web.parcours.labels import KINDS, PRIORITIES, STATUSES, SUPPORTS
from web.parcours.words import figure

ACTIONS, STEPS, MEASURES, NOTES = "Actions", marked("Étapes"), "Valeurs", "Notes"
NUMBER: Final = marked("numéro")
COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    ACTIONS: {
        NUMBER: "number",
        "version": "version",
        "titre": "title",
        "sorte": "kind",
        marked("savoir-faire visés"): "skills",
        marked("ce que l’on en attend"): "purpose",
        marked("début"): "starts_on",
        "fin": "ends_on",
        "vague": "wave",
        marked("état"): "status",
        marked("priorité"): "priority",
        "pilote": "pilot",
        "partenaires": "partners",
        "prestataire": "provider",
        "appuis": "supports",
        "budget": "budget",
        "financeurs": "funders",
        "indicateur": "indicator",
        marked("valeur visée"): "target",
        marked("raison du changement"): "reason",
    },
    STEPS: {
        NUMBER: "number",
        marked("étape"): "title",
        marked("pour le"): "due_on",
        marked("faite le"): "done_on",
        marked("après"): "after",
    },
    MEASURES: {NUMBER: "number", "jour": "day", "valeur": "value"},
    NOTES: {NUMBER: "number", "jour": "day", "note": "text"},
}
_LISTS: Final = {STEPS: "steps", MEASURES: "measures", NOTES: "notes"}
_WORDS: Final[Mapping[str, Mapping[str, object]]] = {
    "kind": KINDS,
    "status": STATUSES,
    "priority": PRIORITIES,
    "supports": SUPPORTS,
}
MOST_ACTIONS: Final = 300


def tables_of(actions: Sequence[PlannedAction], campaigns: Mapping[str, str]) -> dict[str, list[list[Any]]]:
    """Return the sheets of a parcours, each with its header."""
    rows: dict[str, list[list[Any]]] = {sheet: [list(columns)] for sheet, columns in COLUMNS.items()}
    for one in actions:
        plan, number = one.plan, one.id
        rows[ACTIONS].append(_action_row(one, campaigns))
        rows[STEPS] += [[number, s.title, _day(s.due_on), _day(s.done_on), s.after or ""] for s in plan.steps]
        rows[MEASURES] += [[number, _day(m.day), figure(m.value)] for m in plan.indicator.measures]
        rows[NOTES] += [[number, _day(n.day), n.text] for n in plan.notes]
    return rows


def _action_row(one: PlannedAction, campaigns: Mapping[str, str]) -> list[Any]:
    plan, targets = one.plan, dict(one.plan.targets)
    skills = ", ".join(f"{code} = {targets[code]}" if code in targets else code for code in plan.skills)
    words = [str(SUPPORTS.get(support, support)) for support in plan.supports]
    return [
        *(one.id, one.version, plan.title, str(KINDS.get(plan.kind, plan.kind)), skills, plan.purpose),
        *(_day(plan.starts_on), _day(plan.ends_on), campaigns.get(str(plan.campaign_id), "")),
        *(str(STATUSES.get(plan.status, plan.status)), str(PRIORITIES.get(plan.priority, "")) if plan.priority else ""),
        *(plan.pilot, plan.partners, plan.provider, ", ".join(words)),
        *("" if plan.budget is None else str(plan.budget), plan.funders),
        *(plan.indicator.name, figure(plan.indicator.target), ""),
    ]


def _day(day: date | None) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}" if day else ""


@dataclass
class ReadAction:
    """A line of the sheet of actions: the number of an action there is, the version it is of, and what is typed."""

    line: int
    action: PlannedAction | None = None
    plan: ActionPlan | None = None
    expected: int = 0
    reason: str = ""
    typed: "MultiDict[str, str]" = field(default_factory=MultiDict)
    places: dict[str, tuple[str, int, str]] = field(default_factory=dict)


def read_actions(
    file: str, sheets: Sequence[GridSheet], known: Mapping[int, PlannedAction], offered: Offered
) -> list[ReadAction]:
    """Return the actions that the sheets give. Raises ``FileErrors`` with every problem, each with its place."""
    reading = _Reading(file, {folded(sheet.name): sheet for sheet in reversed(sheets)}, known, offered)
    actions = reading.actions()
    if reading.problems:
        raise FileErrors(dict.fromkeys(reading.problems))
    return actions


class _Reading:
    """What was read so far, and what is wrong."""

    def __init__(
        self, file: str, sheets: Mapping[str, GridSheet], known: Mapping[int, PlannedAction], offered: Offered
    ) -> None:
        self.file, self.sheets, self.known, self.offered = file, sheets, known, offered
        self.problems: list[FileProblem] = []

    def refuse(self, sheet: str, line: int | None, column: str | None, said: object) -> None:
        self.problems.append(FileProblem(self.file, line, str(localized(said)), column, sheet))

    def actions(self) -> list[ReadAction]:
        found: dict[str, ReadAction] = {}
        for line, cells in self._rows(ACTIONS):
            self._add(found, line, cells)
        if len(found) > MOST_ACTIONS:
            self.refuse(ACTIONS, None, None, _("plus de %(most)s actions : partagez le classeur.", most=MOST_ACTIONS))
            return []
        for sheet, name in _LISTS.items():
            self._add_lines(sheet, name, found)
        for one in found.values():
            self._check(one)
        return list(found.values())

    def _add(self, found: dict[str, ReadAction], line: int, cells: Mapping[str, tuple[str, str]]) -> None:
        number, column = cells.get("number", ("", "A"))
        one = ReadAction(line)
        if number and number in found:
            self.refuse(ACTIONS, line, column, _("le numéro « %(number)s » est là deux fois.", number=number))
            return
        if number.isascii() and number.isdigit() and len(number) < 10:
            one.action = self.known.get(int(number))
        if number and one.action is None and not number.lower().startswith("n"):
            said = _(
                "aucune action de ce parcours n’a le numéro « %(number)s » : gardez ceux du classeur ; pour une "
                "action nouvelle, laissez vide, ou écrivez n1, n2…",
                number=number,
            )
            self.refuse(ACTIONS, line, column, said)
        found[number or f"\0{line}"] = one
        for key, (text, letters) in cells.items():
            self._type(one, key, text, (ACTIONS, line, letters))

    def _type(self, one: ReadAction, key: str, text: str, place: tuple[str, int, str]) -> None:
        """Add what a cell says to what is typed in the form, in the words of the form."""
        one.places[key] = place
        if key == "skills":
            for code, level in _aims(text):
                one.typed.add("skills", code)
                one.typed.add("targets", f"{code}={level}" if level else "")
            one.places["targets"] = place
        elif key == "supports":
            one.typed.setlist(key, [_code(key, word) for word in text.split(",") if word.strip()])
        elif key == "wave":
            labels = {folded(label): code for code, label in self.offered.campaigns.items()}
            one.typed[key] = labels.get(folded(text), text)
        elif key != "number":
            one.typed[key] = _code(key, text)

    def _add_lines(self, sheet: str, name: str, found: Mapping[str, ReadAction]) -> None:
        counts: dict[str, int] = {}
        for line, cells in self._rows(sheet, required=False):
            number, column = cells.get("number", ("", "A"))
            if number not in found:
                said = _("« %(number)s » n’est le numéro d’aucune ligne de la feuille Actions.", number=number)
                self.refuse(sheet, line, column, said)
                continue
            rank = counts[number] = counts.get(number, -1) + 1
            for key, (text, letters) in cells.items():
                if key != "number":
                    found[number].typed[f"{name}-{rank}-{key}"] = text
                    found[number].places[f"{name}-{rank}-{key}"] = (sheet, line, letters)

    def _check(self, one: ReadAction) -> None:
        one.typed["status"] = one.typed.get("status") or "prevue"
        form = ActionForm(self.offered, formdata=one.typed, meta={"csrf": False})
        if not form.validate():
            for at, said in form.problems:
                sheet, line, column = one.places.get(at.name if at else "", (ACTIONS, one.line, None))
                self.refuse(sheet, line, column, said)
            return
        one.plan, one.expected, one.reason = form.plan(), form.expected, form.reason.data or ""
        if one.action and not form.explains(one.action.plan):
            sheet, line, column = one.places.get("reason", (ACTIONS, one.line, None))
            self.refuse(sheet, line, column, form.reason.errors[0])
        if one.action and one.action.version != one.expected:
            sheet, line, column = one.places.get("version", (ACTIONS, one.line, None))
            said = _(
                "cette action a changé depuis que ce classeur a été fait (version %(now)s) : prenez un classeur neuf, "
                "et reportez-y vos changements.",
                now=one.action.version,
            )
            self.refuse(sheet, line, column, said)

    def _rows(self, name: str, *, required: bool = True) -> Iterator[tuple[int, dict[str, tuple[str, str]]]]:
        """Yield each line under the header: its texts by the key of their column, with the letters of that column."""
        sheet = self.sheets.get(folded(name))
        if sheet is None or not sheet.rows:
            if required:
                said = _("cette feuille manque : partez du classeur du parcours, et gardez ses noms.")
                self.refuse(name, None, None, said)
            return
        for reference in sheet.merged:
            said = _("les cellules %(cells)s sont fusionnées : une valeur par cellule.", cells=reference)
            self.refuse(name, None, None, said)
        (first, header), *rows = sorted(sheet.rows, key=itemgetter(0))
        keys = dict(self._keys(name, first, header))
        for line, cells in rows:
            texts = {key: self._text(name, line, at, cells.get(at, Cell(""))) for at, key in keys.items()}
            if any(text for text, _letters in texts.values()):
                yield line, texts

    def _keys(self, name: str, line: int, header: Mapping[int, Cell]) -> Iterator[tuple[int, str]]:
        known = {folded(title): key for title, key in COLUMNS[name].items()}
        seen: set[str] = set()
        for position, cell in header.items():
            key = known.get(folded(cell.text), "")
            if cell.text.strip() and (not key or key in seen):
                said = _("la colonne « %(title)s » est inconnue, ou là deux fois.", title=cell.text)
                self.refuse(name, line, column_letters(position), said)
            elif key:
                seen.add(key)
                yield position, key
        for title, key in COLUMNS[name].items():
            if key not in seen:
                self.refuse(name, line, None, _("il manque la colonne « %(column)s ».", column=title))

    def _text(self, name: str, line: int, position: int, cell: Cell) -> tuple[str, str]:
        letters = column_letters(position)
        if cell.formula:
            self.refuse(name, line, letters, _("cette cellule contient une formule : collez sa valeur à la place."))
        return typed_text(cell.text).strip(), letters


def _aims(text: str) -> Iterator[tuple[str, str]]:
    """Yield each skill of a cell with the level aimed at, if any: ``INT-2 = 3, COO-1``."""
    for one in text.replace(";", ",").replace("\n", ",").split(","):
        code, _sign, level = (part.strip() for part in one.partition("="))
        if code:
            yield code, level


def _code(key: str, text: str) -> str:
    """Return the code of a choice that is typed in words; the text itself for anything else."""
    words = _WORDS.get(key, {})
    return {folded(str(label)): code for code, label in words.items()}.get(folded(text), text.strip())
