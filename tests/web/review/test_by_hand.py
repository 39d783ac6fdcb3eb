"""Every figure of one restitution page, redone from the raw answers by the naive oracle of the method."""

import json
import math
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from fractions import Fraction
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from flask.testing import FlaskClient

from grille import Grid
from tests.scoring.oracle import Campaign, Comparison, family_rows, territory_rows, weighting_rows
from tests.scoring.oracle.agreement import word
from tests.scoring.oracle.campaign import TERRITORY
from tests.scoring.oracle.display import half_up, outward, terms_shown
from tests.scoring.oracle.territory import mean_of, of_territory, seen

COLLEGES = ("elus", "agents", "associations", "habitants", "entreprises")
SIGNS = {
    "hausse nette": "▲",
    "baisse nette": "▼",
    "stable": "●",
    "pas de baisse nette": "≥",
    "pas de hausse nette": "≤",
    "on ne peut pas dire": "?",
}


def campaign_of(db: sqlite3.Connection, slug: str) -> Campaign:
    """One campaign's raw answers, its grid and its sizes; what nobody answered is a silence."""
    id_, grid = db.execute(
        "SELECT campaigns.id, document FROM campaigns JOIN grids ON grids.id = grid_id WHERE slug = ?", (slug,)
    ).fetchone()
    answers = db.execute(
        "SELECT college, mode, document FROM responses WHERE campaign_id = ? AND answered > 0", (id_,)
    ).fetchall()
    rows = [{"college": one, "mode": mode} | json.loads(document)["answers"] for one, mode, document in answers]
    known = db.execute("SELECT code, size, voluntary FROM campaign_colleges WHERE campaign_id = ?", (id_,)).fetchall()
    return Campaign(
        rows,
        Grid.model_validate_json(grid),
        workshop_k=1,
        colleges=tuple(code for code, _size, _voluntary in known),
        sizes={code: size for code, size, _voluntary in known if size},
        voluntary=tuple(code for code, _size, voluntary in known if voluntary),
    )


def text(value: Fraction, digits: int = 2) -> str:
    """A figure as the page prints it: two decimals, since a change stands beside."""
    shown = half_up(value, digits)
    scaled = int(abs(shown) * 10**digits)
    return ("−" if shown < 0 else "") + f"{scaled // 10**digits},{scaled % 10**digits:0{digits}d}"


def signed(value: Fraction) -> str:
    return f"+{text(value)}" if half_up(value, 2) > 0 else text(value)


def percent(part: int, whole: int) -> str:
    return f"{math.floor(Fraction(100 * part, whole) + Fraction(1, 2))} %"


def confidence(value: float) -> str:
    return f"{text(half_up(value * 100, 1), 1).removesuffix(',0')} %"


@pytest.fixture
def page(demo_client: FlaskClient) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(demo_client.get("/restitution/val-de-brume-2026").get_data(as_text=True))


@pytest.fixture
def campaigns(demo_database: Path) -> Iterator[dict[str, Campaign]]:
    with closing(sqlite3.connect(demo_database)) as db:
        yield {year: campaign_of(db, f"val-de-brume-{year}") for year in ("2023", "2025", "2026")}


