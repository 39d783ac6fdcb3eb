"""People on the live server: someone who began to answer, someone who finished, someone signed in."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pyotp import TOTP

from accounts.passwords import hashed
from accounts.permissions import Role
from commands.demo_credentials import DEMO_EMAIL, DEMO_PASSWORD, TRIAL_SLUG
from questionnaires import Answer, Questionnaire
from storage.accounts.accounts import account_by_email, create_account, grant
from storage.accounts.password_links import Kind, make_account_link
from storage.accounts.second_steps import confirm_second_step, offer_second_step, offered_secret
from storage.campaigns.campaigns import Campaign, campaign_by_slug, participation
from storage.core.database import open_database
from storage.core.engine import Database
from storage.responses.responses import start_response, submit_response
from tests.browsing import PHONE, watched_page
from tests.cable import Cable, cable_to
from tests.rooms import room_with_a_phone
from tests.saving import save_by_key
from tests.serving import LiveServer
from tests.web.listening import listening_address


@pytest.fixture
def db(live_server: LiveServer) -> Iterator[Database]:
    """The database of the live server."""
    with closing(open_database(live_server.database)) as db:
        yield db


@pytest.fixture
def trial(db: Database) -> Campaign:
    """The open campaign of the demonstration."""
    campaign = campaign_by_slug(db, TRIAL_SLUG)
    assert campaign is not None
    return campaign


@pytest.fixture
def cable(live_server: LiveServer) -> Iterator[Cable]:
    """A network to the live server that can be cut."""
    with cable_to(live_server.url) as cable:
        yield cable


@pytest.fixture
def on_phone(browser: Browser, cable: Cable) -> Iterator[Callable[[], Page]]:
    """Open pages at the end of the cable, each on a phone of its own."""
    with ExitStack() as phones:
        yield lambda: phones.enter_context(watched_page(browser, cable.url, workers=True, viewport=PHONE))


def people(server: LiveServer) -> int:
    """How many inhabitants have answered the open campaign."""
    with closing(open_database(server.database)) as db:
        campaign = campaign_by_slug(db, TRIAL_SLUG)
        assert campaign is not None
        return participation(db, campaign)["habitants"]


def answered(server: LiveServer, nonce: str, *, submitted: bool) -> str:
    """The key of a response to the open campaign, with an answer to each question."""
    with closing(open_database(server.database)) as db:
        campaign = campaign_by_slug(db, TRIAL_SLUG)
        assert campaign is not None
        key = start_response(db, campaign, "habitants", nonce=nonce)
        questions = Questionnaire(campaign.grid, campaign.form, "habitants").questions
        levels = [level.value for level in campaign.grid.levels]
        save_by_key(db, key, {q.code: Answer(levels[i % len(levels)]) for i, q in enumerate(questions)})
        if submitted:
            submit_response(db, key)
    return key


@pytest.fixture(scope="session")
def begun(live_server: LiveServer) -> str:
    """The key of someone who is still answering."""
    return answered(live_server, "someone who is answering", submitted=False)


@pytest.fixture(scope="session")
def submitted(live_server: LiveServer) -> str:
    """The key of someone who has finished."""
    return answered(live_server, "someone who has finished", submitted=True)


@pytest.fixture(scope="session")
def phone(live_server: LiveServer) -> str:
    """The address, under /seance/, of a phone in a room that takes part."""
    with closing(open_database(live_server.database)) as db:
        return room_with_a_phone(db)["phone"]


@pytest.fixture(scope="session")
def room(phone: str) -> str:
    """The code of that room."""
    return phone.partition("/")[0]


@pytest.fixture(scope="session")
def webhook(live_server: LiveServer) -> str:
    """The number of an address where software is notified of campaigns."""
    with closing(open_database(live_server.database)) as db:
        return listening_address(db)


@pytest.fixture(scope="session")
def recomputed(live_server: LiveServer) -> str:
    """The slug of a campaign that was published under the first edition of the method, as a migration would note it."""
    slug = "saint-aubin-des-pres-2025"
    sql = """INSERT INTO recomputed_publications (campaign_id, edition, published_at, recomputed_at)
        SELECT id, 1, published_at, '2026-11-30T06:00:00+00:00' FROM campaigns WHERE slug = ?"""
    with closing(open_database(live_server.database)) as db, db.conn:
        db.conn.execute(sql, (slug,))
    return slug


@pytest.fixture(scope="session")
def signed_in(browser: Browser, live_server: LiveServer) -> dict[str, Any]:
    """What a browser keeps once the demonstration's account is signed in: options for ``open_page``."""
    return let_in(browser, live_server, DEMO_EMAIL, DEMO_PASSWORD)


