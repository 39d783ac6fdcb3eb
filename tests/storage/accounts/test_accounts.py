"""Accounts, grants, and the end of sessions."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.accounts import accounts
from storage.accounts import password_links as account_links
from storage.accounts import sign_in_sessions as sessions
from storage.accounts.accounts import (
    Account,
    EmailTaken,
    Grant,
    LastProgramme,
    account_by_email,
    account_by_id,
    all_accounts,
    create_account,
    disable_account,
    enable_account,
    grant,
    revoke,
    set_password,
)
from storage.accounts.password_links import Kind, LinkSpent, account_of_link, choose_password, make_account_link
from storage.accounts.sign_in_sessions import (
    find_sign_in_session,
    revoke_others,
    revoke_session,
    sign_in_sessions_of,
    start_session,
)
from storage.campaigns.campaigns import Campaign
from storage.core import timestamps as moments
from storage.core.engine import Database

DAY = timedelta(days=1)


@pytest.fixture
def account(db: Database) -> Account:
    return create_account(db, " Ada@Exemple.fr ", "Ada", "hash")


def test_an_account_is_found_by_its_address_in_any_case(db: Database, account: Account) -> None:
    assert account.email == "ada@exemple.fr"
    assert account_by_email(db, "ADA@exemple.FR") == account_by_id(db, account.id) == account
    assert all_accounts(db) == [account]


@pytest.mark.parametrize("email", ["", "bob@exemple.fr", "\0", "\ud800", "' OR 1=1 --"])
def test_an_address_without_account_is_no_error(db: Database, account: Account, email: str) -> None:
    assert account_by_email(db, email) is None


def test_an_address_has_one_account(db: Database, account: Account) -> None:
    with pytest.raises(EmailTaken, match="pour ada@"):
        create_account(db, "ADA@exemple.fr", "Autre")
    assert all_accounts(db) == [account]


def test_grants_are_given_once_and_taken_back(db: Database, account: Account, campaign: Campaign) -> None:
    def grants() -> tuple[Grant, ...]:
        found = account_by_id(db, account.id)
        assert found is not None
        return found.grants

    for _ in range(2):
        grant(db, account, "reader")
        grant(db, account, "pilot", campaign.territory)
    assert grants() == (Grant("reader"), Grant("pilot", campaign.territory.id))
    revoke(db, account, "reader")
    revoke(db, account, "reviewer", campaign.territory)
    assert grants() == (Grant("pilot", campaign.territory.id),)


def test_a_session_is_found_by_its_token_alone(db: Database, account: Account) -> None:
    token = start_session(db, account, DAY)
    found = find_sign_in_session(db, token)
    assert found is not None
    session, owner = found
    assert owner == account
    assert sign_in_sessions_of(db, account) == [session]
    assert find_sign_in_session(db, token[:-1]) is None
    assert token not in "\n".join(db.iterdump())


def test_a_session_ends_in_time(db: Database, account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    token = start_session(db, account, DAY)
    tomorrow = datetime.now(UTC) + DAY + timedelta(seconds=1)
    for module in (sessions, moments):
        monkeypatch.setattr(module, "now", lambda: tomorrow)
    assert find_sign_in_session(db, token) is None
    assert sign_in_sessions_of(db, account) == []
    start_session(db, account, DAY)
    assert db["sessions"].count == 1


def test_a_session_knows_the_day_it_was_last_seen(
    db: Database, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = start_session(db, account, 30 * DAY)
    later = datetime.now(UTC) + timedelta(hours=11)
    for module in (sessions, moments):
        monkeypatch.setattr(module, "now", lambda: later)
    assert find_sign_in_session(db, token) is not None
    assert [session.last_seen_on for session in sign_in_sessions_of(db, account)] == [later.date().isoformat()]


def test_one_session_is_revoked_and_only_one_s_own(db: Database, account: Account) -> None:
    other = create_account(db, "bob@exemple.fr", "Bob")
    mine, also_mine, his = (start_session(db, owner, DAY) for owner in (account, account, other))
    latest, _ = sign_in_sessions_of(db, account)
    revoke_session(db, account, latest.id)
    revoke_session(db, account, sign_in_sessions_of(db, other)[0].id)
    assert [find_sign_in_session(db, token) is not None for token in (mine, also_mine, his)] == [True, False, True]


def test_a_new_password_signs_out_everywhere(db: Database, account: Account) -> None:
    token = start_session(db, account, DAY)
    set_password(db, account, "other hash")
    assert find_sign_in_session(db, token) is None
    found = account_by_id(db, account.id)
    assert found is not None
    assert found.password_hash == "other hash"


def test_a_disabled_account_is_let_in_no_more(db: Database, account: Account) -> None:
    token = start_session(db, account, DAY)
    disable_account(db, account)
    late = start_session(db, account, DAY)
    assert [find_sign_in_session(db, token), find_sign_in_session(db, late)] == [None, None]
    assert [found.disabled for found in all_accounts(db)] == [True]


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let storage believe that it is that moment."""
    for module in (sessions, moments, account_links, accounts):
        monkeypatch.setattr(module, "now", lambda: moment)


