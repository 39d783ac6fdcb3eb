"""Adoption: read once more, frozen, corrected with a reason, told in the history."""

import re
import sqlite3
from datetime import UTC, datetime
from typing import Any

import lxml.html
import pytest
from flask.testing import FlaskClient

from restitution.documents.pdf.typst_pdf import Unprintable
from storage.campaigns.campaigns import Campaign
from storage.campaigns.lifecycle import publish_campaign
from storage.core.database import file_of
from storage.core.engine import Database
from storage.operations.content_check import check_all
from storage.review.sheets import Judgement, YearlyNote, save_sheet
from storage.review.snapshot_verification import differences
from storage.review.snapshots import snapshots_of
from tests.restitution.documents.typed import TYPED
from tests.web.conftest import Open, SignIn
from tests.web.review.conftest import address, send


def read(client: FlaskClient, campaign: Campaign) -> str:
    """The seal of the draft that the page shows."""
    found = re.search(r'name="read"[^>]*value="(\w{64})"', client.get(address(campaign, "adoption")).text)
    assert found
    return found[1]


def adopt(client: FlaskClient, campaign: Campaign, **typed: str) -> tuple[int, str]:
    typed = {"confirmed": "y", "reason": "", "read": read(client, campaign), **typed}
    answer = send(client, address(campaign, "adoption"), **{k: v for k, v in typed.items() if v})
    return answer.status_code, answer.text


def test_the_box_must_be_ticked(reviewer: FlaskClient, closed: Campaign, database: Database) -> None:
    code, text = adopt(reviewer, closed, confirmed="")
    assert (code, "Cochez la case" in text) == (422, True)
    assert snapshots_of(database, closed) == []


def test_an_adopted_diagnostic_is_read_by_the_territory(
    reviewer: FlaskClient, sign_in: SignIn, closed: Campaign
) -> None:
    send(
        reviewer,
        address(closed, "familles/COO"),
        version=0,
        level="3",
        justification="Vu sur place",
        strengths="On s’écoute",
    )
    send(reviewer, address(closed, "note"), version=0, progress="Une bonne année")
    assert adopt(reviewer, closed)[0] == 303
    reader = sign_in("reader")
    page = reader.get(address(closed, "diagnostics/1"))
    assert page.status_code == 200
    for words in ("On s’écoute", "Une bonne année", "Pratique installée", "Empreinte SHA-256", "Version 1"):
        assert words in page.text
    assert reader.get(address(closed, "adoption")).status_code == 404
    assert reader.get(address(closed, "diagnostics/2")).status_code == 404


def test_what_changed_since_it_was_read_is_read_again(
    reviewer: FlaskClient, closed: Campaign, database: Database
) -> None:
    seen = read(reviewer, closed)
    send(reviewer, address(closed, "note"), version=0, progress="Ajout de dernière minute")
    code, text = adopt(reviewer, closed, read=seen)
    assert (code, "a modifié la revue" in text) == (422, True)
    assert "Ajout de dernière minute" in text
    assert snapshots_of(database, closed) == []


def test_a_correction_says_why_and_the_first_version_stays(
    reviewer: FlaskClient, closed: Campaign, database: Database
) -> None:
    send(reviewer, address(closed, "note"), version=0, progress="Neuf projets")
    assert adopt(reviewer, closed)[0] == 303
    send(reviewer, address(closed, "note"), version=1, progress="Onze projets")
    code, text = adopt(reviewer, closed)
    assert (code, "Dites pourquoi" in text) == (422, True)
    assert adopt(reviewer, closed, reason="Le compte était faux")[0] == 303
    first, second = (reviewer.get(address(closed, f"diagnostics/{n}")).text for n in (1, 2))
    assert "Neuf projets" in first
    assert "a été corrigée depuis" in first
    assert "Onze projets" in second
    assert "Le compte était faux" in second
    story = reviewer.get(address(closed, "historique")).text
    assert re.search("Camille Essai écrit la note.*adopter le diagnostic.*Le compte était faux", story, re.DOTALL)


