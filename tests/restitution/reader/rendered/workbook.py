"""The workbook of a campaign, opened again: every figure of its sheets as it is shown, and every sentence."""

import io
import math
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import openpyxl

from tests.restitution.reader import levels
from tests.restitution.reader.facts import Facts
from tests.restitution.reader.french import plain
from tests.restitution.reader.reading import Place, Reader, Text, reads
from tests.restitution.reader.rendered.report_texts import WHOLE, facts
from tests.restitution.reader.rendered.workbook_sheets import (
    moved_high,
    moved_low,
    names_of,
    of_campaigns,
    of_hindsight,
    of_hindsight_skills,
    of_retained,
)
from tests.scoring.oracle.campaign import WORKSHOP
from tests.scoring.oracle.display import half_up

Sheets = dict[str, list[list[Any]]]
Row = Mapping[str, Any]


def sheets_of(content: bytes) -> Sheets:
    """The cells of each sheet, numbers rounded as their format shows them."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [[_shown(cell) for cell in row] for row in sheet.iter_rows()] for sheet in book}


def _shown(cell: Any) -> Any:
    value, form = cell.value, cell.number_format
    if isinstance(value, str):
        return plain(value)
    if value is None or isinstance(value, bool) or form == "General":
        return value
    places = len(form.removesuffix(" %").partition(".")[2]) + (2 if form.endswith("%") else 0)
    return half_up(Fraction(repr(value)), places)


def texts_of_about(sheets: Sheets) -> Iterator[Text]:
    """The sentences of the first sheet: the headline, the facts, the cautions, who answered."""
    rows = [[cell for cell in row if cell not in (None, "")] for row in sheets["À propos"]]
    blank = [place for place, row in enumerate(rows) if not row]
    yield Text("title", (), rows[0][0])
    yield from facts(f"{name} : {value}" for name, value in rows[blank[0] + 1 : blank[1]])
    for row in rows[blank[1] + 1 : blank[2]]:
        yield Text("said", (), row[-1])
    for college, n in rows[blank[2] + 2 : blank[3]]:
        yield Text("workshops held" if college == "Ateliers" else "participation", (college,), str(n))


# Figures: how each column is made from what is true, and how far it is rounded.


def score(found: Facts, row: Row, key: str) -> Any:
    return None if row.get(key) is None else found.shown(row[key])


def figure(found: Facts, row: Row, key: str) -> Any:
    return None if row.get(key) is None else half_up(Fraction(row[key]), found.places + 1)


def share(_found: Facts, row: Row, key: str) -> Any:
    return None if row.get(key) is None else half_up(Fraction(row[key]), 2)


def confidence(_found: Facts, row: Row, key: str) -> Any:
    """In per cent with one decimal; never certainty."""
    return None if row.get(key) is None else min(half_up(Fraction(row[key]), 3), Fraction(999, 1000))


def as_it_is(_found: Facts, row: Row, key: str) -> Any:
    return row.get(key)


def low(found: Facts, row: Row, key: str) -> Any:
    if row.get("margin") != "intervalle":
        return None
    scale = 10**found.places
    return Fraction(max(found.last.lowest * scale, math.floor(row[key] * scale + 1e-9)), scale)


def high(found: Facts, row: Row, key: str) -> Any:
    if row.get("margin") != "intervalle":
        return None
    scale = 10**found.places
    return Fraction(min(found.last.highest * scale, math.ceil(row[key] * scale - 1e-9)), scale)


def level(found: Facts, row: Row, key: str) -> Any:
    return None if row.get(key) is None else levels.word(found, found.shown(row[key]))


def people(found: Facts, row: Row, _key: str) -> Any:
    """How many, or that they are fewer than k; workshops have their own threshold."""
    return f"moins de {found.last.k(row['college'])}" if isinstance(row["n"], str) else row["n"]


def difference(found: Facts, row: Row, _key: str) -> Any:
    """Of the two scores as they are printed."""
    if row.get("equal") is None:
        return None
    places = found.places + 1
    return half_up(row["heads"], places) - half_up(row["equal"], places)


def moved(found: Facts, row: Row, _key: str) -> Any:
    """After as printed, less before as printed."""
    if row.get("delta") is None:
        return None
    places = found.places + 1
    return half_up(row["after"], places) - half_up(row["before"], places)


Made = tuple[Callable[[Facts, Row, str], Any], str]
SCORES: dict[str, Made] = {
    "Score": (score, "score"),
    "Niveau": (level, "score"),
    "Borne basse": (low, "low"),
    "Borne haute": (high, "high"),
    "Marge, en un mot": (as_it_is, "margin"),
    "Publié": (as_it_is, "published"),
}
COLUMNS: dict[str, dict[str, Made]] = {
    "Territoire": SCORES | {"Collèges publiés": (as_it_is, "colleges")},
    "Familles": SCORES
    | {"Réponses": (people, "n"), "Étalement": (figure, "spread"), "Couverture": (share, "coverage")},
    "Savoir-faire": {
        "Réponses": (people, "n"),
        "Moyenne": (score, "mean"),
        "Niveau": (level, "mean"),
        "Sans niveau": (share, "silence"),
        "Accord, en mots": (as_it_is, "agreement"),
        "Ne sait pas": (share, "unknown"),
        "Sans objet": (share, "not_applicable"),
        "Sans réponse": (share, "unanswered"),
        "Publié": (as_it_is, "published"),
    },
    "Pondérations": {
        "Score, collèges à égalité": (figure, "equal"),
        "Score, personnes à égalité": (figure, "heads"),
        "Différence": (difference, "difference"),
        "Publié": (as_it_is, "published"),
    },
    "Évolution": {
        "Avant": (figure, "before"),
        "Après": (figure, "after"),
        "Écart": (moved, "delta"),
        "Verdict": (as_it_is, "verdict"),
        "Confiance": (confidence, "confidence"),
        "Écart, borne basse": (moved_low, "low"),
        "Écart, borne haute": (moved_high, "high"),
        "Plus petit écart visible": (figure, "visible"),
        "Comparables": (as_it_is, "comparable_skills"),
    },
    "Vagues": {
        "Vague": (as_it_is, "campaign"),
        "Version de la grille": (as_it_is, "version"),
        "Score": (score, "score"),
        "Borne basse": (low, "low"),
        "Borne haute": (high, "high"),
        "Publié": (as_it_is, "published"),
    },
    "Avec le recul": {
        "Réponses": (as_it_is, "n"),
        "Écart": (figure, "delta"),
        "Écart, borne basse": (moved_low, "low"),
        "Écart, borne haute": (moved_high, "high"),
        "Confiance": (confidence, "confidence"),
        "Mot": (as_it_is, "verdict"),
        "Plus petit écart visible": (figure, "visible"),
        "Publié": (as_it_is, "published"),
    },
    "Recul par savoir-faire": {
        "Réponses": (as_it_is, "n"),
        "Écart": (figure, "delta"),
        "Publié": (as_it_is, "published"),
    },
    "Niveaux retenus": {
        "Niveau retenu": (as_it_is, "level"),
        "En mots": (as_it_is, "in words"),
        "Justification": (as_it_is, "why"),
        "Points forts": (as_it_is, "strengths"),
        "À renforcer": (as_it_is, "weaknesses"),
    },
}


def read_figures(reader: Reader, sheets: Sheets) -> None:
    """Hold every figure of the sheets against the naive ones: no row is left out, and none is added."""
    for title, columns in COLUMNS.items():
        if title not in sheets:
            reader.must(not rows_of(reader.facts, title), f"there is no sheet {title}")
            continue
        heads, *rows = sheets[title]
        true, names = rows_of(reader.facts, title), names_of(reader.facts)
        reader.same(len(rows), len(true), f"rows of {title}")
        for cells, row in zip(rows, true, strict=True):
            printed = dict(zip(heads, cells, strict=True))
            for column, (made, key) in columns.items():
                reader.must(column in printed, f"{title} has no column {column}")
                reader.same(printed[column], made(reader.facts, row, key), f"{title}, {cells[:6]}, {column}")
            for column in printed.keys() & names.keys():
                reader.same(printed[column], names[column](row), f"{title}, {cells[:6]}, {column}")
            if WHY in printed:
                read_reason(reader, title, printed)


WHY = "Pourquoi c’est vide"
# What may be empty without a word: the gap of the absent, which exists for volunteers only.
UNSAID = {WHY, "Écart des absents", "Collèges volontaires"}


def read_reason(reader: Reader, title: str, printed: Mapping[str, Any]) -> None:
    """A row with an empty cell says why, and a row that says why has one. Each is read by test_reasons.py."""
    empty = [column for column, value in printed.items() if value is None and column not in UNSAID]
    if empty or printed.get("Écart des absents", "") is not None:
        reader.same(printed[WHY] is not None, bool(empty), f"{title}, {list(printed.values())[:6]}: reason of {empty}")


def rows_of(found: Facts, title: str) -> list[Row]:
    """What is true, in the order of the sheet."""
    return {
        "Territoire": lambda: list(found.territory.values()),
        "Familles": lambda: list(found.by_college.values()),
        "Savoir-faire": lambda: list(found.by_skill.values()),
        "Pondérations": lambda: list(found.weightings.values()),
        "Évolution": lambda: list(found.changes.values()),
        "Vagues": lambda: of_campaigns(found),
        "Avec le recul": lambda: of_hindsight(found),
        "Recul par savoir-faire": lambda: of_hindsight_skills(found),
        "Niveaux retenus": lambda: of_retained(found),
    }[title]()


def texts_of_matrices(sheets: Sheets) -> Iterator[Text]:
    """Families by campaigns, and by colleges: an empty cell is a hidden figure."""
    for title in ("Radar et trajectoires", "Collèges côte à côte"):
        (_family, *columns), *rows, note = sheets[title]
        yield Text("under a matrix", (), note[0])
        for family, *cells in rows:
            for column, value in zip(columns, cells, strict=True):
                place = (family, WHOLE, column) if title.startswith("Radar") else (family, column)
                yield Text("cell of a matrix", place, "–" if value is None else str(value))


@reads("under a matrix", "Une case vide est un chiffre tu, jamais zéro.")
def under_a_matrix(_reader: Reader, _place: Place) -> None:
    """The same whatever is hidden."""


@reads("workshops held", "{n}")
def workshops_held(reader: Reader, _place: Place, n: str) -> None:
    reader.same(int(n), reader.facts.respondents(WORKSHOP), "workshops")


@reads("cell of a matrix", "{value}")
def cell_of_a_matrix(reader: Reader, place: Place, value: str) -> None:
    """A score as a page prints it, of a campaign or of a college; a dash stands for an empty cell."""
    found = reader.facts
    if len(place) == 3:
        true = found.at(found.labels.index(place[2])).scores.get(place[0])
    else:
        true = found.by_college[found.families[place[0]], found.colleges[place[1]]].get("score")
    reader.same(None if value == "–" else Fraction(value), None if true is None else found.shown(true), "score")
