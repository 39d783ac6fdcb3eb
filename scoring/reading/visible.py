"""The smallest change that a number of answers could show, computed before a campaign (method § 6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grille.grid import Grid
from scoring.formulas.judgement import Measure, Page
from scoring.formulas.precision import chance_variance, mixed
from scoring.formulas.scores import shares
from scoring.rules import Rules
from scoring.statistics.exact import Number, exact
from scoring.statistics.student import Part


@dataclass(frozen=True)
class Visible:
    """The smallest change, in levels, that a comparison of two campaigns of these sizes could show.

    ``territory``: for the territory. ``opened``: for each college, if its family's territory moves the same way.
    ``alone``: for each college that moves alone, the strictest test. None where there would be no test: too few
    answers, volunteers; and in ``opened`` where there is no territory beside the college. ``published`` are the
    colleges, volunteers included, of which enough answers are expected; ``needed`` of them publish a territory.
    """

    territory: float | None
    opened: Mapping[str, float | None]
    alone: Mapping[str, float | None]
    published: tuple[str, ...] = ()
    needed: int = 1


def smallest_visible(
    n_before: int,
    n_after: int | None = None,
    *,
    levels: int = 5,
    skills: int = 3,
    spread: Number | None = None,
    rules: Rules | None = None,
    confidence: Number | None = None,
) -> float:
    """Return max(threshold, t·√V⁰), in levels, for two campaigns of so many answers to every skill of a family.

    ``n_after`` is by default ``n_before``. ``skills`` is the number of skills, of equal weights; ``spread`` is in
    levels, by default a quarter of the scale; ``confidence`` is by default 1 − 2α, that of a college of an open family.

    >>> [round(smallest_visible(n), 1) for n in (5, 8, 12, 20, 100)]
    [1.0, 0.8, 0.6, 0.5, 0.5]
    """
    rules = rules or Rules()
    page = Page.of(rules, levels)
    parts = [_part(n, levels, skills, spread, rules) for n in (n_before, n_after or n_before)]
    return _visible(parts, page, 1 - 2 * page.alpha if confidence is None else exact(confidence))


def smallest_visible_by_college(sizes: Mapping[str, int], grid: Grid, rules: Rules | None = None) -> Visible:
    """Return the smallest visible changes for two campaigns alike; ``sizes`` are the answers expected of each college.

    They are those of a family of the grid's usual length, with a spread of a quarter of the scale, when every family
    is compared. Colleges with too few answers for an interval are left out; voluntary ones are not tested. A campaign
    of one college is its own territory: both have the same figure.

    >>> from grille import current
    >>> found = smallest_visible_by_college({"elus": 8, "agents": 20, "habitants": 4}, current())
    >>> round(found.territory, 2), {college: one and round(one, 2) for college, one in found.opened.items()}
    (0.72, {'elus': 0.71, 'agents': 0.5, 'habitants': None})
    """
    rules = rules or Rules()
    page, families, skills = Page.of(rules, len(grid.levels)), len(grid.families), usual_length(grid)
    known = {college: n for college, n in sizes.items() if n >= max(rules.interval_n, rules.k)}
    tested, needed = [college for college in known if college not in rules.voluntary], rules.colleges_needed(len(sizes))
    whole = len(known) >= needed and bool(tested)
    beside = whole and len(sizes) > 1
    share = page.alpha / 2 if beside else page.alpha
    parts = {college: _part(n, len(grid.levels), skills, None, rules) for college, n in known.items()}
    return Visible(
        _territory(known, parts, page, 1 - share / families, rules) if whole else None,
        {one: _college(parts, one, tested if beside else (), page, 1 - 2 * page.alpha) for one in sizes},
        {one: _college(parts, one, tested, page, 1 - share / (families * max(1, len(tested)))) for one in sizes},
        tuple(known),
        needed,
    )


def usual_length(grid: Grid) -> int:
    """Return the median number of skills with a positive weight in a family, the lower one of two medians."""
    lengths = sorted(sum(skill.weight > 0 for skill in family.skills) for family in grid.families)
    return max(1, lengths[(len(lengths) - 1) // 2])


def _college(
    parts: Mapping[str, Part], college: str, tested: Sequence[str], page: Page, confidence: Fraction
) -> float | None:
    return _visible([parts[college]] * 2, page, confidence) if college in tested else None


def _territory(
    known: Mapping[str, int], parts: Mapping[str, Part], page: Page, confidence: Fraction, rules: Rules
) -> float:
    weights = shares(known, rules.weighting)
    combined = [(weights[college] ** 2 * variance, degrees) for college, (variance, degrees) in parts.items()]
    return _visible(combined * 2, page, confidence)


def _part(n: int, levels: int, skills: int, spread: Number | None, rules: Rules) -> Part:
    """Return V⁰ = v·g/n and ν of a campaign."""
    square = Fraction(levels - 1, 4) ** 2 if spread is None else exact(spread) ** 2
    halo = exact(rules.halo)
    v, g = mixed(chance_variance(levels), square, Fraction(n), rules), halo + (1 - halo) / skills
    return v * g / n, n - 1 + exact(rules.prior_n)


def _visible(parts: list[Part], page: Page, confidence: Fraction) -> float:
    return max(float(page.threshold), Measure(Fraction(0), tuple(parts)).half_width(confidence))
