"""The review as contractors do it: from a closed campaign to its documents, by keyboard alone, two at once."""

import re
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import orjson
import pikepdf
import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE

from storage.campaigns.campaigns import campaign_by_slug
from storage.core.database import open_database
from storage.responses.computed.profiles import campaign_profile
from tests.conftest import application
from tests.serving import LiveServer

pytestmark = pytest.mark.journey

SLUG, FAMILY, LEVEL = "val-de-brume-2025", "Intégrer", "Pratique partagée"
DESK = f"/campagnes/{SLUG}/revue"
REASON = "Deux délibérations l’ont inscrit cette année."


def follow(page: Page, words: str) -> None:
    page.get_by_role("main").get_by_role("link", name=words).first.click()


def judge(page: Page) -> None:
    """A level far from the score is refused without a reason, kept with one."""
    follow(page, f"Juger {FAMILY}")
    page.get_by_role("radio", name=LEVEL).check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("alert")).to_contain_text("Écrivez pourquoi")
    expect(page.get_by_role("radio", name=LEVEL)).to_be_checked()
    page.get_by_label("Pourquoi ce niveau").fill(REASON)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("status").first).to_contain_text("enregistré")
    follow(page, "Famille suivante")
    expect(page.get_by_role("heading", level=1)).to_contain_text("S’ouvrir")
    follow(page, "Vue d’ensemble")
    expect(page.get_by_role("row").filter(has_text=FAMILY).first).to_contain_text(LEVEL)


def moderate(page: Page) -> None:
    """One comment is shown, and stands on the page of its skill; the others are not."""
    follow(page, "Commentaires")
    shown, *others = page.locator(".moderated").all()
    words, skill = shown.locator("legend").inner_text().strip(), shown.get_by_role("link").inner_text()
    shown.get_by_label("Montrer").first.check()
    for other in others:
        other.get_by_label("Ne pas montrer").check()
    page.get_by_role("button", name="Enregistrer mes décisions").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tous les commentaires sont relus")
    page.get_by_text("Déjà décidés").click()
    follow(page, skill)
    expect(page.get_by_role("main")).to_contain_text(words)


def adopt(page: Page) -> None:
    follow(page, "Note de l’année")
    page.get_by_label("Avancement").fill("Deux formations ont eu lieu.")
    page.get_by_role("button", name="Enregistrer la note").click()
    follow(page, "Adoption")
    page.get_by_role("main").get_by_role("checkbox").check()
    page.get_by_role("button", name="Adopter ce diagnostic").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Le diagnostic adopté")
    for words in (LEVEL, REASON, "Deux formations", "SHA-256", "version 2026.1", "collecte close le"):
        expect(page.get_by_role("main")).to_contain_text(words)


def downloads(page: Page) -> dict[str, bytes]:
    """Every document, by its suffix, as the browser received it."""
    follow(page, "Revue")
    follow(page, "les documents")
    found = {}
    for link in page.get_by_role("link", name="Télécharger").all():
        with page.expect_download(timeout=120_000) as download:  # made behind everything else that a busy machine does
            link.click()
        found[download.value.suggested_filename.rpartition(".")[2]] = Path(download.value.path()).read_bytes()
    return found


def test_from_a_closed_campaign_to_its_documents(
    open_page: Callable[..., Page], signed_in: dict[str, Any], live_server: LiveServer
) -> None:
    page = open_page(accept_downloads=True, **signed_in)
    page.goto(DESK)
    judge(page)
    moderate(page)
    adopt(page)
    files = downloads(page)
    assert set(files) == {"pdf", "pptx", "xlsx", "zip", "json"}
    check_documents(files, published(live_server))
    verified = application(live_server.data).test_cli_runner().invoke(args=["campaign", "verify", SLUG])
    assert (verified.exit_code, "identique" in verified.output) == (0, True)


def published(server: LiveServer) -> dict[str, float]:
    """The territory's published scores by family title, from the stored answers."""
    with closing(open_database(server.database)) as db:
        campaign = campaign_by_slug(db, SLUG)
        assert campaign
        territory = campaign_profile(db, campaign).territory
    titles = {family.code: family.title for family in campaign.grid.families}
    return {titles[row.family]: row.score for row in territory.itertuples() if row.published}


