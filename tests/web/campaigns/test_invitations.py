"""Invitations: a table given once, messages through a real mail server, links that work once."""

import html
import re
from typing import Any

import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient

from settings import Settings, SettingsErrors
from storage.campaigns.campaigns import Campaign
from storage.campaigns.share_links import Invitations, invitations_of
from storage.core.engine import Database
from tests.serving import free_port
from tests.web.forms import post_form, token_in
from tests.web.mailbox import Mailbox
from tests.web.markup import problems_in
from web.http.mail import MailRefused, post


def send(pilot: FlaskClient, running: Campaign, addresses: str, college: str = "elus") -> Any:
    page = f"/campagnes/{running.slug}/invitations"
    answer = post_form(pilot, f"{page}/messages", seen_at=page, addresses=addresses, college=college)
    return pilot.get(answer.headers["Location"]) if answer.status_code == 303 else answer


def table(pilot: FlaskClient, running: Campaign, **typed: str) -> Any:
    page = f"/campagnes/{running.slug}/invitations"
    typed = {"college": "elus", "kind": "csv", "count": "3", **typed}
    answer = post_form(pilot, f"{page}/tableau", seen_at=page, **typed)
    if answer.status_code != 303:
        return answer
    ready = lxml.html.fromstring(pilot.get(answer.headers["Location"]).text)
    (address,) = ready.xpath("//p[@role='status']/a/@href")
    return pilot.get(address)


def counts(database: Database, running: Campaign) -> list[Invitations]:
    return invitations_of(database, running)


def test_a_table_gives_links_that_serve_once(
    pilot: FlaskClient, client: FlaskClient, running: Campaign, database: Database
) -> None:
    answer = table(pilot, running)
    assert answer.headers["Cache-Control"] == "no-store"
    header, *rows = answer.data.decode("utf-8-sig").splitlines()
    assert header == "numero;college;lien"
    assert [row.split(";")[:2] for row in rows] == [[str(n), "Conseil municipal"] for n in (1, 2, 3)]
    address = rows[0].split(";")[2].removeprefix("http://127.0.0.1:8000")
    page = client.get(address)
    nonce = re.findall(r'name="nonce" value="([^"]+)"', page.text)[0]
    form = {"csrf_token": token_in(page.text), "nonce": nonce}
    begun = [client.post(address, data=form).headers["Location"] for _ in range(2)]
    assert begun[0] == begun[1], "a double click"
    refused = client.get(address)
    assert refused.status_code == 410
    assert "Cette invitation a déjà servi" in refused.text
    assert problems_in(refused.text) == []
    assert counts(database, running) == [Invitations("elus", 3, 1)]


def test_the_table_is_a_workbook_too(pilot: FlaskClient, running: Campaign) -> None:
    assert table(pilot, running, kind="xlsx", college="").data.startswith(b"PK")


def test_everything_wrong_with_a_table_is_said_at_once(pilot: FlaskClient, running: Campaign) -> None:
    answer = table(pilot, running, count="beaucoup", kind="doc", college="martiens")
    assert answer.status_code == 422
    assert "3 choses sont à corriger" in answer.text
    assert 'value="beaucoup"' in answer.text
    assert problems_in(answer.text) == []


@pytest.mark.parametrize("count", ["0", "2001", "-3", "9" * 30, "٣"])
def test_a_count_out_of_range_is_refused(pilot: FlaskClient, running: Campaign, count: str) -> None:
    assert table(pilot, running, count=count).status_code == 422


def test_messages_are_sent_one_by_one_and_addresses_kept_nowhere(
    pilot: FlaskClient, client: FlaskClient, running: Campaign, mailbox: Mailbox, database: Database
) -> None:
    answer = send(pilot, running, "ada@exemple.fr, Marc@exemple.fr\nada@exemple.fr")
    assert answer.status_code == 200
    assert "2 messages sont partis" in answer.text
    assert problems_in(answer.text) == []
    assert [message["To"] for message in mailbox.messages] == ["ada@exemple.fr", "marc@exemple.fr"]
    assert {message["From"] for message in mailbox.messages} == {"participation@exemple.fr"}
    links = [re.findall(r"/repondre/\S+", message.get_content()) for message in mailbox.messages]  # type: ignore[attr-defined]
    assert len({link for (link,) in links}) == 2
    assert client.get(links[0][0]).status_code == 200
    assert counts(database, running) == [Invitations("elus", 2, 0)]
    assert "exemple.fr" not in "\n".join(database.conn.iterdump())


def test_a_refused_address_is_said_and_costs_nothing(
    pilot: FlaskClient, running: Campaign, mailbox: Mailbox, database: Database
) -> None:
    answer = send(pilot, running, "ada@exemple.fr inconnu@exemple.fr eve@exemple.fr")
    text = html.unescape(answer.text)
    assert "2 messages sont partis" in text
    assert "inconnu@exemple.fr" in text
    assert "le serveur de messagerie la refuse" in text
    assert counts(database, running) == [Invitations("elus", 2, 0)]


