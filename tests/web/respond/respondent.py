"""A respondent without a browser: reads pages, submits their forms, and checks every response."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from werkzeug.test import TestResponse

from tests.web.markup import problems_in

_ELSEWHERE = re.compile(r'(?:src|href|action)="(?:https?:)?//')


class Respondent:
    """Follows one's way by the forms of the pages; ``key`` is known once begun."""

    def __init__(self, app: Flask, token: str) -> None:
        self.client = app.test_client()
        self.token = token
        self.key = ""

    def get(self, address: str, status: int = 200, **options: object) -> TestResponse:
        """A page, inspected; its status must be the one expected."""
        return inspected(self.client.get(address, **options), status)  # type: ignore[arg-type]

    def post(self, address: str, fields: dict[str, str], status: int = 303, **options: object) -> TestResponse:
        """What comes of a form that was sent."""
        return inspected(self.client.post(address, data=fields, **options), status)  # type: ignore[arg-type]

    def address(self, page: object) -> str:
        """The address of one of one's own pages."""
        return f"/repondre/{self.key}/{page}"

    def begin(self, college: str) -> None:
        """Come in and choose a college."""
        home = f"/repondre/{self.token}"
        place = self.post(home, {**form_of(self.get(home).text), "college": college}).location
        self.key = place.split("/")[2]

    def form(self, page: object) -> dict[str, str]:
        """What the form of a page would send if nothing were touched."""
        return form_of(self.get(self.address(page)).text)

    def answer(self, page: object, status: int = 303, **answers: str) -> TestResponse:
        """Fill a page and send it; ``COO_1="3"`` answers COO-1, ``COO_1_comment`` comments it, ``vers`` is a button."""
        fields = {_input(name): value for name, value in answers.items()}
        return self.post(self.address(page), {**self.form(page), **fields}, status)

    def chosen(self, page: object) -> dict[str, str]:
        """The answers that a page shows, by the names of its inputs, empty ones left out."""
        return {name: value for name, value in self.form(page).items() if name.startswith("q_") and value}


def _input(name: str) -> str:
    words = name.split("_")
    if len(words) == 1:
        return name
    code, part = "-".join(words[:2]), words[2:]
    return ":".join([f"q_{code}", *part])


def inspected(response: TestResponse, status: int) -> TestResponse:
    """The same response; fails unless it keeps what every respondent's page promises."""
    assert response.status_code == status, response.text
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    if response.mimetype == "text/html" and not response.location:
        assert problems_in(response.text) == []
        assert not _ELSEWHERE.search(response.text)
        assert "style=" not in response.text
    return response


def form_of(html: str) -> dict[str, str]:
    """The fields of the page's form as a browser would send them, no button pressed."""
    page = html5lib.parse(html, namespaceHTMLElements=False)
    form = page.find(".//form")
    assert form is not None, html
    return dict(_fields(form))


def _fields(form: Element) -> Iterator[tuple[str, str]]:
    for element in form.iter():
        name = element.get("name")
        if name and element.tag == "select":
            options = element.findall("option")
            yield name, next((one for one in options if "selected" in one.attrib), options[0]).get("value", "")
        elif name and (element.tag == "textarea" or _is_sent(element)):
            yield name, element.text or "" if element.tag == "textarea" else element.get("value", "")


def _is_sent(element: Element) -> bool:
    kind = element.get("type")
    return element.tag == "input" and (
        kind in {"hidden", "text"} or (kind in {"radio", "checkbox"} and "checked" in element.attrib)
    )


def links(response: TestResponse) -> dict[str, str]:
    """The links of a page, by their words."""
    page = html5lib.parse(response.text, namespaceHTMLElements=False)
    return {" ".join("".join(link.itertext()).split()): link.get("href", "") for link in page.iter("a")}


def words(response: TestResponse) -> str:
    """All that the page says, in one line."""
    page = html5lib.parse(response.text, namespaceHTMLElements=False)
    return in_line("".join(page.itertext()))


def rows(response: TestResponse) -> list[list[str]]:
    """The tables of a page, row by row, cell by cell."""
    page = html5lib.parse(response.text, namespaceHTMLElements=False)
    return [[in_line("".join(cell.itertext())) for cell in row] for row in page.iter("tr")]


def in_line(text: str) -> str:
    """The text with every stretch of spaces, no-break ones too, as one space."""
    return " ".join(text.split())