def test_a_session_that_nobody_uses_ends_before_its_time(
    db: Database, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = datetime.now(UTC)
    token = start_session(db, account, 7 * DAY)
    for hours in (11, 22, 33):
        at(start + timedelta(hours=hours), monkeypatch)
        assert find_sign_in_session(db, token) is not None
    at(start + timedelta(hours=46), monkeypatch)
    assert find_sign_in_session(db, token) is None
    assert sign_in_sessions_of(db, account) == []


def test_a_session_in_use_ends_at_its_time_all_the_same(
    db: Database, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = datetime.now(UTC)
    token = start_session(db, account, DAY)
    for hours in range(0, 24, 6):
        at(start + timedelta(hours=hours), monkeypatch)
        assert find_sign_in_session(db, token) is not None
    at(start + timedelta(hours=24), monkeypatch)
    assert find_sign_in_session(db, token) is None


def test_a_session_is_noted_as_used_once_in_a_while_only(db: Database, account: Account) -> None:
    token = start_session(db, account, DAY)
    before = db.conn.total_changes
    for _ in range(5):
        find_sign_in_session(db, token)
    assert db.conn.total_changes == before


def test_the_other_sessions_can_be_ended_at_once(db: Database, account: Account) -> None:
    mine, _, _ = (start_session(db, account, DAY) for _ in range(3))
    found = find_sign_in_session(db, mine)
    assert found is not None
    revoke_others(db, account, found[0].id)
    assert sign_in_sessions_of(db, account) == [found[0]]


def test_an_account_link_serves_once_and_for_its_own_purpose(db: Database, account: Account) -> None:
    secret = make_account_link(db, account, "reset")
    assert account_of_link(db, secret, "invitation") is None
    for _ in range(2):
        assert account_of_link(db, secret, "reset") == account
    session = start_session(db, account, DAY)
    choose_password(db, secret, "reset", "new hash")
    assert account_of_link(db, secret, "reset") is None
    assert find_sign_in_session(db, session) is None
    with pytest.raises(LinkSpent):
        choose_password(db, secret, "reset", "another hash")
    again = account_by_id(db, account.id)
    assert again is not None
    assert again.password_hash == "new hash"
    assert secret not in "\n".join(db.iterdump())


def test_a_new_link_cancels_the_one_before_and_disabling_cancels_all(db: Database, account: Account) -> None:
    first, second = (make_account_link(db, account, "invitation") for _ in range(2))
    assert account_of_link(db, first, "invitation") is None
    assert account_of_link(db, second, "invitation") == account
    disable_account(db, account)
    enable_account(db, account)
    assert account_of_link(db, second, "invitation") is None


@pytest.mark.parametrize(("kind", "hours"), [("invitation", 7 * 24), ("reset", 1)])
def test_a_link_expires(
    db: Database, account: Account, monkeypatch: pytest.MonkeyPatch, kind: Kind, hours: int
) -> None:
    secret, made = make_account_link(db, account, kind), datetime.now(UTC)
    at(made + timedelta(hours=hours, seconds=-2), monkeypatch)
    assert account_of_link(db, secret, kind) == account
    at(made + timedelta(hours=hours, seconds=2), monkeypatch)
    assert account_of_link(db, secret, kind) is None


def test_the_last_account_of_the_programme_stays(db: Database, account: Account, campaign: Campaign) -> None:
    grant(db, account, "programme")
    for change in (lambda: revoke(db, account, "programme"), lambda: disable_account(db, account)):
        with pytest.raises(LastProgramme):
            change()
    other = create_account(db, "bob@exemple.fr", "Bob")
    grant(db, other, "programme")
    grant(db, create_account(db, "eve@exemple.fr", "Eve", "hash"), "programme", campaign.territory)
    with pytest.raises(LastProgramme):
        disable_account(db, account)
    set_password(db, other, "hash")
    disable_account(db, account)
    with pytest.raises(LastProgramme):
        revoke(db, other, "programme")
    enable_account(db, account)
    revoke(db, other, "programme")
