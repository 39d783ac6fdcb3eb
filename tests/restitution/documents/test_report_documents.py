"""The documents of a campaign, opened by other libraries: native charts, alternative texts, safe, repeatable."""

import csv
import io
import itertools
import re
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import orjson
import pandas as pd
import pikepdf
import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Inches

import scoring
from restitution.campaign_facts import ComparedCampaign
from restitution.chart_data.colours import LIGHT
from restitution.documents.catalogue import catalogue
from restitution.documents.office.pptx_elements import THEME
from restitution.documents.office.pptx_layouts import layout_names
from restitution.documents.report import Report, TeamSlide
from restitution.review_texts import Adoption, NotePart, Retained
from storage.campaigns.campaigns import campaign_by_slug, campaigns_of
from storage.core.database import open_database
from storage.responses.computed.answer_frames import answers_frame
from storage.responses.computed.profiles import campaign_profile, rules_of
from tests.conftest import settings_for
from tests.restitution.documents.typed import TYPED

MADE = date(2026, 6, 1)
FULL, SILENT, FIRST = "villeroche-2026", "saint-aubin-des-pres-2024", "villeroche-2023"
HOSTILE = '=HYPERLINK("http://x")'
RUN = ("=", "+", "-", "@", "\t", "\r")
MAKE = {document.suffix: document.make for document in catalogue()}

Reports = Callable[[str], Report]


@pytest.fixture(scope="module")
def reports(demo_folder: Path) -> Reports:
    """The report of a campaign of the demonstration, with a review that was adopted."""

    @cache
    def made(slug: str) -> Report:
        with closing(open_database(settings_for(demo_folder).database)) as db:
            campaign = campaign_by_slug(db, slug)
            assert campaign is not None
            campaigns = [one for one in campaigns_of(db, campaign.territory) if one.year <= campaign.year]
            return Report(
                campaign.territory.name,
                campaign.name,
                tuple(ComparedCampaign(str(one.year), one.year, campaign_profile(db, one)) for one in campaigns),
                {college.code: college.label for college in campaign.colleges},
                "collecte close le 10 avril 2026",
                made=MADE,
                warning="Territoire fictif — données de démonstration",
                retained=(Retained("CON", 3, "Le répertoire est tenu à jour.", "Le café du samedi.", "Les relais."),),
                note=(NotePart("Avancement", "Trois formations ont eu lieu."),),
                adoption=Adoption(2, date(2026, 5, 20), "Camille Essai", "ab" * 32),
            )

    return made


@pytest.fixture(scope="module")
def files(reports: Reports) -> Callable[[str, str], bytes]:
    """One document of a campaign, made once."""
    return cache(lambda slug, suffix: MAKE[suffix](reports(slug)))


def opened_deck(content: bytes):
    return Presentation(io.BytesIO(content))


def graphics(deck) -> list:
    return [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart or shape.has_table]


