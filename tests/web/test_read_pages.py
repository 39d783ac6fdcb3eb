"""Rendered pages are read as French: each text is true of the answers, or says nothing of figures."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import pytest
from flask import Flask
from jinja2 import BaseLoader, Environment

from tests.restitution.reader import french
from tests.restitution.reader.catalogue import PARTS, WORDS
from tests.restitution.reader.facts import Facts
from tests.restitution.reader.reading import RULES, Text, Untrue
from tests.restitution.reader.rendered.always import ALWAYS, PIECES
from tests.restitution.reader.rendered.labels import claims, page_templates
from tests.restitution.reader.rendered.leaves import Leaf
from tests.restitution.reader.rendered.open_data import texts_of_open_data
from tests.restitution.reader.rendered.page_reader import read_page
from tests.restitution.reader.rendered.results_page import texts_of_page
from tests.restitution.reader.rendered.review_pages import texts_of_desk, texts_of_family, texts_of_skill
from tests.restitution.reader.rendered.short_pages import texts_for_residents, texts_of_comparison
from tests.restitution.reader.rendered.slides import texts_of_slides
from tests.restitution.reader.rendered.team.adopted import texts_of_adopted
from tests.restitution.reader.rendered.team.before_opening import texts_before_opening
from tests.restitution.reader.rendered.team.closing import texts_of_closing
from tests.restitution.reader.rendered.team.editions import texts_of_editions
from tests.restitution.reader.rendered.team.publication_page import texts_of_publication
from tests.restitution.reader.rendered.team.territories_page import texts_of_territories
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
from tests.web.rendered_team import (
    adopted_html,
    adoption_html,
    closing_html,
    draft_html,
    editions_html,
    open_data_html,
    publication_html,
    territories_html,
)
from tests.web.template_faults import FAULTS, Fault

# Territories tried: their seeds are their numbers, so that one that fails is named.
SAMPLE, EVERY, PART, MOST_TRIED = 16, 2000, 50, 40


@dataclass(frozen=True)
class Kind:
    """A kind of page: how it is made, what its texts are about, and which territories are always tried."""

    made: Callable[[Flask, Territory], str]
    texts: Callable[[list[Leaf]], Iterator[Text]]
    templates: tuple[str, ...]
    few: Sequence[int] = range(SAMPLE)


KINDS = {
    "results": Kind(results_html, texts_of_page, ("results/show", "results/page", "results/components")),
    "residents": Kind(residents_html, texts_for_residents, ("results/residents",)),
    "slides": Kind(deck_html, texts_of_slides, ("session/slides",)),
    "comparison": Kind(comparison_html, texts_of_comparison, ("results/compare", "results/components")),
    "desk": Kind(desk_html, texts_of_desk, ("review/desk",)),
    "family": Kind(family_html, texts_of_family, ("review/family",)),
    "skill": Kind(skill_html, texts_of_skill, ("review/skill",)),
    "publication": Kind(publication_html, texts_of_publication, ("review/disclosure",), (1, 2, 3, 7, 8, 16)),
    "draft": Kind(draft_html, texts_before_opening, ("campaigns/draft",)),
    "editions": Kind(editions_html, texts_of_editions, ("review/edition_changes",), (1, 2, 8, 9, 14)),
    "adopted": Kind(adopted_html, texts_of_adopted, ("review/diagnostic", "review/adopted_content"), range(8)),
    "adoption": Kind(adoption_html, texts_of_adopted, ("review/adoption",), range(4)),
    "open data": Kind(open_data_html, texts_of_open_data, ("open_data/show",), range(8)),
    "territories": Kind(territories_html, texts_of_territories, ("programme/territories",), range(8)),
    "closing": Kind(closing_html, texts_of_closing, ("campaigns/closing", "campaigns/exceeded")),
}


@cache
def drawn(seed: int) -> tuple[Territory, Facts]:
    """The territory of that seed, and what is true of it."""
    place = territory(seed)
    return place, facts_of(place)


def problems_of(app: Flask, seed: int, kinds: Mapping[str, Kind]) -> Iterator[str]:
    """Read those pages of the territory of that seed: what is not true of each."""
    place, facts = drawn(seed)
    for name, kind in kinds.items():
        try:
            read_page(facts, kind.made(app, place), kind.texts)
        except Untrue as problem:
            yield f"territory({seed}), {name}: {problem}"


@pytest.mark.parametrize("name", KINDS)
def test_every_text_of_the_pages_is_true(name: str, pages: Flask) -> None:
    kind = KINDS[name]
    assert [problem for seed in kind.few for problem in problems_of(pages, seed, {name: kind})] == []


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("first", range(SAMPLE, EVERY, PART))
def test_every_text_of_the_pages_of_two_thousand_territories_is_true(first: int, pages: Flask) -> None:
    seeds = range(first, min(first + PART, EVERY))
    assert [problem for seed in seeds for problem in problems_of(pages, seed, KINDS)] == []
    drawn.cache_clear()


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


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_of_a_template_is_caught(fault: Fault, pages: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = [kind for kind in KINDS.values() if fault.template.startswith(kind.templates)]
    with saying(pages, fault, monkeypatch):
        for seed in dict.fromkeys((*kinds[0].few, *range(MOST_TRIED))):
            place, facts = drawn(seed)
            try:
                for kind in kinds:
                    read_page(facts, kind.made(pages, place), kind.texts)
            except Untrue:
                return
    pytest.fail(f"no text of {MOST_TRIED} territories was found false")
