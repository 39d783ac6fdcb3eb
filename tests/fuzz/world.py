"""The demonstration with two of its three territories marked as secret: a mark on a page is a leak."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path
from random import Random
from unittest.mock import patch
from urllib.parse import urljoin, urlsplit

from flask import Flask, got_request_exception
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

import grille
from accounts.passwords import hashed
from commands.demo_credentials import TRIAL_SLUG, TRIAL_TOKEN
from questionnaires import Answer
from storage.accounts.accounts import create_account, grant
from storage.accounts.password_links import LASTS, make_account_link
from storage.campaigns.campaigns import all_campaigns, campaign_by_slug
from storage.campaigns.drafts import CampaignPlan, PlannedCollege, draft_campaign
from storage.campaigns.territories import all_territories, territory_by_slug
from storage.core.database import open_database, writing
from storage.core.engine import Database
from storage.responses.responses import start_response
from storage.responses.workshops import open_workshop
from tests.conftest import application
from tests.saving import save_by_key
from tests.web.conftest import PASSWORD, quick_passwords

HERE = "val-de-brume"
MARK = "Zyxmarque"
PEOPLE = ("anyone", "nobody", "reader", "reviewer", "pilot", "programme")

# What is written by people in the two other territories, column by column.
_MARKED = {
    "territories": ("name", "id"),
    "campaigns": ("name", "territory_id"),
    "actions": ("title", "territory_id"),
}
_MARKED_IN_CAMPAIGNS = {"campaign_colleges": "label", "decisions": "text"}

# What costs much to make and holds no form to send.
WITHOUT_FORMS = {
    *("static", "results.download", "results.documents", "campaigns.all_printed", "campaigns.printed"),
    *("results.show", "results.compare", "results.residents", "session.deck", "session.presenter", "session.file"),
    *("programme.instrument", "programme.instrument_file", "results.profile_file", "results.preparing"),
}

# For a variable of an address that ``pools`` has no example of.
UNKNOWN = ["1", "nobody"]

Fields = dict[str, list[str]]


@dataclass(eq=False)
class World:
    """The application over a copy of that database, everyone signed in, and the forms that its pages hold."""

    app: Flask
    path: Path
    clean: Path
    cookies: dict[str, str]
    key: str
    code: str
    tokens: tuple[str, ...]
    errors: list[BaseException] = field(default_factory=list)
    forms: dict[str, list[Fields]] = field(default_factory=dict)

    def client(self, who: str) -> FlaskClient:
        """A browser of that person."""
        client = self.app.test_client()
        if who in self.cookies:
            client.set_cookie("grille", self.cookies[who])
        return client

    def restore(self) -> None:
        """Put the database back as it was."""
        self.app.extensions["database"].close()
        shutil.copy(self.clean, self.path)


@contextmanager
def world(folder: Path) -> Iterator[World]:
    """A world in that folder, a copy of the demonstration."""
    path = folder / "grille.db"
    with closing(open_database(path)) as db:
        _mark(db)
        key, code = _began(db)
        tokens = _people(db)
    app = application(folder)
    app.config["WTF_CSRF_ENABLED"] = False
    found = World(app, path, folder / "clean.db", {}, key, code, tokens)
    noted = got_request_exception.connected_to(lambda _, exception: found.errors.append(exception), app)
    unlimited = patch("storage.operations.rate_limits.Counts.hit", return_value=None)
    with noted, unlimited, quick_passwords():
        found.cookies.update(_signed_in(app))
        app.extensions["database"].close()
        shutil.copy(path, found.clean)
        _harvest(found)
        found.restore()
        yield found
    app.extensions["database"].close()


def _mark(db: Database) -> None:
    """Mark what people wrote elsewhere than here, and take back its publication."""
    here = territory_by_slug(db, HERE)
    assert here is not None
    elsewhere = f"territory_id <> {here.id}"
    with writing(db) as conn:
        for table, (column, territory) in _MARKED.items():
            conn.execute(f"UPDATE {table} SET {column} = '{MARK} ' || {column} WHERE {territory} <> {here.id}")
        for table, column in _MARKED_IN_CAMPAIGNS.items():
            conn.execute(
                f"""UPDATE {table} SET {column} = '{MARK} ' || {column}
                    WHERE campaign_id IN (SELECT id FROM campaigns WHERE {elsewhere})"""
            )
        conn.execute(f"UPDATE sheets SET document = replace(document, ' les ', ' {MARK} ')")
        conn.execute(f"UPDATE evidence SET name = '{MARK} ' || name")
        conn.execute(
            f"""UPDATE responses SET document = json_set(document, '$.comments', json_object('COO-1', '{MARK}'))
                WHERE deleted = 0 AND campaign_id IN (SELECT id FROM campaigns WHERE {elsewhere})"""
        )
        conn.execute(f"UPDATE campaigns SET published_at = NULL WHERE {elsewhere}")


def _began(db: Database) -> tuple[str, str]:
    """A response that was begun in the open campaign, and the code of a workshop there."""
    campaign = campaign_by_slug(db, TRIAL_SLUG)
    assert campaign is not None
    key = start_response(db, campaign, "habitants", nonce="someone who is fuzzing")
    save_by_key(db, key, {"COO-1": Answer(2), "COO-2": Answer(3)})
    colleges = tuple(PlannedCollege(one.code, one.label) for one in campaign.grid.colleges)
    draft_campaign(db, campaign.territory, CampaignPlan("Brouillon", 2029, grille.current(), "short", 5, colleges))
    opened = open_workshop(db, campaign, name="Réunion", people=12, skills=["COO-1", "CON-1"])
    return key, opened.code


def _people(db: Database) -> tuple[str, ...]:
    """Someone of each role, and the links of two people who have no password yet."""
    with quick_passwords():
        password_hash = hashed(PASSWORD)
    here = territory_by_slug(db, HERE)
    for who in PEOPLE[1:]:
        account = create_account(db, f"{who}@fuzz.example", f"Camille {who}", password_hash)
        if who != "nobody":
            grant(db, account, who, None if who == "programme" else here)
    waiting = [create_account(db, f"attend-{kind}@fuzz.example", "En attente", None) for kind in LASTS]
    return tuple(make_account_link(db, one, kind) for one, kind in zip(waiting, LASTS, strict=True))


def _signed_in(app: Flask) -> Iterator[tuple[str, str]]:
    for who in PEOPLE[1:]:
        client = app.test_client()
        assert client.post("/connexion", data={"email": f"{who}@fuzz.example", "password": PASSWORD}).status_code == 303
        cookie = client.get_cookie("grille")
        assert cookie is not None
        yield who, cookie.value


class _Forms(HTMLParser):
    """The forms of a page: where each goes, and its fields with the values that they may have."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, Fields]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, a field, or a choice of one."""
        given = dict(attrs)
        if tag == "form" and (given.get("method") or "").lower() == "post":
            self.found.append((given.get("action") or "", {}))
        name = given.get("name") or given.get("form") or ""
        if tag in {"input", "textarea", "select", "button"} and name and self.found:
            # What is sent may be shown again to whoever sent it: no mark comes from there.
            self.found[-1][1].setdefault(name, []).append((given.get("value") or "").replace(MARK, "…"))


