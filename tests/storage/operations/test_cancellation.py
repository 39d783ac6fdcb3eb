"""A campaign opened by mistake: everything of it is erased, in the file too, and who still comes is told."""

from pathlib import Path

import pytest

from questionnaires import Answer
from storage.campaigns.after_opening.amendments import Amendment, amend_campaign
from storage.campaigns.after_opening.cancelled import cancelled_campaign
from storage.campaigns.campaigns import Campaign, all_campaigns, campaign_by_slug
from storage.campaigns.lifecycle import close_campaign, open_campaign
from storage.campaigns.share_links import create_share_link, find_link, invite
from storage.core.database import check, file_of
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.rows import single_value
from storage.core.timestamps import now
from storage.core.tokens import fingerprint
from storage.operations.cancellation import cancel_campaign, prove_erased
from storage.operations.jobs import Demand, ask, find_job
from storage.operations.purge import REMEMBERED, Periods, purge
from storage.responses.imports import SentFile, examine, import_answers
from storage.responses.paper_sheets import enter_sheet
from storage.responses.responses import (
    CampaignCancelled,
    UnknownResponse,
    find_response,
    missing_response,
    start_response,
)
from storage.responses.resume_codes import key_of, resume_code, was_cancelled
from storage.responses.workshops import join_workshop, open_workshop
from tests.saving import save_by_key

SECRET = "a secret that only tests can know"
SAID = "Madame Dupuis-Lagarde ne répond jamais au téléphone"


@pytest.fixture
def key(db: Database, campaign: Campaign) -> str:
    """The key of somebody who answered a campaign in which everything that can be was done."""
    create_share_link(db, campaign, None, SECRET)
    invite(db, campaign, "profs", 2)
    key = start_response(db, campaign, "profs", nonce="somebody who answers")
    save_by_key(db, key, {"A-1": Answer(2, comment=SAID)})
    enter_sheet(db, campaign, "1", "profs", {"A-1": Answer(1)})
    content = b"respondent,college,A-1,A-2,B-1\nada,profs,2,2,1\n"
    import_answers(db, campaign, examine(db, campaign, SentFile("une.csv", content)))
    amend_campaign(db, campaign, Amendment("Autre nom", None, {}), None)
    return key


def test_nothing_of_it_is_left_not_even_in_the_file(db: Database, campaign: Campaign, key: str) -> None:
    code = resume_code(db, key, SECRET)
    token = create_share_link(db, campaign, "profs", SECRET)
    erased = cancel_campaign(db, campaign)
    assert erased.answers == 3
    assert SAID in erased.traces
    assert fingerprint(key) in erased.traces
    assert prove_erased(db, campaign.territory, erased) == ()
    assert SAID.encode() not in Path(file_of(db)).read_bytes()
    assert all_campaigns(db) == []
    assert find_link(db, token) is None
    assert find_response(db, key) is None
    assert key_of(db, code, SECRET) is None
    left = {name: db[name].count for name in db.table_names() if "campaign_id" in db[name].columns_dict}
    assert {name for name, count in left.items() if count} == {"cancelled_marks"}
    assert check(file_of(db)) == []


def test_every_table_of_a_campaign_is_erased(db: Database) -> None:
    from storage.operations.cancellation import _ROWS

    once_closed = {"snapshots", "printed_diagnostics", "publications", "recomputed_publications"}
    held = {
        table
        for table in db.table_names()
        for key in db[table].foreign_keys
        if key.other_table
        in ("campaigns", "responses", "workshops", "campaign_colleges", "audiences", "audience_phones")
    }
    assert held - once_closed - {"actions"} == {table for table, _which in _ROWS} - {"campaigns"}


def test_links_keys_and_codes_tell_that_it_was_cancelled(db: Database, campaign: Campaign, key: str) -> None:
    code, token = resume_code(db, key, SECRET), create_share_link(db, campaign, None, SECRET)
    (invitation,) = invite(db, campaign, "profs", 1)
    for one in (token, invitation, key):
        assert cancelled_campaign(db, fingerprint(one)) is None
    cancel_campaign(db, campaign)
    for one in (token, invitation, key):
        found = cancelled_campaign(db, fingerprint(one))
        assert found is not None
        assert (found.name, found.year, found.territory) == ("Autre nom", campaign.year, campaign.territory.name)
    assert was_cancelled(db, code, SECRET)
    assert not was_cancelled(db, code, "another secret")
    assert isinstance(missing_response(db, key), CampaignCancelled)
    assert isinstance(missing_response(db, "something else"), UnknownResponse)
    kept = Path(file_of(db)).read_bytes()
    assert not [one for one in (token, invitation, key, fingerprint(key)) if one.encode() in kept]
    purge(db, Periods(), now() + REMEMBERED)
    assert cancelled_campaign(db, fingerprint(key)) is None


def test_who_was_about_to_begin_is_informed(db: Database, campaign: Campaign) -> None:
    cancel_campaign(db, campaign)
    with pytest.raises(CampaignCancelled):
        start_response(db, campaign, "profs")


def test_a_number_and_an_address_serve_again_never_an_identifier(db: Database, campaign: Campaign) -> None:
    cancel_campaign(db, campaign)
    again = open_campaign(db, campaign.territory, campaign.grid, name="La bonne", year=campaign.year)
    assert again.slug == campaign.slug
    assert again.id > campaign.id


@pytest.mark.parametrize("answers", [4, 5])
def test_a_pilot_may_until_k_people_have_answered(db: Database, campaign: Campaign, answers: int) -> None:
    assert campaign.k == 5
    for number in range(answers):
        save_by_key(
            db, start_response(db, campaign, "profs", nonce=f"somebody who answers {number}"), {"A-1": Answer(2)}
        )
    start_response(db, campaign, "profs", nonce="somebody who says nothing")
    if answers < campaign.k:
        assert cancel_campaign(db, campaign).answers == answers
        return
    with pytest.raises(CampaignError, match="seule l’équipe du programme"):
        cancel_campaign(db, campaign)
    assert campaign_by_slug(db, campaign.slug) is not None
    assert cancel_campaign(db, campaign, whatever_the_answers=True).answers == answers


def test_only_what_is_open_is_cancelled(db: Database, campaign: Campaign) -> None:
    closed = close_campaign(db, campaign)
    job = ask(db, Demand("report", "of this campaign", campaign=campaign.id))
    with pytest.raises(CampaignError, match="Seule une campagne ouverte"):
        cancel_campaign(db, closed, whatever_the_answers=True)
    assert find_job(db, job.kind, job.key) == job, "what is refused leaves everything as it was"
    assert single_value(db.execute("SELECT count(*) FROM cancelled_campaigns")) == 0


def test_a_group_and_a_workshop_go_too(db: Database, campaign: Campaign) -> None:
    workshop = open_workshop(db, campaign, name="Réunion", people=6, skills=["A-1"])
    key = start_response(db, campaign, "profs", nonce="somebody in the room")
    response = find_response(db, key)
    assert response is not None
    join_workshop(db, workshop, response.id)
    cancel_campaign(db, campaign)
    assert cancelled_campaign(db, workshop.code) is not None
    assert db["workshop_phones"].count == db["workshops"].count == 0
