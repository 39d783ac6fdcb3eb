"""A full, read-only or busy disk while people answer: no input lost, and recovery."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import build_opener

import pytest
from flask import Flask

from storage.core.database import check
from storage.responses.responses import find_response
from tests.serving import LiveServer, serving
from tests.web.faults import TEXT, asserts_nothing_lost, each_fault, locked, read_only, served
from tests.web.respond.conftest import TOKEN
from tests.web.respond.respondent import Respondent, form_of, words


@each_fault
def test_an_answer_that_cannot_be_saved_is_given_back_and_then_saved(
    fault: Callable[..., Any], respondent: Respondent, app: Flask, database_path: Path
) -> None:
    codes = [f"COO-{number}" for number in range(1, 4)]
    typed = {f"q_{code}": "2" for code in codes} | {f"q_{code}:comment": TEXT for code in codes}
    fields = {**respondent.form(1), **typed}
    with fault(served(app)):
        page = respondent.post(respondent.address(1), fields, 503)
        asserts_nothing_lost(page, TEXT)
        reply = respondent.client.post(respondent.address(1), data=fields, headers={"Accept": "application/json"})
        assert reply.status_code == 503
    assert respondent.get(respondent.address(1)).status_code == 200
    assert respondent.post(respondent.address(1), {**form_of(page.text), "vers": "suite"}).location
    response = find_response(served(app), respondent.key)
    assert response
    assert set(response.document.content["comments"].values()) == {TEXT.strip()}
    assert check(database_path) == []


@pytest.mark.parametrize("fault", [read_only, locked])
def test_a_way_in_that_cannot_be_taken_waits_in_its_page(
    fault: Callable[..., Any], newcomer: Respondent, app: Flask
) -> None:
    address = f"/repondre/{TOKEN}"
    fields = {**form_of(newcomer.get(address).text), "college": "habitants"}
    with fault(served(app)):
        page = newcomer.post(address, fields, 503)
    assert "gardé dans cette page" in words(page)
    assert newcomer.post(address, form_of(page.text)).location.endswith("/1")


def test_a_real_server_whose_disk_is_full_loses_nothing_and_recovers(demo_database: Path) -> None:
    """The kernel refuses its writings for a while (a limit on the size of its files), as a full disk does."""
    with serving(demo_database.parent) as server:
        browser = build_opener()
        welcome = browser.open(f"{server.url}/repondre/essai")
        begun = browser.open(welcome.url, _encoded(form_of(welcome.read().decode()) | {"college": "habitants"}))
        fields = form_of(begun.read().decode()) | {"q_COO-1": "3", "q_COO-1:comment": TEXT}
        with _no_room(server):
            with pytest.raises(HTTPError) as refused:
                browser.open(begun.url, _encoded(fields))
            assert refused.value.code == 503
            given_back = form_of(refused.value.read().decode())
            assert given_back["q_COO-1:comment"].strip() == TEXT.strip()
            assert browser.open(begun.url).status == 200
        browser.open(begun.url, _encoded(given_back | {"vers": "suite"}))
        assert "Le marché du samedi" in browser.open(begun.url).read().decode()
        assert browser.open(f"{server.url}/healthz").status == 200
    assert check(demo_database) == []


def _encoded(fields: dict[str, str]) -> bytes:
    return urlencode(fields).encode()


@contextmanager
def _no_room(server: LiveServer) -> Iterator[None]:
    """No file of the server's processes may grow past its first bytes."""
    for process in server.processes:
        resource.prlimit(process, resource.RLIMIT_FSIZE, (512, -1))
    try:
        yield
    finally:
        for process in server.processes:
            resource.prlimit(process, resource.RLIMIT_FSIZE, (-1, -1))