def test_the_desk_says_when_the_draft_differs_from_what_was_adopted(reviewer: FlaskClient, closed: Campaign) -> None:
    def desk() -> str:
        return reviewer.get(address(closed)).text

    send(reviewer, address(closed, "note"), version=0, progress="Neuf projets")
    assert adopt(reviewer, closed)[0] == 303
    assert "fait · version 1 adoptée" in desk()
    send(reviewer, address(closed, "note"), version=1, progress="Onze projets")
    assert "le brouillon diffère de la version 1 adoptée" in desk()
    assert "fait · le brouillon" not in desk()
    send(reviewer, address(closed, "note"), version=2, progress="Neuf projets")
    assert "fait · version 1 adoptée" in desk()
    send(reviewer, address(closed, "familles/COO"), version=0, level="2", strengths="On s’écoute")
    assert "le brouillon diffère de la version 1 adoptée" in desk()


def test_a_missing_reason_stands_in_the_way(reviewer: FlaskClient, closed: Campaign, database: Database) -> None:
    from storage.accounts.accounts import account_by_email

    author = account_by_email(database, "reviewer@ici.example")
    assert author
    save_sheet(database, closed, Judgement(4), author, expected=0, subject="COO")
    assert "Écrivez pourquoi" in reviewer.get(address(closed, "adoption")).text
    code, text = adopt(reviewer, closed)
    assert (code, "Coopérer" in text) == (422, True)
    assert save_sheet(database, closed, YearlyNote(progress="x"), author, expected=0).version == 1


def test_the_history_tells_each_change_of_level(reviewer: FlaskClient, closed: Campaign) -> None:
    where = address(closed, "familles/COO")
    send(reviewer, where, version=0, level="2")
    story = reviewer.get(address(closed, "historique")).text
    assert "La collecte est close" in story
    assert re.search("retient «\u00a0Pratique régulière\u00a0» pour «\u00a0Coopérer\u00a0»", story)


def test_the_history_is_said_in_the_order_of_time_and_each_line_says_what_was_judged_then(
    reviewer: FlaskClient, closed: Campaign, database: Database
) -> None:
    from storage.accounts.accounts import account_by_email, create_account

    ana, bob = (
        account_by_email(database, "reviewer@ici.example"),
        create_account(database, "b@ici.example", "Bob Essai"),
    )
    assert ana
    note = [YearlyNote(progress=f"Version {n}") for n in range(4)]
    saved = (
        (Judgement(1, "Vu en mai"), ana, "COO", datetime(2027, 5, 2, 9, tzinfo=UTC)),
        (note[0], ana, "", datetime(2027, 5, 2, 9, 30, tzinfo=UTC)),
        (note[1], ana, "", datetime(2027, 5, 2, 9, 40, tzinfo=UTC)),
        (Judgement(2, "Vu le soir"), ana, "COO", datetime(2027, 5, 2, 10, tzinfo=UTC)),
        (Judgement(3, "Vu en novembre"), bob, "COO", datetime(2027, 11, 3, 9, tzinfo=UTC)),
        (note[2], bob, "", datetime(2027, 11, 3, 23, 30, tzinfo=UTC)),
        (Judgement(4, "Vu plus tard"), ana, "COO", datetime(2028, 1, 4, 9, tzinfo=UTC)),
    )
    versions = {"": 0, "COO": 0}
    for content, author, subject, at in saved:
        save_sheet(database, closed, content, author, expected=versions[subject], subject=subject, at=at)
        versions[subject] += 1
    story = lxml.html.fromstring(reviewer.get(address(closed, "historique")).text)
    lines = [" ".join(line.text_content().split()) for line in story.xpath("//ol[@class='story']//li//li | //h2")]
    history = " / ".join(lines[lines.index("2 mai 2027") :]).replace("\u00a0", " ")
    assert history == (
        "2 mai 2027 / Camille Essai retient « Premiers essais » pour « Coopérer ».Vu en mai"
        " / Camille Essai écrit la note de l’année."
        " / Camille Essai retient « Pratique régulière » pour « Coopérer », au lieu de « Premiers essais ».Vu le soir"
        " / 3 novembre 2027 / Bob Essai retient « Pratique installée » pour « Coopérer »,"
        " au lieu de « Pratique régulière ».Vu en novembre"
        " / 4 novembre 2027 / Bob Essai reprend la note de l’année."
        " / 4 janvier 2028 / Camille Essai retient « Pratique partagée » pour « Coopérer »,"
        " au lieu de « Pratique installée ».Vu plus tard"
    )


