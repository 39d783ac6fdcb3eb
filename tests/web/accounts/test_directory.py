"""Accounts from invitation to last sign-out: who invites, with which link, what others cannot see."""

import html
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from storage.accounts.accounts import Account, account_by_email, all_accounts, grant
from storage.accounts.password_links import make_account_link
from storage.accounts.sign_in_sessions import sign_in_sessions_of
from storage.campaigns.territories import create_territory
from storage.core.engine import Database
from storage.operations.audit_log import Wanted, entries
from tests.web.conftest import PASSWORD, SignIn, quick_passwords
from tests.web.forms import post_form
from tests.web.mailbox import Mailbox
from tests.web.markup import problems_in
from web.http.background_tasks import wait_for_all as letters_sent

NEW = "quatre mots sans rapport"


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    with quick_passwords():
        yield


def found(database: Database, email: str) -> Account:
    account = account_by_email(database, email)
    assert account is not None
    return account


def invite(programme: FlaskClient, email: str = "ada@exemple.fr", **typed: str) -> str:
    """Invite someone without a mail server; the address to hand over."""
    form = {"name": "Ada Essai", "email": email, "role": "reader", "territory": "*", **typed}
    answer = post_form(programme, "/comptes/nouveau", **form)
    assert answer.status_code == 303, answer.text
    return handed_over(programme, answer)


def handed_over(programme: FlaskClient, answer: TestResponse) -> str:
    """The address on the page that follows."""
    page = programme.get(answer.headers["Location"])
    assert page.headers["Cache-Control"] == "no-store"
    assert problems_in(page.text) == []
    return address_in(page.text)


def address_in(text: str) -> str:
    match = re.search(r"http://127\.0\.0\.1:8000(/(?:invitation|connexion/nouveau)/[\w-]+)", html.unescape(text))
    assert match, text
    return match[1]


def test_an_invitation_is_handed_over_accepted_once_and_lets_in(
    programme: FlaskClient, app: Flask, database: Database
) -> None:
    place = create_territory(database, "Là", "commune")
    address = invite(programme, role="pilot", territory=str(place.id))
    guest = app.test_client()
    for _ in range(2):  # mail software opens links before people do
        page = guest.get(address)
        assert "Bienvenue, Ada Essai" in page.text
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Cache-Control"] == "no-store"
    assert "trop facile" in post_form(guest, address, new_password="adaessai2026!").text
    assert post_form(guest, address, new_password=NEW).headers["Location"] == "/compte"
    assert "Là" in guest.get("/compte").text
    spent = app.test_client().get(address)
    assert spent.status_code == 404
    assert "ne sert plus" in spent.text
    assert post_form(app.test_client(), "/connexion", email="ada@exemple.fr", password=NEW).status_code == 303


def test_what_was_done_is_said_without_names_or_addresses(programme: FlaskClient, database: Database) -> None:
    place = create_territory(database, "Là", "commune")
    invite(programme, role="pilot", territory=str(place.id))
    events = entries(database, Wanted(by=found(database, "ada@exemple.fr").id))
    assert [entry.event for entry in events] == ["account invited", "account created", "role granted"]
    assert events[-1].about.territory == place.id
    assert "@" not in str(events)


def test_a_form_with_mistakes_says_them_all(programme: FlaskClient) -> None:
    answer = post_form(programme, "/comptes/nouveau", name=" ", email="ada", role="king", territory="99")
    assert answer.status_code == 422
    assert "4 choses sont à corriger" in answer.text
    assert problems_in(answer.text) == []


def test_an_address_is_invited_once(programme: FlaskClient, database: Database) -> None:
    invite(programme)
    answer = post_form(
        programme, "/comptes/nouveau", name="Autre", email="ADA@exemple.fr", role="reader", territory="*"
    )
    assert answer.status_code == 422
    assert "Cette adresse a déjà un compte" in answer.text
    assert len(all_accounts(database)) == 2


