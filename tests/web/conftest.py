"""People and campaigns for the tests of pages."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from aiosmtpd.controller import Controller
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

import grille
from accounts.passwords import hashed
from commands.demo_credentials import DEMO_EMAIL, DEMO_PASSWORD
from questionnaires import Answer
from storage.accounts.accounts import create_account, grant
from storage.campaigns.campaigns import Campaign, all_campaigns
from storage.campaigns.drafts import CampaignPlan, PlannedCollege, draft_campaign
from storage.campaigns.lifecycle import close_campaign, open_campaign, publish_campaign
from storage.campaigns.share_links import create_share_link
from storage.campaigns.territories import create_territory, territory_by_slug
from storage.core.database import open_database
from storage.core.engine import Database
from storage.responses.recorded_responses import Recorded, record_responses
from storage.responses.workshops import open_workshop
from tests.conftest import application, settings_for
from tests.serving import free_port
from tests.web.forms import post_form
from tests.web.listening import Listening
from tests.web.mailbox import Mailbox

PASSWORD = "a password for tests"

Open = Callable[..., Campaign]
SignIn = Callable[..., FlaskClient]


@contextmanager
def quick_passwords() -> Iterator[None]:
    """Hash for the next sign-ins at the least cost: hundreds of tests sign in, and the real cost is meant to hurt."""
    with patch("accounts.passwords._hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)):
        yield


@pytest.fixture(scope="session")
def password_hash() -> str:
    """The hash of every test account's password, made once."""
    with quick_passwords():
        return hashed(PASSWORD)


def opening(database: Database) -> Open:
    """What makes a campaign in one state (``draft``, ``open``, ``closed``, ``published``), and its territory if new."""

    def made(state: str = "open", territory: str = "Ici", year: int = 2026) -> Campaign:
        name = territory_by_slug(database, territory.lower()) or create_territory(database, territory, "commune")
        if state == "draft":
            colleges = tuple(PlannedCollege(one.code, one.label) for one in grille.current().colleges)
            plan = CampaignPlan(f"Bilan {year}", year, grille.current(), "short", 5, colleges)
            draft = draft_campaign(database, name, plan)
            create_share_link(database, draft, None, settings_for(Path()).secret_key or "")
            return draft
        one = open_campaign(database, name, grille.current(), name=f"Bilan {year}", year=year)
        if state == "open":
            open_workshop(database, one, name="Réunion", people=12, skills=["COO-1", "CON-1"])
        else:
            one = close_campaign(database, one)
        return publish_campaign(database, one) if state == "published" else one

    return made


@pytest.fixture
def listening() -> Iterator[Listening]:
    """Software that listens on this machine."""
    with Listening() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def campaign(database: Database) -> Open:
    """A campaign in one state (``draft``, ``open``, ``closed``, ``published``) on a territory, made when it is new."""
    return opening(database)


def address_of(role: str, territory: str | None) -> str:
    """The address of someone who holds a role on a territory, or everywhere."""
    return f"{role or 'nobody'}@{(territory or 'partout').lower()}.example"


def signing_in(app: Flask, database: Database, password_hash: str) -> SignIn:
    """Make someone who holds a role on a territory (or everywhere), and a client where they are signed in."""

    def signed(role: str = "", territory: str | None = "Ici") -> FlaskClient:
        address = address_of(role, territory)
        account = create_account(database, address, "Camille Essai", password_hash)
        if role:
            place = territory and (
                territory_by_slug(database, territory.lower()) or create_territory(database, territory, "commune")
            )
            grant(database, account, role, place or None)
        client = app.test_client()
        with quick_passwords():
            answer = post_form(client, "/connexion", email=address, password=PASSWORD)
        assert answer.status_code == 303, answer.text
        return client

    return signed


@pytest.fixture
def sign_in(app: Flask, database: Database, password_hash: str) -> SignIn:
    """A client signed in as someone who holds a role on a territory, or everywhere."""
    return signing_in(app, database, password_hash)


@pytest.fixture
def programme(sign_in: SignIn) -> FlaskClient:
    """Someone of the programme, who sees everything."""
    return sign_in("programme", None)


@pytest.fixture
def leader(demo_client: FlaskClient) -> FlaskClient:
    """Whoever leads the session, signed in to the demonstration."""
    assert post_form(demo_client, "/connexion", email=DEMO_EMAIL, password=DEMO_PASSWORD).status_code == 303
    return demo_client


@pytest.fixture
def demo_slugs(demo_database: object) -> list[str]:
    """The campaigns of the demonstration."""
    with closing(open_database(str(demo_database))) as db:
        return [one.slug for one in all_campaigns(db)]


@pytest.fixture
def mailbox(app: Flask) -> Iterator[Mailbox]:
    """A real SMTP server, which the application is told of."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    app.config.update(SMTP=f"smtp://127.0.0.1:{controller.port}", MAIL_FROM="participation@exemple.fr")
    yield box
    controller.stop()


@pytest.fixture
def shown(database: Database, campaign: Open) -> Campaign:
    """A published campaign with figures."""
    one = campaign("open")
    people = [Recorded(code, {"COO-1": Answer(2)}) for code in ("elus", "agents", "habitants") for _ in range(6)]
    record_responses(database, one, people)
    return publish_campaign(database, close_campaign(database, one))


@pytest.fixture(scope="module")
def pages(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application that renders what is held in memory: nothing is in its database."""
    data = tmp_path_factory.mktemp("pages")
    shutil.copy(migrated, settings_for(data).database)
    app = application(data)
    yield app
    app.extensions["database"].close()


@pytest.fixture
def other_process(app: Flask) -> Iterator[Flask]:
    """Another application over the same database: it knows nothing of what this one has answered."""
    other = application(Path(app.config["DATABASE"]).parent)
    yield other
    other.extensions["database"].close()
