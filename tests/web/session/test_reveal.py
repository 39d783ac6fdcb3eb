"""A guess asked of the room: its answer is not in the page of the room before it is shown."""

import re

import lxml.html
import pytest
from flask.testing import FlaskClient

DECKS = ("villeroche-2026", "val-de-brume-2026", "saint-aubin-des-pres-2026")


def words(html: str) -> str:
    page = lxml.html.fromstring(html)
    for silent in page.xpath("//style | //script"):
        silent.drop_tree()
    return page.text_content()


def answer(html: str) -> set[str]:
    """The scores of the newest campaign and its words of change, which only slides after the guess say."""
    page = lxml.html.fromstring(html)
    guess = page.xpath("//section[contains(@class, 'slide-question')]")[0]
    later = page.xpath("//section[contains(@class, 'slide-changes') or contains(@class, 'slide-top-gains')]")
    assert later
    assert all(int(one.get("id")[1:]) > int(guess.get("id")[1:]) for one in later)
    text = " ".join(one.text_content() for one in later)
    return {one.get("aria-label").split(" – ", 1)[1] for one in later} | set(re.findall(r"\d,\d\d à \d,\d\d", text))


@pytest.mark.parametrize("slug", DECKS)
def test_the_room_s_page_has_the_answer_only_once_it_is_asked_for(slug: str, demo_client: FlaskClient) -> None:
    whole = demo_client.get(f"/seance/{slug}?devoile=1").text
    before = demo_client.get(f"/seance/{slug}").text
    told = answer(whole)
    assert told
    assert [one for one in told if one in words(before) or one in before] == []
    sealed = lxml.html.fromstring(before).xpath("//section[contains(@class, 'sealed')]//a/@href")
    assert sealed
    assert demo_client.get(f"/seance/{slug}{sealed[0].split('#')[0]}").text.count("sealed") == 0
    for page in ("presentateur", "fichier"):
        assert all(one in demo_client.get(f"/seance/{slug}/{page}").text for one in told)


def test_what_the_room_decides_and_reads_does_not_wait_for_the_guess(demo_client: FlaskClient) -> None:
    page = lxml.html.fromstring(demo_client.get("/seance/villeroche-2026").text)
    kinds = [one.get("class").split()[1] for one in page.xpath("//main/section")]
    assert kinds[:3] == ["slide-opening", "slide-moment", "slide-levels"]
    assert kinds[3:7] == ["slide-radar", "slide-radar", "slide-question", "slide-sealed"]
    assert kinds[-2:] == ["slide-decide", "slide-moment"]


def test_a_first_campaign_guesses_nothing_and_hides_nothing(demo_client: FlaskClient) -> None:
    assert "sealed" not in demo_client.get("/seance/villeroche-2023").text


def test_in_the_file_the_answer_waits_for_somebody_to_say_so(demo_client: FlaskClient) -> None:
    page = lxml.html.fromstring(demo_client.get("/seance/villeroche-2026/fichier").text)
    later = page.xpath("//section[contains(@class, 'later')]")
    assert len(later) > 5
    assert page.xpath("//section[contains(@class, 'slide-question')]//input[@id='told']")
    assert all(int(one.get("id")[1:]) > 6 for one in later)
