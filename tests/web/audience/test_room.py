"""A room that takes part on its phones: joining, guessing, sharing points, words read first, and the minutes."""

from contextlib import closing
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient

from storage.audience.audiences import Audience, audience_of, phones
from storage.campaigns.campaigns import campaign_by_slug
from storage.core.database import open_database
from tests.web.forms import token_in
from tests.web.respond.respondent import form_of, inspected

ROOM = "/seance/villeroche-2026/salle"
DECK = "/seance/villeroche-2026"
K = 5


class Room:
    """A room that is led from its page, and its phones."""

    def __init__(self, leader: FlaskClient, database: Path) -> None:
        self.leader, self.database = leader, database

    def act(self, do: str, status: int = 303, **fields: str) -> str:
        """Press a button of the room's page."""
        data = {"csrf_token": token_in(self.leader.get(ROOM).text), "do": do, **fields}
        answer = self.leader.post(ROOM, data=data)
        assert answer.status_code == status, answer.text
        return answer.text

    @property
    def code(self) -> str:
        """The code of the room."""
        return self.audience.code

    @property
    def audience(self) -> Audience:
        """The room as it is stored."""
        with closing(open_database(self.database)) as db:
            campaign = campaign_by_slug(db, "villeroche-2026")
            assert campaign
            found = audience_of(db, campaign)
            assert found
            return found

    @property
    def phones(self) -> int:
        """How many phones have joined."""
        with closing(open_database(self.database)) as db:
            return phones(db, self.audience)

    def state(self, query: str = "") -> Any:
        """What the windows of the session are seen."""
        answer = self.leader.get(f"{ROOM}/etat{query}")
        assert answer.status_code == 200
        return answer.json

    def look(self, asked: str, *lines: tuple[str, str]) -> None:
        """Turn the slide of the room."""
        headers = {"X-CSRFToken": self.state()["token"]}
        sent = {"asked": asked, "lines": lines}
        assert self.leader.post(f"{ROOM}/ici", json=sent, headers=headers).status_code == 204

    def join(self) -> "Phone":
        """A phone that joins."""
        return Phone(self.leader.application, self.code)

    def answers(self, *said: dict[str, str]) -> list["Phone"]:
        """A phone for each answer."""
        joined = [self.join() for _one in said]
        for phone, fields in zip(joined, said, strict=True):
            phone.send(**fields)
        return joined


class Phone:
    """A phone of the room: an address and no cookie; every page is inspected as respondents' are."""

    def __init__(self, app: Flask, code: str) -> None:
        self.client, self.code = app.test_client(), code
        entrance = f"/seance/{code}"
        self.fields = form_of(inspected(self.client.get(entrance), 200).text)
        self.address = inspected(self.client.post(entrance, data=self.fields), 303).location

    @property
    def text(self) -> str:
        """The page as it is now."""
        return str(inspected(self.client.get(self.address), 200).text)

    def send(self, status: int = 303, **fields: str) -> str:
        """Send the form of the page."""
        data = {**form_of(self.text), **{name.replace("_", ":", 1): value for name, value in fields.items()}}
        return str(inspected(self.client.post(self.address, data=data), status).text)


@pytest.fixture
def room(leader: FlaskClient, demo_database: Path) -> Room:
    """A room open to phones."""
    opened = Room(leader, demo_database)
    opened.act("open")
    return opened


def slides(client: FlaskClient, address: str = DECK) -> list[str]:
    page = lxml.html.fromstring(client.get(address).text)
    return [one.get("class").split()[1] for one in page.xpath("//main/section")]


def test_a_room_adds_its_slides_for_those_who_lead_and_for_nobody_else(room: Room) -> None:
    kinds = slides(room.leader)
    assert kinds[:2] == ["slide-opening", "slide-join"]
    place = kinds.index("slide-points")
    assert kinds[place + 1] == "slide-words"
    assert place < kinds.index("slide-decide")
    spelled = f'{room.code[:3]}<span class="gap"></span>{room.code[3:]}'
    assert room.leader.get(DECK).text.count(spelled) == 4
    for name in ("join", "points", "words"):
        assert room.leader.get(f"{DECK}/preparer/{name}").status_code == 200
    visitor = room.leader.application.test_client()
    assert "data-audience" not in visitor.get(DECK).text
    assert spelled not in visitor.get(DECK).text
    assert not {"slide-join", "slide-points", "slide-words"} & {
        *slides(visitor),
        *slides(room.leader, f"{DECK}/fichier"),
    }
    room.act("end")
    assert "slide-join" not in slides(room.leader)