def test_what_cannot_be_printed_is_not_adopted_and_says_so(
    reviewer: FlaskClient, closed: Campaign, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_of_any_report: object) -> bytes:
        raise Unprintable

    monkeypatch.setattr("restitution.documents.pdf.report.report_pdf", refuse)
    send(reviewer, address(closed, "note"), version=0, progress="Une bonne année")
    code, text = adopt(reviewer, closed)
    assert (code, "ne peut pas être imprimé" in text, "Une bonne année" in text) == (422, True, True)
    assert snapshots_of(database, closed) == []


def test_whatever_the_note_says_it_is_adopted_and_its_report_is_printed(
    reviewer: FlaskClient, closed: Campaign
) -> None:
    send(reviewer, address(closed, "note"), version=0, progress=" ".join(TYPED))
    assert adopt(reviewer, closed)[0] == 303
    assert reviewer.get(f"/restitution/{closed.slug}/documents/pdf").data.startswith(b"%PDF")


@pytest.fixture
def prints(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, bytes]]:
    """Every report that is printed, as it is printed."""
    made: list[tuple[Any, bytes]] = []

    def noted(report: Any) -> bytes:
        made.append((report, f"%PDF {len(made)}".encode()))
        return made[-1][1]

    monkeypatch.setattr("restitution.documents.pdf.report.report_pdf", noted)
    return made


def test_the_file_handed_on_is_the_one_that_was_printed_with_its_own_seal(
    reviewer: FlaskClient, closed: Campaign, database: Database, client: FlaskClient, prints: list[tuple[Any, bytes]]
) -> None:
    assert adopt(reviewer, closed)[0] == 303
    ((report, content),) = prints
    (adopted,) = snapshots_of(database, closed)
    assert (report.adoption.number, report.adoption.sha256) == (1, adopted.sha256)
    assert report.made == report.adoption.day
    publish_campaign(database, closed)
    public, kept = f"/restitution/{closed.slug}/documents/pdf", address(closed, "diagnostics/1/rapport.pdf")
    assert [one.get(public).data for one in (reviewer, client)] == [content, content]
    assert reviewer.get(kept).data == content
    assert kept in reviewer.get(address(closed, "diagnostics/1")).text
    assert client.get(kept).status_code == 303
    send(reviewer, address(closed, "note"), version=0, progress="Neuf projets")
    assert adopt(reviewer, closed, reason="Un oubli")[0] == 303
    assert reviewer.get(kept).data == content
    assert reviewer.get(address(closed, "diagnostics/2/rapport.pdf")).data == client.get(public).data == b"%PDF 1"
    assert reviewer.get(address(closed, "diagnostics/3/rapport.pdf")).status_code == 404
    assert len(prints) == 2


def test_who_may_see_fewer_campaigns_gets_a_report_of_those(
    reviewer: FlaskClient,
    closed: Campaign,
    database: Database,
    client: FlaskClient,
    campaign: Open,
    prints: list[tuple[Any, bytes]],
) -> None:
    earlier = campaign("closed", year=closed.year - 1)
    assert adopt(reviewer, closed)[0] == 303
    publish_campaign(database, closed)
    public = f"/restitution/{closed.slug}/documents/pdf"
    assert client.get(public).data == prints[1][1]
    assert len(prints[1][0].campaigns) == 1
    assert client.get(f"{public}?vagues=aucune").data != prints[0][1]
    publish_campaign(database, earlier)
    assert client.get(public).data == prints[0][1]
    assert client.get(f"{public}?vagues=aucune").data not in {prints[0][1], prints[1][1]}
    assert client.get(public).data == prints[0][1]


def test_a_printed_report_that_was_damaged_is_printed_again(
    reviewer: FlaskClient, closed: Campaign, database: Database, prints: list[tuple[Any, bytes]]
) -> None:
    assert adopt(reviewer, closed)[0] == 303
    with pytest.raises(sqlite3.IntegrityError, match="never changes"):
        database.execute("UPDATE printed_diagnostics SET content = x'00'")
    database.execute("DROP TRIGGER printed_diagnostics_never_change_1")
    database.execute("UPDATE printed_diagnostics SET content = x'00'")
    assert reviewer.get(address(closed, "diagnostics/1/rapport.pdf")).status_code == 404
    assert reviewer.get(f"/restitution/{closed.slug}/documents/pdf").data == prints[1][1]
    assert "son rapport imprimé ne correspond plus à son empreinte" in "\n".join(check_all(file_of(database)))
    found = differences(database, closed, snapshots_of(database, closed)[0])
    assert [one for one in found if "rapport imprimé" in one] == found
    assert len(found) == 1
