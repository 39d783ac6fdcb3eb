"""Grid files: valid ones load; invalid ones give every error, its place and its remedy."""

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import grille
from grille.loading import HEAVIEST_FILE
from tests.grille.conftest import SMALL


def problems_of(path) -> tuple[grille.FileProblem, ...]:
    with pytest.raises(grille.GridErrors) as caught:
        grille.load(path)
    assert caught.value.problems
    assert all(problem.file == str(path) for problem in caught.value.problems)
    return caught.value.problems


def outcome(path) -> tuple[grille.Grid | None, tuple[grille.FileProblem, ...]]:
    try:
        return grille.load(path), ()
    except grille.GridErrors as errors:
        return None, errors.problems


def line_of(text: str, needle: str) -> int:
    return text[: text.index(needle)].count("\n") + 1


def test_a_good_file_loads_whole(grid_file, small):
    grid = grille.load(str(grid_file(small)))
    assert (grid.id, grid.version, grid.lowest, grid.highest) == ("essai", "2", 1, 3)
    assert [skill.code for skill in grid.skills] == ["A-1", "A-2", "B-1"]
    assert [skill.weight for skill in grid.skills] == [1, 0.5, 1]
    assert grid.skill("A-1").levels == {1: "Fermée", 2: "Entrouverte", 3: "Ouverte"}
    assert grid.skill("A-1").wording["eleves"] == "Chez vous…"
    assert grid.correspondence.skills == {"A-9": ("A-1", "A-2"), "A-0": ()}


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(grid_file, small):
    plain = grille.load(grid_file(small))
    assert grille.load(grid_file(b"\xef\xbb\xbf" + small.replace("\n", "\r\n").encode())) == plain


def test_json_is_yaml_too_whatever_makes_the_level_keys_texts(grid_file, small):
    grid = grille.load(grid_file(small))
    assert grille.load(grid_file(grid.to_json())) == grid
    assert '"1"' in json.dumps(json.loads(grid.to_json())["families"][0]["skills"][0]["levels"])


def test_modest_aliases_are_followed(grid_file, small):
    shared = small.replace("levels: {1: Fermée, 2: Entrouverte, 3: Ouverte}", "levels: &l {1: a, 2: b, 3: c}")
    shared = shared.replace("levels: {1: Debout, 2: Un banc, 3: Un fauteuil}", "levels: *l")
    grid = grille.load(grid_file(shared))
    assert grid.skill("A-2").levels == grid.skill("A-1").levels


def test_a_frozen_copy_reads_back_the_same(grid_file, small):
    grid = grille.load(grid_file(small))
    assert grille.Grid.model_validate_json(grid.to_json()) == grid


