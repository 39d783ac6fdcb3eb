"""Testimonies: a comment whose author ticked that it may be quoted, accepted by a reviewer, shown in the session."""

from dataclasses import replace

import lxml.html
import pytest
from flask.testing import FlaskClient

from storage.campaigns.campaigns import Campaign
from storage.core.engine import Database
from storage.review.comments import QuotedComment, passages_in, quoted_comments
from tests.web.conftest import SignIn
from tests.web.forms import post_form
from tests.web.markup import problems_in
from tests.web.review.conftest import address, send
from tests.web.review.test_comments import KIND, NAMING, marks


def decide(reviewer: FlaskClient, closed: Campaign, text: str, decision: str, was: str = "") -> int:
    where = address(closed, "commentaires")
    mark = marks(reviewer.get(where).text)[text]
    return send(reviewer, where, **{f"d_{mark}": decision, f"was_{mark}": was}).status_code


@pytest.fixture
def quoting(reviewer: FlaskClient, closed: Campaign) -> FlaskClient:
    """The reviewer, once the comment of who accepts to be quoted was accepted."""
    assert decide(reviewer, closed, KIND, "quoted") == 303
    return reviewer


def test_only_who_ticked_it_may_be_quoted_and_names_are_pointed_out(
    reviewer: FlaskClient, closed: Campaign, database: Database
) -> None:
    page = lxml.html.fromstring(reviewer.get(address(closed, "commentaires")).text)
    mark = marks(reviewer.get(address(closed, "commentaires")).text)
    choices = lambda text: page.xpath(f"//input[@name='d_{mark[text]}']/@value")  # noqa: E731
    assert choices(KIND) == ["accepted", "quoted", "refused", ""]
    assert choices(NAMING) == ["accepted", "refused", ""]
    assert page.xpath("//p[@class='note warn']/text()") == ["«\u00a0Monsieur Untel\u00a0» ressemble à un nom."]
    assert decide(reviewer, closed, NAMING, "quoted") == 409, "its author did not tick it"
    assert decide(reviewer, closed, KIND, "accepted") == 303
    assert quoted_comments(database, closed) == []
    assert decide(reviewer, closed, KIND, "quoted", "accepted") == 303
    assert quoted_comments(database, closed) == [QuotedComment(mark[KIND], "COO-1", KIND)]
    assert KIND in reviewer.get(address(closed, "savoir-faire/COO-1")).text, "accepted too"


def test_a_testimony_becomes_a_slide_and_leaves_with_its_acceptance(
    quoting: FlaskClient, closed: Campaign, database: Database, sign_in: SignIn
) -> None:
    prepare = f"/seance/{closed.slug}/preparer"
    listed = f"{prepare}/temoignages"
    page = quoting.get(listed).text
    assert problems_in(page) == []
    mark = lxml.html.fromstring(page).xpath("//input[@name='mark']/@value")[0]
    sent = post_form(quoting, listed, mark=mark)
    assert (sent.status_code, sent.location) == (303, f"{prepare}/texte-1")
    assert 'name="mark"' not in quoting.get(listed).text, "each is offered once"
    own = quoting.get(sent.location).text
    assert problems_in(own) == []
    shown = lambda: lxml.html.fromstring(quoting.get(f"/seance/{closed.slug}").text).xpath(  # noqa: E731
        "//section[@data-key='texte-1']//div[@class='own-words']/p/text()"
    )
    assert shown() == [f"«\u00a0{KIND}\u00a0»"]
    assert "collège" not in lxml.html.fromstring(quoting.get(f"/seance/{closed.slug}").text).xpath(
        "string(//section[@data-key='texte-1']/div[@class='stage'])"
    )
    refused = post_form(quoting, sent.location, title="On l’a fait", text="Une très vraie réunion", note="")
    assert refused.status_code == 422
    assert "sans rien ajouter ni changer" in refused.text
    assert (
        post_form(quoting, sent.location, title="On l’a fait", text="Une vraie réunion […]", note="").status_code == 303
    )
    assert shown() == ["«\u00a0Une vraie réunion […]\u00a0»"]
    stored = database.execute("SELECT document FROM sequences").fetchone()[0]
    assert "réunion" not in stored, "the words stay where their author's are"
    assert decide(sign_in("programme", None), closed, KIND, "refused", "quoted") == 303
    assert shown() == []
    late = post_form(quoting, listed, seen_at=prepare, mark=mark)
    assert late.status_code == 303
    assert "ne peut plus être cité" in quoting.get(late.location).text


def test_a_campaign_of_few_people_quotes_nobody(quoting: FlaskClient, closed: Campaign, database: Database) -> None:
    assert quoted_comments(database, closed)
    assert quoted_comments(database, replace(closed, k=200)) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Un deux\ntrois", ((0, 13),)),
        ("[…] trois [...] cinq.", ((8, 13), (21, 26))),
        ("deux un", None),
        ("tro", None),
        ("[…]", None),
        ("", None),
    ],
)
def test_words_are_cut_never_changed(typed: str, kept: object) -> None:
    assert passages_in("Un deux trois quatre cinq.", typed) == kept
