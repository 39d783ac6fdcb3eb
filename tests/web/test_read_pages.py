"""Rendered pages are read as French: each text is true of the answers, or says nothing of figures."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import BaseLoader, Environment

from tests.conftest import application, settings_for
from tests.restitution.reader import french
from tests.restitution.reader.catalogue import PARTS, WORDS
from tests.restitution.reader.reading import RULES, Text, Untrue
from tests.restitution.reader.rendered.always import ALWAYS, PIECES
from tests.restitution.reader.rendered.labels import claims, page_templates
from tests.restitution.reader.rendered.leaves import Leaf
from tests.restitution.reader.rendered.page_reader import read_page
from tests.restitution.reader.rendered.results_page import texts_of_page
from tests.restitution.reader.rendered.review_pages import texts_of_desk, texts_of_family, texts_of_skill
from tests.restitution.reader.rendered.short_pages import texts_for_residents, texts_of_comparison
from tests.restitution.reader.rendered.slides import texts_of_slides
from tests.restitution.reader.territories import Territory, territory
from tests.restitution.test_reader import facts_of
from tests.web.rendered import (
    comparison_html,
    deck_html,
    desk_html,
    family_html,
    residents_html,
    results_html,
    skill_html,
)


@dataclass(frozen=True)
class Kind:
    """A kind of page: how it is made, and what its texts are about."""

    made: Callable[[Flask, Territory], str]
    texts: Callable[[list[Leaf]], Iterator[Text]]
    templates: tuple[str, ...]


KINDS = {
    "results": Kind(results_html, texts_of_page, ("results/show", "results/page", "results/components")),
    "residents": Kind(residents_html, texts_for_residents, ("results/residents",)),
    "slides": Kind(deck_html, texts_of_slides, ("session/slides",)),
    "comparison": Kind(comparison_html, texts_of_comparison, ("results/compare", "results/components")),
    "desk": Kind(desk_html, texts_of_desk, ("review/desk",)),
    "family": Kind(family_html, texts_of_family, ("review/family",)),
    "skill": Kind(skill_html, texts_of_skill, ("review/skill",)),
}
# Territories tried: their seeds are their numbers, so that one that fails is named.
SAMPLE, EVERY, PART = 16, 2000, 50


@pytest.fixture(scope="module")
def pages(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application whose templates are rendered; its database is empty, for results are held in memory."""
    data = tmp_path_factory.mktemp("pages")
    shutil.copy(migrated, settings_for(data).database)
    app = application(data)
    yield app
    app.extensions["database"].close()


def read(app: Flask, seed: int) -> None:
    """Read every page of the territory of that seed."""
    place = territory(seed)
    facts = facts_of(place)
    for name, kind in KINDS.items():
        try:
            read_page(facts, kind.made(app, place), kind.texts)
        except Untrue as problem:
            pytest.fail(f"territory({seed}), {name}: {problem}")


@pytest.mark.parametrize("seed", range(SAMPLE))
def test_every_text_of_the_pages_is_true(seed: int, pages: Flask) -> None:
    read(pages, seed)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("first", range(SAMPLE, EVERY, PART))
def test_every_text_of_the_pages_of_two_thousand_territories_is_true(first: int, pages: Flask) -> None:
    for seed in range(first, min(first + PART, EVERY)):
        read(pages, seed)


def test_every_sentence_of_the_pages_has_its_rule() -> None:
    """What claims something of figures is read by a rule, or is so whatever people answered."""
    known = (
        {french.anonymous(rule.skeleton) for rule in RULES} | PARTS | PIECES | ALWAYS | set(map(french.plain, WORDS))
    )
    left = {text: where for text, where in page_templates().items() if claims(text)}
    assert {text: where for text, where in left.items() if french.skeleton_of(text) not in known} == {}


def test_what_is_always_so_stands_in_a_template_and_has_no_placeholder() -> None:
    assert ALWAYS - set(page_templates()) == set()
    assert [text for text in ALWAYS if "%(" in text or not claims(text)] == []


# Faults of the templates, each caught.


@dataclass(frozen=True)
class Fault:
    """A template whose source says something else."""

    name: str
    template: str
    said: str
    instead: str


