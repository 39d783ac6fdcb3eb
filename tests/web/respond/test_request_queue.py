"""The queue of requests: pages are made one at a time, in the order of arrival; no request blocks it."""

from threading import Thread

from flask.testing import FlaskClient

from web.respond import request_queue
from web.respond.request_queue import RequestQueue


def waiting(queue: RequestQueue) -> int:
    return len(queue._waiting)


def test_turns_come_in_the_order_of_arrival() -> None:
    queue, came = RequestQueue(), list[int]()

    def come(number: int) -> None:
        assert queue.enter(30)
        came.append(number)
        queue.leave()

    assert queue.enter(0)
    people = [Thread(target=come, args=(number,)) for number in range(5)]
    for number, person in enumerate(people, start=1):
        person.start()
        while waiting(queue) < number:
            person.join(0.001)
    queue.leave()
    for person in people:
        person.join(30)
    assert came == [0, 1, 2, 3, 4]
    assert queue.enter(0)


def test_who_has_waited_long_enough_goes_on_and_leaves_the_queue() -> None:
    queue = RequestQueue()
    assert queue.enter(0)
    assert not queue.enter(0.001)
    assert waiting(queue) == 0
    queue.leave()
    assert queue.enter(0)


def test_a_request_ends_its_turn_whatever_its_answer(client: FlaskClient) -> None:
    assert client.get("/repondre/inconnu").status_code == 404
    assert client.post("/repondre/inconnu", data={"college": "elus"}).status_code in {400, 404}
    assert request_queue._queue.enter(0)
    request_queue._queue.leave()
