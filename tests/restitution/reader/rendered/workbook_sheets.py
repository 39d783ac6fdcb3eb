"""More of a campaign's workbook: campaigns side by side, hindsight, what was retained, the dictionary, the charts."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest
from typing import Any
from xml.etree import ElementTree

from tests.restitution.reader.facts import Facts
from tests.restitution.reader.french import plain
from tests.restitution.reader.reading import Reader, Text
from tests.restitution.reader.rendered.page_reader import read_text
from tests.restitution.reader.rendered.report_texts import STRENGTHS, WEAKNESSES, WHY
from tests.scoring.oracle.campaign import TERRITORY, WORKSHOP
from tests.scoring.oracle.display import outward
from tests.scoring.oracle.hindsight import hindsight_skills

Row = Mapping[str, Any]
Sheet = list[list[Any]]
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


# Rows: what is true of each, in the order of the sheet.


def of_campaigns(found: Facts) -> list[Row]:
    """The territory of every campaign, oldest first."""
    return [
        row | {"campaign": label, "version": found.last.grid.version}
        for place, label in enumerate(found.labels)
        for row in found.at(place).territory.values()
    ]


def of_hindsight(found: Facts) -> list[Row]:
    """What the same people say of both years, by family."""
    return list(found.hindsight.values())


def of_hindsight_skills(found: Facts) -> list[Row]:
    """The same by skill."""
    return [] if found.last.then is None else hindsight_skills(found.last)


def of_retained(found: Facts) -> list[Row]:
    """The lowest level of the first family, which reviewers retained."""
    lowest = found.last.lowest
    name = next(name for name, value in found.level_names.items() if value == lowest)
    words = f"{lowest} – {name}".replace("-", "−")
    row = {"family": next(iter(found.families.values())), "level": lowest, "in words": words}
    return [row | {"why": WHY, "strengths": STRENGTHS, "weaknesses": WEAKNESSES}]


def moved_low(found: Facts, row: Row, _key: str) -> Any:
    """The lower end of a difference, rounded outwards; a difference has no end of scale."""
    return None if row.get("low") is None else outward(row["low"], row["high"], found.places + 1)[0]


def moved_high(found: Facts, row: Row, _key: str) -> Any:
    """The upper end."""
    return None if row.get("low") is None else outward(row["low"], row["high"], found.places + 1)[1]


def names_of(found: Facts) -> dict[str, Callable[[Row], Any]]:
    """What names a row, by column."""
    families, skills = ({code: title for title, code in known.items()} for known in (found.families, found.skills))
    colleges = {code: label for label, code in found.colleges.items()} | {WORKSHOP: "Ateliers", TERRITORY: "Territoire"}
    return {
        "Code famille": lambda row: row["family"],
        "Famille": lambda row: families[row["family"]],
        "Code savoir-faire": lambda row: row["skill"],
        "Savoir-faire": lambda row: skills[row["skill"]],
        "Code collège": lambda row: row["college"],
        "Collège": lambda row: colleges[row["college"]],
    }


# The dictionary: every column of every sheet, once, with the unit that its cells have.

NOT_TABLES = ("À propos", "Radar et trajectoires", "Collèges côte à côte", "Note de l’année", "Dictionnaire")


def read_dictionary(reader: Reader, sheets: Mapping[str, Sheet]) -> None:
    """Hold each line of the dictionary against the sheets that it names, and each column against the dictionary."""
    heads, *lines = sheets["Dictionnaire"]
    known = ["Feuilles", "Colonne", "Nom dans les fichiers CSV et JSON", "Ce qu’elle contient", "Unité"]
    reader.same(heads, known, "dictionary")
    explained = []
    for where, column, _name, meaning, unit in lines:
        reader.must(not re.search(r"-\d", f"{column} {meaning} {unit}"), f"« {column} » has a hyphen for a minus")
        _of_thresholds(reader, column, meaning)
        for title in [] if where == "fichier CSV seulement" else where.split(", "):
            explained.append((title, column))
            for value in _column(sheets[title], column):
                reader.must(_has(reader.facts, unit, value), f"{title}, {column}: {value} is no {unit}")
    columns = [(title, column) for title, sheet in sheets.items() if title not in NOT_TABLES for column in sheet[0]]
    reader.same(sorted(explained), sorted(columns), "columns that are explained")


def _column(sheet: Sheet, column: str) -> Iterator[Any]:
    place = sheet[0].index(column)
    return (row[place] for row in sheet[1:] if row[place] is not None)


def _of_thresholds(reader: Reader, column: str, meaning: str) -> None:
    """The numbers of people are those of the campaign, and the names of levels those of its grid."""
    rules = reader.facts.last.rules
    for said, true in ((r"« moins de (\d+) »", rules["k"]), (r"Vide sous (\d+)", rules["k_detail"])):
        for number in re.findall(said, meaning):
            reader.same(int(number), true, f"threshold of {column}")
    if found := re.fullmatch(r"Niveau (−?\d+)", column):
        value = int(found[1].replace("−", "-"))
        name = next(name for name, one in reader.facts.level_names.items() if one == value)
        reader.same(meaning, f"Réponses au niveau {found[1]}, « {name} ».", column)


def _has(found: Facts, unit: str, value: Any) -> bool:
    """Whether a cell has that unit; too few people are told in words."""
    low, high = found.last.lowest, found.last.highest
    if unit == f"niveaux, de {low} à {high}".replace("-", "−"):
        return isinstance(value, Fraction) and low <= value <= high
    return {
        "texte": lambda: isinstance(value, str),
        "nombre entier": lambda: str(value).startswith("moins de ") or Fraction(value).denominator == 1,
        "nombre": lambda: isinstance(value, Fraction),
        "part, de 0 à 1": lambda: isinstance(value, Fraction) and 0 <= value <= 1,
        "vrai ou faux": lambda: isinstance(value, bool),
    }.get(unit, lambda: False)()


# The charts: their titles and descriptions are read, their series point at the cells that they are named after.


@dataclass(frozen=True)
class Chart:
    """A native chart: its title, its description, its scale, and the cells of each series (name, names, values)."""

    title: str
    described: str
    scale: tuple[float, float]
    series: list[tuple[str, str, str]]


def charts_of(content: bytes) -> list[Chart]:
    """The charts of a workbook, in order."""
    book = zipfile.ZipFile(io.BytesIO(content))
    inside = {name: ElementTree.fromstring(book.read(name)) for name in book.namelist() if name.endswith(".xml")}
    charts = [inside[name] for name in sorted(inside) if name.startswith("xl/charts/chart")]
    drawings = [inside[name] for name in sorted(inside) if name.startswith("xl/drawings/drawing")]
    described = [one.get("descr", "") for drawing in drawings for one in drawing.iter() if "descr" in one.attrib]
    return [_chart(root, words) for root, words in zip(charts, described, strict=True)]


def _chart(root: ElementTree.Element, described: str) -> Chart:
    title = "".join(one.text or "" for one in root.iter(f"{DRAWN}t"))
    ends = [float(next(root.iter(f"{CHART}{end}")).get("val", "nan")) for end in ("min", "max")]
    cells = [[one.text or "" for one in series.iter(f"{CHART}f")] for series in root.iter(f"{CHART}ser")]
    return Chart(
        plain(title), plain(described), (ends[0], ends[1]), [(name, names, values) for name, names, values in cells]
    )


def read_charts(reader: Reader, charts: list[Chart], sheets: Mapping[str, Sheet]) -> None:
    """Read the title of each chart, and follow its series to the cells."""
    found, (radar, *lines, colleges) = reader.facts, charts
    read_text(reader, Text("title", (), radar.title))
    read_text(reader, Text("radar in words", (), radar.described))
    read_text(reader, Text("divergence", (), colleges.title))
    reader.same(colleges.described, colleges.title, "description of the colleges")
    reader.same(len(lines), int(len(found.labels) > 1), "charts of lines")
    campaigns, beside = sheets["Radar et trajectoires"], sheets["Collèges côte à côte"]
    told = list(dict.fromkeys((found.labels[0], *found.labels[-2:])))
    reader.same(re.findall(r"(?:^|\. )(\d{4}) : ", radar.described), told[::-1], "campaigns told")
    _columns(reader, radar, "Radar et trajectoires", campaigns, told)
    _columns(reader, colleges, "Collèges côte à côte", beside, beside[0][1:])
    for chart in lines:
        reader.same((chart.title, chart.described), ("Les familles de vague en vague",) * 2, "title of the lines")
        _rows(reader, chart, campaigns)
    for chart in charts:
        reader.same(chart.scale, (found.last.lowest, found.last.highest), "scale of a chart")


def _columns(reader: Reader, chart: Chart, title: str, sheet: Sheet, named: list[str]) -> None:
    """Each series is a column, under its own name, over every family."""
    last = 1 + len(reader.facts.families)
    for series, name in zip_longest(chart.series, named):
        letter = chr(ord("A") + sheet[0].index(name))
        true = (f"${letter}$1", _range("A", 2, "A", last), _range(letter, 2, letter, last))
        reader.same(series, tuple(f"'{title}'!{cells}" for cells in true), f"cells of {name}")


def _rows(reader: Reader, chart: Chart, sheet: Sheet) -> None:
    """Each series is the row of a family, over every campaign."""
    end = chr(ord("A") + len(sheet[0]) - 1)
    for rank, (series, name) in enumerate(zip_longest(chart.series, reader.facts.families), start=2):
        true = (f"$A${rank}", _range("B", 1, end, 1), _range("B", rank, end, rank))
        reader.same(series, tuple(f"'Radar et trajectoires'!{cells}" for cells in true), f"cells of {name}")
        reader.same(sheet[rank - 1][0], name, "family of a line")


def _range(left: str, top: int, right: str, bottom: int) -> str:
    """The cells as a chart names them; a single one has no end."""
    first, last = f"${left}${top}", f"${right}${bottom}"
    return first if first == last else f"{first}:{last}"
