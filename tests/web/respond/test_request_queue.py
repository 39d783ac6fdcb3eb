"""Pages are made one at a time, in the order of arrival, and nobody keeps a turn."""

from threading import Thread

from flask.testing import FlaskClient

from web.respond import request_queue as turn
from web.respond.request_queue import Turns


def waiting(turns: Turns) -> int:
    return len(turns._waiting)


def test_turns_come_in_the_order_of_arrival() -> None:
    turns, came = Turns(), list[int]()

    def come(number: int) -> None:
        assert turns.take(30)
        came.append(number)
        turns.end()

    assert turns.take(0)
    people = [Thread(target=come, args=(number,)) for number in range(5)]
    for number, person in enumerate(people, start=1):
        person.start()
        while waiting(turns) < number:
            person.join(0.001)
    turns.end()
    for person in people:
        person.join(30)
    assert came == [0, 1, 2, 3, 4]
    assert turns.take(0)


def test_who_has_waited_long_enough_goes_on_and_leaves_the_queue() -> None:
    turns = Turns()
    assert turns.take(0)
    assert not turns.take(0.001)
    assert waiting(turns) == 0
    turns.end()
    assert turns.take(0)


def test_a_request_ends_its_turn_whatever_its_answer(client: FlaskClient) -> None:
    assert client.get("/repondre/inconnu").status_code == 404
    assert client.post("/repondre/inconnu", data={"college": "elus"}).status_code in {400, 404}
    assert turn._turns.take(0)
    turn._turns.end()