BROKEN = [
    # what is changed, into what, the line that must be named (by its text), what must be said
    ('version: "2"', "version: 2026.1", "version:", ["version", "texte", "2026.1", "guillemets"]),
    ('version: "2"', "version:", "version:", ["version", "vide"]),
    ('version: "2"\n', "", "id:", ["manque", "« version »"]),
    ("status: proposition", "status: brouillon", "status:", ["brouillon", "proposition ou officielle"]),
    ("title: Une petite grille", "titre: Une grille", "titre:", ["« titre »", "inconnue", "« title »"]),
    ("title: Une petite grille", "title: Une\ncouleur: bleu", "couleur:", ["« couleur »", "inconnue", "retirez"]),
    ("title: Une petite grille", 'title: "  "', "title:", ["« title »", "vide"]),
    ("title: Une petite grille", 'title: "a\\0b"', "title:", ["invisible", "U+0000"]),
    ("title: Une petite grille", 'title: "\\ud800"', "title:", ["invisible"]),
    ("title: Une petite grille", "title: [a]", "title:", ["« title »", "un texte"]),
    ("title: Une petite grille", "title: !foo x", "title:", ["étiquette", "!foo"]),
    ("title: Ouvrir la porte", "titel: Ouvrir", "titel:", ["« titel »", "savoir-faire", "« title »"]),
    ("core: true", "core: oui", "core:", ["« core »", "true ou false"]),
    ("weight: 0.5", "weight: -1", "weight:", ["« weight »", "négatif"]),
    ("weight: 0.5", "weight: .inf", "weight:", [".inf", "chiffres"]),
    ("weight: 0.5", "weight: 1e400", "weight:", ["fini"]),
    ("weight: 0.5", "weight: 1e300", "weight:", ["démesuré"]),
    ("weight: 0.5", "weight: lourd", "weight:", ["« weight »", "un nombre", "lourd"]),
    ("value: 2", "value: deux", "value: deux", ["« value »", "entier", "deux"]),
    ("value: 2", "value: 4", "value: 4", ["niveau 4", "niveau 1", "écrivez 2"]),
    ("value: 3", "value: 2", "value: 2, label: Beaucoup", ["niveau 2", "suit"]),
    ("value: 1", "value: 1000000000000", "value: 10000", ["démesuré"]),
    (
        "levels: {1: Fermée, 2: Entrouverte, 3: Ouverte}",
        "levels: {1: Fermée, 3: Ouverte}",
        "levels: {1: Fer",
        ["niveau 2"],
    ),
    ("levels: {1: Fermée, 2: Entrouverte, 3: Ouverte}", "levels: {1: F}", "levels: {1: F}", ["les niveaux 2, 3"]),
    ("3: Ouverte}", "3: Ouverte, 4: Béante}", "4: Béante", ["« 4 »", "échelle", "1 à 3"]),
    ("3: Ouverte}", "3: Ouverte, haut: x}", "haut: x", ["« haut »"]),
    ("3: Ouverte}", "3: 12}", "3: 12", ["niveau 3", "texte"]),
    ("3: Ouverte}", '3: ""}', '3: ""', ["« 3 »", "vide"]),
    ("levels: {1: Non, 2: Parfois, 3: Souvent}", "levels: [Non]", "levels: [Non]", ["« levels »", "clé"]),
    ("code: B-1", "code: A-1", "code: A-1\n        title: Parler", ["« A-1 »", "existe déjà"]),
    ("code: B\n", "code: A\n", "code: A\n    title: Bav", ["famille « A »", "existe déjà"]),
    ("{code: profs", "{code: eleves", "{code: eleves, label: Prof", ["collège « eleves »", "existe déjà"]),
    ("{code: profs", "{code: atelier", "{code: atelier", ["« atelier »", "réservé"]),
    ("{code: profs", "{code: Territoire", "{code: Territoire", ["« Territoire »", "réservé"]),
    ("code: B-1", "code: mode", "code: mode", ["« mode »", "réservé"]),
    ("code: B-1", "code: =1+1", "code: =1", ["« =1+1 »", "ne convient pas"]),
    ("code: B-1", "code: B 1", "code: B 1", ["« B 1 »", "sans espace"]),
    ("code: B-1", "code: 12", "code: 12", ["« code »", "texte", "guillemets"]),
    ("profs: En classe…", "prof: En classe…", "prof: En", ["« prof »", "n’existe pas", "eleves, profs"]),
    ("[A-1, A-2]", "[A-1, A-7]", "A-9:", ["« A-7 »", "cette grille n’a pas"]),
    ("[A-1, A-2]", "[A-1, A-1]", "A-9:", ["« A-1 »", "plusieurs fois"]),
    ("[A-1, A-2]", "A-1", "A-9:", ["« A-9 »", "liste"]),
    ('from_version: "1"', 'from_version: "2"', "from_version:", ["elle-même"]),
    ("facts: [La porte]", "facts: La porte", "facts:", ["« facts »", "liste"]),
    ("facts: [La porte]", "facts: [3]", "facts:", ["élément 1", "« facts »", "texte"]),
    ("id: essai", "id: essai\nid: autre", "id: autre", ["« id »", "deux fois", "ligne 1"]),
    ("id: essai", "? [a]\n: b\nid: essai", "? [a]", ["clé", "simple"]),
]


@pytest.mark.parametrize(("old", "new", "where", "said"), BROKEN)
def test_a_broken_file_says_what_where_and_what_to_do(grid_file, small, old, new, where, said):
    text = small.replace(old, new, 1)
    assert text != small
    found = problems_of(grid_file(text))
    wanted = [one for one in found if all(word in one.message for word in said)]
    assert wanted, [str(one) for one in found]
    assert wanted[0].line == line_of(text, where)
    assert wanted[0].message.endswith((".", "?", "…)."))


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("levels", "au moins deux niveaux"),
        ("families", "aucune famille"),
        ("colleges", "aucun collège"),
    ],
)
def test_an_empty_section_is_named(grid_file, small, section, said):
    text = re.sub(rf"(?ms)^{section}:.*?(?=^\w)", f"{section}: []\n", small)
    (problem,) = [one for one in problems_of(grid_file(text)) if said in one.message]
    assert problem.line == line_of(text, f"{section}: []")


def test_an_empty_family_and_a_weightless_family_are_named(grid_file, small):
    empty = small[: small.index("      - code: B-1")].rstrip() + " []\n" + small[small.index("colleges:") :]
    assert any("« B » n’a aucun savoir-faire" in one.message for one in problems_of(grid_file(empty)))
    weightless = small.replace("definition: On parle.", "definition: On parle.\n        weight: 0")
    (problem,) = problems_of(grid_file(weightless))
    assert "poids nul" in problem.message
    assert "« B »" in problem.message


