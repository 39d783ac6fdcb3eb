"""Another language: « make messages » finds every sentence, and pages show its translation."""

import ast
import json
import re
from collections.abc import Iterator
from io import BytesIO

import click
import pytest
from babel.messages.catalog import Catalog
from flask import Flask
from flask_babel import force_locale

from commands.all_commands import COMMANDS
from grille.messages import counted, message
from restitution.findings.method.rules import rules_in_words
from restitution.text.language import ngettext, reason
from scoring import Rules
from scripts.import_graph import modules
from scripts.measure import GETTEXT, called, french_in_code
from storage.core.errors import CampaignError
from tests.web.conftest import Open, SignIn
from tests.web.forms import post_form
from web.http.language import localized, reader
from web.http.problems import english_texts

TABLES = {f"questionnaires/{name}.py" for name in ("answers_table", "column_mapping", "delimited_text", "findings")} | {
    f"questionnaires/{name}.py"
    for name in ("mapped_table", "outside/foreign_columns", "outside/recognition", "sheets", "text_sources", "words")
}
SAID = TABLES | {
    "accounts/scopes.py",
    "grille/errors.py",
    "grille/raw_values.py",
    "grille/typed.py",
    "questionnaires/local/questions.py",
    "questionnaires/workbooks.py",
    "storage/campaigns/drafts.py",
    "storage/campaigns/lifecycle.py",
    "storage/campaigns/share_links.py",
    "storage/campaigns/validation.py",
    "storage/core/damage.py",
    "storage/grids/library.py",
    "storage/responses/imports.py",
    "storage/review/parcours/actions.py",
    "storage/review/parcours/changes.py",
    "storage/review/parcours/plans.py",
    "storage/review/parcours/steps.py",
    "storage/site/letterhead.py",
    "web/campaigns/blueprint.py",
    "web/http/errors.py",
    "web/http/pages/damaged_campaigns.py",
    "web/http/pages/published_pages.py",
    "web/http/security/api_keys.py",
}
"""Where sentences of the API are, beside ``web/api``: the rooms whose refusals it passes on."""


@pytest.mark.parametrize(
    "sentence",
    [
        "Le collège « %(code)s » est donné %(times)s fois\u00a0: ne le donnez qu’une fois.",  # storage
        "Choisissez au plus %(longest)s caractères.",  # accounts
        "la colonne « %(name)s » manque\u00a0: ajoutez-la.",  # questionnaires
        "a donné un rôle",  # a label
        "Les comptes : inviter, donner un rôle, désactiver.",  # a command's help
    ],
)
def test_sentences_of_every_room_are_found(found: Catalog, sentence: str) -> None:
    plain = {re.sub(r"\s", " ", str(one.id)) for one in found}
    assert re.sub(r"\s", " ", sentence) in plain


def test_no_sentence_stands_outside_gettext() -> None:
    assert not list(french_in_code({path: ast.parse(path.read_text()) for path in modules().values()}))


def test_every_text_that_the_code_gives_to_gettext_is_found(found: Catalog) -> None:
    """A function that « make messages » does not know, or a call in an f-string, hides its texts."""
    known = {text for one in found for text in (one.id if isinstance(one.id, tuple) else (one.id,))}
    for path in modules().values():
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and called(call) in GETTEXT:
                given = {part.value for part in call.args[:2] if isinstance(part, ast.Constant)}
                texts = {text for text in given if isinstance(text, str) and text}
                assert texts <= known, f"{path}:{call.lineno}"


