"""The documents name every command, setting, decision and room, and nothing that does not exist."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from ruamel.yaml import YAML

from commands.all_commands import COMMANDS
from settings import Settings

ROOT = Path(__file__).parents[2]
ROOMS = ("grille", "questionnaires", "scoring", "restitution", "storage", "accounts", "web", "commands")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("grille/data/**/*.md")])
OURS = click.Group(commands=list(COMMANDS))


def read(name: str) -> str:
    return (ROOT / name).read_text()


def leaves(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Every command that can be run, by its whole name."""
    if not isinstance(command, click.Group):
        yield " ".join(path)
        return
    for name, inner in command.commands.items():
        yield from leaves(inner, (*path, name))


def test_every_command_has_its_paragraph_and_every_paragraph_its_command() -> None:
    documented = re.findall(r"^## flask --app app (.+)$", read("docs/commands.md"), re.MULTILINE)
    assert sorted(documented) == sorted(leaves(OURS))


def test_every_command_says_in_its_help_what_it_does() -> None:
    for name in leaves(OURS):
        command: click.Command = OURS
        for part in name.split():
            assert isinstance(command, click.Group)
            command = command.commands[part]
        assert command.help, f"« flask --app app {name} » has no help"


def test_every_setting_has_its_line() -> None:
    documented = re.findall(r"^\| `([A-Z_]+)` \|", read("docs/operations.md"), re.MULTILINE)
    assert documented == [name.upper() for name in Settings.model_fields]


def test_the_readme_says_the_defaults_of_the_settings() -> None:
    readme = read("README.md")
    for name, default in (("PORT", "8000"), ("DATA", "instance/"), ("DEMO", "1")):
        assert f"| `{name}` | `{default}` |" in readme
    assert (Settings().port, str(Settings().data), Settings().demo) == (8000, "instance", True)


def test_every_decision_is_listed_once_under_its_title() -> None:
    written = [path for path in sorted((ROOT / "docs/decisions").glob("*.md")) if path.name != "README.md"]
    titles = [(path.name, path.read_text().partition("\n")[0].partition(" · ")[2]) for path in written]
    wanted = [f"| [{name[:4]}]({name}) | {title} |" for name, title in titles]
    listed = [line for line in read("docs/decisions/README.md").splitlines() if line.startswith("| [")]
    assert listed == wanted, "docs/decisions/README.md should list:\n" + "\n".join(wanted)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_files_resolve(document: Path) -> None:
    targets = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", document.read_text())
    missing = [target for target in targets if not (document.parent / target).exists()]
    assert not missing


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/operations.md"])
def test_the_make_targets_that_are_named_exist(document: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    named = set(re.findall(r"^make ([a-z-]+)|`make ([a-z-]+)`", read(document), re.MULTILINE))
    assert {first or second for first, second in named} <= targets


def test_the_hooks_of_git_fetch_nothing_and_run_what_make_runs() -> None:
    config = YAML(typ="safe").load(read(".pre-commit-config.yaml"))
    hooks = [hook for repository in config["repos"] for hook in repository["hooks"]]
    assert [repository["repo"] for repository in config["repos"]] == ["local"]
    assert {hook["language"] for hook in hooks} == {"system"}
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    run = {hook["entry"].removeprefix("make ") for hook in hooks if hook["entry"].startswith("make ")}
    assert run == {"check", "test-fast"} <= targets
    assert all(hook["entry"].startswith(("make ", ".venv/bin/python -m ")) for hook in hooks)


def test_every_target_of_make_says_what_it_does() -> None:
    rules = dict(re.findall(r"^([a-z-]+):[^#\n]*(?:## (.+))?$", read("Makefile"), re.MULTILINE))
    silent = {name for name, words in rules.items() if not words}
    assert silent == {"environment", "node-packages"}


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_it_knows_and_what_it_ignores(room: str) -> None:
    words = ast.get_docstring(ast.parse(read(f"{room}/__init__.py"))) or ""
    assert re.search(r"^Knows ", words, re.MULTILINE)
    assert re.search(r"^Ignores ", words, re.MULTILINE)


@pytest.mark.parametrize("room", sorted(path.parent.name for path in (ROOT / "web").glob("*/__init__.py")))
def test_every_journey_says_whose_it_is(room: str) -> None:
    assert ast.get_docstring(ast.parse(read(f"web/{room}/__init__.py")))


def test_the_readme_names_every_room() -> None:
    linked = re.findall(r"^\| \[(\w+)/\]\(\1/\) \|", read("README.md"), re.MULTILINE)
    assert set(linked) == {*ROOMS, "deploy", "tests"}