def test_everything_wrong_is_said_at_once_in_the_order_of_the_file(grid_file, small):
    text = small
    for old, new in [
        ('version: "2"', "version: 2026.1"),
        ("value: 3", "value: 5"),
        ("title: Ouvrir la porte", "title: Ouvrir\n        title: Fermer"),
        ("weight: 0.5", "weight: -1"),
        ("code: B-1", "code: A-1"),
        ("profs: En classe…", "prof: En classe…"),
        ("[A-1, A-2]", "[A-7]"),
        ("code: profs", "code: atelier"),
    ]:
        assert old in text
        text = text.replace(old, new, 1)
    found = problems_of(grid_file(text))
    for said in ("guillemets", "niveau 5", "deux fois", "négatif", "existe déjà", "« prof »", "« A-7 »", "réservé"):
        assert any(said in one.message for one in found), said
    assert [one.line for one in found] == sorted(one.line for one in found)


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"", 1, "est vide"),
        (b"# rien\n", 1, "est vide"),
        (b"bonjour", 1, "forme d’une grille"),
        (b"- a\n- b\n", 1, "forme d’une grille"),
        (b"id: a\ntitle: b: c\n", 2, "guillemets"),
        (b"id: a\n\ttitle: b\n", 2, "tabulation"),
        (b'id: a\ntitle: "b\nstatus: c\n', 2, "jamais refermé"),
        (b"id: a\nlevels: [1, 2\n", None, "YAML"),
        (b"id: a\n---\nid: b\n", None, "plusieurs documents"),
        (b"id: *inconnu\n", 1, "alias"),
        (b"id: a\ntitle: b\0c\n", 2, "octet nul"),
        ("id: a\ntitle: été\n".encode("latin-1"), 2, "UTF-8"),
        ("id: a\ntitle: été\n".encode("utf-16"), None, "UTF-16"),
        ("id: a\ntitle: été\n".encode("utf-16-le"), None, "UTF-16"),
        (b"id: a\ntitle: \x07\n", 2, "invisible"),
        (b"[" * 1_000, None, "profondément"),
        (b"%YAML x\n---\nid: a\n", 1, "YAML"),
        (b"a: &a [*a]\n", 1, "démesuré"),
        (b"x" * (HEAVIEST_FILE + 1), None, "1\u00a0Mo"),
    ],
)
def test_what_is_not_a_grid_file_at_all(grid_file, content, line, said):
    (problem,) = problems_of(grid_file(content))
    assert said in problem.message
    if line is not None:
        assert problem.line == line


def test_a_remark_names_the_part_it_is_about(grid_file, small):
    (problem,) = problems_of(grid_file(small.replace("        definition: On parle.\n", "")))
    assert (
        problem.message
        == "il manque la clé «\u00a0definition\u00a0» dans le savoir-faire «\u00a0B-1\u00a0»\u00a0: ajoutez-la."
    )


def test_an_alias_bomb_is_refused_quickly(grid_file):
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 15)
    )
    (problem,) = problems_of(grid_file(bomb))
    assert "alias" in problem.message


def test_a_huge_file_is_refused_without_being_read(tmp_path):
    path = tmp_path / "énorme.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    (problem,) = problems_of(path)
    assert "dépasse" in problem.message


@pytest.mark.parametrize(
    ("name", "said"),
    [("absent.yaml", "n’existe pas"), ("", "dossier"), ("a\0b", "pas possible"), ("x" * 300, "nom")],
)
def test_a_path_that_is_no_file(tmp_path, name, said):
    (problem,) = problems_of(tmp_path / name)
    assert said in problem.message
    assert problem.line is None


def test_a_file_that_would_never_end(tmp_path):
    pipe = tmp_path / "tube"
    os.mkfifo(pipe)
    (problem,) = problems_of(pipe)
    assert "fichier ordinaire" in problem.message


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
)
def test_any_bytes_load_or_say_why_not(grid_file, content):
    grid, errors = outcome(grid_file(content))
    assert grid is None
    assert errors


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_damage_to_a_good_file_loads_or_says_why_not(grid_file, data):
    start = data.draw(st.integers(0, len(SMALL) - 1))
    end = data.draw(st.integers(start, min(len(SMALL), start + 40)))
    patch = data.draw(
        st.one_of(st.text(max_size=8), st.sampled_from(["[]", "{}", "null", "- ", ": ", "&a ", "*a", "0"]))
    )
    path = grid_file((SMALL[:start] + patch + SMALL[end:]).encode("utf-8", "surrogatepass"))
    grid, errors = outcome(path)
    if grid is None:
        assert errors
        assert all(problem.line is None or problem.line >= 1 for problem in errors)
    else:
        assert grille.Grid.model_validate_json(grid.to_json()) == grid


