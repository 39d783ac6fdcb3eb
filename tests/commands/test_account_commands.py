"""``flask --app app account``."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storage.accounts.accounts import account_by_email
from storage.campaigns.territories import create_territory
from storage.core.engine import Database
from storage.operations.audit_log import Wanted, entries
from tests.web.forms import post_form


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["account", *arguments])
    return result.exit_code, result.output


def test_the_first_account_comes_in_by_its_link(app: Flask, client: FlaskClient, database: Database) -> None:
    code, output = run(app, "invite", "Ada Essai <Ada@exemple.fr>")
    assert code == 0
    address = re.search(r"http://127\.0\.0\.1:8000(/invitation/\S+)", output)
    assert address
    assert post_form(client, address[1], new_password="quatre mots sans rapport").status_code == 303
    assert client.get("/comptes").status_code == 200
    assert run(app, "list")[1] == "ada@exemple.fr\tAda Essai\tactif\tprogramme (partout)\n"
    names = [entry.event for entry in reversed(entries(database, Wanted()))]
    assert names == ["account created", "account invited", "invitation accepted", "signed in"]


def test_roles_are_given_and_taken_back(app: Flask, database: Database) -> None:
    create_territory(database, "Là", "commune")
    run(app, "invite", "ada@exemple.fr", "--name", "Ada", "--role", "pilot", "--territory", "la")
    run(app, "grant", "ada@exemple.fr", "reader")
    run(app, "revoke", "ada@exemple.fr", "pilot", "--territory", "la")
    assert run(app, "list")[1] == "ada@exemple.fr\tAda\tinvité\treader (partout)\n"
    run(app, "disable", "ada@exemple.fr")
    assert "désactivé" in run(app, "list")[1]
    assert run(app, "link", "ada@exemple.fr")[0] == 2
    run(app, "enable", "ada@exemple.fr")
    code, first = run(app, "link", "ada@exemple.fr")
    assert code == 0
    assert "/invitation/" in first
    events = [entry.event for entry in reversed(entries(database, Wanted()))]
    assert events[-5:] == ["role granted", "role revoked", "account disabled", "account enabled", "account invited"]
    assert all(entry.by is None for entry in entries(database, Wanted()))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["invite", "ada@exemple.fr", "--name", "Ada", "--territory", "nulle-part"], "Ceux qui existent : ici"),
        (["invite", "ada", "--name", "Ada"], "adresse électronique complète"),
        (["invite", "a@b.fr, c@d.fr", "--name", "Ada"], "adresse électronique complète"),
        (["invite", "a@b.fr\r\nBcc: c@d.fr", "--name", "Ada"], "adresse électronique complète"),
        (["invite", "<a@exemple.fr", "--name", "A\nB"], "une ligne"),
        (["invite", "a@exemple.fr"], "Donnez un nom"),
        (["invite", "chef@exemple.fr", "--name", "Encore"], "Un compte existe déjà"),
        (["link", "personne@exemple.fr"], "Aucun compte"),
        (["grant", "personne@exemple.fr", "reader"], "Aucun compte"),
        (["disable", "chef@exemple.fr"], "dernier compte"),
        (["revoke", "chef@exemple.fr", "programme"], "dernier compte"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    arguments: list[str], sentence: str, app: Flask, database: Database
) -> None:
    create_territory(database, "Ici", "commune")
    run(app, "invite", "chef@exemple.fr", "--name", "Chef")
    database.conn.execute("UPDATE accounts SET password_hash = 'a hash'")
    before = list(database.iterdump())
    code, output = run(app, *arguments)
    assert code == 2
    assert sentence in output
    assert list(database.iterdump()) == before
    assert account_by_email(database, "ada@exemple.fr") is None
