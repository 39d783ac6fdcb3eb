"""``make measure``: each measurement counts what it should, on code that has one instance."""

import ast
from pathlib import Path

import pytest

from scripts import measure
from scripts.duplicated_lines import duplicated
from scripts.import_graph import Layers, circles, import_graph, layers, modules, upward
from scripts.old_words import (
    OLD_WORDS,
    headings,
    javascript_names,
    names_of,
    old_words_in,
    template_names,
    template_names_that_say_nothing,
)

TWELVE = "".join(f"line_{number} = {number}\n" for number in range(12))


def write(folder: Path, files: dict[str, str]) -> dict[str, Path]:
    """The files written, by their names of modules."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return modules(folder, tuple({name.partition("/")[0] for name in files}))


def test_the_graph_follows_imports_of_modules_and_of_names(tmp_path: Path) -> None:
    paths = write(
        tmp_path,
        {
            "room/__init__.py": "",
            "room/one.py": "from room import two\nimport os\n",
            "room/two.py": "def f():\n    from room.three import name\n",
            "room/three.py": "name = 1\n",
        },
    )
    graph = import_graph(paths)
    assert graph["room.one"] == {"room.two"}
    assert graph["room.two"] == {"room.three"}


def test_a_circle_is_found_once_through_a_third_module() -> None:
    graph = {name: frozenset({other}) for name, other in ("ab", "bc", "ca", "da")}
    assert circles(graph) == [["a", "b", "c"]]


def test_imports_that_go_up_or_aside_are_found() -> None:
    contract = Layers("one way", (("web", "commands"), ("storage",)))
    graph = {
        "web.page": frozenset({"storage.rows", "commands.serve", "web.http.forms"}),
        "web.http.forms": frozenset[str](),
        "commands.serve": frozenset[str](),
        "storage.rows": frozenset({"web.http.forms"}),
    }
    assert upward(graph, contract) == [("storage.rows", "web.http.forms"), ("web.page", "commands.serve")]


def test_the_contracts_of_the_project_are_read_and_kept() -> None:
    contracts = layers()
    graph = import_graph(modules())
    assert contracts[0].rank("web.campaigns") == 0
    assert contracts[0].rank("grille") == len(contracts[0].above) - 1
    assert [pair for contract in contracts for pair in upward(graph, contract)] == []


def test_a_run_of_twelve_lines_is_found_in_two_files_whatever_surrounds_it(tmp_path: Path) -> None:
    indented = "def f():\n" + "".join(f"    {line}\n\n    # why\n" for line in TWELVE.splitlines())
    paths = write(tmp_path, {"room/one.py": f"import os\n{TWELVE}a = 1\n", "room/two.py": indented})
    (run,) = duplicated(paths.values(), tmp_path)
    assert (run.length, run.first_line, run.second_line) == (12, 2, 2)


def test_eleven_lines_or_imports_are_no_run(tmp_path: Path) -> None:
    eleven = "".join(TWELVE.splitlines(keepends=True)[1:])
    imports = "".join(f"import module_{number}\n" for number in range(20))
    paths = write(tmp_path, {"room/one.py": imports + eleven, "room/two.py": imports + eleven})
    assert duplicated(paths.values(), tmp_path) == []


def test_old_words_are_found_in_every_sort_of_name_and_not_in_texts() -> None:
    assert {"wave", "deed", "seat"} <= OLD_WORDS.keys()
    tree = ast.parse('class DeedsOf:\n    def wave_of(self, seat):\n        self.hole = waves\n        return "wave"\n')
    names = ["pace", *(name for node in ast.walk(tree) for name in names_of(node))]
    assert [line.partition(": ")[2].partition(",")[0] for line in old_words_in("room/pace.py", names)] == [
        *("deed × 1", "hole × 1", "pace × 1", "seat × 1", "wave × 2")
    ]


def test_templates_have_refused_names() -> None:
    assert {"frame", "parts", "ways", "facts"} <= template_names_that_say_nothing()
    assert "or" not in template_names_that_say_nothing()


def test_names_are_read_in_scripts_templates_and_headings() -> None:
    assert "settle" in dict(javascript_names())["web/javascript/offline/settle.js"]
    assert "share_cell" in dict(template_names())["web/templates/programme/instrument_figures.html"]
    assert "## Words" in dict(headings())["README.md"]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('x = "Une réponse"', 1),
        ('x = _("Une réponse")', 0),
        ('x = ngettext("%(num)d réponse", "%(num)d réponses", n)', 0),
        ('def f():\n    """Une réponse."""', 0),
        ('x = "SELECT answered FROM responses"', 0),
        ('x = f"{n} réponses"', 1),
        ("""x = f"{n} {_('réponses déjà')}\"""", 1),  # Babel does not look there
        ('x = "/mot-de-passe"', 0),
    ],
)
def test_french_is_found_where_gettext_does_not_see_it(code: str, found: int) -> None:
    tree = ast.parse(code)
    assert len(list(measure.french_in_code({measure.ROOT / "web/page.py": tree}))) == found
    assert list(measure.french_in_code({measure.ROOT / "grille/data/page.py": tree})) == []


def test_the_length_of_a_function_is_its_statements() -> None:
    (function,) = ast.parse(
        'def f(\n    a,\n    b,\n):\n    """Say.\n\n    More.\n    """\n    x = a\n\n    return x\n'
    ).body
    assert isinstance(function, ast.FunctionDef)
    assert measure.length(function) == 3


def test_every_figure_is_printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["measure", "--list"])
    measure.main()
    printed = capsys.readouterr().out
    assert printed.count("wanted") == 11
    assert "circles between modules" in printed
