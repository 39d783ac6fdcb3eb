"""What a programme's answers tell about its grid: the questions to review, and what to do about each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import orjson

from grille import Skill
from restitution.chart_data.radar import Axis, axes_of
from restitution.chart_data.rows import rows
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.numbers import count, decimal, number_or_none, rounded, share

if TYPE_CHECKING:
    from grille import Grid
    from scoring import Instrument

# Nunnally (1978): 0.7 is enough to read a family's score; Streiner (2003): above 0.9 the questions may say the same.
TOGETHER, ALIKE = 0.7, 0.95


@dataclass(frozen=True)
class ItemShare:
    """A share or a coefficient as text; ``weak`` if it means that the question should be reviewed."""

    text: str
    weak: bool = False
    note: str = ""


@dataclass(frozen=True)
class SkillLine:
    """A skill: its correlation with its family, its shares of extreme levels and of « je ne sais pas »."""

    skill: Skill
    axis: Axis
    n: str
    short: ItemShare
    full: ItemShare
    floor: ItemShare
    ceiling: ItemShare
    unknown: tuple[ItemShare, ...]
    advice: tuple[str, ...]


@dataclass(frozen=True)
class FamilyLine:
    """A family in one form of the questionnaire: whether its questions measure the same thing."""

    axis: Axis
    form: str
    items: int
    n: str
    alpha: str
    alpha_range: str
    within: str
    omega: str
    omega_range: str
    reading: str


NONE = "–"


@dataclass(frozen=True)
class InstrumentView:
    """The statistics of a grid in words."""

    found: Instrument

    @property
    def grid(self) -> Grid:
        """The grid concerned."""
        return self.found.grid

    @cached_property
    def axes(self) -> dict[str, Axis]:
        """The families by code."""
        return {axis.code: axis for axis in axes_of(self.grid)}

    @property
    def about(self) -> str:
        """What the figures are based on."""
        return _(
            "%(people)s réponses, %(campaigns)s campagnes closes, %(territories)s territoires",
            people=count(self.found.respondents),
            campaigns=self.found.campaigns,
            territories=self.found.territories,
        )

    @property
    def most(self) -> str:
        """The largest share of a figure that one territory may account for."""
        return share(float(self.found.rules.instrument_share))

    @cached_property
    def families(self) -> list[FamilyLine]:
        """One line per family and form."""
        return [self._family(row) for row in rows(self.found.families)]

    @cached_property
    def skills(self) -> list[SkillLine]:
        """One line per skill, in the order of the grid."""
        silences: dict[str, list[dict[str, Any]]] = {}
        for row in rows(self.found.silence):
            silences.setdefault(row["skill"], []).append(row)
        return [self._skill(row, silences[row["skill"]]) for row in rows(self.found.skills)]

    @property
    def weak(self) -> list[SkillLine]:
        """The skills whose question should be reviewed."""
        return [line for line in self.skills if line.advice]

    @property
    def untold(self) -> int:
        """The number of skills without any figure: too few territories asked about them."""
        return sum(line.floor.text == NONE for line in self.skills)

    def _family(self, row: dict[str, Any]) -> FamilyLine:
        return FamilyLine(
            axis=self.axes[row["family"]],
            form=_("courte") if row["form"] == "short" else _("complète"),
            items=row["items"],
            n=count(row["n"]),
            alpha=_number(row["alpha"]),
            alpha_range=_range(row["alpha_low"], row["alpha_high"]),
            within=_number(row["alpha_within"]),
            omega=_number(row["omega"]),
            omega_range=_range(row["omega_low"], row["omega_high"]),
            reading=_reading(_as_shown(row["alpha"])),
        )

    def _skill(self, row: dict[str, Any], silences: Sequence[dict[str, Any]]) -> SkillLine:
        rules = self.found.rules
        rests = {form: _as_shown(row[f"item_rest_{form}"]) for form in ("short", "full")}
        return SkillLine(
            skill=self.grid.skill(row["skill"]),
            axis=self.axes[row["family"]],
            n=count(row["n"]),
            short=_coefficient(rests["short"], float(rules.instrument_rest)),
            full=_coefficient(rests["full"], float(rules.instrument_rest)),
            floor=_share(_as_shown(row["floor"]), float(rules.instrument_extreme)),
            ceiling=_share(_as_shown(row["ceiling"]), float(rules.instrument_extreme)),
            unknown=tuple(self._unknown(silence) for silence in silences),
            advice=tuple(self._advice(row, rests, silences)),
        )

    def _unknown(self, silence: dict[str, Any]) -> ItemShare:
        hidden, asked = silence["hidden"], silence["hidden"] + silence["cells"]
        note = ngettext("%(n)s cachée sur %(asked)s", "%(n)s cachées sur %(asked)s", hidden, asked=asked)
        unknown = _share(_as_shown(silence["unknown"]), float(self.found.rules.instrument_unknown))
        return ItemShare(unknown.text, unknown.weak, note if hidden else "")

    def _advice(
        self, row: dict[str, Any], rests: dict[str, float | None], silences: Sequence[dict[str, Any]]
    ) -> Iterator[str]:
        yield from self._about_the_rest(rests)
        yield from self._about_the_ends(_as_shown(row["floor"]), _as_shown(row["ceiling"]))
        yield from self._about_silences(silences)

    def _about_the_rest(self, rests: dict[str, float | None]) -> Iterator[str]:
        known = [value for value in rests.values() if value is not None]
        if not known or min(known) >= self.found.rules.instrument_rest:
            return
        if min(known) < 0:
            yield _(
                "Cette question va à rebours de sa famille. Relisez l’ordre de ses niveaux : "
                "l’un d’eux se lit peut-être à l’envers."
            )
        else:
            yield _(
                "Cette question va peu avec le reste de sa famille (%(r)s). Est-elle comprise comme vous l’entendez ? "
                "Faites-la lire à voix haute à trois personnes ; sinon, décrit-elle une autre pratique ?",
                r=decimal(min(known), 2),
            )

    def _about_the_ends(self, floor: float | None, ceiling: float | None) -> Iterator[str]:
        extreme = self.found.rules.instrument_extreme
        first, last = self.grid.levels[0], self.grid.levels[-1]
        if floor is not None and floor >= extreme:
            yield _(
                "%(share)s des réponses sont au niveau le plus bas (« %(level)s »). Décrivez un premier pas plus "
                "facile à reconnaître, sinon les progrès ne se verront pas.",
                share=share(floor),
                level=first.label,
            )
        if ceiling is not None and ceiling >= extreme:
            yield _(
                "%(share)s des réponses sont au niveau le plus haut (« %(level)s »). Demandez davantage à ce niveau : "
                "tel qu’il est écrit, il ne distingue plus personne.",
                share=share(ceiling),
                level=last.label,
            )

    def _about_silences(self, silences: Sequence[dict[str, Any]]) -> Iterator[str]:
        most = self.found.rules.instrument_unknown
        by_college = [(row["college"], _as_shown(row["unknown"])) for row in silences]
        many = [
            (self.grid.college(code).label, value) for code, value in by_college if value is not None and value >= most
        ]
        if many:
            yield _(
                "Beaucoup répondent « je ne sais pas » : %(who)s. Ajoutez un fait qu’ils peuvent voir d’où ils sont, "
                "ou reformulez la question pour eux.",
                who=", ".join(f"{label} {share(value)}" for label, value in many),
            )

    @property
    def colleges(self) -> list[str]:
        """The names of the colleges, in the order of the shares of each skill."""
        return [college.label for college in self.grid.colleges]


def _as_shown(value: object) -> float | None:
    """Return a figure as it is printed: two that are printed alike are judged alike."""
    known = number_or_none(value)
    return None if known is None else float(rounded(known, 2))


def _number(value: object) -> str:
    known = number_or_none(value)
    return NONE if known is None else decimal(known, 2)


def _range(low: object, high: object) -> str:
    bounds = number_or_none(low), number_or_none(high)
    if bounds[0] is None or bounds[1] is None:
        return ""
    return _("de %(low)s à %(high)s", low=decimal(bounds[0], 2), high=decimal(bounds[1], 2))


def _coefficient(value: float | None, least: float) -> ItemShare:
    return ItemShare(NONE) if value is None else ItemShare(decimal(value, 2), value < least)


def _share(value: float | None, most: float) -> ItemShare:
    return ItemShare(NONE) if value is None else ItemShare(share(value), value >= most)


def _reading(alpha: float | None) -> str:
    if alpha is None:
        return _("pas assez de réponses complètes ou de territoires")
    if alpha < TOGETHER:
        return _("vont peu ensemble : lisez-les une à une")
    return _("se répètent peut-être") if alpha >= ALIKE else _("vont bien ensemble")


COLUMNS = ("table", "family", "skill", "college", "form", "figure", "value")
_NAMES = ("family", "skill", "college", "form")


def instrument_csv(found: Instrument) -> bytes:
    """Return every figure on a row of its own (UTF-8 with BOM, ``;``): table, subject, name, value."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    content: dict[str, Any] = found.to_dict()
    for table in ("skills", "families", "silence"):
        for row in content[table]:
            names = [row.get(name, "") for name in _NAMES]
            figures = ((key, value) for key, value in row.items() if key not in _NAMES)
            writer.writerows([table, *names, key, "" if value is None else value] for key, value in figures)
    return text.getvalue().encode("utf-8-sig")


def instrument_json(found: Instrument) -> bytes:
    """Return the statistics as one JSON document; null for a figure on too few answers."""
    return orjson.dumps(found.to_dict(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
