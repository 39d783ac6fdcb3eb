"""Dates and numbers in French on every page: « 1er », singular for 0 and 1, spaces between thousands."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask, render_template_string

from tests.web.test_wording import TEMPLATES

ROOT = Path(__file__).parents[3]
# A month alone has no first day.
WRITTEN_WITHOUT_A_DAY = {"web/parcours/shown_actions.py"}
MODULES = [*(ROOT / "web").rglob("*.py"), *(ROOT / "restitution").rglob("*.py")]


def rendered(app: Flask, template: str, **values: object) -> str:
    with app.test_request_context():
        return render_template_string(template, **values)


@pytest.mark.parametrize(
    ("day", "written", "shown"),
    [
        (date(2026, 11, 1), "d MMMM y", "1er novembre 2026"),
        (date(2026, 11, 1), "d MMM", "1er nov."),
        (date(2026, 11, 11), "d MMMM y", "11 novembre 2026"),
        (datetime(2026, 10, 31, 23, 30, tzinfo=UTC), "d MMMM y", "1er novembre 2026"),  # the hour of Paris
    ],
)
def test_the_first_of_a_month(app: Flask, day: date, written: str, shown: str) -> None:
    assert rendered(app, "{{ day | dateformat(written) }}", day=day, written=written) == shown


def test_the_first_of_a_month_with_its_hour(app: Flask) -> None:
    moment = datetime(2026, 11, 1, 8, 5, tzinfo=UTC)
    assert rendered(app, "{{ at | datetimeformat(\"d MMMM y 'à' HH:mm\") }}", at=moment) == "1er novembre 2026 à 09:05"


def test_no_module_writes_a_date_in_another_way() -> None:
    others = {str(path.relative_to(ROOT)) for path in MODULES if "format_date(" in path.read_text()}
    assert others - WRITTEN_WITHOUT_A_DAY == {"restitution/text/names.py", "web/http/language.py"}


def test_a_count_and_its_noun(app: Flask) -> None:
    template = '{{ ngettext("%(n)s minute", "%(n)s minutes", n) }}'
    assert [rendered(app, template, n=n) for n in (0, 1, 2, 2100)] == [
        "0 minute",
        "1 minute",
        "2 minutes",
        "2\u202f100 minutes",
    ]


# Counts that are never below two: a number of steps, a limit, what stands under a condition of the template.
_PLURAL = re.compile(r'_\("(?:[^"]* )?%\(n\)s (personnes|minutes|questions|campagnes|habitants|étapes)\b[^"]*"')


def test_no_template_gives_a_plural_to_one() -> None:
    bare = {(path.name, found[1]) for path in TEMPLATES for found in _PLURAL.finditer(path.read_text())}
    assert bare == {("system_status.html", "étapes"), ("heat_map.html", "personnes")}  # never one