def deck_text(deck) -> str:
    """Every word of the slides and of their notes."""
    texts = []
    for slide in deck.slides:
        texts += [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        texts += [c.text for s in slide.shapes if s.has_table for row in s.table.rows for c in row.cells]
        texts.append(slide.notes_slide.notes_text_frame.text)
    return "\n".join(texts)


def book_text(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def zip_files(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


@pytest.mark.parametrize("suffix", MAKE)
@pytest.mark.parametrize("slug", [FULL, SILENT])
def test_the_same_report_gives_the_same_bytes(suffix: str, slug: str, reports: Reports, files) -> None:
    assert MAKE[suffix](replace(reports(slug))) == files(slug, suffix)
    assert MAKE[suffix](replace(reports(slug), made=date(2027, 1, 1))) != files(slug, suffix)


@pytest.mark.parametrize("year", [1970, 1979, 2108])
@pytest.mark.parametrize("suffix", MAKE)
def test_a_machine_whose_clock_is_wrong_by_decades_makes_every_document(
    suffix: str, year: int, reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The zip format knows the years from 1980 to 2107 only; two of the libraries read the clock by themselves."""
    then = time.struct_time((year, 1, 1, 0, 0, 0, 3, 1, 0))
    monkeypatch.setattr("time.localtime", lambda *_: then)
    content = MAKE[suffix](replace(reports(FULL), made=date(year, 1, 1)))
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.testzip() is None
            assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


@pytest.mark.parametrize("suffix", MAKE)
def test_answers_that_are_hidden_move_no_byte(suffix: str, reports: Reports, files, demo_folder: Path) -> None:
    """In the silent campaign two colleges are below k: whatever they answered, each document is the same."""
    with closing(open_database(settings_for(demo_folder).database)) as db:
        campaign = campaign_by_slug(db, SILENT)
        answers = answers_frame(db, campaign).astype(object)
        hidden = answers["college"].isin(["associations", "habitants"]) & (answers["mode"] != "atelier")
        assert 0 < hidden.sum() < len(answers)
        answers.loc[hidden, [skill.code for skill in campaign.grid.skills if skill.core]] = 4
        other = scoring.profile(answers, campaign.grid, rules_of(campaign))
    report = reports(SILENT)
    changed = replace(report, campaigns=(*report.campaigns[:-1], replace(report.campaigns[-1], profile=other)))
    assert MAKE[suffix](changed) == files(SILENT, suffix)


def test_every_document_says_what_it_is(files, reports: Reports) -> None:
    report = reports(FULL)
    said = {
        "pptx": deck_text(opened_deck(files(FULL, "pptx"))),
        "xlsx": book_text(files(FULL, "xlsx")),
        "zip": zip_files(files(FULL, "zip"))["LISEZMOI.txt"],
    }
    for text in said.values():
        for _name, value in report.facts:
            assert value in text
        for meaning, _value in report.rules:
            assert meaning in text
    assert "grille 2026.1, proposition du projet" in said["pptx"]
    assert "1er juin 2026" in said["xlsx"]
    assert orjson.loads(files(FULL, "json"))["campaign"]["grid_status"] == report.status


def test_the_deck_has_native_charts_that_hold_the_published_figures(files, reports: Reports) -> None:
    deck, report = opened_deck(files(FULL, "pptx")), reports(FULL)
    charts = [shape.chart for shape in graphics(deck) if shape.has_chart]
    kinds = {chart.chart_type for chart in charts}
    assert {XL_CHART_TYPE.RADAR_MARKERS, XL_CHART_TYPE.LINE_MARKERS, XL_CHART_TYPE.BAR_CLUSTERED} <= kinds
    radar = next(chart for chart in charts if chart.chart_type == XL_CHART_TYPE.RADAR_MARKERS)
    shown = {series.name: tuple(series.values) for series in radar.plots[0].series}
    assert shown == {series.label: series.values for series in report.radar.series}
    assert list(radar.plots[0].categories) == [axis.title for axis in report.axes]
    workbook = openpyxl.load_workbook(io.BytesIO(radar.part.chart_workbook.xlsx_part.blob))
    assert workbook.active["B2"].value == report.radar.series[0].values[0]


@pytest.mark.parametrize("slug", [FULL, SILENT, FIRST])
def test_each_slide_has_its_title_its_notes_and_described_charts(slug: str, files) -> None:
    deck = opened_deck(files(slug, "pptx"))
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text.strip()
        assert len(slide.notes_slide.notes_text_frame.text) > len(slide.shapes.title.text_frame.text)
    for shape in graphics(deck):
        assert shape._element.nvGraphicFramePr.cNvPr.get("descr")
        assert shape.left >= 0
        assert shape.left + shape.width <= deck.slide_width
        assert shape.top + shape.height <= deck.slide_height


def test_a_hidden_score_is_a_gap_in_the_deck_and_an_empty_cell_in_the_workbook(files) -> None:
    charts = [shape.chart for shape in graphics(opened_deck(files(SILENT, "pptx"))) if shape.has_chart]
    radar = next(chart for chart in charts if chart.chart_type == XL_CHART_TYPE.RADAR_MARKERS)
    assert tuple(radar.plots[0].series[0].values) == (None,) * 5
    book = openpyxl.load_workbook(io.BytesIO(files(SILENT, "xlsx")))
    columns = list(zip(*book["Radar et trajectoires"].iter_rows(min_row=1, max_row=6, values_only=True), strict=True))
    assert columns[-1] == ("2024", None, None, None, None, None)
    assert None not in columns[1]


def test_the_workbook_has_native_charts_and_explains_every_column(files) -> None:
    content = files(FULL, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        charts = "".join(parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/"))
        drawings = "".join(parts.read(name).decode() for name in parts.namelist() if "drawings/drawing" in name)
    assert "<c:radarChart>" in charts
    assert charts.count("<c:lineChart>") == 2
    assert drawings.count("descr=") == 3
    explained = {row[1] for row in book["Dictionnaire"].iter_rows(min_row=2, values_only=True)}
    for name in ("Territoire", "Familles", "Savoir-faire", "Vagues", "Évolution", "Niveaux retenus"):
        assert {cell.value for cell in book[name][1]} <= explained


def test_each_csv_file_follows_its_schema(files) -> None:
    found = zip_files(files(FULL, "zip"))
    package = orjson.loads(found["datapackage.json"])
    assert {one["path"] for one in package["resources"]} == {name for name in found if name.endswith(".csv")}
    types = {"string": str, "integer": int, "number": float, "boolean": ("true", "false").index}
    for resource in package["resources"]:
        header, *rows = csv.reader(io.StringIO(found[resource["path"]]))
        fields = resource["schema"]["fields"]
        assert header == [field["name"] for field in fields]
        assert rows
        assert all(field["description"] for field in fields)
        for row in rows:
            for field, cell in zip(fields, row, strict=True):
                assert cell == "" or types[field["type"]](cell) is not None
    skills = pd.read_csv(io.StringIO(found["skills.csv"]))
    assert len(skills) == 28 * 6


def test_the_pdf_is_tagged_in_french_and_describes_its_charts(files, reports: Reports) -> None:
    with pikepdf.open(io.BytesIO(files(FULL, "pdf"))) as pdf:
        assert str(pdf.Root.Lang).startswith("fr")
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == reports(FULL).title.replace(" – ", " – 2026 – ", 1)
        tags = list(tags_of(pdf.Root.StructTreeRoot))
        figures = [str(tag.Alt) for tag in tags if tag.S == "/Figure"]
        names = {str(tag.S) for tag in tags if "/S" in tag}
    assert {"/H1", "/H2", "/Table", "/TH", "/L"} <= names
    assert len(figures) == 2 + len(reports(FULL).panels)
    assert all(len(alt) > 30 for alt in figures)
    assert "Connecter 2,69" in figures[0]


@pytest.mark.parametrize("slug", [FULL, SILENT, FIRST])
def test_the_pdf_keeps_the_rules_of_pdf_ua(slug: str, files) -> None:
    """What ISO 14289-1 asks and a program can check: no validator is needed to run the suite."""
    with pikepdf.open(io.BytesIO(files(slug, "pdf"))) as pdf:
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert all(page.obj.Tabs == "/S" for page in pdf.pages)
        fonts = [font for page in pdf.pages for font in page.obj.Resources.get("/Font", {}).values()]
        assert fonts
        assert all(embedded(font) and "/ToUnicode" in font for font in fonts)
        tags = list(tags_of(pdf.Root.StructTreeRoot))
        for tag in tags:
            if tag.S == "/Figure":
                assert str(tag.Alt).endswith(".")
            if tag.S == "/Table":
                heads = [cell for cell in tags_of(tag) if cell.S == "/TH"]
                assert heads, "a table has a header cell"
                assert all(attribute(head, "/Scope") in {"/Column", "/Row", "/Both"} for head in heads)
            if tag.S == "/LI":
                assert "/LBody" in {str(one.S) for one in tags_of(tag)}
        levels = [int(str(tag.S)[2]) for tag in tags if str(tag.S)[:2] == "/H" and str(tag.S)[2:].isdigit()]
        assert levels[0] == 1
        assert all(level - before <= 1 for before, level in itertools.pairwise(levels)), (
            "no level of heading is skipped"
        )


def embedded(font) -> bool:
    """Whether the letters of a font are in the file."""
    inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    return bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys()))


def attribute(tag, name: str) -> str:
    """An attribute of a structure element, wherever it is kept."""
    kept = tag.get("/A", [])
    for one in kept if isinstance(kept, pikepdf.Array) else [kept]:
        if name in one:
            return str(one[name])
    return ""


def tags_of(tag):
    """Every structure element under one."""
    kids = tag.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from tags_of(kid)


def hostile(report: Report) -> Report:
    """The same report, everything that people can type made to look like a formula."""
    return replace(
        report,
        territory=HOSTILE,
        name="+1",
        colleges=dict.fromkeys(report.colleges, "@college"),
        retained=(Retained("CON", 3, "-1+1", HOSTILE, "\t=1"),),
        note=(NotePart("=titre", "+texte"),),
        campaigns=tuple(replace(campaign, label=f"={campaign.label}") for campaign in report.campaigns),
    )


def test_nothing_that_people_type_is_run_by_a_spreadsheet(reports: Reports) -> None:
    report = hostile(reports(FULL))
    book = openpyxl.load_workbook(io.BytesIO(MAKE["xlsx"](report)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell.value for cell in cells if cell.data_type == "s" and cell.value.startswith(RUN)]
    for name, text in zip_files(MAKE["zip"](report)).items():
        if name.endswith(".csv"):
            texts = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
            assert not [cell for cell in texts if cell.startswith(RUN) and not is_number(cell)]
    deck = opened_deck(MAKE["pptx"](report))
    for shape in graphics(deck):
        if shape.has_chart:
            data = openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob)).active
            values = [cell for row in data.iter_rows() for cell in row if cell.value is not None]
            assert not [cell for cell in values if cell.data_type == "f"]
            assert not [cell for cell in values if isinstance(cell.value, str) and cell.value.startswith(RUN)]


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_what_people_type_is_never_read_as_typst(reports: Reports) -> None:
    report = replace(reports(FULL), territory='#panic("x") $a$ *b*', note=(NotePart("#let", '#read("/etc/passwd")'),))
    assert MAKE["pdf"](report).startswith(b"%PDF")


@pytest.mark.parametrize(
    "typed", [" ".join(TYPED), TYPED[4], "x" * 200], ids=["all at once", "controls", "a long word"]
)
def test_whatever_is_typed_every_document_is_made_and_opens(typed: str, reports: Reports) -> None:
    report = with_everywhere(reports(SILENT), typed)
    for suffix, make in MAKE.items():
        assert CAN_BE_OPENED[suffix](make(report))


def with_everywhere(report: Report, typed: str) -> Report:
    """The report as if that had been typed in every field which a document shows, the grid's included."""
    grid = report.profile.grid
    family = grid.families[0].model_copy(update={"title": typed, "description": typed})
    profile = replace(
        report.profile, grid=grid.model_copy(update={"title": typed, "families": (family, *grid.families[1:])})
    )
    return replace(
        report,
        territory=typed,
        name=typed,
        campaigns=(*report.campaigns[:-1], replace(report.campaigns[-1], label=typed, profile=profile)),
        colleges=dict.fromkeys(report.colleges, typed),
        collected=typed,
        retained=(Retained(family.code, 3, typed, typed, typed),),
        note=(NotePart(typed, typed), NotePart("Longue", (typed + "\n") * 9)),
        adoption=Adoption(2, date(2026, 5, 20), typed, "ab" * 32),
    )


CAN_BE_OPENED: dict[str, Callable[[bytes], object]] = {
    "pdf": lambda content: pikepdf.open(io.BytesIO(content)).pages,
    "pptx": lambda content: deck_text(opened_deck(content)),
    "xlsx": book_text,
    "zip": zip_files,
    "json": orjson.loads,
}


def test_reviewers_texts_that_are_not_adopted_say_so(reports: Reports) -> None:
    draft = replace(reports(FULL), adoption=None, draft=True)
    assert "version de travail, non adoptée" in deck_text(opened_deck(MAKE["pptx"](draft)))
    assert "version de travail, non adoptée" in book_text(MAKE["xlsx"](draft))


def test_short_parts_of_a_note_share_a_slide_and_long_ones_have_their_own(reports: Reports) -> None:
    def titles(*texts: str) -> list[str]:
        note = tuple(NotePart(f"Partie {place}", text) for place, text in enumerate(texts))
        deck = opened_deck(MAKE["pptx"](replace(reports(SILENT), note=note)))
        written = [slide.shapes.title.text_frame.text for slide in deck.slides]
        assert all(text.split("\n")[0] in deck_text(deck) for text in texts)
        return [title for title in written if title.startswith(("Partie", "Le regard"))]

    assert titles("Un", "Deux\ntrois", "Quatre", "Cinq", "Six") == ["Le regard du prestataire"] * 2
    assert titles("Un", "Long " * 60, "Deux") == ["Partie 0", "Partie 1", "Partie 2"]


def test_the_deck_follows_the_order_of_the_session_and_holds_the_slides_of_its_team(reports: Reports) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (300, 150)).save(picture, "PNG")
    own = {
        "texte-1": TeamSlide("Notre fête", "Une ligne\nune autre", picture.getvalue()),
        "texte-2": TeamSlide("Suivez-nous", "", link="https://exemple.fr/suite"),
    }
    made = replace(reports(FULL), arranged=lambda _names: ["texte-1", "decide", "rules", "texte-2"], team_slides=own)
    slides = list(Presentation(io.BytesIO(MAKE["pptx"](made))).slides)
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert titles[1] == "Notre fête"
    assert titles[2].startswith("À nous de décider")
    assert titles[3:5] == ["Quatre règles pour bien se parler", "Suivez-nous"]
    assert titles[5].startswith("Comment ces chiffres ont été faits")  # said whatever a session leaves out
    assert len(titles) == 6
    drawn = [[one for one in slide.shapes if hasattr(one, "image")] for slide in slides]
    assert [len(one) for one in drawn] == [0, 1, 0, 0, 1, 0]
    (photo,) = drawn[1]
    assert photo.width / photo.height == pytest.approx(2, rel=0.01)
    assert photo.left + photo.width <= Inches(13.34)
    fields = [slide.element.findall(".//{*}fld[@type='slidenum']") for slide in slides]
    assert all(len(one) == 1 for one in fields)


def test_a_master_and_layouts_hold_the_look_of_the_deck(files) -> None:
    deck = opened_deck(files(FULL, "pptx"))
    assert [layout.name for layout in deck.slide_layouts] == list(layout_names().values())
    ribbon = [one for one in deck.slide_master.shapes if one.name.startswith("Ruban")]
    colours = [one.fill.fore_color.theme_color for one in ribbon]
    assert colours == [getattr(MSO_THEME_COLOR, f"ACCENT_{position}") for position in range(1, 6)]
    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob.decode()
    for name, slot in THEME.items():
        assert f'<a:{slot}><a:srgbClr val="{LIGHT[name][1:].upper()}"/></a:{slot}>' in theme
    assert re.findall(r'Font><a:latin typeface="(\w+)"', theme) == ["Georgia", "Arial"]


@pytest.mark.parametrize("slug", [FULL, SILENT])
def test_what_a_slide_says_is_in_places_of_its_layout(slug: str, files) -> None:
    deck = opened_deck(files(slug, "pptx"))
    for slide in deck.slides:
        assert all(one.is_placeholder for one in slide.shapes)
        kinds = [one.placeholder_format.type for one in slide.placeholders]
        assert kinds.count(PP_PLACEHOLDER.FOOTER) == kinds.count(PP_PLACEHOLDER.SLIDE_NUMBER) == 1
        empty = [one for one in slide.placeholders if one.has_text_frame and not one.text_frame.text]
        assert not empty
        xml = etree.tostring(slide.element).decode()
        assert "<a:latin" not in xml  # faces are the theme's, and so are colours
        assert set(re.findall(r'srgbClr val="(\w+)"', xml)) <= {"FFFFFF"}
