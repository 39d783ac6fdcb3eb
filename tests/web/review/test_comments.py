"""Comments: read by a reviewer before anyone else, and never with a college that is too small."""

import re

from flask.testing import FlaskClient

from storage.campaigns.campaigns import Campaign
from tests.web.conftest import SignIn
from tests.web.review.conftest import address, send

KIND, NAMING = "Une vraie réunion de lancement.", "Demandez à Monsieur Untel."


def marks(page: str) -> dict[str, str]:
    """The mark of each comment of the page, by its text."""
    found = re.findall(r'<span class="written">([^<]+)</span></legend>\s*<input type="hidden" name="was_(\w+)"', page)
    return dict(found)


def test_nothing_is_shown_before_a_decision(reviewer: FlaskClient, closed: Campaign) -> None:
    where = address(closed, "commentaires")
    queue = reviewer.get(where).text
    known = marks(queue)
    assert set(known) == {KIND, NAMING}
    assert KIND not in reviewer.get(address(closed, "savoir-faire/COO-1")).text
    decisions = {f"d_{known[KIND]}": "accepted", f"was_{known[KIND]}": "", f"d_{known[NAMING]}": "refused"}
    assert send(reviewer, where, **decisions).status_code == 303
    skill = reviewer.get(address(closed, "savoir-faire/COO-1")).text
    assert KIND in skill
    assert NAMING not in skill


def test_a_college_of_two_makes_the_smallest_one_silent(reviewer: FlaskClient, closed: Campaign) -> None:
    # Two « entreprises »: unnamed with the six agents, so that an unnamed comment never points at the two.
    queue = reviewer.get(address(closed, "commentaires")).text
    assert "· Élus" in queue
    assert "· Entreprises" not in queue


def test_a_decision_taken_meanwhile_is_said_not_replaced(
    reviewer: FlaskClient, sign_in: SignIn, closed: Campaign
) -> None:
    where, other = address(closed, "commentaires"), sign_in("programme", None)
    mark = marks(reviewer.get(where).text)[NAMING]
    send(other, where, **{f"d_{mark}": "refused", f"was_{mark}": ""})
    late = send(reviewer, where, **{f"d_{mark}": "accepted", f"was_{mark}": ""})
    assert late.status_code == 409
    assert "Quelqu’un a décidé autrement" in late.text
    assert NAMING not in reviewer.get(address(closed, "savoir-faire/COO-1")).text


def test_unknown_marks_and_decisions_change_nothing(reviewer: FlaskClient, closed: Campaign) -> None:
    where = address(closed, "commentaires")
    mark = marks(reviewer.get(where).text)[KIND]
    assert send(reviewer, where, d_nobody="accepted", **{f"d_{mark}": "sometimes"}).status_code == 303
    assert set(marks(reviewer.get(where).text)) == {KIND, NAMING}