FAULTS = (
    Fault("another threshold of a slide", "session/slides/family.html", "k=page.results.profile.rules.k", "k=9"),
    Fault("a level that is none", "session/slides/changes.html", "{{ change.before_text }}", "{{ change.after_text }}"),
    Fault("nothing would change", "results/page/method.html", "{% if page.results.sensitivities %}", "{% if false %}"),
    Fault("a fall that is none", "results/page/changes.html", "{% if page.results.has_fall %}", "{% if true %}"),
    Fault("one volunteer too few", "results/page/colleges.html", 'page.results.volunteers | join(", "))', "'Élus')"),
    Fault("answers of whom", "review/desk.html", "{{ cell.n }}", "{{ cell.n | replace(' sur', ' et') }}"),
    Fault(
        "another level at the desk",
        "review/desk.html",
        "<b>{{ cell.word }}</b>",
        "<b>{{ levels.values() | first }}</b>",
    ),
    Fault("nothing to look at", "review/desk.html", "{% if found.apart %}", "{% if false %}"),
    Fault("another distance", "review/desk.html", "far=found.far", "far=found.close"),
    Fault("another territory's reason", "review/desk.html", "{{ cell.missing }}", "{{ row.cells[-1].missing }}"),
    Fault("none is proposed", "review/family.html", "proposed.weaknesses | join", "proposed.strengths | join"),
    Fault("a score that is hidden", "review/family.html", "{% if score is none %}", "{% if true %}"),
    Fault("a mean without terms", "review/skill.html", "{% if not cell.small %} =", "{% if true %} ="),
    Fault("a silence", "review/skill.html", 'cell.percent("unknown")', 'cell.percent("unanswered")'),
    Fault(
        "another threshold",
        "results/page/family.html",
        "k=page.results.profile.rules.k",
        "k=page.results.profile.rules.k + 1",
    ),
    Fault(
        "a first campaign",
        "results/page/radar.html",
        "{% if page.results.trends %}",
        "{% if not page.results.trends %}",
    ),
    Fault("before and after", "results/components.html", "{{ change.before_text }}", "{{ change.after_text }}"),
    Fault("another silence", "results/page/family.html", 'cell.percent("unknown")', 'cell.percent("unanswered")'),
    Fault("a hyphen", "results/page/method.html", "grid.lowest | level", "grid.lowest"),
    Fault(
        "colleges compared",
        "results/page/changes.html",
        "page.results.colleges_without_word | join",
        "page.results.not_compared_colleges | join",
    ),
    Fault(
        "a total that betrays",
        "results/page/colleges.html",
        "{{ page.results.answered_total }}",
        "{{ page.results.participation | length }}",
    ),
    Fault(
        "workshops as the territory",
        "results/compare.html",
        'selectattr("college", "in", page.results.colleges)',
        'rejectattr("college", "equalto", "territoire")',
    ),
    Fault(
        "those who were not asked",
        "results/residents.html",
        "page.results.colleges.values() | join",
        "page.results.volunteers | join",
    ),
    Fault(
        "a new sentence",
        "results/page/method.html",
        '<h3>{{ _("Si l’on',
        '<p>{{ _("Chaque famille a progressé.") }}</p><h3>{{ _("Si l’on',
    ),
)


class Faulty(BaseLoader):
    """The templates as they are, but for one."""

    def __init__(self, loader: BaseLoader, fault: Fault) -> None:
        self.loader, self.fault = loader, fault

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Give the source of a template, changed if it is the one."""
        source, filename, fresh = self.loader.get_source(environment, template)
        if template == self.fault.template:
            assert self.fault.said in source
            source = source.replace(self.fault.said, self.fault.instead)
        return source, filename, fresh


@contextmanager
def saying(app: Flask, fault: Fault, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Render with that fault."""
    environment = app.jinja_env
    loader = environment.loader
    assert loader is not None
    with monkeypatch.context() as patch:
        patch.setattr(environment, "loader", Faulty(loader, fault))
        patch.setattr(environment, "bytecode_cache", None)
        patch.setattr(environment, "cache", {})
        yield


MOST_TRIED = 40


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_of_a_template_is_caught(fault: Fault, pages: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = [kind for kind in KINDS.values() if fault.template.startswith(kind.templates)]
    with saying(pages, fault, monkeypatch):
        for seed in range(MOST_TRIED):
            place = territory(seed)
            try:
                for kind in kinds:
                    read_page(facts_of(place), kind.made(pages, place), kind.texts)
            except Untrue:
                return
    pytest.fail(f"no text of {MOST_TRIED} territories was found false")
