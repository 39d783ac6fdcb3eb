"""The rows of a profile's tables (method § 11)."""

from collections.abc import Iterator
from typing import Any

from scoring.figures.base import Cell, counted
from scoring.figures.exact_figures import ExactFigures
from scoring.figures.hindsight_page import figures
from scoring.formulas import agreement
from scoring.formulas.absent import absent_gap
from scoring.formulas.judgement import TERRITORY, JudgedRow
from scoring.formulas.scores import mean_of_colleges
from scoring.rules import Rules
from scoring.tables import Row


def skills(profile: ExactFigures) -> Iterator[Row]:
    """Yield a row per skill and college."""
    for family in profile.grid.families:
        for skill in family.skills:
            for college in profile.all_colleges:
                row: Row = {"skill": skill.code, "family": family.code, "college": college}
                row["n"] = profile.counts[skill.code, college]
                yield row | _cell(profile.cells.get((skill.code, college)), profile.rules)


def _cell(cell: Cell | None, rules: Rules) -> Row:
    if cell is None:
        return {"published": False}
    figures = {"published": True, "mean": float(cell.mean), "silence": float(cell.silence)}
    tally = cell.detail
    if tally is None:
        return figures
    return figures | {
        "sd": tally.sd,
        "ad": tally.ad,
        "rwg": agreement.rwg(tally),
        "agreement": agreement.words(tally, rules),
        "unknown": tally.share(tally.unknown),
        "not_applicable": tally.share(tally.not_applicable),
        "unanswered": tally.share(tally.unanswered),
        "distribution": list(tally.counts),
    }


def family(profile: ExactFigures, code: str, college: str) -> Row:
    """Return the row of a family for a college."""
    found = profile.scores[code, college]
    row: Row = {"family": code, "college": college, "n": counted(found.n, college, profile.rules)}
    if found.score is None:
        return row | {"published": False}
    interval, spread = profile.interval(code, college), profile.spread(code, college)
    absent = None
    if college in profile.rules.voluntary:
        absent = absent_gap(found.score, found.n, profile.size(college), profile.grid)
    return row | {
        "score": float(found.score),
        "low": interval.low,
        "high": interval.high,
        "margin": interval.margin,
        "spread": None if spread is None else spread.e,
        "coverage": float(found.coverage),
        "absent": None if absent is None else float(absent),
        "published": True,
    }


def territory(profile: ExactFigures, code: str) -> Row:
    """Return the row of a family for the territory."""
    found = profile.of_territory(code)
    if found.score is None:
        return {"family": code, "published": False}
    interval = profile.interval(code)
    return {
        "family": code,
        "score": float(found.score),
        "low": interval.low,
        "high": interval.high,
        "margin": interval.margin,
        "colleges": found.colleges,
        "voluntary": [college for college in found.weights if college in profile.rules.voluntary],
        "published": True,
    }


def weightings(profile: ExactFigures, code: str) -> Row:
    """Return the row of a family's scores under both weightings."""
    equal, heads = (profile.of_territory(code, weighting).score for weighting in ("equal", "heads"))
    if equal is None or heads is None:
        return {"family": code, "published": False}
    figures = {"equal": float(equal), "heads": float(heads), "difference": float(heads - equal)}
    return {"family": code, "published": True} | figures


def hindsight(profile: ExactFigures) -> Iterator[Row]:
    """Yield the rows of hindsight; none when it was not asked."""
    for row in profile.hindsight_rows:
        figures: Row = {"family": row.family, "college": row.place, "published": row.delta is not None}
        if row.delta is not None:
            figures |= {"n": _people(profile, row), "delta": float(row.delta), "low": row.low, "high": row.high}
            figures |= {"confidence": _number(row.confidence), "verdict": row.verdict, "visible": row.visible}
        yield figures


def _people(profile: ExactFigures, row: JudgedRow) -> int:
    """Return the number of people who gave both levels; for the territory, in the colleges that make it."""
    assert profile.hindsight_base is not None  # noqa: S101 — there would be no row
    found = figures(profile.hindsight_base, profile, row.family)
    if row.place != TERRITORY:
        return found[row.place].n
    return sum(found[college].n for college in mean_of_colleges(found, "equal").weights)


def hindsight_skills(profile: ExactFigures) -> Iterator[Row]:
    """Yield the mean difference of each skill and college; no row when hindsight was not asked."""
    if profile.hindsight_base is None:
        return
    for skill in profile.grid.skills:
        for college in profile.colleges:
            cell = profile.hindsight_base.cells.get((skill.code, college))
            row: Row = {"skill": skill.code, "college": college, "published": cell is not None}
            yield row | ({"n": cell.n, "delta": float(cell.delta)} if cell else {})


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
