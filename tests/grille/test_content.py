"""The content of every shipped grid: coherence, wording, typography.

To publish a new version: write ``grille/data/<grid>/<version>.yaml`` with its correspondence, describe it in the
``CHANGELOG.md`` beside it, then add the fingerprint printed by the failing test to ``PUBLISHED``. A fingerprint that
is there never changes: campaigns were answered in those words. An easy-to-read version of them may be added to a
published version, since it changes none: it is left out of the fingerprint, and has its own in ``EASY_READING``.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest

import grille
from grille import Grid, Skill

PUBLISHED = {
    "territoires-engagement/2024.1.yaml": "994a174f8bb0930bf3bdce86cd878f0f04210ab23e4881ac346ecca422c36d18",
    "territoires-engagement/2026.1.yaml": "93a6f4c2e5a80b2afa882b09912bf46601f32c564d02045ad0bea0c093d4ed46",
}

EASY_READING = {
    "territoires-engagement/2026.1.yaml": "ae1578e1382addbe8c152544d7a1f5e820ce71d21257d1817d47aaf89f15a23b"
}

COUNCIL = ("elus", "agents")
OTHERS = ("associations", "habitants", "entreprises")

LONGEST = {"title": 60, "definition": 180, "level": 110, "wording": 160, "falc": 110, "fact": 130, "falc_level": 125}
LONGEST_FALC_SENTENCE = 15
LONGEST_FALC_LEVEL_SENTENCE = 13
LONGEST_LEVEL = 20

# Words of the trade, by their stem, that a mayor and a young resident do not share.
JARGON = re.compile(
    r"\b(?:acculturation|aller-vers|appropri|benchmark|capacitation|capitalis|co-?constru|concertation|délibération"
    r"|démarche|dispositif|diagnostic|empouvoir|feuille de route|gouvernance|impact|implément|ingénierie|instances?\b"
    r"|leviers?\b|paradigme|parties? prenantes?|pilot|portage|porteur|processus|résilien|synergi|tiers-lieu"
    r"|transversal)",
    re.IGNORECASE,
)

SLIPS = {
    "a straight apostrophe or quote": re.compile(r"['\"“”]"),
    "three dots instead of …": re.compile(r"\.\.\."),
    "two spaces, or one at an end": re.compile(r"\s\s|^\s|\s$"),
    "no narrow space before ; ! or ?": re.compile(r"(?<!\u202f)[;!?]"),
    "no no-break space before :": re.compile(r"(?<!\u00a0):"),
    "no no-break space inside « »": re.compile(r"«(?!\u00a0)|(?<!\u00a0)»"),
    "a special space elsewhere": re.compile(r"(?<!«)\u00a0(?![:»])|\u202f(?![;!?])"),
    "a capital without its accent": re.compile(
        r"\b(?:Elu|Etat|Ecol|Evalu|Etre|Etap|Econom|Etud|Equip|Ecri)|\bA (?=\w)"
    ),
    "an inclusive dot": re.compile(r"\w[·•.]\w"),
    "a hyphen for a dash": re.compile(r"\s[-–]\s"),
}

GRIDS = {path: grille.load(path) for path in grille.shipped()}
every_grid = pytest.mark.parametrize("grid", [pytest.param(grid, id=grid.version) for grid in GRIDS.values()])


def words(text: str) -> list[str]:
    """The words of a text; « l’avis » counts for two, « est-ce » for one."""
    return re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!])\s+", text)


def slips(text: str) -> list[str]:
    """What is typographically wrong in a text."""
    return [name for name, pattern in SLIPS.items() if pattern.search(text)]


def of_skill(skill: Skill) -> Iterator[tuple[str, str, str]]:
    """Every text of a skill, as ``(code, kind, text)``."""
    yield skill.code, "title", skill.title
    yield skill.code, "definition", skill.definition
    yield skill.code, "falc", skill.falc
    yield from ((skill.code, "level", text) for text in skill.levels.values())
    yield from ((skill.code, "falc_level", text) for text in skill.falc_levels.values())
    yield from ((skill.code, "wording", text) for text in skill.wording.values())
    yield from ((skill.code, "fact", text) for text in skill.facts)


def of_skills(grid: Grid, *kinds: str) -> list[tuple[str, str, str]]:
    return [found for skill in grid.skills for found in of_skill(skill) if not kinds or found[1] in kinds]


def around_skills(grid: Grid) -> list[str]:
    """The texts of a grid that belong to no skill."""
    levels = [text for level in grid.levels for text in (level.label, level.description)]
    colleges = [text for college in grid.colleges for text in (college.label, college.wording)]
    families = [text for one in grid.families for text in (one.title, one.description, one.falc) if text]
    return [grid.title, *levels, *colleges, *families]


# What the grid contains


def test_the_current_grid_is_the_28_skills_of_the_proposal():
    grid = grille.current()
    assert (grid.id, grid.version, grid.status) == ("territoires-engagement", "2026.1", "proposition")
    assert {family.code: len(family.skills) for family in grid.families} == {
        "COO": 6,
        "CON": 6,
        "FAC": 5,
        "INT": 6,
        "OUV": 5,
    }
    assert [family.title for family in grid.families] == ["Coopérer", "Connecter", "Faciliter", "Intégrer", "S’ouvrir"]


@every_grid
def test_the_short_form_takes_three_skills_of_each_family(grid):
    assert {family.code: sum(skill.core for skill in family.skills) for family in grid.families} == dict.fromkeys(
        ["COO", "CON", "FAC", "INT", "OUV"], 3
    )


@every_grid
def test_every_skill_is_whole(grid):
    colleges = {college.code for college in grid.colleges}
    assert colleges == {*COUNCIL, *OTHERS}
    for skill in grid.skills:
        assert sorted(skill.levels) == [0, 1, 2, 3, 4], skill.code
        assert set(skill.wording) == colleges, skill.code
        assert 1 <= len(skill.facts) <= 3, skill.code
        assert all(text for _, _, text in of_skill(skill)), skill.code
        assert skill.weight == 1, skill.code


@every_grid
def test_nothing_around_the_skills_is_left_blank(grid):
    assert all(around_skills(grid))


@every_grid
@pytest.mark.parametrize("kind", ["title", "definition", "level", "falc", "falc_level", "fact"])
def test_no_text_is_used_twice(grid, kind):
    counted = Counter(text for _, _, text in of_skills(grid, kind))
    assert [text for text, count in counted.items() if count > 1] == []


@every_grid
def test_two_skills_never_ask_the_same_question(grid):
    for college in grid.colleges:
        assert len({skill.wording[college.code] for skill in grid.skills}) == len(grid.skills)


def test_the_assumptions_are_said_where_they_are_made():
    for code in ("INT", "OUV"):
        family = next(family for family in grille.current().families if family.code == code)
        assert "faute de texte officiel public" in family.description


# How it is written


@pytest.mark.parametrize(
    "wrong",
    [
        "l'élu",
        "et...",
        "deux  mots",
        "Qui ?",
        "vrai\u00a0?",
        "ceci : cela",
        "« oui »",
        "Elus",
        "A chaque",
        "élu·e",
        "a - b",
    ],
)
def test_a_slip_is_seen(wrong):
    assert slips(wrong)


@every_grid
def test_the_typography_is_french(grid):
    read = [text for _, _, text in of_skills(grid)] + around_skills(grid)
    assert {text: slips(text) for text in read if slips(text)} == {}


@every_grid
def test_texts_stay_short(grid):
    too_long = [(code, kind, len(text)) for code, kind, text in of_skills(grid) if len(text) > LONGEST[kind]]
    assert too_long == []


@every_grid
def test_statements_end_with_a_full_stop_and_questions_with_a_question_mark(grid):
    endings = {"definition": ".", "level": ".", "falc_level": ".", "fact": ".", "wording": "\u202f?", "falc": "\u202f?"}
    wrong = [text for _, kind, text in of_skills(grid, *endings) if not text.endswith(endings[kind])]
    assert wrong == []


@every_grid
def test_every_text_starts_with_a_capital(grid):
    assert [text for _, _, text in of_skills(grid) if not text[0].isupper()] == []


@every_grid
def test_a_level_is_one_short_sentence(grid):
    levels = of_skills(grid, "level")
    assert [text for _, _, text in levels if len(sentences(text)) > 1 or ";" in text] == []
    assert [text for _, _, text in levels if len(words(text)) > LONGEST_LEVEL] == []


@every_grid
def test_a_level_speaks_of_nobody_in_particular(grid):
    """The same five sentences are read by every college: no « nous », no « vous »."""
    personal = re.compile(r"\b(?:nous|vous|nos|notre|vos|votre|je|mes?)\b", re.IGNORECASE)
    assert [text for _, _, text in of_skills(grid, "level") if personal.search(text)] == []


@every_grid
def test_what_is_read_while_answering_is_free_of_jargon(grid):
    found = [
        (code, text)
        for code, _, text in of_skills(grid, "level", "falc_level", "wording", "falc")
        if JARGON.search(text)
    ]
    assert found == []


@every_grid
def test_each_college_is_asked_from_where_it_stands(grid):
    for skill in grid.skills:
        assert all(skill.wording[code].startswith("Dans notre collectivité, ") for code in COUNCIL), skill.code
        assert all(skill.wording[code].startswith("Sur ce territoire, ") for code in OTHERS), skill.code
        assert all("voyez-vous" in skill.wording[code] for code in OTHERS), skill.code
        assert not any("vous" in skill.wording[code] for code in COUNCIL), skill.code


@every_grid
def test_a_question_is_one_sentence(grid):
    assert [text for _, _, text in of_skills(grid, "wording") if len(sentences(text)) > 1] == []


@every_grid
def test_easy_reading_keeps_its_sentences_short(grid):
    for skill in grid.skills:
        parts = sentences(skill.falc)
        assert len(parts) <= 2, skill.code
        assert max(len(words(part)) for part in parts) <= LONGEST_FALC_SENTENCE, skill.code
        assert re.search(r"\bvous\b", skill.falc, re.IGNORECASE), skill.code
        assert re.search(r"est-ce qu", skill.falc, re.IGNORECASE), skill.code


def test_the_current_grid_can_be_read_easily_from_end_to_end():
    grid = grille.current()
    assert all(sorted(skill.falc_levels) == [level.value for level in grid.levels] for skill in grid.skills)
    assert all(family.falc for family in grid.families)


@every_grid
def test_easy_levels_are_one_or_two_very_short_sentences(grid):
    """Rules of « L’information pour tous » (Inclusion Europe): a sentence is one idea, numbers are figures."""
    hard = re.compile(
        r"\b(?:un ou deux|une ou deux|notamment|néanmoins|cependant|afin|ainsi|lequel|laquelle|dont|mise en place"
        r"|systématique|régulièrement|compromis|budget|répertoire|bilan|charte|contraintes?)\b|[;()…]",
        re.IGNORECASE,
    )
    for code, _, text in of_skills(grid, "falc_level"):
        parts = sentences(text)
        assert len(parts) <= 2, (code, text)
        assert max(len(words(part)) for part in parts) <= LONGEST_FALC_LEVEL_SENTENCE, (code, text)
        assert not hard.search(text), (code, text)


@every_grid
def test_easy_levels_speak_of_nobody_in_particular(grid):
    personal = re.compile(r"\b(?:nous|vous|nos|notre|vos|votre|je|mes?)\b", re.IGNORECASE)
    assert [text for _, _, text in of_skills(grid, "falc_level") if personal.search(text)] == []


# Versions


def successions() -> list[tuple[Grid, Grid]]:
    """Each shipped version with the one its correspondence starts from."""
    by_version = {(grid.id, grid.version): grid for grid in GRIDS.values()}
    linked = [grid for grid in GRIDS.values() if grid.correspondence]
    return [(by_version[grid.id, grid.correspondence.from_version], grid) for grid in linked]


every_succession = pytest.mark.parametrize(("before", "after"), successions())


def test_every_version_but_the_first_says_where_it_comes_from():
    for earlier, later in pairwise(GRIDS.values()):
        assert later.id != earlier.id or (earlier, later) in successions()


@every_succession
def test_a_correspondence_is_total_and_points_to_skills_that_exist(before, after):
    skills = after.correspondence.skills
    assert set(skills) == {skill.code for skill in before.skills}
    assert {code for codes in skills.values() for code in codes} <= {skill.code for skill in after.skills}


@every_succession
def test_a_code_keeps_its_meaning_or_is_retired(before, after):
    kept = {skill.code for skill in before.skills} & {skill.code for skill in after.skills}
    for code in kept:
        assert after.correspondence.skills[code] == (code,)
        assert before.skill(code).title == after.skill(code).title
        assert before.family_of(code).code == after.family_of(code).code


@every_succession
def test_the_generic_levels_keep_their_names(before, after):
    assert [(one.value, one.label) for one in before.levels] == [(one.value, one.label) for one in after.levels]


def test_from_2024_to_2026_one_skill_is_split_one_renamed_and_four_are_new():
    skills = grille.current().correspondence.skills
    moved = {old: new for old, new in skills.items() if new != (old,)}
    assert moved == {"FAC-6": ("FAC-1", "FAC-2"), "OUV-6": ("OUV-3",)}
    continued = {code for codes in skills.values() for code in codes}
    new = [skill.code for skill in grille.current().skills if skill.code not in continued]
    assert new == ["COO-6", "CON-6", "INT-5", "OUV-5"]


PRESENTATION = re.compile(r"^(?:short_title|author|licence): .*\n|^(?:notice: >-|words:)\n(?:  .*\n)+", re.MULTILINE)
EASY_LINES = re.compile(r"^    falc: .*\n|^        falc_levels:\n(?:          .*\n)+", re.MULTILINE)


def fingerprint(text: str) -> str:
    """The SHA-256 of a text: the same whatever the ends of lines of the checkout."""
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_published_version_is_never_edited():
    texts = {f"{path.parent.name}/{path.name}": path.read_text(encoding="utf-8") for path in GRIDS}
    assert {
        name: fingerprint(EASY_LINES.sub("", PRESENTATION.sub("", text))) for name, text in texts.items()
    } == PUBLISHED
    added = {name: "".join(EASY_LINES.findall(text)) for name, text in texts.items()}
    assert {name: fingerprint(text) for name, text in added.items() if text} == EASY_READING


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in GRIDS])
def test_every_version_has_its_chapter_in_the_changelog_of_its_grid(path):
    changelog = (path.parent / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(path.stem)}\b", changelog, re.MULTILINE)