@pytest.fixture(scope="session")
def programme(browser: Browser, live_server: LiveServer) -> dict[str, Any]:
    """The same for someone of the programme, whom the demonstration does not have."""
    email, password = "programme@grille.example", "une phrase pour les essais"
    with closing(open_database(live_server.database)) as db:
        grant(db, create_account(db, email, "Dominique Essai", hashed(password)), Role.PROGRAMME)
    return let_in(browser, live_server, email, password)


@pytest.fixture(scope="session")
def offered_codes(browser: Browser, live_server: LiveServer) -> dict[str, Any]:
    """The same for someone who is turning a second step on."""
    with closing(open_database(live_server.database)) as db:
        account = create_account(db, "codes@grille.example", "Alix Essai", hashed("une phrase pour les essais"))
        offer_second_step(db, account, secret_of(live_server))
    return let_in(browser, live_server, account.email, "une phrase pour les essais")


@pytest.fixture(scope="session")
def asked_for_a_code(browser: Browser, live_server: LiveServer) -> dict[str, Any]:
    """The same for someone who has typed the password, and not yet the code."""
    with closing(open_database(live_server.database)) as db:
        account = create_account(db, "code@grille.example", "Sacha Essai", hashed("une phrase pour les essais"))
        offer_second_step(db, account, secret_of(live_server))
        shared = offered_secret(db, account, secret_of(live_server))
        assert shared is not None
        assert confirm_second_step(db, account, TOTP(shared).now(), secret_of(live_server))
    return let_in(browser, live_server, account.email, "une phrase pour les essais")


def secret_of(server: LiveServer) -> str:
    """The secret of that installation."""
    return (server.data / "secret-key").read_text()


def let_in(browser: Browser, live_server: LiveServer, email: str, password: str) -> dict[str, Any]:
    """Sign in, and give what the browser then keeps."""
    with watched_page(browser, live_server.url) as page:
        page.goto("/connexion")
        page.get_by_label("Adresse").fill(email)
        page.get_by_label("Mot de passe").fill(password)
        page.get_by_role("main").get_by_role("button", name="Se connecter").click()
        page.wait_for_url(lambda url: not url.endswith("/connexion"))
        return {"storage_state": page.context.storage_state()}


@pytest.fixture(scope="session")
def invited(live_server: LiveServer) -> int:
    """The number of an account that has not come in yet."""
    with closing(open_database(live_server.database)) as db:
        return create_account(db, "maxime.essai@grille.example", "Maxime Essai").id


@pytest.fixture(scope="session")
def invitation(live_server: LiveServer, invited: int) -> str:
    """The secret of its invitation."""
    return _link(live_server, "maxime.essai@grille.example", "invitation")


@pytest.fixture(scope="session")
def reset(live_server: LiveServer) -> str:
    """The secret of a link for an account whose password is lost."""
    return _link(live_server, DEMO_EMAIL, "reset")


def _link(server: LiveServer, email: str, kind: Kind) -> str:
    with closing(open_database(server.database)) as db:
        account = account_by_email(db, email)
        assert account is not None
        return make_account_link(db, account, kind)
