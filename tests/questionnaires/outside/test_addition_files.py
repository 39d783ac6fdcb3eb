"""Files of easy words and translations: what comes out comes back in; all that is wrong is said at once, by line."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from lxml import etree  # type: ignore[import-untyped]
from openpyxl.workbook import Workbook

import grille
from grille.additions.checking import Addition, CheckedAddition, Entry
from grille.additions.files import AdditionFile, Change
from grille.additions.places import digest
from grille.loading import load_text
from questionnaires.outside.grid_workbook import read_addition_workbook
from questionnaires.outside.xliff import addition_xliff, read_addition_xliff
from restitution.documents.office.grid_workbook import addition_xlsx
from tests.grille.additions.test_additions import DAY
from tests.grille.conftest import SMALL

Read = Callable[[bytes, CheckedAddition, str], AdditionFile]
NAMES = {"x": "urn:oasis:names:tc:xliff:document:2.0"}


@pytest.fixture(scope="module")
def checked() -> CheckedAddition:
    """A small grid of which two texts are written, one of them reviewed, and one that no longer says what it did."""
    grid = load_text(SMALL.encode(), "petite.yaml")
    title, level = "title", f"levels/{grid.lowest}/label"
    entries = {
        title: Entry("A <small> grid & more", digest(grid.title), reviewer="Ana", reviewed_at=DAY),
        level: Entry("=Not yet", digest(grid.levels[0].label)),
        f"families/{grid.families[0].code}/title": Entry("Old", digest("before")),
    }
    return CheckedAddition(grid, Addition("en", entries, revision="7.abc"))


def refused(read: Read, content: bytes, checked: CheckedAddition) -> list[str]:
    with pytest.raises(grille.GridErrors) as refusal:
        read(content, checked, "t")
    return [str(one).replace("\u00a0", " ") for one in refusal.value.problems]


def book(checked: CheckedAddition, change: Callable[[Workbook], object]) -> bytes:
    """The workbook of an addition, once somebody has worked in it."""
    opened, content = openpyxl.load_workbook(io.BytesIO(addition_xlsx(checked))), io.BytesIO()
    change(opened)
    opened.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("write", "read"), [(addition_xlsx, read_addition_workbook), (addition_xliff, read_addition_xliff)]
)
def test_what_comes_out_comes_back_in(
    write: Callable[[CheckedAddition], bytes], read: Read, checked: CheckedAddition
) -> None:
    found = read(write(checked), checked, "t")
    assert found.revision == "7.abc"
    said = {one.place: (one.text, one.source, one.reviewer) for one in found.changes}
    assert said == {place: (one.text, one.source, one.reviewer or None) for place, one in checked.entries.items()}
    assert write(checked) == write(checked)


def test_xliff_is_version_2_with_a_named_unit_per_text(checked: CheckedAddition) -> None:
    root = etree.fromstring(addition_xliff(checked))
    assert (root.get("version"), root.get("srcLang"), root.get("trgLang")) == ("2.1", "fr", "en")
    assert [one.get("name") for one in root.iterfind(".//x:unit", NAMES)] == list(checked.sources)
    assert len({one.get("id") for one in root.iterfind(".//x:unit", NAMES)}) == len(checked.sources)
    states = [one.get("state") for one in root.iterfind(".//x:segment", NAMES)]
    assert states.count("reviewed") == 1
    assert states.count("translated") == 1
    for segment in root.iterfind(".//x:segment", NAMES):
        assert [etree.QName(one).localname for one in segment] in (["source"], ["source", "target"])


def test_a_source_that_a_file_has_from_another_version_is_kept_as_it_was(checked: CheckedAddition) -> None:
    root = etree.fromstring(addition_xliff(checked))
    unit = root.find(".//x:unit[@name='title']/x:segment", NAMES)
    unit.find("x:source", NAMES).text = "Un titre d’avant"
    unit.find("x:target", NAMES).text = "A title of before"
    unit.set("state", "translated")
    (change,) = [one for one in read_addition_xliff(etree.tostring(root), checked, "t").changes if one.place == "title"]
    assert change == Change("title", "A title of before", digest("Un titre d’avant"), None)


def test_every_mistake_of_an_xliff_file_is_said_at_once_with_its_line(checked: CheckedAddition) -> None:
    text = addition_xliff(checked).decode()
    text = text.replace('name="title"', 'name="titre"')
    text = text.replace("<target>=Not yet</target>", "<target>Not <pc id='1'>yet</pc></target>")
    text = text.replace('trgLang="en"', 'trgLang="es"').replace("essai/", "grande/")
    said = refused(read_addition_xliff, text.encode(), checked)
    assert any("t : ce fichier est celui de la grille « grande »" in one for one in said)
    assert any("ce fichier est en « es », et cette page en « en »" in one for one in said)
    assert any(one.startswith("t:7 : « titre » n’est la place d’aucun texte") for one in said), said
    assert any("contient des balises" in one for one in said)
    assert len(said) == 4


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<xliff", "ne s’ouvre pas"),
        (b"", "ne s’ouvre pas"),
        (b"PKnon", "ne s’ouvre pas"),
        (b"<html/>", "n’est pas du XLIFF 2"),
        (b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"/>', "XLIFF 1.2"),
        (b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1"/>', "aucun texte"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><xliff xmlns="urn:oasis:names:tc:xliff:document:2.0"/>', "DOCTYPE"),
    ],
)
def test_what_is_no_xliff_is_refused_by_a_sentence(content: bytes, words: str, checked: CheckedAddition) -> None:
    assert words in " ".join(refused(read_addition_xliff, content, checked))


def test_every_mistake_of_a_workbook_is_said_at_once_with_its_line(checked: CheckedAddition) -> None:
    def spoil(opened: Workbook) -> None:
        sheet = opened["Textes"]
        sheet["A2"] = "titre"
        sheet["A4"] = sheet["A3"].value
        sheet["C3"], sheet["C4"] = "One", "Two"
        sheet["C5"] = "=1+1"
        sheet["C6"] = "x" * 5_000

    said = refused(read_addition_workbook, book(checked, spoil), checked)
    assert [one.partition(" : ")[0] for one in said] == ["t:2", "t:4", "t:5", "t:6"]
    assert "est là deux fois" in said[1]
    assert "formule" in said[2]
    assert "5 000 signes" in said[3].replace("\u202f", " ") or "5000 signes" in said[3]


def test_a_workbook_without_its_sheet_or_its_columns_is_refused(checked: CheckedAddition) -> None:
    def without_column(opened: Workbook) -> None:
        opened["Textes"]["C1"] = "autre chose"

    assert (
        "il manque la colonne « nouveau texte »"
        in refused(read_addition_workbook, book(checked, without_column), checked)[0]
    )
    without_sheet = book(checked, lambda opened: opened.remove(opened["Textes"]))
    assert "la feuille « Textes » manque" in refused(read_addition_workbook, without_sheet, checked)[0]
