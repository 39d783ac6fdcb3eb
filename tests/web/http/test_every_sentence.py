"""Every sentence of every page is found by « make messages »: pages are read in a language without French letters."""

import re
from collections.abc import Callable
from contextlib import closing
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import pytest
from babel.messages.catalog import Catalog
from flask import Flask
from flask.testing import FlaskClient
from pyotp import TOTP

from accounts.permissions import Role
from commands.demo_credentials import DEMO_EMAIL, DEMO_PASSWORD, TRIAL_SLUG
from questionnaires import Answer, Questionnaire
from storage.accounts.accounts import account_by_email, create_account, grant
from storage.accounts.password_links import make_account_link
from storage.accounts.second_steps import confirm_second_step, offer_second_step, offered_secret
from storage.campaigns.campaigns import campaign_by_slug
from storage.core.database import open_database
from storage.core.engine import Database
from storage.responses.responses import start_response, submit_response
from tests.conftest import settings_for
from tests.journeys.pages import PAGES, REFUSALS, Sample
from tests.rooms import room_with_a_phone
from tests.saving import save_by_key
from tests.web.conftest import PASSWORD, quick_passwords
from tests.web.forms import post_form
from tests.web.http.conftest import compiled, speak
from tests.web.http.unsaid import Reader, data_of, disguised
from tests.web.listening import listening_address

SECRET = settings_for(Path()).secret_key or ""


def answered(db: Database, *, submitted: bool) -> str:
    """The key of a response to the open campaign, with an answer to each question."""
    campaign = campaign_by_slug(db, TRIAL_SLUG)
    assert campaign
    key = start_response(db, campaign, "habitants")
    levels = [level.value for level in campaign.grid.levels]
    questions = Questionnaire(campaign.grid, campaign.form, "habitants").questions
    save_by_key(db, key, {one.code: Answer(levels[place % len(levels)]) for place, one in enumerate(questions)})
    if submitted:
        submit_response(db, key)
    return key


def recomputed(db: Database) -> str:
    """The slug of a campaign that was published under the first edition, as a migration would note it."""
    slug = "saint-aubin-des-pres-2025"
    sql = """INSERT INTO recomputed_publications (campaign_id, edition, published_at, recomputed_at)
        SELECT id, 1, published_at, '2026-11-30T06:00:00+00:00' FROM campaigns WHERE slug = ?"""
    with db.conn:
        db.conn.execute(sql, (slug,))
    return slug


@pytest.fixture
def keys(demo_database: Path, password_hash: str) -> dict[str, str]:
    """What stands for the variables of the samples' addresses."""
    with closing(open_database(demo_database)) as db:
        invited = create_account(db, "maxime.essai@grille.example", "Maxime Essai")
        known = account_by_email(db, DEMO_EMAIL)
        assert known
        grant(db, create_account(db, "programme@grille.example", "Dominique Essai", password_hash), Role.PROGRAMME)
        offered = create_account(db, "codes@grille.example", "Alix Essai", password_hash)
        offer_second_step(db, offered, SECRET)
        asked = create_account(db, "code@grille.example", "Sacha Essai", password_hash)
        offer_second_step(db, asked, SECRET)
        assert confirm_second_step(db, asked, TOTP(offered_secret(db, asked, SECRET) or "").now(), SECRET)
        return {
            "invited": str(invited.id),
            "invitation": make_account_link(db, invited, "invitation"),
            "reset": make_account_link(db, known, "reset"),
            "begun": answered(db, submitted=False),
            "submitted": answered(db, submitted=True),
            **room_with_a_phone(db),
            "webhook": listening_address(db),
            "recomputed": recomputed(db),
        }


WHO = {
    "signed in": (DEMO_EMAIL, DEMO_PASSWORD),
    "programme": ("programme@grille.example", PASSWORD),
    "offered codes": ("codes@grille.example", PASSWORD),
    "asked for a code": ("code@grille.example", PASSWORD),
}


def readers(app: Flask) -> Callable[[Sample], FlaskClient]:
    """Give each kind of reader one client, signed in."""
    known: dict[str, FlaskClient] = {"anyone": app.test_client()}

    def reader(sample: Sample) -> FlaskClient:
        if sample.reader not in known:
            email, password = WHO[sample.reader]
            known[sample.reader] = app.test_client()
            with quick_passwords():
                assert post_form(known[sample.reader], "/connexion", email=email, password=password).status_code == 303
        return known[sample.reader]

    return reader


def test_every_sentence_of_every_page_is_found(
    demo_app: Flask, demo_database: Path, keys: dict[str, str], found: Catalog, tmp_path: Path
) -> None:
    speak(demo_app, compiled(found, tmp_path, disguised))
    typed = {word for sample in PAGES for word in re.findall(r"=(\w+)", sample.address)}
    page_reader, client_of = Reader(data_of(demo_database) | typed), readers(demo_app)
    wrong = []
    for sample in PAGES + REFUSALS:
        response = client_of(sample).get(sample.address.format(**keys))
        assert response.status_code == sample.status, sample
        wrong += [f"{sample.name}: {part}" for part in page_reader.unsaid(response.text)]
    assert not wrong, "\n".join(wrong)


# What would close the door behind the reader, take what the next forms need, or answer with a file.
UNDOING = re.compile("sessions|appareils|deconnexion|desactiver|retirer|supprimer|reponses$")
FORM = re.compile(r'<form([^>]*method="post"[^>]*)>(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')


def value_of(attribute: str, tag: str) -> str:
    """The value of a tag's attribute, empty without one."""
    found = re.search(rf'\b{attribute}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def empty_forms(address: str, html: str) -> dict[str, dict[str, str]]:
    """The hidden fields of each form that a page sends, by where it sends it."""
    return {
        urljoin(address, value_of("action", tag)): {
            value_of("name", one): value_of("value", one) for one in HIDDEN.findall(inside)
        }
        for tag, inside in FORM.findall(html)
    }


def test_what_answers_an_empty_form_is_found(
    demo_app: Flask, demo_database: Path, keys: dict[str, str], found: Catalog, tmp_path: Path
) -> None:
    speak(demo_app, compiled(found, tmp_path, disguised))
    page_reader, client_of = Reader(data_of(demo_database)), readers(demo_app)
    wrong, sent = [], set()
    for sample in PAGES:
        address = sample.address.format(**keys)
        for where, fields in empty_forms(address, client_of(sample).get(address).text).items():
            if where not in sent and not UNDOING.search(where):
                sent.add(where)
                answer = client_of(sample).post(where, data=fields, follow_redirects=True)
                wrong += [f"{where} {answer.status_code}: {part}" for part in page_reader.unsaid(answer.text)]
    assert len(sent) > 40
    assert not wrong, "\n".join(wrong)
