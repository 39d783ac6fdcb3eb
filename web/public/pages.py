"""What the home page and the grid's pages show: the example's chart, the changes between two versions."""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from grille import Family, Grid, Skill
from restitution.chart_data.radar import ROLES, Point, Radar, Series, axes_of
from restitution.chart_data.table import TwinTable, radar_table
from restitution.charts.radar_chart import radar_drawing
from restitution.charts.radar_labels import PHONE, Layout
from restitution.findings.change.skill_links import Link, different_levels, links_of
from restitution.text.language import gettext as _
from restitution.text.sentences import Reading, headline
from web.http.language import reader

FILE = Path(__file__).with_name("example.json")
_WIDE = Layout(width=540, radius=175, font=15.5, letters=12, past=False, badges=False)


@dataclass(frozen=True, slots=True)
class Example:
    """A territory's radar, drawn for wide screens and for phones, with its table."""

    territory: str
    campaign: str
    headline: str
    radar: Radar
    wide: Markup
    phone: Markup
    table: TwinTable


def example(grid: Grid) -> Example | None:
    """Return the chart in the reader's language, with the words of that grid; None when it is about another grid.

    Drawn once per process for each language and grid.
    """
    kept = _kept()
    about = all(
        grid.id == kept["grid"] and family.code in next(iter(kept["waves"].values())) for family in grid.families
    )
    return _drawn(reader(), grid.to_json()) if about else None


@cache
def _kept() -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return kept


@lru_cache(maxsize=4)
def _drawn(_language: str, document: str) -> Example:
    kept, grid = _kept(), Grid.model_validate_json(document)
    titles = {family.code: family.title for family in grid.families}
    radar = _radar(grid, kept["territory"], kept["waves"])
    readings = [Reading(title=titles[one["family"]], **_figures(one)) for one in kept["readings"]]
    return Example(
        kept["territory"],
        kept["campaign"],
        headline(readings, radar.levels, list(kept["waves"])[1]),
        radar,
        radar_drawing(radar, layout=_WIDE, ident="exemple", extra="wide"),
        radar_drawing(radar, layout=PHONE, ident="exemple-etroit", extra="phone"),
        radar_table(radar),
    )


def _figures(reading: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in reading.items() if name != "family"}


def _radar(grid: Grid, territory: str, campaigns: dict[str, dict[str, float]]) -> Radar:
    """The radar of these scores: year to family to score, newest first."""
    series = tuple(
        Series(year, tuple(Point(scores[family.code]) for family in grid.families), role)
        for (year, scores), role in zip(campaigns.items(), ROLES, strict=True)
    )
    newest, *others = campaigns
    title = _(
        "%(territory)s en %(newest)s, comparé à %(others)s", territory=territory, newest=newest, others=_and(others)
    )
    return Radar(axes_of(grid), series, grid.levels, title)


def _and(words: list[str]) -> str:
    return _(" et ").join(words)


def _changes(earlier: Grid | None, shown: Grid) -> Iterator[Link]:
    """What is new, renamed, split, merged or retired since the version that this one continues.

    Nothing when that version is not in the library, or has other levels: their scores cannot be compared.
    """
    if earlier is None or different_levels(earlier, shown):
        return
    yield from (link for link in links_of(earlier, shown) if link.kind != "same")


def _sections(shown: Grid, query: str) -> Iterator[tuple[Family, list[Skill]]]:
    """The families with the skills that hold every word searched for; a family without any is left out."""
    words = folded(query).split()
    for family in shown.families:
        found = [
            skill for skill in family.skills if all(word in folded(searchable_text(skill, family)) for word in words)
        ]
        if found:
            yield family, found


def searchable_text(skill: Skill, family: Family) -> str:
    """Return the text of a skill in which a search looks for words."""
    levels = (*skill.levels.values(), *skill.falc_levels.values())
    parts = (skill.code, family.title, skill.title, skill.definition, *levels, skill.falc, *skill.facts)
    return " ".join(parts)


def folded(text: str) -> str:
    """Return the text without accents, capitals and typographic marks, to be compared with what people type.

    >>> folded("Où l’Œuvre ÉCRITE ?")
    "ou l'oeuvre ecrite ?"
    """
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return plain.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