def test_a_server_that_fails_halfway_says_how_many_had_left(
    pilot: FlaskClient, running: Campaign, mailbox: Mailbox, database: Database
) -> None:
    answer = send(pilot, running, "ada@exemple.fr\npanne@exemple.fr\neve@exemple.fr")
    assert counts(database, running) == [Invitations("elus", 1, 0)]
    assert "messages étaient déjà partis" in answer.text or "1 message" in answer.text
    (left,) = lxml.html.fromstring(answer.text).xpath("//textarea[@id='addresses']/text()")
    assert left.split() == ["panne@exemple.fr", "eve@exemple.fr"]


def test_a_server_that_does_not_answer_sends_nothing(
    pilot: FlaskClient, running: Campaign, app: Flask, database: Database
) -> None:
    app.config.update(SMTP=f"smtp://127.0.0.1:{free_port()}", MAIL_FROM="participation@exemple.fr")
    answer = send(pilot, running, "ada@exemple.fr")
    assert answer.status_code == 503
    assert "Le serveur de messagerie ne répond pas" in answer.text
    assert "ada@exemple.fr" in answer.text
    assert counts(database, running) == []


def test_everything_wrong_with_addresses_is_said_and_nothing_sent(
    pilot: FlaskClient, running: Campaign, mailbox: Mailbox
) -> None:
    answer = send(pilot, running, "ada@exemple.fr marc eve@", college="martiens")
    assert answer.status_code == 422
    assert "3 choses sont à corriger" in answer.text
    assert "ada@exemple.fr marc eve@" in answer.text
    assert mailbox.messages == []


def test_without_a_mail_server_the_table_is_offered(pilot: FlaskClient, running: Campaign) -> None:
    page = pilot.get(f"/campagnes/{running.slug}/invitations").text
    assert "n’a pas de serveur de messagerie" in page
    assert problems_in(page) == []
    assert send(pilot, running, "ada@exemple.fr").status_code == 422


def test_unused_invitations_are_withdrawn_and_given_again(
    pilot: FlaskClient, running: Campaign, database: Database
) -> None:
    table(pilot, running)
    page = f"/campagnes/{running.slug}/invitations"
    before = counts(database, running)
    post_form(pilot, f"{page}/retirer", seen_at=page, college="elus")
    assert counts(database, running) == []
    again = pilot.get(page).text
    assert problems_in(again) == []
    assert "Invitations retirées depuis moins d’un jour" in again
    assert post_form(pilot, f"{page}/redonner", seen_at=page).status_code == 422, "of no college"
    assert post_form(pilot, f"{page}/redonner", seen_at=page, college="elus").status_code == 303
    assert counts(database, running) == before


def test_a_wrong_mail_server_is_refused_at_start_without_its_password() -> None:
    with pytest.raises(SettingsErrors) as refused:
        Settings.read({"SMTP": "http://moi:secret@serveur", "MAIL_FROM": "personne"})
    assert len(refused.value.problems) == 2
    assert "secret" not in str(refused.value)


def test_names_brackets_and_lists_are_read(pilot: FlaskClient, running: Campaign, mailbox: Mailbox) -> None:
    pasted = (
        'Marie Dupont <a@exemple.fr>; "Durand, Jean" <b@exemple.fr>,\nMartin, Ève <c@exemple.fr>\n'
        "mailto:d@exemple.fr A@exemple.fr\te@mairie-évry.fr"
    )
    assert "5 messages sont partis" in send(pilot, running, pasted).text
    sent = {message["To"] for message in mailbox.messages}
    assert sent == {f"{name}@exemple.fr" for name in "abcd"} | {"e@xn--mairie-vry-h7a.fr"}


def test_every_fault_is_named_and_the_list_given_back(pilot: FlaskClient, running: Campaign, mailbox: Mailbox) -> None:
    pasted = "Marie Dupont <a@exemple.fr>\n<b@exemple\npersonne; é@exemple.fr, <>, c@d@exemple.fr"
    answer = send(pilot, running, pasted)
    assert answer.status_code == 422
    for fault in ("b@exemple", "personne", "é@exemple.fr", "&lt;&gt;", "c@d@exemple.fr"):
        assert f"{fault} » n’est pas une adresse" in answer.text
    assert html.escape(pasted, quote=False) in answer.text.replace("&#39;", "'")
    assert mailbox.messages == []


@pytest.mark.parametrize("name", ["Bilan\r\nBcc: eve@exemple.fr", "Bilan\u2028Bcc: x"])
def test_nothing_adds_a_header(name: str, app: Flask, mailbox: Mailbox) -> None:
    with app.app_context(), post() as server:
        server.send("ada@exemple.fr", name, "Bonjour")
        with pytest.raises(MailRefused):
            server.send("ada@exemple.fr\r\nBcc: eve@exemple.fr", "Bonjour", "Bonjour")
    (message,) = mailbox.messages
    assert message["Bcc"] is None


def test_a_college_that_is_not_there_withdraws_nothing(
    pilot: FlaskClient, running: Campaign, database: Database
) -> None:
    table(pilot, running, college="")
    page = f"/campagnes/{running.slug}/invitations"
    assert post_form(pilot, f"{page}/retirer", seen_at=page).status_code == 422
    assert post_form(pilot, f"{page}/retirer", seen_at=page, college="martiens").status_code == 422
    assert counts(database, running) == [Invitations(None, 3, 0)]
