"""Preparing a session without script, the page for residents, comparing any campaigns: what each shows and to whom."""

import html
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import lxml.html
import pytest
from flask.testing import FlaskClient

from commands.demo_credentials import DEMO_EMAIL
from restitution.findings.change.skill_moves import skill_moves
from storage.accounts.accounts import account_by_email
from storage.campaigns.campaigns import campaign_by_slug
from storage.core.database import open_database
from storage.responses.computed.profiles import campaign_profile
from storage.review.slide_order import change_slide_order
from tests.web.conftest import Open, SignIn
from tests.web.forms import post_form
from web.http.database import connection
from web.results.campaign_results import profiles_of, report_of
from web.results.selection import CampaignSelection

PREPARE = "/seance/villeroche-2026/preparer"
DONE, NEXT = "Le parcours\u00a0: ce qui a été fait", "Le parcours\u00a0: la suite"
OPEN_TO_ALL = ("/seance/villeroche-2026", "/seance/villeroche-2026/fichier", "/restitution/villeroche-2026/habitants")
AN_ACTION = "La carte vivante des initiatives"


def titles(client: FlaskClient) -> list[str]:
    page = lxml.html.fromstring(client.get("/seance/villeroche-2026?devoile=1").text)
    return [one.get("aria-label").split(" – ", 1)[1] for one in page.iterfind(".//main/section")]


def test_slides_are_moved_hidden_and_added_without_script(leader: FlaskClient) -> None:
    before = titles(leader)
    assert post_form(leader, PREPARE, do="up", key="levels").status_code == 303
    assert titles(leader)[:3] == [before[0], before[2], before[1]]
    assert script(leader)["partie-accueil"] == ["opening"]
    post_form(leader, PREPARE, do="up", key="levels")  # out of its part, into the one before
    assert script(leader)["partie-accueil"] == ["opening", "levels"]
    post_form(leader, PREPARE, do="place", key="levels", place="4")
    assert titles(leader)[:4] == [before[0], before[1], before[3], before[2]]
    for place in ("99", "-3", "x", ""):  # as far as it goes; what is no number is the first place
        assert post_form(leader, PREPARE, do="place", key="levels", place=place).status_code == 303
        assert titles(leader).index(before[2]) == (len(before) - 1 if place == "99" else 0)
    post_form(leader, PREPARE, do="toggle", key="opening")
    assert titles(leader)[:2] == [before[2], before[1]]
    post_form(leader, PREPARE, do="add", title="Merci à <tous>", text="Une ligne\nune autre")
    assert titles(leader)[-2:] == ["Merci à <tous>", before[-1]]
    post_form(leader, PREPARE, do="remove", key="texte-1")
    post_form(leader, PREPARE, do="reset")
    assert titles(leader) == before


def script(client: FlaskClient) -> dict[str, list[str]]:
    """The slides of each part, in order, as the page to prepare shows them."""
    page = lxml.html.fromstring(client.get(PREPARE).text)
    return {one.get("id"): one.xpath(".//ol//input[@name='key']/@value") for one in page.xpath("//section[@id]")}


def test_a_part_moves_with_its_slides_is_left_out_and_lasts_as_long_as_the_team_says(leader: FlaskClient) -> None:
    made = script(leader)
    assert made["partie-groupes"] == ["groups"]
    assert list(made)[-1] == "partie-merci"
    post_form(leader, PREPARE, do="drop", key="partie-groupes", before="levels")  # before the part of that slide
    assert list(script(leader))[:3] == ["partie-accueil", "partie-groupes", "partie-regles"]
    assert titles(leader)[1] == "Par groupes de quatre\u00a0: par quoi commencer\u202f?"
    post_form(leader, PREPARE, do="down", key="partie-groupes")
    assert list(script(leader))[:3] == ["partie-accueil", "partie-regles", "partie-groupes"]
    post_form(leader, PREPARE, do="toggle", key="partie-groupes")
    assert titles(leader)[3] != "Par groupes de quatre\u00a0: par quoi commencer\u202f?"
    post_form(leader, PREPARE, do="time", key="partie-resultats", minutes="50", seen="35")
    assert "Le déroulé\u00a0: 1\u00a0h\u00a035" in leader.get(PREPARE).text
    slides = leader.get("/seance/villeroche-2026/presentateur").text
    assert 'data-minutes="50"' in slides
    assert list(script(leader)) != list(made)
    post_form(leader, PREPARE, do="reset")
    assert script(leader) == made