def test_with_a_mail_server_the_link_leaves_by_mail_only(
    programme: FlaskClient, client: FlaskClient, database: Database, mailbox: Mailbox
) -> None:
    form = {"name": "Ada", "email": "ada@exemple.fr", "role": "programme", "territory": ""}
    answer = post_form(programme, "/comptes/nouveau", **form)
    account = found(database, "ada@exemple.fr")
    assert answer.headers["Location"] == f"/comptes/{account.id}"
    (message,) = mailbox.messages
    assert message["To"] == "ada@exemple.fr"
    assert client.get(address_in(message.get_content())).status_code == 200  # type: ignore[attr-defined]
    assert "Un message est parti" in programme.get(f"/comptes/{account.id}").text


def test_when_the_mail_server_refuses_the_link_is_shown(programme: FlaskClient, mailbox: Mailbox) -> None:
    address = invite(programme, "inconnu@exemple.fr")
    assert address.startswith("/invitation/")


def test_a_role_is_given_and_taken_back_and_the_last_of_the_programme_stays(
    programme: FlaskClient, database: Database
) -> None:
    me = found(database, "programme@partout.example")
    page = f"/comptes/{me.id}"
    refused = post_form(programme, f"{page}/roles/retirer", seen_at=page, role="programme", territory="")
    assert refused.status_code == 409
    assert "C’est le dernier compte" in refused.text
    assert post_form(programme, f"{page}/desactiver", seen_at=page).status_code == 409
    assert post_form(programme, f"{page}/roles", seen_at=page, role="reader", territory="").status_code == 422
    assert post_form(programme, f"{page}/roles", seen_at=page, role="reader", territory="*").status_code == 303
    assert "lecture" in programme.get(page).text
    taken = post_form(programme, f"{page}/roles/retirer", seen_at=page, role="reader", territory="")
    assert taken.status_code == 303
    assert [held.role for held in found(database, me.email).grants] == ["programme"]


def test_a_disabled_account_is_out_at_once_and_comes_back_with_its_roles(
    programme: FlaskClient, sign_in: SignIn, app: Flask, database: Database
) -> None:
    reader = sign_in("reader")
    account = found(database, "reader@ici.example")
    page = f"/comptes/{account.id}"
    assert post_form(programme, f"{page}/desactiver", seen_at=page).status_code == 303
    assert reader.get("/compte").status_code == 303
    assert post_form(programme, f"{page}/lien", seen_at=page).status_code == 404
    assert post_form(app.test_client(), "/connexion", email=account.email, password=PASSWORD).status_code == 422
    assert post_form(programme, f"{page}/reactiver", seen_at=page).status_code == 303
    assert post_form(app.test_client(), "/connexion", email=account.email, password=PASSWORD).status_code == 303
    assert found(database, account.email).grants == account.grants


def test_the_list_says_where_everyone_stands(programme: FlaskClient, sign_in: SignIn) -> None:
    sign_in("reader")
    invite(programme)
    page = programme.get("/comptes").text
    assert "invité jusqu’au" in page
    assert page.count("actif") == 2
    assert "lecture" in page
    assert "(partout)" in page


def test_a_lost_password_is_asked_for_in_the_same_way_by_all(
    sign_in: SignIn, app: Flask, database: Database, mailbox: Mailbox
) -> None:
    reader = sign_in("reader")
    pages = []
    for email in ("reader@ici.example", "nobody@ici.example"):
        guest = app.test_client()
        answer = post_form(guest, "/connexion/oubli", email=email)
        assert answer.status_code == 303
        pages.append(guest.get(answer.headers["Location"]).text)
    assert pages[0] == pages[1]
    assert "un message vient de partir" in pages[0]
    letters_sent()
    (message,) = mailbox.messages
    assert message["To"] == "reader@ici.example"
    address = address_in(message.get_content())  # type: ignore[attr-defined]
    guest = app.test_client()
    assert post_form(guest, address, new_password=NEW).headers["Location"] == "/connexion"
    assert reader.get("/compte").status_code == 303, "signed out everywhere"
    assert guest.get("/compte").status_code == 303, "a link signs nobody in"
    assert post_form(guest, "/connexion", email="reader@ici.example", password=NEW).status_code == 303


