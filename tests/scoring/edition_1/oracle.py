"""The method of docs/method-1.md, slow and naive, written from its text alone: the oracle of the fast code.

Plain loops over plain dictionaries and fractions; nothing here is imported from the room that it judges.
"""

import itertools
import math
from fractions import Fraction

from scipy import stats

DEFAULTS = {
    "k": 5,
    "workshop_k": None,
    "weighting": "equal",
    "colleges": None,
    "sizes": None,
    "coverage": 0.5,
    "territory_colleges": 3,
    "small_campaign": 4,
    "small_campaign_colleges": 2,
    "confidence": 0.95,
    "interval_n": 5,
    "agreement_divisor": 6,
    "agreement_n": 5,
    "opposed_share": 0.25,
    "opposed_levels": 2,
    "clear_change": 0.5,
}


def written(number):
    return Fraction(str(number))


class Campaign:
    """One campaign: its rows (dictionaries with a college, a mode and one value per skill), its grid, its rules."""

    def __init__(self, rows, grid, **rules):
        self.grid, self.rules = grid, DEFAULTS | rules
        self.lowest, self.highest = grid.levels[0].value, grid.levels[-1].value
        declared = [college.code for college in grid.colleges]
        self.campaign = [
            code for code in declared if self.rules["colleges"] in (None, ()) or code in self.rules["colleges"]
        ]
        self.groups = {college: [] for college in self.campaign}
        for row in rows:
            where = "atelier" if row.get("mode") == "atelier" else row["college"]
            self.groups.setdefault(where, []).append(row)

    def k(self, college):
        if college == "atelier" and self.rules["workshop_k"] is not None:
            return self.rules["workshop_k"]
        return self.rules["k"]

    def shown_n(self, n, college):
        return n if n >= self.k(college) else "<k"

    def levels(self, skill, college):
        return [row[skill] for row in self.groups[college] if isinstance(row.get(skill), int)]

    def is_published(self, skill, college):
        return len(self.levels(skill, college)) >= self.k(college)

    def mean(self, skill, college):
        levels = self.levels(skill, college)
        return Fraction(sum(levels), len(levels))

    def weight(self, skill):
        return written(self.grid.skill(skill).weight)

    # Steps 1 and 2

    def skill_row(self, skill, family, college):
        levels = self.levels(skill, college)
        n = len(levels)
        row = {"skill": skill, "family": family, "college": college, "n": self.shown_n(n, college)}
        if not self.is_published(skill, college):
            return row | {"published": False}
        m = self.mean(skill, college)
        everyone = self.groups[college]
        squares = sum((x - m) ** 2 for x in levels)
        ad = sum(abs(x - m) for x in levels) / n
        values = [level.value for level in self.grid.levels]
        row |= {"published": True, "mean": m, "ad": ad, "distribution": [levels.count(value) for value in values]}
        row["sd"] = math.sqrt(squares / (n - 1)) if n > 1 else None
        row["rwg"] = max(0, 1 - squares / (n - 1) / Fraction(len(values) ** 2 - 1, 12)) if n > 1 else None
        row["agreement"] = self.agreement(levels, ad, values) if n > 1 else None
        row["unknown"] = Fraction(sum(r.get(skill) == "NSP" for r in everyone), len(everyone))
        row["not_applicable"] = Fraction(sum(r.get(skill) == "SO" for r in everyone), len(everyone))
        row["unanswered"] = Fraction(sum(r.get(skill) is None for r in everyone), len(everyone))
        return row

    def agreement(self, levels, ad, values):
        n = len(levels)
        if n >= self.rules["agreement_n"] and ad <= Fraction(len(values), self.rules["agreement_divisor"]):
            return "avis convergents"
        ends = min(self.rules["opposed_levels"], len(values) // 2)
        low = sum(x in values[:ends] for x in levels)
        high = sum(x in values[len(values) - ends :] for x in levels)
        if min(low, high) >= written(self.rules["opposed_share"]) * n:
            return "avis opposés"
        return "avis partagés"

    # Steps 3 and 4

    def family_skills(self, family):
        return [skill.code for known in self.grid.families if known.code == family for skill in known.skills]

    def family(self, family, college, weights=None):
        """(n, coverage, score, variance, degrees); a hidden score is None. ``weights``: those of a comparison."""
        every = self.family_skills(family)
        kept = [s for s in every if self.is_published(s, college) and (weights is None or s in weights)]
        whole = sum(self.weight(s) for s in every)
        answered = [row for row in self.groups[college] if any(isinstance(row.get(s), int) for s in kept)]
        n = len(answered)
        coverage = sum(self.weight(s) for s in kept) / whole if whole else Fraction(0)
        w = {s: self.weight(s) if weights is None else weights[s] for s in kept}
        total = sum(w.values())
        if coverage < written(self.rules["coverage"]) or not total:
            return n, coverage, None, None, None
        score = sum(w[s] * self.mean(s, college) for s in kept) / total
        if n < self.rules["interval_n"]:
            return n, coverage, score, None, None
        z = [
            sum(
                w[s] / total * (row[s] - self.mean(s, college)) * Fraction(n, len(self.levels(s, college)))
                for s in kept
                if isinstance(row.get(s), int)
            )
            for row in answered
        ]
        middle = sum(z) / n
        variance = sum((value - middle) ** 2 for value in z) / (n - 1) / n
        size = (self.rules["sizes"] or {}).get(college)
        if size is not None:
            variance *= Fraction(size - n, size - 1)
        return n, coverage, score, variance, n - 1

    def margin(self, variance, degrees):
        if not variance:
            return 0.0
        return stats.t.ppf((1 + self.rules["confidence"]) / 2, degrees) * math.sqrt(variance)

    def interval(self, score, variance, degrees):
        if variance is None:
            return None, None
        margin = self.margin(variance, degrees)
        return max(score - margin, self.lowest), min(score + margin, self.highest)

    def family_row(self, family, college):
        n, coverage, score, variance, degrees = self.family(family, college)
        row = {"family": family, "college": college, "n": self.shown_n(n, college)}
        if score is None:
            return row | {"published": False}
        low, high = self.interval(score, variance, degrees)
        return row | {"published": True, "score": score, "coverage": coverage, "low": low, "high": high}

    # Step 5

    def territory(self, scores, weighting):
        """(score, variance, degrees, colleges) from ``{college: (n, coverage, score, variance, degrees)}``."""
        known = {college: found for college, found in scores.items() if found[2] is not None}
        few = len(self.campaign) < self.rules["small_campaign"]
        needed = self.rules["small_campaign_colleges"] if few else self.rules["territory_colleges"]
        if len(known) < needed:
            return None, None, None, len(known)
        heads = {college: found[0] if weighting == "heads" else 1 for college, found in known.items()}
        share = {college: Fraction(count, sum(heads.values())) for college, count in heads.items()}
        score = sum(share[college] * found[2] for college, found in known.items())
        if any(found[3] is None for found in known.values()):
            return score, None, None, len(known)
        parts = [(share[college] ** 2 * found[3], found[4]) for college, found in known.items()]
        return score, sum(v for v, _ in parts), welch(parts), len(known)

    def territory_row(self, family, weighting=None):
        scores = {college: self.family(family, college) for college in self.campaign}
        score, variance, degrees, colleges = self.territory(scores, weighting or self.rules["weighting"])
        if score is None:
            return {"family": family, "published": False}
        low, high = self.interval(score, variance, degrees)
        return {"family": family, "published": True, "score": score, "colleges": colleges, "low": low, "high": high}

    def profile(self):
        families = [family.code for family in self.grid.families]
        return {
            "respondents": {college: self.shown_n(len(rows), college) for college, rows in self.groups.items()},
            "skills": [
                self.skill_row(skill.code, family.code, college)
                for family in self.grid.families
                for skill in family.skills
                for college in self.groups
            ],
            "families": [self.family_row(family, college) for family in families for college in self.groups],
            "territory": [self.territory_row(family) for family in families],
        }


def welch(parts):
    total = sum(v for v, _ in parts)
    return float(total**2 / sum(v**2 / degrees for v, degrees in parts)) if total else None


# Step 6


def units(before, after):
    """Connected groups of « continues as », by merging sets until nothing moves: [(old skills, new skills)]."""
    old, new = [s.code for s in before.skills], [s.code for s in after.skills]
    named = {}
    if after.correspondence and after.correspondence.from_version == before.version:
        named = after.correspondence.skills
    links = [({("o", a)} | {("n", b)}) for a in old for b in named.get(a, (a,)) if b in new]
    while pair := next(((a, b) for a, b in itertools.combinations(links, 2) if a & b), None):
        links = [group for group in links if group not in pair] + [pair[0] | pair[1]]
    found = [([s for s in old if ("o", s) in group], [s for s in new if ("n", s) in group]) for group in links]
    homes = {("o", s): before.family_of(s).code for s in old} | {("n", s): after.family_of(s).code for s in new}
    one_home = [(a, b) for a, b in found if len({homes["o", s] for s in a} | {homes["n", s] for s in b}) == 1]
    return sorted(one_home, key=lambda unit: new.index(unit[1][0]))


def change_row(before, after, family, college, pairs, weighting):
    """One row of the comparison of two campaigns; ``pairs`` is what ``pairs_of`` found."""
    row = {"family": family, "college": college}
    if college == "territoire":
        both = [c for c in after.campaign if pairs[family, c][1] is not None]
        row["comparable_skills"] = 0
        sides = []
        for side, campaign in enumerate((before, after)):
            hidden = (0, 0, None, None, None)
            scores = {c: pairs[family, c][1][side] if c in both else hidden for c in campaign.campaign}
            sides.append(campaign.territory(scores, weighting)[:3])
        if None in (sides[0][0], sides[1][0]):
            return row
        row["comparable_skills"] = len({str(unit) for c in both for unit in pairs[family, c][0]})
        components = [
            (v, d)
            for side, campaign in enumerate((before, after))
            for v, d in territory_parts(campaign, [pairs[family, c][1][side] for c in both], weighting)
        ]
    else:
        usable, found = pairs[family, college]
        row["comparable_skills"] = len(usable)
        if found is None:
            return row
        sides = [(score, variance, degrees) for _, _, score, variance, degrees in found]
        components = [(variance, degrees) for _, variance, degrees in sides]
    return row | judged(sides, components, after.rules)


def territory_parts(campaign, found, weighting):
    heads = [n if weighting == "heads" else 1 for n, *_ in found]
    for count, (_, _, _, variance, degrees) in zip(heads, found, strict=True):
        yield (None if variance is None else Fraction(count, sum(heads)) ** 2 * variance), degrees


def judged(sides, components, rules):
    (was, *_), (now, *_) = sides
    delta = now - was
    row = {"before": was, "after": now, "delta": delta, "verdict": "stable ou incertain"}
    if any(variance is None for variance, _ in components):
        return row
    variance, degrees = sum(v for v, _ in components), welch(components)
    margin = stats.t.ppf((1 + rules["confidence"]) / 2, degrees) * math.sqrt(variance) if variance else 0.0
    low, high = float(delta) - margin, float(delta) + margin
    if (low > 0 or high < 0) and abs(delta) >= written(rules["clear_change"]):
        row["verdict"] = "hausse nette" if delta > 0 else "baisse nette"
    p = 2 * stats.t.sf(abs(float(delta)) / math.sqrt(variance), degrees) if variance else float(delta == 0)
    return row | {"low": low, "high": high, "p": p}


def pairs_of(before, after, family, college):
    """(usable units, (before, after) or None when either is hidden)."""
    if college not in before.groups or college not in after.groups:
        return [], None
    usable = [
        (old, new)
        for old, new in units(before.grid, after.grid)
        if after.grid.family_of(new[0]).code == family
        and all(before.is_published(s, college) for s in old)
        and all(after.is_published(s, college) for s in new)
    ]
    later = {s: after.weight(s) for _, new in usable for s in new}
    earlier = {}
    for old, new in usable:
        unit, parts = sum(after.weight(s) for s in new), sum(before.weight(s) for s in old)
        for s in old:
            earlier[s] = unit * (before.weight(s) / parts if parts else Fraction(1, len(old)))
    found = (before.family(family, college, earlier), after.family(family, college, later))
    return usable, None if None in (found[0][2], found[1][2]) else found


def change(before, after, weighting="equal"):
    families = [family.code for family in after.grid.families]
    pairs = {(f, c): pairs_of(before, after, f, c) for f in families for c in after.groups}
    return [
        change_row(before, after, family, college, pairs, weighting)
        for family in families
        for college in (*after.groups, "territoire")
    ]
