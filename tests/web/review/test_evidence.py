"""Evidence through the pages: refused with a sentence, handed out as a file to save, never shown."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storage.campaigns.campaigns import Campaign
from storage.core.engine import Database
from storage.review.evidence import evidence_of
from tests.web.conftest import SignIn
from tests.web.review.conftest import PDF, address, send, upload

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def test_a_file_is_handed_out_to_save_and_never_shown(
    reviewer: FlaskClient, closed: Campaign, database: Database
) -> None:
    assert upload(reviewer, closed, "../../../Charte signée.pdf", PDF).status_code == 303
    [kept] = evidence_of(database, closed)
    answer = reviewer.get(address(closed, f"preuves/{kept.id}"), buffered=True)
    assert (kept.name, answer.data, answer.mimetype) == ("Charte signée.pdf", PDF, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert ".." not in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.svg", SVG, "dessins SVG"),
        ("page.html", b"<!doctype html><script>1</script>", "pages web"),
        ("faux.png", SVG, "pages web"),
        ("outil.exe", b"MZ", "n’est pas accepté"),
        ("", b"", "Choisissez un fichier"),
    ],
)
def test_what_is_refused_says_why_beside_the_field(
    name: str, content: bytes, said: str, reviewer: FlaskClient, closed: Campaign, database: Database
) -> None:
    answer = upload(reviewer, closed, name, content)
    assert answer.status_code == 422
    assert said in answer.text
    assert evidence_of(database, closed) == []


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(
    app: Flask, reviewer: FlaskClient, closed: Campaign, database: Database
) -> None:
    app.config["EVIDENCE_MEGABYTES"] = 1
    answer = upload(reviewer, closed, "gros.pdf", PDF + b"x" * 2_000_000)
    assert answer.status_code == 413
    assert "1 Mo au plus" in answer.text
    assert evidence_of(database, closed) == []


def test_a_file_of_three_megabytes_passes_here_and_nowhere_else(
    reviewer: FlaskClient, closed: Campaign, database: Database
) -> None:
    assert upload(reviewer, closed, "plan.pdf", PDF + b"x" * 3_000_000).status_code == 303
    elsewhere = send(reviewer, address(closed, "note"), version=0, progress="x" * 3_000_000)
    assert elsewhere.status_code == 413


def test_a_limit_met_by_a_visitor_tells_nothing(app: Flask, sign_in: SignIn, closed: Campaign) -> None:
    visitor, where = sign_in("reviewer", "Ailleurs"), address(closed, "savoir-faire/COO-2/preuves")
    app.config["EVIDENCE_MEGABYTES"] = 1
    assert visitor.post(where, data={"file": "x" * 2_000_000}).status_code == 404


def test_an_address_is_kept_and_taken_away(reviewer: FlaskClient, closed: Campaign, database: Database) -> None:
    page = address(closed, "savoir-faire/COO-2")
    bad = send(reviewer, f"{page}/preuves", seen_at=page, fact="0", address="javascript:alert(1)")
    assert (bad.status_code, "https://" in bad.text, "javascript:alert(1)" in bad.text) == (422, True, True)
    assert 'href="javascript' not in bad.text
    assert send(reviewer, f"{page}/preuves", seen_at=page, fact="0", address="https://a.fr/x").status_code == 303
    [kept] = evidence_of(database, closed)
    assert reviewer.get(address(closed, f"preuves/{kept.id}")).status_code == 404
    assert send(reviewer, address(closed, f"preuves/{kept.id}/retirer"), seen_at=page).status_code == 303
    assert evidence_of(database, closed) == []


def test_evidence_is_not_for_visitors(
    reviewer: FlaskClient, sign_in: SignIn, closed: Campaign, client: FlaskClient
) -> None:
    upload(reviewer, closed, "note.txt", b"vu")
    where = address(closed, "preuves/1")
    assert sign_in("reader").get(where, buffered=True).status_code == 200
    assert sign_in("reviewer", "Ailleurs").get(where).status_code == 404
    assert client.get(where).status_code == 303


def test_evidence_runs_nothing_and_is_kept_nowhere(reviewer: FlaskClient, closed: Campaign) -> None:
    upload(reviewer, closed, "note.txt", b"vu")
    headers = reviewer.get(address(closed, "preuves/1"), buffered=True).headers
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_no_file_is_inside_what_the_server_serves(
    reviewer: FlaskClient, closed: Campaign, app: Flask, database_path: Path
) -> None:
    upload(reviewer, closed, "note.txt", b"vu")
    [kept] = [path for path in (database_path.parent / "evidence").rglob("*") if path.is_file()]
    assert not kept.is_relative_to(Path(app.root_path))
    assert kept.suffix == ""