def test_a_duration_is_a_number_and_nobody_s_is_overwritten_unseen(leader: FlaskClient) -> None:
    for minutes in ("", "dix", "-5", "241", "9" * 5000, "١٢", "1.5"):
        refused = post_form(leader, PREPARE, do="time", key="partie-accueil", minutes=minutes, seen="10")
        assert refused.status_code == 422
        assert "en chiffres, de 0 à 240" in refused.text
    assert post_form(leader, PREPARE, do="time", key="levels", minutes="5", seen="5").status_code == 422
    post_form(leader, PREPARE, do="time", key="partie-accueil", minutes="15", seen="10")
    refused = post_form(leader, PREPARE, do="time", key="partie-accueil", minutes="20", seen="10")
    assert refused.status_code == 422
    assert "Quelqu’un vient de prévoir 15 minutes" in refused.text
    assert post_form(leader, PREPARE, do="time", key="partie-accueil", minutes="20", seen="15").status_code == 303


def test_a_slide_without_title_is_refused_and_nothing_is_lost(leader: FlaskClient) -> None:
    answer = post_form(leader, PREPARE, do="add", title=" ", text="Ce que j’ai tapé")
    assert answer.status_code == 422
    assert "Ce que j’ai tapé" in answer.text
    assert post_form(leader, PREPARE, do="add", title="x" * 91, text="").status_code == 422
    assert post_form(leader, PREPARE, do="up", key="nowhere").status_code == 404
    assert post_form(leader, PREPARE, do="nothing", key="levels").status_code == 422


def test_everything_hidden_by_hand_still_leaves_a_slide(leader: FlaskClient, demo_database: Path) -> None:
    page = lxml.html.fromstring(leader.get(PREPARE).text)
    *others, last = page.xpath("//ol[@class='sequence']//input[@name='key']/@value")
    with closing(open_database(demo_database)) as db:
        campaign, author = campaign_by_slug(db, "villeroche-2026"), account_by_email(db, DEMO_EMAIL)
        assert campaign
        assert author
        change_slide_order(db, campaign, author, lambda now: replace(now, hidden=frozenset(others)))
    assert titles(leader) == ["Merci d’avoir pris ce temps ensemble"]
    post_form(leader, PREPARE, do="toggle", key=last)
    assert len(titles(leader)) == 1


def test_decisions_are_typed_by_those_who_lead_and_read_by_all(leader: FlaskClient) -> None:
    sent = post_form(
        leader, "/seance/villeroche-2026/decisions", seen_at="/seance/villeroche-2026", text="Ouvrir <un> lieu"
    )
    assert sent.status_code == 303
    visitor = leader.application.test_client()
    assert "Ouvrir &lt;un&gt; lieu" in leader.get("/seance/villeroche-2026").text
    follow_up = "/seance/villeroche-2026/suites"
    number = lxml.html.fromstring(leader.get(follow_up).text).xpath("//input[@name='number']/@value")[0]
    for address in ("/seance/villeroche-2026", "/restitution/villeroche-2026/habitants"):
        assert "Ouvrir" not in visitor.get(address).text
    sent = post_form(leader, follow_up, do="publish", number=number, text="Ouvrir <un> lieu", state="")
    assert sent.status_code == 303
    for address in ("/seance/villeroche-2026", "/restitution/villeroche-2026/habitants"):
        text = visitor.get(address).text
        assert "Ouvrir &lt;un&gt; lieu" in text
        assert 'name="csrf_token"' not in text
    refused = post_form(leader, "/seance/villeroche-2026/decisions", seen_at="/seance/villeroche-2026", text=" ")
    assert refused.status_code == 422
    assert "Écrivez d’abord" in refused.text
    long = "Bâtir " * 60
    refused = post_form(leader, "/seance/villeroche-2026/decisions", seen_at="/seance/villeroche-2026", text=long)
    assert (refused.status_code, f'value="{long}"' in refused.text) == (422, True)
    page = "/seance/villeroche-2026"
    assert post_form(leader, f"{page}/decisions", seen_at=page, remove="9" * 30).status_code == 422