def test_asking_is_limited_by_address_and_by_place(app: Flask, mailbox: Mailbox) -> None:
    for _ in range(3):
        assert post_form(app.test_client(), "/connexion/oubli", email="a@b.example").status_code == 303
    assert post_form(app.test_client(), "/connexion/oubli", email="A@b.example ").status_code == 429
    for number in range(27):
        assert post_form(app.test_client(), "/connexion/oubli", email=f"{number}@b.example").status_code == 303
    assert post_form(app.test_client(), "/connexion/oubli", email="last@b.example").status_code == 429
    letters_sent()
    assert mailbox.messages == []


def test_without_a_mail_server_people_read_whom_to_ask(client: FlaskClient) -> None:
    assert "à l’équipe du programme" in client.get("/connexion/oubli").text


def test_nobody_uses_up_the_requests_of_somebody_else(app: Flask, mailbox: Mailbox) -> None:
    for _ in range(4):
        post_form(app.test_client(), "/connexion/oubli", email="a@b.example")
    elsewhere = app.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    assert post_form(elsewhere, "/connexion/oubli", email="a@b.example").status_code == 303


def test_links_are_not_guessed(client: FlaskClient, sign_in: SignIn, database: Database, app: Flask) -> None:
    sign_in("reader")
    good = make_account_link(database, found(database, "reader@ici.example"), "reset")
    assert client.get(f"/invitation/{good}").status_code == 404, "a link of another kind"
    for number in range(59):
        assert client.get(f"/connexion/nouveau/{good[:-2]}{number:02}").status_code == 404
    assert client.get(f"/connexion/nouveau/{good[:-2]}xx").status_code == 429
    assert client.get(f"/connexion/nouveau/{good}").status_code == 200, "colleagues' mistakes do not shut a right link"


def test_one_changes_one_s_password_and_stays_in_here_only(sign_in: SignIn, app: Flask, database: Database) -> None:
    here = sign_in("reader")
    there = app.test_client()
    post_form(there, "/connexion", email="reader@ici.example", password=PASSWORD)
    wrong = post_form(here, "/compte/mot-de-passe", password="not this one", new_password=NEW)
    assert wrong.status_code == 422
    assert "pas votre mot de passe actuel" in wrong.text
    same = post_form(here, "/compte/mot-de-passe", password=PASSWORD, new_password=PASSWORD)
    assert same.status_code == 422
    assert post_form(here, "/compte/mot-de-passe", password=PASSWORD, new_password=NEW).status_code == 303
    assert here.get("/compte").status_code == 200
    assert there.get("/compte").status_code == 303
    assert len(sign_in_sessions_of(database, found(database, "reader@ici.example"))) == 1


@pytest.mark.parametrize("password", ["Villeroche2026", "aurillac2026!!", "Participation.2026", "ici-ici-ici-2026"])
def test_the_names_that_everyone_knows_are_no_password(
    password: str, sign_in: SignIn, database: Database, app: Flask
) -> None:
    create_territory(database, "Villeroche", "commune")
    here = sign_in("reader")
    answer = post_form(here, "/compte/mot-de-passe", password=PASSWORD, new_password=password)
    assert answer.status_code == 422
    assert "trop facile à deviner" in answer.text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Marie Dupont <Marie@Exemple.fr>", "marie@exemple.fr"),
        ('"Dupont, Marie" <a@exemple.fr>', "a@exemple.fr"),
        ("<a@exemple.fr>", "a@exemple.fr"),
        ("mailto:a@exemple.fr", "a@exemple.fr"),
        ("a@mairie-évry.fr", "a@xn--mairie-vry-h7a.fr"),
    ],
)
def test_an_address_is_read_as_it_was_copied(typed: str, kept: str, programme: FlaskClient, database: Database) -> None:
    fields = {"name": "Marie Dupont", "role": "reader", "territory": "*"}
    assert post_form(programme, "/comptes/nouveau", email=typed, **fields).status_code == 303
    assert found(database, kept).name == "Marie Dupont"