def _harvest(found: World) -> None:
    """Read each page once as the first who may, that of a campaign in each state, to learn the fields of its forms."""
    matcher = found.app.url_map.bind("localhost")
    for rule in found.app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in WITHOUT_FORMS:
            for address, page in islice(_seen(found, rule), 4 if rule.endpoint == "campaigns.follow" else 1):
                for action, fields in _forms(page):
                    try:
                        endpoint, _ = matcher.match(urlsplit(urljoin(address, action)).path, method="POST")
                    except HTTPException:
                        continue
                    known = found.forms.setdefault(endpoint, [])
                    if fields not in known and len(known) < 4:
                        known.append(fields)
    found.errors.clear()


def _seen(found: World, rule: Rule) -> Iterator[tuple[str, TestResponse]]:
    """Addresses of that rule that someone may open, and what they see."""
    chance, known = Random(rule.rule), pools(found)
    drawn = [
        filled(rule.rule, {name: chance.choice(known.get(name, UNKNOWN)) for name in sorted(rule.arguments)})
        for _ in range(40)
    ]
    for address in dict.fromkeys(drawn):
        for who in ("programme", "reviewer", "pilot", "anyone"):
            page = found.client(who).get(address)
            if page.status_code == 200:
                yield address, page
                break


def _forms(answer: TestResponse) -> list[tuple[str, Fields]]:
    if answer.mimetype != "text/html":
        return []
    parser = _Forms()
    parser.feed(answer.text)
    return parser.found


def filled(rule: str, values: dict[str, str]) -> str:
    """An address: the rule with its variables replaced."""
    for name, value in values.items():
        for written in (f"<{name}>", f"<int:{name}>", f"<rank:{name}>", f"<path:{name}>"):
            rule = rule.replace(written, value)
    return rule


@cache
def pools(found: World) -> dict[str, list[str]]:
    """Values that exist, for every variable of an address."""
    with closing(open_database(found.clean if found.clean.exists() else found.path)) as db:
        campaigns = all_campaigns(db)
        here = [one.slug for one in campaigns if one.territory.slug == HERE]
        places = [one.slug for one in all_territories(db)]
        grid = campaigns[-1].grid
    return {
        "slug": [*here * 3, *(one.slug for one in campaigns)],
        "territory": [HERE, *places],
        "place": [HERE, *places],
        "code": [found.code, *(family.code for family in grid.families), "COO-1", "INT-2", "elus-agents"],
        "college": [college.code for college in grid.colleges] + ["college", "atelier"],
        "number": ["1", "2", "3", "4"],
        "token": [*found.tokens, TRIAL_TOKEN, "nobody"],
        "key": [found.key] * 4 + ["nobody"],
        "name": ["profile.json", "profile.csv", "radar.svg"],
        "suffix": ["json", "csv", "pdf"],
        "version": ["2026.1", "2024.1"],
        "kind": ["pdf", "svg", "png"],
        "filename": ["css/tokens.css", "js/radar.js"],
    }