def test_who_only_reads_does_not_prepare(campaign: Open, sign_in: SignIn) -> None:
    slug = campaign("closed").slug
    assert sign_in("pilot").get(f"/seance/{slug}/preparer").status_code == 200
    assert sign_in("reader").get(f"/seance/{slug}/preparer").status_code == 404


def test_the_page_for_residents_says_the_same_without_script(demo_client: FlaskClient) -> None:
    page, whole = (
        lxml.html.fromstring(demo_client.get(address).text)
        for address in ("/restitution/villeroche-2026/habitants", "/restitution/villeroche-2026")
    )
    assert page.findtext(".//h1") == whole.findtext(".//h1")
    table = "//table[.//caption[@id='memes-chiffres']]//tbody//td[@class='number']/text()"
    assert page.xpath(table) == whole.xpath(table)
    assert page.xpath("//script") == []


def test_residents_read_first_what_most_people_cannot_judge(demo_client: FlaskClient, demo_database: Path) -> None:
    with closing(open_database(demo_database)) as db:
        campaign = campaign_by_slug(db, "villeroche-2026")
        assert campaign
        shares = campaign_profile(db, campaign).skills.set_index("skill")["unknown"].astype(float)
        most = campaign.grid.skill(str(shares.idxmax())).title
    page = lxml.html.fromstring(demo_client.get("/restitution/villeroche-2026/habitants").text)
    said = page.xpath("string(//section[@aria-labelledby='silences']/p)")
    assert most in said.split(",")[0]


def test_a_closed_campaign_tells_residents_nothing(campaign: Open, client: FlaskClient) -> None:
    for state in ("open", "closed"):
        assert client.get(f"/restitution/{campaign(state).slug}/habitants").status_code == 404


def test_any_two_or_three_campaigns_compare_on_what_they_share(demo_client: FlaskClient) -> None:
    address = "/restitution/villeroche-2026/comparer?vagues=2025&vagues=2023&vagues=2024&vagues=inconnue"
    page = lxml.html.fromstring(demo_client.get(address).text)
    assert page.xpath("//ul[@class='legend']/li/@data-series") == ["2025", "2024", "2023"]
    text = page.text_content()
    assert "Ce qui n’a pas pu être comparé, et pourquoi" in text
    same = demo_client.get("/restitution/villeroche-2026/comparer?vagues=2026&vagues=2025").text
    assert "tout savoir-faire publié les deux fois se compare." in same


def test_a_named_skill_moves_as_its_published_colleges_do(demo_database: Path) -> None:
    with closing(open_database(demo_database)) as db:
        profiles = [
            campaign_profile(db, one)
            for year in (2025, 2026)
            if (one := campaign_by_slug(db, f"villeroche-{year}")) is not None
        ]
    before, after = (
        {
            (row.skill, row.college): row.mean
            for row in profile.skills.itertuples()
            if row.mean == row.mean and row.college != "atelier"
        }
        for profile in profiles
    )
    titles = {skill.title: skill.code for skill in profiles[1].grid.skills}
    moves = skill_moves(profiles[0], profiles[1])
    assert moves
    for move in moves:
        code = titles[move.title]
        both = [college for skill, college in before if skill == code and (code, college) in after]
        expected = [sum(campaign[code, one] for one in both) / len(both) for campaign in (before, after)]
        assert [move.before, move.after] == pytest.approx(expected)


@pytest.mark.parametrize("address", ["", "/presentateur", "/fichier"])
def test_at_most_three_colleges_are_drawn(address: str, demo_client: FlaskClient) -> None:
    asked = "colleges=elus,agents,habitants,entreprises"
    page = lxml.html.fromstring(demo_client.get(f"/seance/villeroche-2026{address}?{asked}&devoile=1").text)
    legends = page.xpath("//section[.//title[@id='radar-colleges-titre']]//ul[@class='legend']/li")
    assert len(legends) == 3