@pytest.mark.parametrize(
    "typed",
    ["<", "<>", "Marie", "a@exemple.fr, b@exemple.fr", "a@b.fr\r\nBcc: c@d.fr", "a@é..fr", "é@exemple.fr", "a@[::1"],
)
def test_what_is_no_address_is_said_and_given_back(typed: str, programme: FlaskClient) -> None:
    fields = {"name": "Marie Dupont", "role": "reader", "territory": "*"}
    answer = post_form(programme, "/comptes/nouveau", email=typed, **fields)
    assert answer.status_code == 422
    assert "nom@exemple.fr" in answer.text
    assert 'value="Marie Dupont"' in answer.text


@pytest.mark.parametrize("territory", ["99", "", "x", "0", None])
def test_a_role_that_is_not_held_there_is_not_taken_elsewhere(
    territory: str | None, programme: FlaskClient, sign_in: SignIn, database: Database
) -> None:
    sign_in("pilot", "Ici")
    account = found(database, "pilot@ici.example")
    grant(database, account, "reader")
    for role in ("pilot", "reader"):
        if (role, territory) == ("reader", ""):
            continue  # that one is held everywhere
        typed = {"role": role} | ({} if territory is None else {"territory": territory})
        answer = post_form(programme, f"/comptes/{account.id}/roles/retirer", seen_at=f"/comptes/{account.id}", **typed)
        assert answer.status_code == 422
        assert "rien n’a été retiré" in answer.text
    assert len(found(database, "pilot@ici.example").grants) == 2


def test_a_link_of_before_a_new_password_is_worth_nothing(sign_in: SignIn, app: Flask, database: Database) -> None:
    here = sign_in("reader")
    older = make_account_link(database, found(database, "reader@ici.example"), "reset")
    assert app.test_client().get(f"/connexion/nouveau/{older}").status_code == 200
    assert post_form(here, "/compte/mot-de-passe", password=PASSWORD, new_password=NEW).status_code == 303
    assert app.test_client().get(f"/connexion/nouveau/{older}").status_code == 404


def test_a_password_is_hashed_again_at_today_s_cost(sign_in: SignIn, app: Flask, database: Database) -> None:
    sign_in("reader")  # hashed at the least cost
    before = found(database, "reader@ici.example").password_hash
    assert before
    with pytest.MonkeyPatch.context() as patch:
        from argon2 import PasswordHasher

        patch.setattr("accounts.passwords._hasher", PasswordHasher(time_cost=1, memory_cost=16, parallelism=1))
        post_form(app.test_client(), "/connexion", email="reader@ici.example", password=PASSWORD)
    after = found(database, "reader@ici.example").password_hash
    assert after
    assert "m=16" in after
    assert after != before


def test_secrets_are_not_written_back_by_the_page_of_a_lost_token(client: FlaskClient) -> None:
    typed = {"password": "an old secret", "new_password": "a new secret", "email": "a@b.example"}
    answer = client.post("/connexion", data=typed, headers={"Sec-Fetch-Site": "same-origin"})
    assert "secret" not in answer.text
    assert "a@b.example" in answer.text


@pytest.mark.parametrize("number", ["0", "99", "9223372036854775807", "9" * 40])
def test_an_account_that_is_not_there_is_not_there(number: str, programme: FlaskClient) -> None:
    assert programme.get(f"/comptes/{number}").status_code == 404
