"""Every figure of one restitution page, redone from the raw answers with nothing but Python's own arithmetic.

The method is design §5, written a second time and slowly; only Student's quantile is borrowed.
"""

import json
import math
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import lxml.html
import pytest
from flask.testing import FlaskClient
from scipy.stats import t

K = 5
COLLEGES = ("elus", "agents", "associations", "habitants", "entreprises")


@dataclass(frozen=True)
class Score:
    """A score and the independent parts (variance, degrees) of its uncertainty."""

    value: Fraction
    parts: tuple[tuple[float, int], ...]

    def interval(self) -> tuple[float, float]:
        variance = sum(part for part, _degrees in self.parts)
        degrees = variance**2 / sum(part**2 / degrees for part, degrees in self.parts)
        margin = t.ppf(0.975, degrees) * math.sqrt(variance)
        return float(self.value) - margin, float(self.value) + margin


class Wave:
    """One campaign's raw answers, and the figures that follow from them."""

    def __init__(self, db: sqlite3.Connection, slug: str) -> None:
        id_, grid = db.execute(
            "SELECT campaigns.id, document FROM campaigns JOIN grids ON grids.id = grid_id WHERE slug = ?", (slug,)
        ).fetchone()
        self.families = {one["code"]: one for one in json.loads(grid)["families"]}
        rows = db.execute(
            "SELECT college, mode, document FROM responses WHERE campaign_id = ? AND answered > 0", (id_,)
        )
        self.people: dict[str, list[dict[str, int | str]]] = {college: [] for college in COLLEGES}
        for college, mode, document in rows:
            if mode != "atelier":
                self.people[college].append(json.loads(document)["answers"])
        sizes = db.execute("SELECT code, size FROM campaign_colleges WHERE campaign_id = ?", (id_,))
        self.sizes = dict(sizes.fetchall())

    def levels(self, college: str, skill: str) -> list[int]:
        found = (person.get(skill) for person in self.people[college])
        return [answer for answer in found if isinstance(answer, int)]

    def mean(self, college: str, skill: str) -> Fraction | None:
        levels = self.levels(college, skill)
        return Fraction(sum(levels), len(levels)) if len(levels) >= K else None

    def college(self, family: str, college: str, among: set[str] | None = None) -> Score | None:
        skills = [skill["code"] for skill in self.families[family]["skills"]]
        shown = [s for s in skills if self.mean(college, s) is not None and (among is None or s in among)]
        if 2 * len(shown) < len(skills):
            return None
        means = {skill: self.mean(college, skill) or Fraction(0) for skill in shown}
        people = [one for one in self.people[college] if any(isinstance(one.get(skill), int) for skill in shown)]
        n = len(people)
        z = [
            sum(
                (one[s] - means[s]) * Fraction(n, len(self.levels(college, s)))
                for s in shown
                if isinstance(one.get(s), int)
            )
            / len(shown)
            for one in people
        ]
        centre = sum(z) / n
        variance = float(sum((x - centre) ** 2 for x in z)) / (n - 1) / n
        if size := self.sizes.get(college):
            variance *= (size - n) / (size - 1)
        return Score(sum(means.values()) / len(means), ((variance, n - 1),))


def together(scores: list[Score], weights: list[Fraction] | None = None) -> Score | None:
    if weights is None and len(scores) < 3:
        return None
    shares = weights or [Fraction(1, len(scores))] * len(scores)
    parts = tuple(
        (float(share) ** 2 * variance, degrees)
        for share, score in zip(shares, scores, strict=True)
        for variance, degrees in score.parts
    )
    return Score(sum((share * one.value for share, one in zip(shares, scores, strict=True)), Fraction(0)), parts)


def territory(wave: Wave, family: str) -> Score | None:
    return together([score for college in COLLEGES if (score := wave.college(family, college))])


