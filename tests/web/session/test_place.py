"""Where a session is, for its windows on several computers: the last gesture counts."""

from typing import Any

from flask.testing import FlaskClient

DECK = "/seance/villeroche-2026"
PLACE = f"{DECK}/place"


def where(leader: FlaskClient) -> Any:
    return leader.get(PLACE).json


def gesture(leader: FlaskClient, status: int = 200, **sent: object) -> Any:
    headers = {"X-CSRFToken": where(leader)["token"]}
    answer = leader.post(PLACE, json={"at": 0, "black": False, "query": "", "ago": 0, **sent}, headers=headers)
    assert answer.status_code == status, answer.text
    return answer.json["place"] if status == 200 else None


def test_the_last_gesture_counts_whoever_sends_it_last(leader: FlaskClient) -> None:
    assert where(leader)["place"] is None
    assert gesture(leader, at=4) == {"at": 4, "black": False, "query": ""}
    assert gesture(leader, at=2, ago=60_000)["at"] == 4, "somebody without a network turned before"
    tag = leader.get(PLACE).headers["ETag"]
    unchanged = leader.get(PLACE, headers={"If-None-Match": f"W/{tag}"})
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    assert gesture(leader, at=5, black=True, query="?vagues=2026") == {"at": 5, "black": True, "query": "?vagues=2026"}
    assert leader.get(PLACE, headers={"If-None-Match": tag}).status_code == 200
    assert gesture(leader, end=True) is None
    assert where(leader)["place"] is None


def test_a_session_that_nobody_moves_is_no_longer_linked(leader: FlaskClient) -> None:
    assert gesture(leader, at=3, ago=4 * 3600 * 1000) is None


def test_what_no_window_sends_is_refused(leader: FlaskClient) -> None:
    for wrong in ({"at": "1"}, {"at": -1}, {"at": 1.5}, {"query": 3}, {"ago": None}, {"at": 2**60}):
        gesture(leader, 400, **wrong)
    assert gesture(leader, at=10**6, query="x" * 3000)["at"] == 999
    gesture(leader, end=True)


def test_the_windows_of_those_who_lead_are_linked_and_no_other(leader: FlaskClient) -> None:
    assert f'data-place="{PLACE}"' in leader.get(DECK).text
    assert f'data-place="{PLACE}"' in leader.get(f"{DECK}/presentateur").text
    visitor = leader.application.test_client()
    for page in (leader.get(f"{DECK}?repetition=1"), leader.get(f"{DECK}/fichier"), visitor.get(DECK)):
        assert "data-place" not in page.text