def test_a_long_list_of_problems_is_cut_but_counted():
    problems = [grille.FileProblem("a.csv", line, "non.") for line in range(1, 61)]
    lines = str(grille.FileErrors(problems, total=1_337)).splitlines()
    assert len(lines) == 51
    assert lines[-1] == "… et 1\u202f287 autres"
    assert str(grille.FileErrors(problems[:51])).splitlines()[-1] == "… et 1 autre"


def test_check_reads_several_files_and_their_succession(grid_file, small):
    first = small.replace('version: "2"', 'version: "1"')
    first = first[: first.index("correspondence:")].replace("A-1", "A-9")
    old, new = grid_file(first, "1.yaml"), grid_file(small, "2.yaml")
    with pytest.raises(grille.GridErrors) as caught:
        grille.check([new])
    (problem,) = caught.value.problems
    assert problem.line == line_of(small, "A-0: []")
    assert "« A-0 »" in problem.message
    mended = grid_file(small.replace("    A-0: []\n", ""), "2.yaml")
    assert [grid.version for grid in grille.check([old, mended])] == ["1", "2"]


def test_check_gathers_the_problems_of_every_file(grid_file, small):
    bad = grid_file("id: 1", "a.yaml")
    worse = grid_file("", "b.yaml")
    with pytest.raises(grille.GridErrors) as caught:
        grille.check([bad, grid_file(small), worse, Path("absent.yaml")])
    assert {problem.file for problem in caught.value.problems} == {str(bad), str(worse), "absent.yaml"}


def test_without_colleges_their_absence_is_the_only_remark(grid_file, small):
    text = re.sub(r"(?ms)^colleges:.*?(?=^\w)", "colleges: []\n", small)
    (problem,) = problems_of(grid_file(text))
    assert "aucun collège" in problem.message


def test_an_easy_level_that_is_missing_blank_or_unknown_is_said_with_its_line(grid_file):
    added = '        falc_levels: {1: "", 2: Un peu., 4: Trop.}\n'
    easy = SMALL.replace("        facts: [La porte]\n", f"{added}        facts: [La porte]\n")
    with pytest.raises(grille.GridErrors) as errors:
        grille.load(grid_file(easy))
    line = easy.splitlines(keepends=True).index(added) + 1
    said = sorted((problem.line, problem.message.replace("\u00a0", " ")[:45]) for problem in errors.value.problems)
    assert said == [
        (line, "le savoir-faire « A-1 » décrit un niveau « 4 »"[:45]),
        (line, "le savoir-faire « A-1 » ne décrit pas le niveau 3"[:45]),
        (line, "« 1 » est vide : écrivez son texte."),
    ]


# How a grid presents itself


def test_a_grid_without_presentation_keeps_the_text_that_it_always_had(grid_file, small):
    written = grille.load(grid_file(small)).to_json()
    assert not any(key in written for key in ("short_title", "author", "licence", "notice", "words"))


def test_a_grid_says_its_author_its_licence_and_its_own_words(grid_file, small):
    own = 'short_title: Jardins\nauthor: Les voisins\nlicence: CC BY\nwords: {question: "Et le jardin ?"}\nnotice: >-\n'
    grid = grille.load(grid_file(f"{own}  Une grille\n  d’essai.\n{small}"))
    assert (grid.name, grid.author, grid.licence) == ("Jardins 2", "Les voisins", "CC BY")
    assert (grid.words.question, grid.words.poster, grid.notice) == ("Et le jardin ?", "", "Une grille d’essai.")
    assert grille.Grid.model_validate_json(grid.to_json()) == grid
    assert '"words"' in grid.to_json()


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (f"short_title: {'x' * 25}", "le titre court a 25 signes : 24 au plus"),
        (f"words: {{poster: {'x' * 241}}}", "« poster » a 241 signes : 240 au plus"),
        ("words: {posters: Venez}", "vouliez-vous dire « poster » ?"),
        ("words: {poster: 3}", "« poster » doit être un texte"),
    ],
)
def test_what_is_wrong_in_the_presentation_is_said(grid_file, small, key, said):
    with pytest.raises(grille.GridErrors) as caught:
        grille.load(grid_file(f"{key}\n{small}"))
    assert said in re.sub(r"[\u00a0\u202f]", " ", str(caught.value))