def test_campaigns_on_one_grid_say_once_what_does_not_compare(demo_client: FlaskClient) -> None:
    def apart(slug: str) -> list[str]:
        page = lxml.html.fromstring(demo_client.get(f"/seance/{slug}").text)
        return [" ".join(one.split()) for one in page.xpath("//section[contains(@class, 'slide-apart')]//h2/text()")]

    assert apart("val-de-brume-2025") == ["Ce qui ne se compare pas avec 2024 et 2023"]
    assert apart("val-de-brume-2026") == ["Ce qui ne se compare pas avec 2023"]


def test_whoever_leads_finds_a_session_that_is_not_published(
    campaign: Open, sign_in: SignIn, client: FlaskClient
) -> None:
    slug = campaign("closed").slug
    assert f"/seance/{slug}" not in client.get("/seances").text
    leader = sign_in("pilot")
    page = leader.get("/seances").text
    assert f'href="/seance/{slug}/preparer"' in page
    assert "pas encore publié" in page
    assert "/preparer" not in sign_in("reader").get("/seances").text
    assert f"/seance/{slug}" not in sign_in("reader", "Ailleurs").get("/seances").text


def test_results_lead_to_residents_once_published_and_to_the_parcours_for_those_who_may(
    campaign: Open, sign_in: SignIn, client: FlaskClient
) -> None:
    def leads(client: FlaskClient, slug: str) -> tuple[bool, bool]:
        text = client.get(f"/restitution/{slug}").text
        return f'href="/restitution/{slug}/habitants"' in text, 'href="/parcours/ici"' in text

    closed, published = campaign("closed").slug, campaign("published", year=2025).slug
    reader = sign_in("reader")
    assert leads(reader, closed) == (False, True)
    assert leads(reader, published) == (True, True)
    assert leads(client, published) == (True, False)


def test_a_very_long_name_is_cut_in_the_foot_only(campaign: Open, client: FlaskClient) -> None:
    name = "Communauté de communes des Vallées de l’Ouche et de la Montagne du Haut-Pays Réuni"
    slug = campaign("published", territory=name).slug
    text = client.get(f"/seance/{slug}").text
    assert name in text
    assert "…" in text


def test_the_parcours_is_said_before_the_decisions_to_those_who_may_see_it(leader: FlaskClient) -> None:
    slides = titles(leader)
    assert slides[-6:-5] + slides[-3:-1] == [DONE, NEXT, "À nous de décider"]
    assert slides[-5].startswith("Ce qui a été travaillé, et le reste")
    deck = lxml.html.fromstring(leader.get("/seance/villeroche-2026?devoile=1").text)
    done = deck.xpath(f"//section[contains(@aria-label, '{DONE}')]")[0].text_content()
    assert AN_ACTION in done
    assert "Arrêté en route" in done
    assert "Écrire ce que deviennent les contributions" not in done
    cheered = deck.xpath("//section[contains(@class, 'slide-top-gains')]")[0]
    assert "Le fonds d’initiatives de quartier" in cheered.text_content()


def test_the_parcours_is_shown_to_everyone_once_the_team_says_so(leader: FlaskClient) -> None:
    visitor = leader.application.test_client()
    assert all(AN_ACTION not in visitor.get(address).text for address in OPEN_TO_ALL)
    post_form(leader, PREPARE, do="share")
    assert all(AN_ACTION in visitor.get(address).text for address in OPEN_TO_ALL)
    post_form(leader, PREPARE, do="reset")  # the order comes back, not the secret
    assert DONE in titles(visitor)
    post_form(leader, PREPARE, do="share")
    assert all(AN_ACTION not in visitor.get(address).text for address in OPEN_TO_ALL)


