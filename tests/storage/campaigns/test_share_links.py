"""Share links that can be shown again without being stored, and invitations that work once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import close_campaign
from storage.campaigns.share_links import (
    Invitations,
    create_link,
    create_share_link,
    find_link,
    invitations_of,
    invite,
    restorable_invitations_of,
    restorable_links_of,
    restore_invitations,
    restore_link,
    revoke_invitations,
    revoke_link,
    share_links_of,
)
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.timestamps import now, to_text
from storage.responses.responses import find_response, submit_response
from storage.responses.starting import InvitationUsed, begun_with, start_by_link

SECRET = "the secret of this installation"
NONCE, OTHER = "a nonce drawn by a page", "another page's own nonce"


def test_a_link_is_known_again_with_the_secret_only(db: Database, campaign: Campaign) -> None:
    everyone, teachers = create_share_link(db, campaign, None, SECRET), create_share_link(db, campaign, "profs", SECRET)
    ways = share_links_of(db, campaign, SECRET)
    assert [(way.token, way.link.college, way.link.kind) for way in ways] == [
        (everyone, None, "public"),
        (teachers, "profs", "college"),
    ]
    assert [way.token for way in share_links_of(db, campaign, "another secret")] == [None, None]
    found = find_link(db, teachers)
    assert found == ways[1].link


def test_the_file_holds_no_token(db: Database, campaign: Campaign) -> None:
    tokens = [create_share_link(db, campaign, None, SECRET), *invite(db, campaign, "profs", 3)]
    assert all(len(token) == 22 for token in tokens)
    dump = "\n".join(db.conn.iterdump())
    assert not [token for token in tokens if token in dump]


def test_a_link_made_elsewhere_is_listed_without_its_token(db: Database, campaign: Campaign) -> None:
    create_link(db, campaign)
    assert [way.token for way in share_links_of(db, campaign, SECRET)] == [None]


def test_a_revoked_link_is_listed_no_more(db: Database, campaign: Campaign) -> None:
    token = create_share_link(db, campaign, None, SECRET)
    link = find_link(db, token)
    assert link is not None
    revoke_link(db, link)
    assert share_links_of(db, campaign, SECRET) == []
    assert find_link(db, token) == replace(link, revoked=True)


def test_ways_and_invitations_need_a_college_and_a_campaign_that_runs(db: Database, campaign: Campaign) -> None:
    closed = close_campaign(db, campaign)
    with pytest.raises(KeyError):
        create_share_link(db, campaign, "martiens", SECRET)
    with pytest.raises(KeyError):
        invite(db, campaign, "martiens", 1)
    for wrong in (lambda: create_share_link(db, closed, None, SECRET), lambda: invite(db, closed, None, 1)):
        with pytest.raises(CampaignError, match="close"):
            wrong()
    for count in (0, -1, 2001):
        with pytest.raises(CampaignError, match="de 1 à 2000"):
            invite(db, campaign, None, count)
    assert db["links"].count == 0


def test_an_invitation_serves_once_whatever_the_clicks(db: Database, campaign: Campaign) -> None:
    (token,) = invite(db, campaign, "profs", 1)
    link = find_link(db, token)
    assert link is not None
    key = start_by_link(db, campaign, link, "profs", NONCE)
    assert start_by_link(db, campaign, link, "profs", NONCE) == key, "a double click"
    with pytest.raises(InvitationUsed):
        start_by_link(db, campaign, link, "profs", OTHER)
    used = find_link(db, token)
    assert used is not None
    assert used.used
    assert begun_with(db, campaign, NONCE) == key
    submit_response(db, key)
    with pytest.raises(InvitationUsed):
        start_by_link(db, campaign, link, "profs", NONCE)
    assert db["responses"].count == 1


def test_an_invitation_does_not_lead_to_the_answers_of_who_used_it(db: Database, campaign: Campaign) -> None:
    (token,) = invite(db, campaign, "profs", 1)
    link = find_link(db, token)
    assert link is not None
    start_by_link(db, campaign, link, "profs", NONCE)
    assert find_response(db, token) is None
    assert begun_with(db, campaign, token) is None


def test_a_public_link_serves_many(db: Database, campaign: Campaign) -> None:
    link = find_link(db, create_share_link(db, campaign, None, SECRET))
    assert link is not None
    keys = {start_by_link(db, campaign, link, "profs", nonce) for nonce in (NONCE, OTHER)}
    assert len(keys) == 2


def test_invitations_are_counted_and_those_left_are_withdrawn(db: Database, campaign: Campaign) -> None:
    first, *_ = invite(db, campaign, "profs", 3)
    invite(db, campaign, None, 2)
    link = find_link(db, first)
    assert link is not None
    start_by_link(db, campaign, link, "profs", NONCE)
    assert invitations_of(db, campaign) == [Invitations(None, 2, 0), Invitations("profs", 3, 1)]
    assert revoke_invitations(db, campaign, "profs") == 2
    assert invitations_of(db, campaign) == [Invitations(None, 2, 0), Invitations("profs", 1, 1)]


def revoked_hours_ago(db: Database, hours: int) -> None:
    moment = to_text(now() - timedelta(hours=hours))
    with writing(db) as conn:
        conn.execute("UPDATE links SET revoked_at = ? WHERE revoked_at IS NOT NULL", (moment,))


@pytest.mark.parametrize(("hours", "works"), [(23, True), (25, False)])
def test_what_is_revoked_can_be_given_again_for_a_day(
    db: Database, campaign: Campaign, hours: int, *, works: bool
) -> None:
    token = create_share_link(db, campaign, None, SECRET)
    served, *_ = invite(db, campaign, "profs", 3)
    used, link = find_link(db, served), find_link(db, token)
    assert used is not None
    assert link is not None
    start_by_link(db, campaign, used, "profs", NONCE)
    revoke_link(db, link)
    revoke_invitations(db, campaign, "profs")
    revoked_hours_ago(db, hours)
    assert len(restorable_links_of(db, campaign, SECRET)) == int(works)
    assert restorable_invitations_of(db, campaign) == ([Invitations("profs", 2, 0)] if works else [])
    assert restore_link(db, campaign, link.id) is works
    assert restore_link(db, campaign, link.id) is False
    assert restore_invitations(db, campaign, "profs") == (2 if works else 0)
    again = find_link(db, token)
    assert again is not None
    assert again.revoked is not works


def test_nothing_is_given_again_once_the_collection_is_over(db: Database, campaign: Campaign) -> None:
    closed = close_campaign(db, campaign)
    for again in (lambda: restore_link(db, closed, 1), lambda: restore_invitations(db, closed, None)):
        with pytest.raises(CampaignError, match="La collecte est close"):
            again()
