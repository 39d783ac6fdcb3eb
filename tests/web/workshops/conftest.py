"""A workshop in an open campaign, its facilitator's screen, and participants who join by its code."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storage.campaigns.campaigns import Campaign
from storage.core.engine import Database
from storage.responses.workshops import Workshop, workshop_by_code, workshops_of
from tests.web.conftest import Open, SignIn
from tests.web.forms import token_in
from tests.web.respond.respondent import form_of, inspected

Join = Callable[..., "Phone"]


@pytest.fixture
def opened(campaign: Open) -> Campaign:
    """An open campaign that holds a workshop on COO-1, then CON-1."""
    return campaign("open")


@pytest.fixture
def workshop(database: Database, opened: Campaign) -> Workshop:
    """That workshop."""
    return workshops_of(database, opened)[0]


@pytest.fixture
def facilitator(sign_in: SignIn) -> FlaskClient:
    """A contractor who leads sessions on « Ici »."""
    return sign_in("reviewer", "Ici")


@pytest.fixture
def screen(facilitator: FlaskClient, opened: Campaign, workshop: Workshop) -> "Screen":
    """What the room looks at."""
    return Screen(facilitator, f"/campagnes/{opened.slug}/ateliers/{workshop.id}")


@pytest.fixture
def join(app: Flask, workshop: Workshop) -> Join:
    """A phone that joins as a member of a college, and answers if a level is given."""

    def joined(college: str = "habitants", level: object = None) -> Phone:
        phone = Phone(app, workshop.code)
        phone.join(college)
        if level is not None:
            phone.answer(level)
        return phone

    return joined


class Screen:
    """The projected page, and the buttons on it."""

    def __init__(self, client: FlaskClient, address: str) -> None:
        self.client, self.address = client, address

    @property
    def text(self) -> str:
        """The page as it is now."""
        return self.client.get(self.address).text

    def press(self, act: str, status: int = 303, **fields: object) -> str:
        """Send one of its forms; the page that comes."""
        data = {"csrf_token": token_in(self.text), **fields}
        answer = self.client.post(f"{self.address}/{act}", data=data)
        assert answer.status_code == status, answer.text
        return answer.text if status != 303 else self.text


class Phone:
    """A participant who holds an address and no cookie; every page is inspected as respondents' are."""

    def __init__(self, app: Flask, code: str) -> None:
        self.client, self.code, self.address = app.test_client(), code, ""

    def join(self, college: str) -> None:
        """Choose a college on the page of the code."""
        page = f"/atelier/{self.code}"
        fields = {**form_of(inspected(self.client.get(page), 200).text), "college": college}
        self.address = inspected(self.client.post(page, data=fields), 303).location

    @property
    def key(self) -> str:
        """The key of this response."""
        return self.address.rpartition("/")[2]

    def page(self, query: str = "") -> str:
        """The page as it is now."""
        return str(inspected(self.client.get(self.address + query), 200).text)

    def answer(self, level: object, status: int = 303, query: str = "", **changed: str) -> str:
        """Choose a level (or nothing) and save."""
        fields = form_of(self.page(query))
        fields[f"q_{fields['savoir']}"] = str(level)
        return str(inspected(self.client.post(self.address + query, data={**fields, **changed}), status).text)


def fresh(database: Database, workshop: Workshop) -> Workshop:
    """The workshop as it is now."""
    found = workshop_by_code(database, workshop.code)
    assert found is not None
    return found