def test_only_those_who_publish_show_the_parcours_to_everyone(campaign: Open, sign_in: SignIn) -> None:
    page = f"/seance/{campaign('published').slug}/preparer"
    for role, status in (("reviewer", 404), ("pilot", 303)):
        client = sign_in(role)
        assert ("Qui voit le parcours" in client.get(page).text) == (status == 303)
        assert post_form(client, page, do="share").status_code == status


def test_the_parcours_is_arranged_like_any_slide_and_said_with_the_newest_campaign_only(leader: FlaskClient) -> None:
    post_form(leader, PREPARE, do="toggle", key="parcours-fait-1")
    assert DONE not in titles(leader)
    post_form(leader, PREPARE.replace("2026", "2025"), do="share")
    assert AN_ACTION not in leader.get("/restitution/villeroche-2025/habitants").text
    assert "Le parcours" not in lxml.html.fromstring(leader.get("/seance/villeroche-2025").text).text_content()


def test_what_was_said_of_actions_is_for_who_leads_the_session(
    leader: FlaskClient, demo_client: FlaskClient, demo_database: Path
) -> None:
    with closing(open_database(demo_database)) as db:
        campaign, author = campaign_by_slug(db, "villeroche-2026"), account_by_email(db, DEMO_EMAIL)
        assert campaign
        assert author
        change_slide_order(db, campaign, author, lambda now: replace(now, parcours=True))
        words = [one for (one,) in db.execute("SELECT words FROM action_ratings WHERE words <> ''")]
    passer_by = demo_client.application.test_client()
    addresses = [f"/seance/villeroche-2026{rest}" for rest in ("", "/presentateur", "/fichier")]
    seen = {address: html.unescape(leader.get(address).text) for address in addresses}
    shown = [one for one in words if one in seen["/seance/villeroche-2026/presentateur"]]
    assert shown
    assert not [one for one in words if one in seen["/seance/villeroche-2026/fichier"]], "a file travels"
    for address in [*addresses, "/restitution/villeroche-2026/habitants"]:
        page = html.unescape(passer_by.get(address).text)
        assert DONE in page or "habitants" in address
        assert not [one for one in words if one in page], address


def test_the_powerpoint_file_follows_the_script(leader: FlaskClient) -> None:
    for change in ({"do": "toggle", "key": "partie-groupes"}, {"do": "toggle", "key": "radar-2026"}):
        post_form(leader, PREPARE, **change)
    post_form(leader, PREPARE, do="drop", key="partie-decisions", before="partie-accueil")
    post_form(leader, PREPARE, do="add", title="Notre fête", text="En juin")
    post_form(leader, PREPARE, do="place", key="texte-1", place="3")
    with leader.application.test_request_context():
        campaign = campaign_by_slug(connection(), "villeroche-2026")
        assert campaign
        alone = CampaignSelection(campaign, (), ())
        report = report_of(alone, profiles_of(alone), date(2026, 6, 1), drafts=False)
        shown = report.arranged(["opening", "rules", "radar-2026", "retained", "groups", "decide", "thanks", "method"])
    assert shown == ["decide", "texte-1", "opening", "rules", "retained", "thanks", "method"]
    assert report.team_slides["texte-1"].text == "En juin"


def test_a_rehearsal_says_so_everywhere_and_keeps_nothing(leader: FlaskClient) -> None:
    deck = "/seance/villeroche-2026"
    assert 'id="deciding"' in leader.get(deck).text
    for address in (deck, f"{deck}/presentateur"):
        page = lxml.html.fromstring(leader.get(f"{address}?repetition=1&devoile=1").text)
        assert page.body.get("data-session") == "villeroche-2026-repetition"  # its windows drive no other
        feet = page.xpath("//footer//b[@class='rehearsing']")
        assert len(feet) == len(page.xpath("//main/section[@data-key]"))
        assert page.xpath("//form[@method='post']") == []
        assert page.xpath("//form[@method='get']/input[@name='repetition']")
    for address in (deck, f"{deck}/presentateur", f"{deck}/fichier?repetition=1"):
        assert "Répétition" not in leader.get(address).text
    assert "Répétition" in leader.application.test_client().get(f"{deck}?repetition=1").text
