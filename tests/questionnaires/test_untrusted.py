"""Malicious files: each is refused with a sentence, within limits that the kernel enforces."""

import io
import zipfile
from typing import Any
from unittest.mock import Mock

import pytest

from grille import current
from questionnaires import workbooks
from questionnaires.answers_table import AnswersErrors
from questionnaires.column_mapping import ColumnMapping, read_mapping
from questionnaires.mapped_table import read_foreign
from questionnaires.untrusted import bounded_start, process
from questionnaires.untrusted.process import Limits, ReadingBusy, ReadingStopped, run
from tests.questionnaires.archives import HEADER, Member, archive, deflated, parts, repeated, row, workbook, zipped

GOOD = HEADER + row(2, "elus", "3", "2")
TEXT, MAPPING = b"college;COO-1\nelus;3\n", b"colonne;valeur;devient\nQ1;;COO-1\n"
BOMB = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def refused(content: bytes) -> str:
    with pytest.raises(AnswersErrors) as errors:
        read_foreign(content, "x.xlsx", current())
    return "\n".join(map(str, errors.value.problems))


def lying(name: str, member: Member) -> bytes:
    """A good workbook of which one part is replaced."""
    kept = [deflated(other, content) for other, content in parts(GOOD, texts="<si/>").items() if other != name]
    return archive(*kept, member)


SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
BLOCKS = 200  # of a megabyte: beyond what is unfolded, in a file small enough to be sent
LONG = "a" * 30_000
BOMBS: dict[str, tuple[Any, str]] = {
    "last column": (lambda: workbook(GOOD + row(3, '<c r="XFD3"><v>1</v></c>')), "XFD3"),
    "beyond the last column": (lambda: workbook(GOOD + row(3, '<c r="ZZZZZ3"><v>1</v></c>')), "au-delà de la 1 000"),
    "row two billion": (lambda: workbook(GOOD + row(2_000_000_000, "elus", "3")), "au-delà"),
    "row of a googol": (lambda: workbook(GOOD + row(int("9" * 60), "elus")), "au-delà"),
    "row that is none": (lambda: workbook(GOOD.replace('r="2"', 'r="inf"')), "ne s’ouvre pas"),
    "many rows": (lambda: workbook(HEADER + "<row><c><v>1</v></c></row>" * 20_001), "plus de 20000 lignes"),
    "one text a hundred thousand times": (
        lambda: workbook(HEADER + '<row><c t="s"><v>0</v></c></row>' * 9_000, texts=f"<si><t>{LONG}</t></si>"),
        "trop lourd",
    ),
    "long text": (lambda: workbook(HEADER + row(2, "a" * 200_000)), "trop lourd"),
    "a gigabyte of shared texts": (
        lambda: lying(TEXTS, repeated(TEXTS, b"<sst>", b"<si><t>abcdefgh</t></si>" * 43_691, BLOCKS, 100)),
        "ne s’ouvre pas",
    ),
    "a gigabyte of shared texts, said": (
        lambda: lying(TEXTS, repeated(TEXTS, b"<sst>", b"<si><t>abcdefgh</t></si>" * 43_691, BLOCKS, 1 << 30)),
        "trop lourd",
    ),
    "declared larger than it is": (
        lambda: lying(SHEET, deflated(SHEET, b"<worksheet/>", declared=9_999)),
        "aucune réponse",
    ),
    "zip64 lie": (
        lambda: lying(
            SHEET,
            Member(SHEET, b"\x03\x00", 0xFFFFFFFF, extra=b"\x01\x00\x08\x00" + b"\xff" * 7 + b"\x7f"),
        ),
        "trop lourd",
    ),
    "zip64 lie cut short": (
        lambda: lying(SHEET, Member(SHEET, b"\x03\x00", 0xFFFFFFFF, extra=b"\x01\x00\x02\x00\xff\xff")),
        "ne s’ouvre",
    ),
    "another compression": (
        lambda: lying(SHEET, Member(SHEET, b"BZh9", 9, method=zipfile.ZIP_BZIP2)),
        "ne s’ouvre pas",
    ),
    "encrypted member": (lambda: lying(SHEET, Member(SHEET, b"x" * 40, 28, flags=1)), "mot de passe"),
    "encrypted workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "mot de passe"),
    "damaged member": (lambda: lying(SHEET, Member(SHEET, b"\xff" * 40, 28)), "ne s’ouvre pas"),
    "cut short": (lambda: workbook(GOOD)[:-30], "ne s’ouvre pas"),
    "a part twice": (lambda: archive(*[deflated(SHEET, b"<x/>")] * 2), "ne s’ouvre pas"),
    "an archive in an archive": (lambda: zipped({"a.zip": zipped({"b.zip": workbook(GOOD)})}), "ne s’ouvre pas"),
    "many members": (lambda: archive(*(Member(f"{n}", b"\x03\x00", 0) for n in range(20_000))), "trop de morceaux"),
    "entities in a sheet": (lambda: workbook(f"{BOMB}]><worksheet>&i;</worksheet>"), "ne s’ouvre pas"),
    "entities in shared texts": (lambda: workbook(GOOD, texts=f"{BOMB}]><sst>&i;</sst>"), "ne s’ouvre pas"),
    "entities in the list of sheets": (lambda: workbook(GOOD, book=f"{BOMB}]><workbook>&i;</workbook>"), "ne s’ouvre"),
    "entities in the styles": (
        lambda: workbook(row(1, "college", "COO-9"), styles=f"{BOMB}]><styleSheet>&i;</styleSheet>"),
        "aucune réponse",
    ),
    "a file outside": (
        lambda: workbook('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'),
        "ne s’ouvre pas",
    ),
    "elements in elements": (lambda: workbook(GOOD + "<a>" * 200_000), "ne s’ouvre pas"),
    "a text that is not there": (lambda: workbook(GOOD + '<row><c t="s"><v>7</v></c></row>'), "ne s’ouvre pas"),
    "an XLSB": (lambda: zipped({"xl/workbook.bin": b"x"}), "pas au format XLSX"),
    "an ODS called XLSX": (lambda: zipped({"mimetype": b"x", "content.xml": b"<x/>"}), "pas au format XLSX"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_with_a_sentence(name: str) -> None:
    make, sentence = BOMBS[name]
    content = make()
    assert len(content) < 2_500_000
    assert sentence in refused(content)


def test_a_cell_that_says_nothing_costs_nothing_wherever_it_stands() -> None:
    far = '<c r="XFD{n}" s="1"/>'
    rows = "".join(row(n, "elus", "3", far.format(n=n)) for n in range(2, 2_000))
    table = read_foreign(workbook(HEADER + rows + '<row r="2000000000"/>'), "x.xlsx", current())
    assert len(table.frame) == 1_998


@pytest.mark.parametrize(
    "limits", [Limits(megabytes=6), Limits(cpu_seconds=0), Limits(seconds=0.001), Limits(output_megabytes=0)]
)
def test_a_process_that_goes_beyond_a_limit_is_stopped(limits: Limits) -> None:
    with pytest.raises(ReadingStopped):
        run("workbook", workbook(GOOD), "20", "99", limits=limits)


def test_a_large_table_that_is_honest_is_within_the_limits() -> None:
    texts = "".join(f"<si><t>texte {n}</t></si>" for n in range(100_000))
    lines = range(0, 95_000, 5)
    cells = "".join(row(None, *(f'<c t="s"><v>{first + n}</v></c>' for n in range(5))) for first in lines)
    with run("workbook", workbook(HEADER + cells, texts=texts), "20001", "500000") as output:
        assert output.read().count(b"\n") == 19_002


@pytest.mark.parametrize("content", [workbook(GOOD), TEXT], ids=["workbook", "text"])
def test_what_was_stopped_is_said_and_so_is_a_wait(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    for failure, sentence in ((ReadingStopped, "trop lourd"), (ReadingBusy, "renvoyez celui-ci dans une minute")):
        monkeypatch.setattr(workbooks, "run", Mock(side_effect=failure))
        assert sentence in refused(content)


def test_nothing_is_opened_where_a_process_cannot_limit_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    refusing = "import resource\ndef refuse(*_): raise OSError(1)\nresource.setrlimit = refuse\n"
    monkeypatch.setattr(bounded_start, "_START", refusing + bounded_start._START)
    for content in (workbook(GOOD), TEXT):
        assert "prévenez la personne qui l’installe" in refused(content)
    with pytest.raises(AnswersErrors, match="prévenez la personne qui l’installe"):
        read_mapping(MAPPING, "k.csv")


TEXT_BOMBS = {
    "one line of 18 MB": (("é;" * 6_000_000 + "🙂").encode(), "trop lourd une fois lu"),
    "a header of a million names": (b"a;" * 1_000_000, "plus de 1000 colonnes"),
    "one cell of many lines": (TEXT + b'elus;"' + b"x\n" * 300_000, "jamais refermé, ou"),
    "quotes": (TEXT + b'"' * 400_001, "jamais refermé, ou"),
    "many lines": (TEXT + b"elus;1\n" * 300_000, "plus de 20000 lignes"),
    "nothing but zeros": (b"\x00" * 2_000_000, "UTF-16"),
    "blank lines": (b"\n" * 400_000, "vide"),
    "many short lines": (TEXT + b"elus\n" * 30_000, "et 29\u202f000 autres"),
}


@pytest.mark.parametrize("name", TEXT_BOMBS)
def test_a_text_that_costs_too_much_is_refused_apart(name: str) -> None:
    content, sentence = TEXT_BOMBS[name]
    with pytest.raises(AnswersErrors) as errors:
        read_foreign(content, "x.csv", current())
    assert sentence in "\n".join(errors.value.lines(limit=1_000))
    with pytest.raises(AnswersErrors):
        read_mapping(content, "k.csv")


def test_what_the_process_found_in_a_text_is_said_as_it_is() -> None:
    accents = "Enquête 2026;;\ncollege;COO-1\nélus \U0001f642;2\nelus;3;4\nelus;3\n".encode()
    with pytest.raises(AnswersErrors) as errors:
        read_foreign(accents, "x.csv", current())
    (problem,) = [one for one in errors.value.problems if one.line == 4]
    assert "cette ligne a 3 cellules pour 2 colonnes" in problem.message
    table = read_foreign(
        accents.replace(b";4\n", b"\n").replace("élus \U0001f642".encode(), b"elus"), "x.csv", current()
    )
    assert table.lines == [3, 4, 5]
    assert table.remarks == ("Les noms de colonnes sont lus à la ligne 2 ; rien au-dessus n’est lu.",)


def test_a_large_text_that_is_honest_is_within_the_limits() -> None:
    rows = b"".join(b'elus;3;"%s"\n' % (b"\xc3\xa9" * 400) for _ in range(20_000))
    table = read_foreign(b"college;COO-1;remarque\n" + rows, "x.csv", current(), ColumnMapping({"remarque": ""}))
    assert len(table.frame) == 20_000


def test_one_file_is_read_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_PATIENCE", 0)
    with process._one_at_a_time, pytest.raises(ReadingBusy):
        run("workbook", workbook(GOOD), "20", "99")


def test_a_workbook_written_to_a_pipe_is_read() -> None:
    class Pipe(io.RawIOBase):
        """A file that cannot go back: sizes come after the members, in data descriptors."""

        def __init__(self) -> None:
            self.written = b""

        def writable(self) -> bool:
            return True

        def write(self, content: Any) -> int:
            self.written += bytes(content)
            return len(content)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as target:  # type: ignore[arg-type]
        for name, content in parts(GOOD).items():
            with target.open(name, "w", force_zip64=True) as file:
                file.write(content)
    assert len(read_foreign(pipe.written, "x.xlsx", current()).frame) == 1


def test_cells_are_counted() -> None:
    with run("workbook", workbook(GOOD), "20", "5") as output:
        assert b'"refused": "cells"' in output.read()