def test_a_phone_joins_once_without_cookie_whatever_it_is_pressed(room: Room) -> None:
    phone = room.join()
    again = phone.client.post(f"/seance/{room.code}", data=phone.fields)
    assert again.location == phone.address
    assert room.phones == 1
    assert phone.client.get(f"/seance/{room.code.lower()}").status_code == 200
    assert phone.client.get("/seance/", query_string={"code": f" {room.code[:3]}-{room.code[3:]} "}).location.endswith(
        room.code
    )
    assert phone.client.get("/seance/?code=ABC").status_code == 422
    assert "Bienvenue" in phone.text


def test_a_code_or_a_phone_that_nobody_knows_is_refused_with_what_to_do(room: Room) -> None:
    visitor = room.leader.application.test_client()
    unknown = "CDFGHJ" if room.code != "CDFGHJ" else "CDFGHK"
    assert "Aucune séance" in inspected(visitor.get(f"/seance/{unknown}"), 404).text
    assert "rejoignez" in inspected(visitor.get(f"/seance/{room.code}/nobody"), 404).text
    assert inspected(visitor.post(f"/seance/{room.code}", data={"nonce": "x" * 22}), 400)
    assert visitor.get(f"/seance/{unknown}/etat").json == {"version": None}
    sent = room.join().client.post(f"/seance/{room.code}", data={"nonce": "x" * 30_000})
    assert inspected(sent, 413)


def test_the_room_guesses_and_sees_the_answer_beside_only_once_it_is_shown(room: Room) -> None:
    room.look("guess", ("title", "Qu’est-ce qui a le plus progressé ?"))
    codes = ("COO", "CON", "CON", "FAC")
    joined = room.answers(*({"choice": code} for code in codes))
    joined[0].send(choice="CON")  # changed before the reveal: counted once
    seen = room.state()
    assert seen["shown"]["guess"] == {"count": "4\u00a0réponses sur\u00a04".replace("\u00a0", " "), "html": ""}
    assert seen["ready"] == []
    assert "au moins 5 réponses" in room.act("reveal", 422, question="guess")
    room.answers({"choice": "OUV"})
    assert room.state()["ready"] == ["guess"]
    room.act("reveal", question="guess")
    html = lxml.html.fromstring(room.state()["shown"]["guess"]["html"])
    assert [one.text for one in html.xpath("//strong")] == ["0", "3", "1", "0", "1"]
    (right,) = html.xpath("//li[contains(@class, 'right')]//b/text()")
    assert right in html.xpath("//p[@class='truth']/b/text()")[0]
    assert "L’écran montre ce que la salle a répondu" in joined[0].text
    assert right in lxml.html.fromstring(joined[0].text).xpath("//p[@class='lead']/b/text()")[0]
    assert (
        "déjà montré"
        in joined[0]
        .client.post(joined[0].address, data={**token_of(joined[0]), "question": "guess", "choice": "COO"})
        .text
    )


def token_of(phone: Phone) -> dict[str, str]:
    """The token of a phone's forms, as another question would give it."""
    from web.respond.response_access import csrf_token

    with phone.client.application.test_request_context():
        return {"csrf_token": csrf_token("room", phone.code, phone.address.rpartition("/")[2])}


def test_points_are_shared_and_hands_are_counted_with_them(room: Room) -> None:
    room.look("points")
    options = lxml.html.fromstring(room.join().text).xpath("//input[@type='number']/@name")
    assert 3 <= len(options) <= 5
    first, second = options[0], options[1]
    named = lambda **points: {key.replace(":", "_", 1): value for key, value in points.items()}  # noqa: E731
    joined = room.answers(*[named(**{first: "2", second: "1"})] * K)
    assert "c’est trop" in joined[0].send(422, **named(**{first: "3", second: "1"}))
    assert "écrivez 0, 1, 2 ou 3" in joined[0].send(422, **named(**{first: "beaucoup"}))
    assert 'value="beaucoup"' in joined[0].send(422, **named(**{first: "beaucoup"}))
    assert "en chiffres" in room.act("count", 422, question="points", **{f"hands:{first[7:]}": "dix"})
    tag = room.leader.get(f"{ROOM}/etat").headers["ETag"]
    unchanged = room.leader.get(f"{ROOM}/etat", headers={"If-None-Match": f"W/{tag}"})
    assert (unchanged.status_code, unchanged.headers["ETag"]) == (304, tag)
    room.act("count", question="points", **{f"hands:{first[7:]}": "6"})
    assert room.leader.get(f"{ROOM}/etat", headers={"If-None-Match": tag}).status_code == 200
    room.act("reveal", question="points")
    html = lxml.html.fromstring(room.state()["shown"]["points"]["html"])
    assert [one.text for one in html.xpath("//strong")][:3] == ["16", "5", "0"]
    assert room.state()["shown"]["points"]["count"] == "5 téléphones, 2 à main levée"