def said_at_import(tree: ast.AST, says: set[str]) -> Iterator[ast.Call]:
    """The calls of these functions that are made when the module is imported, in whatever language that is."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call) and called(node) in says:
            yield node
        if isinstance(node, ast.FunctionDef):
            for part in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)):
                yield from said_at_import(ast.Expr(part), says)
        elif not isinstance(node, ast.Lambda):
            yield from said_at_import(node, says)


def test_nothing_is_said_when_a_module_is_imported() -> None:
    for path in modules().values():
        tree = ast.parse(path.read_text())
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        says = {
            one.asname or one.name
            for node in imports
            if node.module in {"restitution.text.language", "flask_babel"}
            for one in node.names
            if one.name in {"gettext", "ngettext"}
        }
        assert [f"{path}:{call.lineno}" for call in said_at_import(tree, says)] == []


def test_sentences_of_the_rooms_below_are_said_in_the_language_of_the_page(
    english: None, campaign: Open, sign_in: SignIn
) -> None:
    slug = campaign("open").slug
    sent = {"table": (BytesIO(b"college,COO-1,chapeau\nelus,2,3\n"), "réponses.csv")}
    page = post_form(sign_in("pilot"), f"/campagnes/{slug}/import", **sent).text
    problems = re.findall(r"<li>(⟦réponses\.csv.*?)</li>", page)
    assert problems
    assert all(re.fullmatch(r"⟦.*⟦.*⟧.*⟧", one) for one in problems)


def test_plurals_are_those_of_the_language_and_french_begins_at_two(app: Flask, english: None) -> None:
    one, more = "%(n)s réponse importée.", "%(n)s réponses importées."
    with app.test_request_context():
        assert reader() == "en"
        assert [ngettext(one, more, n) for n in (0, 1)] == ["⟦0 réponses importées.⟧", "⟦1 réponse importée.⟧"]
    with app.test_request_context(), force_locale("fr"):
        assert [ngettext(one, more, n) for n in (0, 2)] == ["0 réponse importée.", "2 réponses importées."]


def test_values_that_are_sentences_or_numbers_are_said_too(app: Flask, english: None) -> None:
    cells = counted("%(n)s cellule", "%(n)s cellules", 1200)
    line = message(
        "cette ligne a %(cells)s pour %(columns)s\u00a0: %(remedy)s.",
        cells=cells,
        columns=2026,
        remedy=message("complétez-la"),
    )
    assert line == "cette ligne a 1\u202f200 cellules pour 2026\u00a0: complétez-la."
    with app.test_request_context():
        assert localized(line) == "⟦cette ligne a ⟦1,200 cellules⟧ pour 2026\u00a0: ⟦complétez-la⟧.⟧"
        assert localized("un nom") == "un nom"


def test_what_a_language_lacks_is_said_in_french(app: Flask, english: None) -> None:
    with app.test_request_context():
        assert localized(message("Une phrase que personne n’a traduite.")) == "Une phrase que personne n’a traduite."


def test_sentences_that_scripts_are_given_are_said_too(app: Flask, english: None) -> None:
    missing = message("la colonne «\u00a0%(name)s\u00a0» manque\u00a0: ajoutez-la.", name="college")
    with app.test_request_context():
        assert json.loads(app.json.dumps({"problems": [{"sentence": missing}]})) == {
            "problems": [{"sentence": f"⟦{missing}⟧"}]
        }


def test_what_an_error_says_is_said(app: Flask, english: None) -> None:
    missing = message("la colonne «\u00a0%(name)s\u00a0» manque\u00a0: ajoutez-la.", name="college")
    with app.test_request_context():
        assert reason(CampaignError([missing, missing])) == f"⟦{missing}⟧ ⟦{missing}⟧"
        assert reason(ValueError(missing)) == f"⟦{missing}⟧"


def helps(command: click.Command) -> Iterator[str]:
    """The help of a command of ours, of its options and of the commands in it."""
    yield from (text for text in (command.help, *(getattr(one, "help", None) for one in command.params)) if text)
    for inner in getattr(command, "commands", {}).values():
        yield from helps(inner)


def test_the_help_of_every_command_is_found(found: Catalog) -> None:
    known = {one.id for one in found}
    texts = [text for one in COMMANDS for text in helps(one)]
    assert len(texts) > 60
    assert [text for text in texts if getattr(text, "code", text) not in known] == []


def test_what_the_rules_of_the_method_mean_is_said(app: Flask, english: None) -> None:
    with app.test_request_context():
        assert all(meaning.startswith("⟦") for meaning, _value in rules_in_words(Rules().to_dict(), {}))


def test_every_sentence_of_the_api_has_its_english_and_no_other_is_there(found: Catalog) -> None:
    said = {
        one.id if isinstance(one.id, str) else one.id[0]: one
        for one in found
        if any(str(path) in SAID or str(path).startswith("web/api/") for path, _line in one.locations)
    }
    assert len(said) > 200
    assert [text for text in said if text not in english_texts()] == []
    assert [text for text in english_texts() if text not in said] == []
    assert {len(english_texts()[text]) for text, one in said.items() if isinstance(one.id, tuple)} == {2}
