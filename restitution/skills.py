"""One family in detail: each skill as each college sees it, with its spread and its silences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from grille import Family, Level, Skill
from restitution.language import gettext as _
from restitution.markup import ByClass, element
from restitution.numbers import decimal, figure, respondents, share
from restitution.radar import Axis, axes_of, badges_of, fewer_than
from restitution.rows import rows

if TYPE_CHECKING:
    from scoring import Profile

HIGH_UNKNOWN = 0.25


@dataclass(frozen=True)
class SkillCell:
    """One skill as one college sees it; ``mean`` is ``None`` and ``missing`` says why when it is not published."""

    college: str
    label: str
    badge: str
    n: str
    mean: float | None
    missing: str = ""
    agreement: str = ""
    unknown: float | None = None
    not_applicable: float | None = None
    unanswered: float | None = None
    distribution: tuple[int, ...] = ()

    @property
    def score(self) -> str:
        """The mean as text."""
        return "" if self.mean is None else decimal(self.mean)

    def percent(self, name: str) -> str:
        """One of the shares as a percentage."""
        value = getattr(self, name)
        return "–" if value is None else share(value)


@dataclass(frozen=True)
class SkillView:
    """One skill: what it is, and a cell per college."""

    skill: Skill
    cells: tuple[SkillCell, ...]
    levels: tuple[Level, ...]

    @property
    def published(self) -> tuple[SkillCell, ...]:
        """The cells that may be shown."""
        return tuple(cell for cell in self.cells if cell.mean is not None)

    @property
    def remarks(self) -> list[str]:
        """What stands out: opposed opinions within a college, silence, then full agreement."""
        return list(self._remarks())

    def _remarks(self) -> Iterator[str]:
        opposed = [cell.label for cell in self.published if cell.agreement == "avis opposés"]
        if opposed:
            yield _("Avis opposés\u00a0: %(colleges)s", colleges=", ".join(opposed))
        silent = [
            f"{cell.label} {cell.percent('unknown')}" for cell in self.published if (cell.unknown or 0) >= HIGH_UNKNOWN
        ]
        if silent:
            yield _("Beaucoup de «\u00a0je ne sais pas\u00a0»\u00a0: %(colleges)s", colleges=", ".join(silent))
        if len(self.published) > 1 and all(cell.agreement == "avis convergents" for cell in self.published):
            yield _("Avis convergents dans chaque collège")


@dataclass(frozen=True)
class FamilyView:
    """A family and its skills."""

    axis: Axis
    description: str
    skills: tuple[SkillView, ...]
    unasked: tuple[str, ...]


def families(profile: Profile, labels: Mapping[str, str]) -> list[FamilyView]:
    """Every family in detail; ``labels`` names the colleges of the campaign, in order."""
    views = _views(profile, labels)
    return [
        _family(axis, family, [views[skill.code] for skill in family.skills])
        for axis, family in zip(axes_of(profile.grid), profile.grid.families, strict=True)
    ]


def skill_view(profile: Profile, labels: Mapping[str, str], code: str) -> SkillView:
    """One skill in detail, even when no college may be shown. Raises ``KeyError`` when the grid has none."""
    return _views(profile, labels)[code]


def _family(axis: Axis, family: Family, views: list[SkillView]) -> FamilyView:
    asked = tuple(view for view in views if view.published)
    unasked = tuple(view.skill.title for view in views if not view.published)
    return FamilyView(axis, family.description, asked, unasked)


def _views(profile: Profile, labels: Mapping[str, str]) -> dict[str, SkillView]:
    known = {(row["skill"], row["college"]): row for row in rows(profile.skills)}
    badges = dict(zip(labels, badges_of(list(labels)), strict=True))

    def cells(skill: Skill) -> Iterator[SkillCell]:
        for code, label in labels.items():
            yield _cell(known.get((skill.code, code)), code, label, badges[code], profile.rules.k)

    return {skill.code: SkillView(skill, tuple(cells(skill)), profile.grid.levels) for skill in profile.grid.skills}


def _cell(row: dict[str, Any] | None, code: str, label: str, badge: str, k: int) -> SkillCell:
    mean = figure(row["mean"]) if row else None
    if row is None or mean is None:
        return SkillCell(code, label, badge, "", None, fewer_than(k))
    return SkillCell(
        code,
        label,
        badge,
        respondents(row["n"], k),
        mean,
        agreement=str(row["agreement"] or ""),
        unknown=figure(row["unknown"]),
        not_applicable=figure(row["not_applicable"]),
        unanswered=figure(row["unanswered"]),
        distribution=tuple(row["distribution"]),
    )


_W, _H = 260.0, 20.0


def distribution_bar(cell: SkillCell, levels: tuple[Level, ...], colour: str) -> Markup:
    """How many chose each level, lowest on the left, darker as the level rises; said in full to screen readers."""
    total = sum(cell.distribution)
    said = ", ".join(f"{level.label} {count}" for level, count in zip(levels, cell.distribution, strict=True))
    parts, left = [element("title", said)], 0.0
    for rank, count in enumerate(cell.distribution):
        if count:
            width = _W * count / total
            parts += _segment(left, width, rank / (len(levels) - 1), str(count), colour)
            left += width
    return element(
        "svg", *parts, class_="distribution", viewBox=f"0 0 {_W:.0f} {_H:.0f}", role="img", preserveAspectRatio="none"
    )


def _segment(left: float, width: float, rank: float, count: str, colour: str) -> Iterator[Markup]:
    ink = ByClass()
    box = {"x": left + 0.5, "y": 0, "width": max(width - 1, 0.5), "height": _H}
    yield element("rect", **box, fill_opacity=f"{0.12 + 0.88 * rank:.2f}", **ink.fill(colour))
    if width > 12:
        place = {"x": left + width / 2, "y": 14, "font_size": 12, "text_anchor": "middle", "font_weight": 600}
        yield element("text", count, **place, **ink.fill("on-hue" if rank > 0.5 else "ink"))


WIDTH, _BELOW, _DOT, _MARGIN = 320.0, 30.0, 11.0, 14.0


def strip(view: SkillView, colour: str) -> Markup:
    """The colleges of one skill as lettered dots along the levels; dots that would meet are set one above the other."""
    places = {level.value: _across(level.value, view.levels) for level in view.levels}
    spots = _stacked([_across(cell.mean, view.levels) for cell in view.published if cell.mean is not None])
    middle = _DOT + 3 + max((row for _x, row in spots), default=0) * _DOT * 2
    said = ", ".join(f"{cell.label} {cell.score}" for cell in view.published)
    dots = (
        _dot(cell, at, middle - row * _DOT * 2, colour) for cell, (at, row) in zip(view.published, spots, strict=True)
    )
    shown = {"class_": "strip", "viewBox": f"0 0 {WIDTH:.0f} {middle + _BELOW:.0f}", "role": "img"}
    return element("svg", element("title", said), *_track(places, middle), *dots, **shown)


def _across(value: float, levels: tuple[Level, ...]) -> float:
    low, high = levels[0].value, levels[-1].value
    return _MARGIN + (value - low) / (high - low) * (WIDTH - 2 * _MARGIN)


def _track(places: Mapping[int, float], y: float) -> Iterator[Markup]:
    ink, lefts = ByClass(), list(places.values())
    yield element("line", x1=lefts[0], x2=lefts[-1], y1=y, y2=y, stroke_width=2, **ink.stroke("line"))
    for value, x in places.items():
        yield element("line", x1=x, x2=x, y1=y - 6, y2=y + 6, stroke_width=2, **ink.stroke("line"))
        number = {"x": x, "y": y + _DOT + 15, "font_size": 12, "text_anchor": "middle"}
        yield element("text", str(value), **number, **ink.fill("soft"))


def _stacked(wanted: list[float]) -> list[tuple[float, int]]:
    """Each dot's place across and its row, 0 on the track: the lowest row in which it touches no other."""
    placed: dict[int, tuple[float, int]] = {}
    for index in sorted(range(len(wanted)), key=lambda i: wanted[i]):
        taken = {row for at, row in placed.values() if abs(at - wanted[index]) < _DOT * 2}
        placed[index] = (wanted[index], next(row for row in range(len(wanted)) if row not in taken))
    return [placed[index] for index in range(len(wanted))]


def _dot(cell: SkillCell, x: float, y: float, colour: str) -> Markup:
    ink = ByClass()
    circle = element("circle", cx=x, cy=y, r=_DOT, **ink.fill(colour))
    letters = {"x": x, "y": y + 4, "font_size": 11, "font_weight": 700, "text_anchor": "middle"}
    return element("g", circle, element("text", cell.badge, **letters, **ink.fill("on-hue")))
