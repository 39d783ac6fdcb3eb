"""An adopted diagnostic as pages and slides show it: read from its stored document, nothing computed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import orjson
from markupsafe import Markup

from grille.grid import Grid
from restitution.chart_data.radar import Axis, Point, Radar, Series, axes_of, level_word
from restitution.chart_data.reasons import college_without_interval, few_colleges
from restitution.charts.radar_chart import radar_drawing
from restitution.charts.radar_labels import PHONE
from restitution.findings.method.rules import edition_name, rules_in_words
from restitution.text.language import gettext as _
from restitution.text.names import FACT_STATES, NOTE_PARTS, in_words
from restitution.text.numbers import decimal, decimals, respondents


@dataclass(frozen=True, slots=True)
class AdoptedFamily:
    """A family: its score, the retained level, and the reviewers' texts."""

    axis: Axis
    score: str
    word: str
    retained: str
    justification: str
    strengths: str
    weaknesses: str


@dataclass(frozen=True, slots=True)
class AdoptedFact:
    """An observable fact, its answer, and the addresses or names of its evidence."""

    fact: str
    state: str
    precision: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class AdoptedDiagnostic:
    """The content of the stored document of an adopted diagnostic."""

    document: dict[str, Any]

    @cached_property
    def grid(self) -> Grid:
        """The grid stored in the document."""
        return Grid.model_validate_json(orjson.dumps(self.document["grid"]))

    @property
    def edition(self) -> int:
        """The number of the method's edition under which it was adopted; 1 if the document gives none."""
        return int(self.document["profile"].get("edition", 1))

    @property
    def method(self) -> str:
        """The name of that edition."""
        return edition_name(self.edition)

    @property
    def interval(self) -> dict[str, str]:
        """The territory's interval as adopted or why there is none, by family code, for the families with a score."""
        return {row["family"]: self._interval(row) for row in self._rows if row["score"] is not None}

    def _interval(self, row: Mapping[str, Any]) -> str:
        if row["low"] is None:
            return college_without_interval()
        low, high = (decimal(row[end], self._places) for end in ("low", "high"))
        return _("de %(low)s à %(high)s", low=low, high=high)

    @cached_property
    def families(self) -> list[AdoptedFamily]:
        """Every family, in the order of the grid."""
        return [self._family(axis) for axis in axes_of(self.grid)]

    def _family(self, axis: Axis) -> AdoptedFamily:
        value = self._scores.get(axis.code)
        judgement = self.document["judgements"].get(axis.code, {})
        retained = next((level.label for level in self.grid.levels if level.value == judgement.get("level")), "")
        texts = (judgement.get(name, "") for name in ("justification", "strengths", "weaknesses"))
        score, word = ("", self._hidden) if value is None else (decimal(value, self._places), self._word(value))
        return AdoptedFamily(axis, score, word, retained, *texts)

    def _word(self, score: float) -> str:
        """The level read in a score: under the first edition, the nearest to the exact one."""
        if self.edition > 1:
            return level_word(score, self.grid.levels, self._places)
        from scoring import edition_1  # pandas loads only where it is needed

        return edition_1.nearest_level(self.grid, score).label

    @property
    def _places(self) -> int:
        return decimals(len(self.grid.levels))

    @property
    def _scores(self) -> dict[str, float | None]:
        return {row["family"]: row["score"] for row in self._rows}

    @property
    def _rows(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.document["profile"]["territory"]
        return rows

    @property
    def _hidden(self) -> str:
        """Why a family has no score for the territory, under the conventions of that edition."""
        rules, colleges = self.document["profile"]["rules"], len(self.document["campaign"]["colleges"])
        if self.edition > 1:
            return few_colleges(min(rules["territory_colleges"], 1 + colleges // 2))
        small = colleges < rules.get("small_campaign", 0)
        return few_colleges(rules["small_campaign_colleges"] if small else rules["territory_colleges"])

    @property
    def respondents(self) -> list[tuple[str, str]]:
        """The name of each college and its number of respondents in words, hidden below k."""
        known, k = self.document["profile"]["respondents"], self.document["profile"]["rules"]["k"]
        colleges = [one for one in self.document["campaign"]["colleges"] if one["code"] in known]
        return [(one["label"], respondents(known[one["code"]], k)) for one in colleges]

    @property
    def collected(self) -> str:
        """The day on which the collection was closed."""
        return in_words(date.fromisoformat(self.document["campaign"]["closed_on"]))

    @property
    def note(self) -> list[tuple[str, str]]:
        """The parts of the yearly note that were written: title and text."""
        note = self.document["note"]
        return [(str(title), note[name]) for name, title in NOTE_PARTS.items() if note[name]]

    @property
    def facts(self) -> list[tuple[str, list[AdoptedFact]]]:
        """The answered observable facts, with the title of their skill."""
        found = [(skill.title, list(self._facts(skill.code, skill.facts))) for skill in self.grid.skills]
        return [(title, facts) for title, facts in found if facts]

    def _facts(self, code: str, facts: tuple[str, ...]) -> Iterator[AdoptedFact]:
        answers = self.document["facts"].get(code, [])
        for place, (fact, answer) in enumerate(zip(facts, answers, strict=False)):
            if answer["state"]:
                backing = (one for one in self.document["evidence"] if (one["skill"], one["fact"]) == (code, place))
                names = tuple(one["address"] or one["name"] for one in backing)
                yield AdoptedFact(fact, str(FACT_STATES[answer["state"]]), answer["precision"], names)

    @property
    def rules(self) -> list[tuple[str, str]]:
        """Each convention of the method and its value, in words."""
        colleges = {college.code: college.label for college in self.grid.colleges}
        return rules_in_words(self.document["profile"]["rules"], colleges)

    @cached_property
    def radar(self) -> Radar:
        """The radar of the scores, with the retained levels as a second series if there are any."""
        axes = axes_of(self.grid)
        scores = [self._scores.get(axis.code) for axis in axes]
        points = tuple(Point(value, "" if value is not None else self._hidden, self._places) for value in scores)
        beside = tuple(self._retained(axis.code, point) for axis, point in zip(axes, points, strict=True))
        series = [Series(_("Scores"), points)]
        if any(point.value is not None for point in beside):
            series.append(Series(_("Niveaux retenus"), beside, "before"))
        return Radar(axes, tuple(series), self.grid.levels, _("Le profil adopté"))

    def _retained(self, family: str, score: Point) -> Point:
        """The retained level, a whole number; where none was retained, the score stands if there is one."""
        level = self.document["judgements"].get(family, {}).get("level")
        if level is not None:
            return Point(float(level), places=0)
        return Point(None, score.missing if score.value is None else _("score gardé"))

    @property
    def radar_wide(self) -> Markup:
        """The radar for a screen or paper."""
        return radar_drawing(self.radar, ident="radar", extra="wide")

    @property
    def radar_phone(self) -> Markup:
        """The radar for a narrow screen."""
        return radar_drawing(self.radar, layout=PHONE, ident="radar-etroit", extra="phone")