def check_documents(files: dict[str, bytes], scores: dict[str, float]) -> None:
    """Each document says the published figures, and what the reviewer wrote."""
    said = orjson.loads(files["json"])
    figures = [row["score"] for row in said["territory"] if row["published"]]
    assert figures == pytest.approx(list(scores.values()))
    assert said["adoption"]
    deck = Presentation(BytesIO(files["pptx"]))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    radar = next(chart for chart in charts if chart.chart_type == XL_CHART_TYPE.RADAR_MARKERS)
    drawn = dict(zip(radar.plots[0].categories, radar.plots[0].series[0].values, strict=True))
    assert drawn == pytest.approx(scores)
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    assert LEVEL in notes
    book = openpyxl.load_workbook(BytesIO(files["xlsx"]))
    head, *rows = book["Territoire"].iter_rows(values_only=True)
    assert {row[head.index("Famille")]: row[head.index("Score")] for row in rows} == pytest.approx(scores, abs=0.005)
    assert REASON in "".join(str(cell) for row in book["Niveaux retenus"].values for cell in row)
    with pikepdf.open(BytesIO(files["pdf"])) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "pdfuaid" in str(pdf.open_metadata())


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_desk_is_passed_with_the_keyboard_alone(
    script: bool, open_page: Callable[..., Page], signed_in: dict[str, Any]
) -> None:
    page = open_page(java_script_enabled=script, **signed_in)
    page.goto("/campagnes/villeroche-2025/revue")
    expected = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
        .filter(one => one.checkVisibility()).map(one => one.textContent.trim())"""
    )
    reached = []
    for _press in expected:
        page.keyboard.press("Tab")
        words, outline, seen = page.evaluate(
            """() => { const one = document.activeElement, style = getComputedStyle(one);
            const box = one.getBoundingClientRect();
            return [one.textContent.trim(), style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
            box.bottom > 0 && box.top < innerHeight] }"""
        )
        assert outline >= 2, f"no focus is seen on « {words} »"
        assert seen, f"« {words} » has the focus outside the window"
        reached.append(words)
    assert reached == expected
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.body"), "the keyboard leaves the page at its end"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_family_is_judged_with_the_keyboard_alone(
    script: bool, open_page: Callable[..., Page], signed_in: dict[str, Any]
) -> None:
    page = open_page(java_script_enabled=script, **signed_in)
    page.goto("/campagnes/villeroche-2024/revue")
    tab_to(page, "Juger Faciliter" if script else "Juger S’ouvrir")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ce que vous retenez")).to_be_visible()
    tab_to(page, "Garder le score tel quel")
    for _level in range(5):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Parce que.")
    tab_to(page, "Enregistrer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("enregistré")
    expect(page.get_by_role("radio", name=LEVEL)).to_be_checked()
    expect(page.get_by_label("Pourquoi ce niveau")).to_have_value("Parce que.")


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus is called that."""
    for _press in range(90):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "(document.activeElement.labels?.[0] ?? document.activeElement).textContent.replace(/\\s+/g, ' ').trim()"
        )
        if name == words:
            return
    pytest.fail(f"« {words} » is never reached")


def test_two_reviewers_at_once_lose_nothing(open_page: Callable[..., Page], signed_in: dict[str, Any]) -> None:
    ana, bob = open_page(**signed_in), open_page(**signed_in)
    for page in (ana, bob):
        page.goto("/campagnes/villeroche-2023/revue/note")
    for page, words in ((ana, "Le texte d’Ana"), (bob, "Le texte de Bob")):
        page.get_by_label("Avancement").fill(words)
        page.get_by_role("button", name="Enregistrer la note").click()
    expect(bob.get_by_role("main")).to_contain_text("Le texte d’Ana")
    expect(bob.get_by_label("Avancement")).to_have_value("Le texte de Bob")
    bob.get_by_label("Avancement").fill("Le texte d’Ana, puis celui de Bob")
    bob.get_by_role("button", name="Enregistrer la note").click()
    ana.goto("/campagnes/villeroche-2023/revue/note")
    expect(ana.get_by_label("Avancement")).to_have_value(re.compile("puis celui de Bob"))
