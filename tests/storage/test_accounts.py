"""Accounts, grants, and sessions that end when they must."""

from datetime import UTC, datetime, timedelta

import pytest

from storage import accounts, moments
from storage.accounts import (
    Account,
    EmailTaken,
    Grant,
    account_by_email,
    account_by_id,
    all_accounts,
    create_account,
    disable_account,
    find_session,
    grant,
    revoke,
    revoke_session,
    sessions_of,
    set_password,
    start_session,
)
from storage.campaigns import Campaign
from storage.engine import Database

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
        grant(db, account, "programme")
        grant(db, account, "pilot", campaign.territory)
    assert grants() == (Grant("programme"), Grant("pilot", campaign.territory.id))
    revoke(db, account, "programme")
    revoke(db, account, "reader", campaign.territory)
    assert grants() == (Grant("pilot", campaign.territory.id),)


def test_a_session_is_found_by_its_token_alone(db: Database, account: Account) -> None:
    token = start_session(db, account, DAY)
    found = find_session(db, token)
    assert found is not None
    session, owner = found
    assert owner == account
    assert sessions_of(db, account) == [session]
    assert find_session(db, token[:-1]) is None
    assert token not in "\n".join(db.iterdump())


def test_a_session_ends_in_time(db: Database, account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    token = start_session(db, account, DAY)
    tomorrow = datetime.now(UTC) + DAY + timedelta(seconds=1)
    for module in (accounts, moments):
        monkeypatch.setattr(module, "now", lambda: tomorrow)
    assert find_session(db, token) is None
    assert sessions_of(db, account) == []
    start_session(db, account, DAY)
    assert db["sessions"].count == 1


def test_a_session_knows_the_day_it_was_last_seen(
    db: Database, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = start_session(db, account, 30 * DAY)
    later = datetime.now(UTC) + 3 * DAY
    for module in (accounts, moments):
        monkeypatch.setattr(module, "now", lambda: later)
    assert find_session(db, token) is not None
    assert [session.last_seen_on for session in sessions_of(db, account)] == [later.date().isoformat()]


def test_one_session_is_revoked_and_only_one_s_own(db: Database, account: Account) -> None:
    other = create_account(db, "bob@exemple.fr", "Bob")
    mine, also_mine, his = (start_session(db, owner, DAY) for owner in (account, account, other))
    latest, _ = sessions_of(db, account)
    revoke_session(db, account, latest.id)
    revoke_session(db, account, sessions_of(db, other)[0].id)
    assert [find_session(db, token) is not None for token in (mine, also_mine, his)] == [True, False, True]


def test_a_new_password_signs_out_everywhere(db: Database, account: Account) -> None:
    token = start_session(db, account, DAY)
    set_password(db, account, "other hash")
    assert find_session(db, token) is None
    found = account_by_id(db, account.id)
    assert found is not None
    assert found.password_hash == "other hash"


def test_a_disabled_account_is_let_in_no_more(db: Database, account: Account) -> None:
    token = start_session(db, account, DAY)
    disable_account(db, account)
    late = start_session(db, account, DAY)
    assert [find_session(db, token), find_session(db, late)] == [None, None]
    assert [found.disabled for found in all_accounts(db)] == [True]