def change(before: Wave, after: Wave, family: str) -> tuple[Score, Score, int]:
    sides: tuple[list[Score], list[Score]] = ([], [])
    used: set[str] = set()
    for college in COLLEGES:
        codes = [skill["code"] for skill in after.families[family]["skills"]]
        common = {s for s in codes if before.mean(college, s) is not None and after.mean(college, s) is not None}
        pair = before.college(family, college, common), after.college(family, college, common)
        if all(pair):
            used |= common
            for side, score in zip(sides, pair, strict=True):
                assert score
                side.append(score)
    was, now = together(sides[0]), together(sides[1])
    assert was
    assert now
    return was, now, len(used)


def text(value: Fraction | float, digits: int = 1) -> str:
    exact = Fraction(value).limit_denominator(10**9) if isinstance(value, float) else value
    scaled = math.floor(abs(exact) * 10**digits + Fraction(1, 2))
    sign = "−" if exact < 0 and scaled else ""
    return sign + f"{scaled // 10**digits},{scaled % 10**digits:0{digits}d}"


def signed(value: Fraction) -> str:
    return text(value) if text(value).startswith("−") or text(value) == "0,0" else f"+{text(value)}"


def percent(part: int, whole: int) -> str:
    return f"{math.floor(Fraction(100 * part, whole) + Fraction(1, 2))}\u00a0%"


@pytest.fixture
def page(demo_client: FlaskClient) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(demo_client.get("/restitution/val-de-brume-2026").get_data(as_text=True))


@pytest.fixture
def waves(demo_database: Path) -> Iterator[dict[str, Wave]]:
    with closing(sqlite3.connect(demo_database)) as db:
        yield {year: Wave(db, f"val-de-brume-{year}") for year in ("2023", "2025", "2026")}


