"""What is added to a published grid: where each text goes, what is lacking, what another version takes over."""

from datetime import UTC, datetime

import pytest

import grille
from grille.additions.carrying import carried
from grille.additions.checking import Addition, CheckedAddition, Entry
from grille.additions.files import change_at
from grille.additions.languages import easy_tag
from grille.additions.places import digest, part_of, sources, with_texts
from grille.grid import Correspondence, Grid
from grille.refinements import refinements

SHIPPED = grille.current()
DAY = datetime(2026, 11, 30, tzinfo=UTC)


def without_easy_words(grid: Grid) -> Grid:
    """The same grid, written without easy words."""
    document = grid.model_dump()
    for family in document["families"]:
        family["falc"] = ""
        for skill in family["skills"]:
            skill |= {"falc": "", "falc_levels": {}}
    for level in document["levels"]:
        level["falc"] = ""
    return Grid.model_validate(document)


BARE = without_easy_words(SHIPPED)


def test_every_text_of_a_grid_has_its_place_and_goes_back_there() -> None:
    found = sources(SHIPPED, "en")
    told = with_texts(SHIPPED, {place: f"en {text}" for place, text in found.items()}, "en")
    assert told.language == "en"
    assert sources(told, "de") == {place: f"en {text}" for place, text in found.items()}
    words = {text for one in (SHIPPED.words.model_dump().values(), [SHIPPED.title, SHIPPED.notice]) for text in one}
    assert words <= set(found.values())
    assert {part_of(place) for place in found} >= {"", "levels", "colleges", "families/COO", "skills/COO-1"}


def test_texts_change_nothing_of_what_is_frozen() -> None:
    assert with_texts(SHIPPED, {}) is SHIPPED
    same = with_texts(SHIPPED, {"title": SHIPPED.title})
    assert same.to_json() == SHIPPED.to_json()
    told = with_texts(SHIPPED, {"skills/COO-1/title": "Agree"}, "en")
    assert [one.code for one in told.skills] == [one.code for one in SHIPPED.skills]
    assert told.skill("COO-1").title == "Agree"
    assert told.skill("COO-2") == SHIPPED.skill("COO-2")


def test_easy_words_are_asked_where_the_version_has_none_of_its_own() -> None:
    easy = easy_tag("fr")
    assert sources(SHIPPED, easy) == {}
    found = sources(BARE, easy)
    assert found["skills/COO-1/falc_levels/0"] == BARE.skill("COO-1").levels[0]
    assert found["skills/COO-1/falc"] == BARE.skill("COO-1").wording["elus"]
    given = {"skills/COO-1/falc": "Facile ?", "skills/COO-1/falc_levels/0": "Non."}
    partly = with_texts(BARE, given).skill("COO-1")
    assert (partly.falc, partly.falc_levels) == ("Facile ?", {})
    given |= {f"skills/COO-1/falc_levels/{one.value}": f"Oui {one.value}." for one in BARE.levels[1:]}
    assert with_texts(BARE, given).skill("COO-1").falc_levels[4] == "Oui 4."


def test_an_addition_says_what_is_missing_stale_long_and_not_reviewed() -> None:
    title = SHIPPED.skill("COO-1").title
    entries = {
        "title": Entry("A grid", digest(SHIPPED.title), reviewed_at=DAY, reviewer="Ana"),
        "skills/COO-1/title": Entry("x" * (2 * len(title)), digest(title)),
        "skills/COO-2/title": Entry("Old", digest("what it said before")),
    }
    checked = CheckedAddition(SHIPPED, Addition("en", entries))
    assert checked.stale == ("skills/COO-2/title",)
    assert checked.long == ("skills/COO-1/title",)
    assert checked.unreviewed == ("skills/COO-1/title", "skills/COO-2/title")
    assert len(checked.missing) == len(checked.sources) - 3
    assert checked.readable.title == "A grid"
    assert checked.readable.skill("COO-2").title == SHIPPED.skill("COO-2").title


def test_a_text_out_of_date_stays_so_until_it_changes_or_is_reviewed() -> None:
    entry = Entry("Old", digest("before"))
    checked = CheckedAddition(SHIPPED, Addition("en", {"title": entry}))
    assert change_at(checked, "title", "Old", None).source == digest("before")
    assert change_at(checked, "title", "Old", "Ana").source == digest(SHIPPED.title)
    assert change_at(checked, "title", "New", None).source == digest(SHIPPED.title)


def test_another_version_takes_texts_over_by_its_codes() -> None:
    document = SHIPPED.model_dump()
    document |= {"version": "2027.1", "title": "Autre titre"}
    document["families"][0]["skills"][0]["code"] = "COO-9"
    links = Correspondence(from_version=SHIPPED.version, skills={"COO-1": ("COO-9",)})
    after = Grid.model_validate(document | {"correspondence": links})
    entries = {
        "title": Entry("A grid", digest(SHIPPED.title)),
        "skills/COO-1/title": Entry("Agree", digest(SHIPPED.skill("COO-1").title)),
        "skills/COO-2/title": Entry("Two", digest(SHIPPED.skill("COO-2").title)),
    }
    found = carried(SHIPPED, after, entries, "en")
    assert set(found) == {"title", "skills/COO-9/title", "skills/COO-2/title"}
    assert CheckedAddition(after, Addition("en", found)).stale == ("title",)


@pytest.mark.parametrize("tag", ["français", "FR", "fr_FR", "x", "fr-", "12"])
def test_the_language_of_a_grid_is_a_tag(tag: str) -> None:
    said = [sentence for path, sentence in refinements({"language": tag}) if path == ("language",)]
    assert "fr pour le français" in said[0]


def test_the_language_of_a_grid_is_french_unless_it_says_otherwise() -> None:
    assert SHIPPED.language == "fr"
    assert "language" not in SHIPPED.model_dump()
    english = SHIPPED.model_copy(update={"language": "en"})
    assert Grid.model_validate_json(english.to_json()).language == "en"