def words(node: lxml.html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def rows(table: lxml.html.HtmlElement) -> list[list[str]]:
    return [[words(cell) for cell in row.iterchildren()] for row in table.iterfind(".//tbody/tr")]


def the_table(page: lxml.html.HtmlElement, caption: str) -> lxml.html.HtmlElement:
    (found,) = [one.getparent() for one in page.iterfind(".//table/caption") if words(one) == caption]
    return found


def families(campaign: Campaign) -> list[str]:
    return [family.code for family in campaign.grid.families]


def scores(campaign: Campaign) -> dict[str, str]:
    rows = {row["family"]: row for row in territory_rows(campaign)}
    return {
        code: text(row["score"]) if row["published"] else "moins de 3 collèges publiés" for code, row in rows.items()
    }


def moves(campaigns: dict[str, Campaign]) -> dict[str, dict[str, Any]]:
    rows = Comparison(campaigns["2025"], campaigns["2026"]).rows()
    return {row["family"]: row for row in rows if row["college"] == TERRITORY}


def test_the_families_table(page: lxml.html.HtmlElement, campaigns: dict[str, Campaign]) -> None:
    printed = dict(zip(families(campaigns["2026"]), rows(the_table(page, "Les mêmes chiffres")), strict=True))
    for code, row in moves(campaigns).items():
        assert [cell.split(" ")[0] for cell in printed[code][1:4]] == [
            scores(campaigns[y])[code] for y in ("2023", "2025", "2026")
        ]
        delta = half_up(row["after"], 2) - half_up(row["before"], 2)
        assert printed[code][4] == f"{SIGNS[row['verdict']]} {row['verdict']} {signed(delta)}"


def test_the_changes(page: lxml.html.HtmlElement, campaigns: dict[str, Campaign]) -> None:
    printed = [words(one) for one in page.xpath(".//section[@id='evolution']//ul[@class='changes']/li/p[1]")]
    for sentence, row in zip(printed, moves(campaigns).values(), strict=True):
        low, high = map(signed, outward(row["low"], row["high"], 2))
        delta = half_up(row["after"], 2) - half_up(row["before"], 2)
        assert sentence == (
            f"De {text(row['before'])} à {text(row['after'])} ({signed(delta)}), sur {row['comparable_skills']} "
            f"savoir-faire comparables. Intervalle à {confidence(row['confidence'])} : de {low} à {high}."
        )


def test_the_changes_college_by_college(page: lxml.html.HtmlElement, campaigns: dict[str, Campaign]) -> None:
    expected = {(row["family"], row["college"]): row for row in Comparison(campaigns["2025"], campaigns["2026"]).rows()}
    labels = {college.label: college.code for college in campaigns["2026"].grid.colleges}
    titles = {family.title: family.code for family in campaigns["2026"].grid.families}
    printed = rows(page.xpath("//section[@id='evolution']//details[1]//table")[0])
    assert len(printed) == len(titles) * len(COLLEGES)
    for title, label, *cells in printed:
        row = expected[titles[title[2:]], labels[label]]  # after the two letters of its badge
        if "delta" not in row:
            assert len(cells) == 2
            continue
        by = half_up(row["after"], 2) - half_up(row["before"], 2)
        assert cells[:3] == [text(row["before"]), text(row["after"]), signed(by)]
        if "verdict" in row:
            low, high = outward(row["low"], row["high"], 2)
            assert cells[3] == f"{signed(low)} à {signed(high)} {confidence(row['confidence'])}"
            assert cells[4].startswith(f"{SIGNS[row['verdict']]} {row['verdict']}")
        else:
            assert cells[3] == "–"
            assert not any(word in cells[4] for word in SIGNS)


def test_the_colleges_table(page: lxml.html.HtmlElement, campaigns: dict[str, Campaign]) -> None:
    campaign = campaigns["2026"]
    known = {(row["family"], row["college"]): row for row in family_rows(campaign)}
    *colleges, whole = rows(the_table(page, "Les mêmes chiffres, par collège"))
    for college, printed in zip(COLLEGES, colleges, strict=True):
        people = len(campaign.groups[college])
        assert printed[1].startswith(str(people) if people >= 5 else "moins de 5")
        for code, cell in zip(families(campaign), printed[2:], strict=True):
            _check_score(known[code, college], cell)
    assert [one.split(" ")[0] for one in whole[2:]] == list(scores(campaign).values())


def _check_score(row: dict[str, Any], cell: str) -> None:
    if not row["published"]:
        assert cell in {"trop peu de savoir-faire", "moins de 5 réponses", "moins de 5 niveaux donnés"}
    elif row["margin"] == "intervalle":
        low, high = (min(max(end, Fraction(0)), Fraction(4)) for end in outward(row["low"], row["high"], 1))
        assert cell.startswith(f"{text(row['score'])} {text(low, 1)} à {text(high, 1)}")
    else:
        assert cell.startswith(f"{text(row['score'])} ")


def test_the_skills_college_by_college(page: lxml.html.HtmlElement, campaigns: dict[str, Campaign]) -> None:
    campaign = campaigns["2026"]
    skills = {skill.title: skill.code for skill in campaign.grid.skills}
    articles = page.findall(".//article[@class='skill']")
    assert len(articles) == len(skills)
    for article in articles:
        skill = skills[words(article.find(".//h4"))]
        for college, row in zip(COLLEGES, article.iterfind(".//tbody/tr"), strict=True):
            _check_cell(campaign, college, skill, row)


def _check_cell(campaign: Campaign, college: str, skill: str, row: lxml.html.HtmlElement) -> None:
    cells, levels, people = (
        [words(cell) for cell in row.iterchildren()],
        campaign.given(skill, college),
        campaign.people(college),
    )
    if len(levels) < 5:
        assert cells[1] == ("moins de 5 réponses" if len(people) < 5 else "moins de 5 niveaux donnés")
        return
    assert cells[1].startswith(f"{text(campaign.mean(skill, college))} sur {len(levels)} niveaux donnés")
    if len(levels) < 10:
        assert "moins de 10 réponses : la moyenne seule" in " ".join(cells)
        return
    counts, given = Counter(levels), Counter(str(person.get(skill, "–")) for person in people)
    assert [int(one) for one in row.find(".//title").text.replace(",", "").split() if one.isdigit()] == [
        counts[level] for level in range(5)
    ]
    assert cells[3] == word(levels, campaign.levels, campaign.rules)
    assert cells[4:7] == [percent(given[kind], len(people)) for kind in ("NSP", "SO", "–")]


def test_both_weightings(page: lxml.html.HtmlElement, campaigns: dict[str, Campaign]) -> None:
    campaign = campaigns["2026"]
    printed = rows(the_table(page, "Les deux façons de compter"))
    for row, both in zip(printed, weighting_rows(campaign), strict=True):
        difference = half_up(both["heads"], 2) - half_up(both["equal"], 2)
        assert row[1:4] == [text(both["equal"]), text(both["heads"]), signed(difference)]
        known = {college: one for college in COLLEGES if (one := seen(campaign, both["family"], college))}
        without = [mean_of({c: one for c, one in known.items() if c != out}, "equal").score for out in known]
        assert row[4] == f"{text(min(without))} à {text(max(without))}"


def test_why_this_score(page: lxml.html.HtmlElement, campaigns: dict[str, Campaign]) -> None:
    campaign = campaigns["2026"]
    for code, details in zip(families(campaign), page.iterfind(".//details[@class='why']"), strict=True):
        whole = of_territory(campaign, code)
        assert whole
        known = [one.score for college in whole.colleges if (one := seen(campaign, code, college))]
        printed = rows(details.find(".//table"))
        assert [row[1] for row in printed] == [text(score) for score in known]
        assert [row[3] for row in printed] == [text(part) for part in terms_shown([s / len(known) for s in known], 2)]
        assert words(details.find(".//tfoot//td/b")) == text(whole.score)