def words(node: lxml.html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def rows(table: lxml.html.HtmlElement) -> list[list[str]]:
    return [[words(cell) for cell in row.iterchildren()] for row in table.iterfind(".//tbody/tr")]


def the_table(page: lxml.html.HtmlElement, caption: str) -> lxml.html.HtmlElement:
    (found,) = [one.getparent() for one in page.iterfind(".//table/caption") if words(one) == caption]
    return found


def said(score: Score | None) -> str:
    return text(score.value) if score else "moins de 3 collèges publiés"


def test_the_families_table(page: lxml.html.HtmlElement, waves: dict[str, Wave]) -> None:
    for code, row in zip(waves["2026"].families, rows(the_table(page, "Les mêmes chiffres")), strict=True):
        was, now, _skills = change(waves["2025"], waves["2026"], code)
        delta = now.value - was.value
        low, high = Score(delta, was.parts + now.parts).interval()
        clear = abs(delta) >= Fraction(1, 2) and not low <= 0 <= high
        verdict = ("hausse nette" if delta > 0 else "baisse nette") if clear else "stable ou incertain"
        scores = [said(territory(waves[year], code)) for year in ("2023", "2025", "2026")]
        assert [cell.split(" ")[0] for cell in row[1:4]] == scores
        assert row[4].split(" ", 1)[1] == f"{verdict} {signed(delta)}"


def test_the_changes(page: lxml.html.HtmlElement, waves: dict[str, Wave]) -> None:
    told = [words(one) for one in page.iterfind(".//section[@id='evolution']//li/p")]
    for code, sentence in zip(waves["2026"].families, told, strict=False):
        was, now, skills = change(waves["2025"], waves["2026"], code)
        delta = now.value - was.value
        low, high = Score(delta, was.parts + now.parts).interval()
        assert sentence == (
            f"De {text(was.value)} à {text(now.value)} ({signed(delta)}), sur {skills} savoir-faire comparables. "
            f"L’écart réel se situe sans doute entre {text(low)} et {text(high)}."
        )


def test_the_colleges_table(page: lxml.html.HtmlElement, waves: dict[str, Wave]) -> None:
    wave = waves["2026"]
    *colleges, whole = rows(the_table(page, "Les mêmes chiffres, par collège"))
    for college, row in zip(COLLEGES, colleges, strict=True):
        assert row[1] == (str(len(wave.people[college])) if len(wave.people[college]) >= K else "moins de 5")
        for code, cell in zip(wave.families, row[2:], strict=True):
            score = wave.college(code, college)
            if score is None:
                assert cell in {"trop peu de savoir-faire", "moins de 5 réponses"}
            else:
                low, high = (min(max(bound, 0), 4) for bound in score.interval())
                assert cell == f"{text(score.value)} {text(low)} à {text(high)}"
    assert whole[1:] == [str(sum(map(len, wave.people.values()))), *(said(territory(wave, c)) for c in wave.families)]


def test_the_skills_college_by_college(page: lxml.html.HtmlElement, waves: dict[str, Wave]) -> None:
    wave = waves["2026"]
    skills = {skill["title"]: skill["code"] for family in wave.families.values() for skill in family["skills"]}
    articles = page.findall(".//article[@class='skill']")
    assert len(articles) == len(skills)
    for article in articles:
        skill = skills[words(article.find(".//h4"))]
        for college, row in zip(COLLEGES, article.iterfind(".//tbody/tr"), strict=True):
            _check_cell(wave, college, skill, row)


def _check_cell(wave: Wave, college: str, skill: str, row: lxml.html.HtmlElement) -> None:
    mean, levels, people = wave.mean(college, skill), wave.levels(college, skill), wave.people[college]
    cells = [words(cell) for cell in row.iterchildren()]
    if mean is None:
        assert cells[1:] == ["moins de 5 réponses"]
        return
    counts, given = Counter(levels), Counter(str(person.get(skill, "–")) for person in people)
    spread = Fraction(sum(abs(x - mean) for x in levels), len(levels))
    ends = [sum(x in side for x in levels) / len(levels) for side in ((0, 1), (3, 4))]
    opposed = min(ends) >= 0.25
    agreement = "avis convergents" if spread <= Fraction(5, 6) else "avis opposés" if opposed else "avis partagés"
    assert cells[1] == f"{text(mean)} sur {len(levels)} réponses"
    assert [int(word) for word in row.find(".//title").text.replace(",", "").split() if word.isdigit()] == [
        counts[level] for level in range(5)
    ]
    assert cells[3] == agreement
    assert cells[4:] == [percent(given[kind], len(people)).replace("\u00a0", " ") for kind in ("NSP", "SO", "–")]


def test_both_weightings(page: lxml.html.HtmlElement, waves: dict[str, Wave]) -> None:
    wave = waves["2026"]
    for code, row in zip(wave.families, rows(the_table(page, "Les deux façons de compter")), strict=True):
        known = [(score, score.parts[0][1] + 1) for college in COLLEGES if (score := wave.college(code, college))]
        heads = [Fraction(n, sum(n for _score, n in known)) for _score, n in known]
        equal, counted = together([score for score, _n in known]), together([score for score, _n in known], heads)
        assert equal
        assert counted
        assert row[1:4] == [text(equal.value), text(counted.value), signed(counted.value - equal.value)]
        scores = [score.value for score, _n in known]
        without = [(sum(scores) - score) / (len(scores) - 1) for score in scores]
        assert row[4] == f"{text(min(without))} à {text(max(without))}"


def test_why_this_score(page: lxml.html.HtmlElement, waves: dict[str, Wave]) -> None:
    wave = waves["2026"]
    for code, details in zip(wave.families, page.iterfind(".//details[@class='why']"), strict=True):
        whole = territory(wave, code)
        assert whole
        known = [score for college in COLLEGES if (score := wave.college(code, college))]
        told = rows(details.find(".//table"))
        assert [row[1] for row in told] == [text(score.value, 2) for score in known]
        assert [row[3] for row in told] == [text(score.value / len(known), 2) for score in known]
        assert words(details.find(".//tfoot//td/b")) == text(whole.value, 2)