def test_words_are_read_before_they_are_shown_and_names_are_not_taken(room: Room) -> None:
    room.look("words")
    said = ["merci", "Merci", "fier", "<b>gras</b>", "encore"]
    joined = room.answers(*({"words": one} for one in said))
    refused = joined[0].send(422, words="Merci à Camille Essai")
    assert "ressemble à un nom" in refused
    assert "Merci à Camille Essai" in refused
    desk = room.state("?bureau=1")["desk"]["words"]
    assert "&lt;b&gt;gras&lt;/b&gt;" in desk
    assert room.state()["desk"] == {}
    assert "gras" not in str(room.state()["shown"])
    numbers = lxml.html.fromstring(desk).xpath("//input[@name='words']/@value")
    for number, read in zip(numbers[:3], said, strict=False):
        room.act("accept", words=number, read=read)
    room.act("refuse", words=numbers[3], read=said[3])
    assert "relisez" in room.act("accept", 422, words=numbers[4], read="autre chose")
    assert "relisez" in room.act("accept", 422, words="9" * 30, read="merci")
    shown = room.state()["shown"]["words"]["html"]
    assert "fier" in shown
    assert "gras" not in shown
    assert "encore" not in shown


def test_the_slide_of_the_room_is_read_in_large_print(room: Room) -> None:
    phone = room.join()
    state = f"/seance/{room.code}/etat"
    tag = phone.client.get(state).headers["ETag"]
    assert phone.client.get(state, headers={"If-None-Match": tag}).status_code == 304
    room.look("", ("title", "Trois hausses nettes"), ("item", "Connecter <1,9>"), ("script", "x"), ("text", 3))  # type: ignore[arg-type]
    assert phone.client.get(state, headers={"If-None-Match": tag}).status_code == 200
    page = lxml.html.fromstring(phone.text)
    assert page.xpath("//h1/text()") == ["Trois hausses nettes"]
    assert page.xpath("//*[@class='item']/text()") == ["Connecter <1,9>"]
    headers = {"X-CSRFToken": room.state()["token"]}
    for wrong in ([], "x", 3):
        assert room.leader.post(f"{ROOM}/ici", json=wrong, headers=headers).status_code == 400


def test_what_the_room_answered_is_in_the_minutes_and_the_phones_are_forgotten(room: Room) -> None:
    room.look("guess")
    joined = room.answers(*[{"choice": "CON"}] * K)
    room.act("reveal", question="guess")
    room.look("words")
    for phone in joined:
        phone.send(words="ensemble")
    desk = lxml.html.fromstring(room.state("?bureau=1")["desk"]["words"])
    room.act("accept", words=desk.xpath("//input[@name='words']/@value")[0], read="ensemble")
    room.act("end")
    assert room.phones == 0
    assert "La séance est terminée" in joined[0].text
    assert inspected(joined[0].client.get(f"/seance/{room.code}"), 410)
    minutes = lxml.html.fromstring(room.leader.get(f"{DECK}/compte-rendu").text)
    (votes,) = minutes.xpath("//textarea[@name='votes']/text()")
    assert "5 voix (5 téléphones). Ce que disent les résultats" in votes.replace("\u00a0", " ").replace("\u202f", " ")
    assert minutes.xpath("//textarea[@name='said']/text()")[0].strip() == "«\u00a0ensemble\u00a0»"


def test_a_rehearsal_is_erased_once_somebody_is_sure(room: Room) -> None:
    room.look("guess")
    room.answers(*[{"choice": "CON"}] * K)
    room.act("reveal", question="guess")
    assert "Cochez la case" in room.act("erase", 422)
    room.act("erase", sure="1")
    assert room.phones == 0
    assert room.state()["shown"]["guess"]["html"] == ""
    assert room.act("nothing", 422)


def test_the_question_of_the_words_is_the_team_s(room: Room) -> None:
    room.act("ask", title="Un mot pour l’an prochain\u202f?")
    assert "Un mot pour l’an prochain\u202f?" in room.leader.get(DECK).text
    room.look("words")
    assert "Un mot pour l’an prochain\u202f?" in room.join().text
    assert "trop" in room.act("ask", 422, title="x" * 71)


def test_phones_of_a_hall_pass_and_a_flood_is_stopped(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    from storage.operations.rate_limits import Limit
    from web.audience import phones as views

    assert views.PHONES_FROM_ONE_PLACE.most >= 300
    monkeypatch.setattr(views, "PHONES_FROM_ONE_PLACE", Limit("a few", 2, timedelta(minutes=10)))
    room.join()
    room.join()
    client = room.leader.application.test_client()
    entrance = f"/seance/{room.code}"
    assert inspected(client.post(entrance, data=form_of(client.get(entrance).text)), 429)


def test_a_campaign_without_room_has_none_of_this(leader: FlaskClient) -> None:
    assert leader.get(f"{ROOM}/etat").json["ended"] is True
    assert "Ouvrir la séance aux téléphones" in leader.get(ROOM).text
    assert "data-audience" not in leader.get(DECK).text
