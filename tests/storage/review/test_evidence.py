"""Evidence: safe file types detected by content, harmless names, stored by hash, readable by the owner only."""

import stat
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest

from storage.accounts.accounts import Account, create_account
from storage.campaigns.campaigns import Campaign
from storage.core.engine import Database
from storage.review.evidence import (
    AddressRefused,
    add_address,
    add_file,
    checked_address,
    evidence_of,
    file_path,
    find_evidence,
    remove_evidence,
)
from storage.review.file_types import LONGEST_NAME, MEDIA_TYPES, FileRefused, neutral_name, recognised
from tests.questionnaires.archives import Member, deflated, repeated
from tests.questionnaires.archives import archive as archive_as_written

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <<>> endobj"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF"


def archive(**members: bytes) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as zipped:
        for name, content in members.items():
            zipped.writestr(name.replace("__", "/").replace("_X_", "[Content_Types].xml"), content)
    return buffer.getvalue()


def open_document(kind: str, **more: bytes) -> bytes:
    return archive(mimetype=MEDIA_TYPES[kind].encode(), **{"content.xml": b"<x/>"}, **more)


def office(folder: str, **more: bytes) -> bytes:
    return archive(_X_=b"<Types/>", **{f"{folder}__document.xml": b"<x/>"}, **more)


GOOD = {
    "pdf": PDF,
    "png": PNG,
    "jpg": JPEG,
    "jpeg": JPEG,
    "odt": open_document("odt"),
    "ods": open_document("ods"),
    "docx": office("word"),
    "xlsx": office("xl"),
    "txt": "Vu à la réunion du 3 mars.".encode(),
    "csv": "date;présents\n2026-03-03;41\n".encode("cp1252"),
}


@pytest.mark.parametrize("extension", MEDIA_TYPES)
def test_every_accepted_kind_is_recognised(extension: str) -> None:
    assert recognised(f"preuve.{extension.upper()}", GOOD[extension]) == MEDIA_TYPES[extension]


def test_no_kind_passes_under_the_name_of_another() -> None:
    same = [{"jpg", "jpeg"}, {"txt", "csv"}]
    for real, content in GOOD.items():
        for said in MEDIA_TYPES:
            if said == real or {said, real} in same or (said in {"txt", "csv"} and real == "pdf"):
                continue
            with pytest.raises(FileRefused):
                recognised(f"x.{said}", content)


# Small files that unfold without end: the media type a second time, for 200 MB; one of 200 MB that says 47 bytes.
KIND = MEDIA_TYPES["odt"].encode()
twice = archive_as_written(deflated("mimetype", KIND), repeated("mimetype", KIND, b"a" * 1_048_576, 200, 47))
endless = archive_as_written(repeated("mimetype", KIND, b"a" * 1_048_576, 200, 200 << 20), deflated("content.xml", b""))
crowd = archive_as_written(*(Member(f"word/{n}", b"\x03\x00", 0) for n in range(20_000)))

SCRIPTED = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.svg", SCRIPTED, "SVG"),
        ("page.html", b"<!doctype html><script>alert(1)</script>", "pages web"),
        ("faux.txt", b"  \n<HTML><body onload=alert(1)>", "pages web"),
        ("faux.csv", b"a;b\n1;<SCRIPT>alert(1)</SCRIPT>", "pages web"),
        ("faux.png", SCRIPTED, "pages web"),
        ("bom.txt", b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", "pages web"),
        ("outil.exe", b"MZ\x90", "n’est pas accepté"),
        ("sans extension", PDF, "n’est pas accepté"),
        ("deux.pdf.exe", PDF, "n’est pas accepté"),
        ("vide.pdf", b"", "vide"),
        ("binaire.txt", b"a\0b", "autre sorte"),
        (
            "macro.docx",
            office("word", word__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin"),
            "macro",
        ),
        ("macro.odt", open_document("odt", Basic__script=b"x"), "macro"),
        ("archive.docx", archive(readme=b"x"), "autre sorte"),
        ("coupé.docx", office("word")[:40], "autre sorte"),
        ("deux types.odt", twice, "autre sorte"),
        ("type sans fin.odt", endless, "autre sorte"),
        ("trop de morceaux.docx", crowd, "autre sorte"),
        ("chiffré.odt", archive_as_written(Member("mimetype", b"x" * 40, 28, flags=1)), "autre sorte"),
        ("compressé autrement.ods", archive_as_written(Member("mimetype", b"x" * 40, 28, method=14)), "autre sorte"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",  # an archive holds the time at which it was made
)
def test_what_could_run_is_refused_with_a_sentence(name: str, content: bytes, said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        recognised(name, content)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../x.pdf", "x.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("/etc/passwd", "passwd"),
        (".htaccess", "htaccess"),
        ("a\nb\0c\u202e.pdf", "abc.pdf"),
        ("", "fichier"),
        ("é à 😀.txt", "é à 😀.txt"),
    ],
)
def test_a_name_leads_nowhere(given: str, kept: str) -> None:
    assert neutral_name(given) == kept


def test_a_long_name_keeps_its_extension() -> None:
    name = neutral_name("x" * 400 + ".pdf")
    assert (len(name), name[-4:]) == (LONGEST_NAME, ".pdf")


@pytest.fixture
def ana(db: Database) -> Account:
    return create_account(db, "ana@exemple.fr", "Ana")


def test_a_file_is_kept_by_its_hash_for_its_owner_only(db: Database, campaign: Campaign, ana: Account) -> None:
    kept = add_file(db, campaign, "A-1", 0, "../../charte.pdf", PDF, ana)
    path = file_path(db, kept.sha256 or "")
    assert (kept.name, kept.size, path.read_bytes()) == ("charte.pdf", len(PDF), PDF)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "charte" not in str(path)
    assert evidence_of(db, campaign, "A-1") == [kept]
    assert evidence_of(db, campaign, "A-2") == []


def test_a_refused_file_leaves_nothing(db: Database, campaign: Campaign, ana: Account) -> None:
    with pytest.raises(FileRefused):
        add_file(db, campaign, "A-1", 0, "x.svg", SCRIPTED, ana)
    assert evidence_of(db, campaign) == []
    assert not file_path(db, "00").parent.parent.exists()


def test_a_file_goes_when_nothing_rests_on_it(db: Database, campaign: Campaign, ana: Account) -> None:
    first, second = (add_file(db, campaign, "A-1", fact, "x.pdf", PDF, ana) for fact in (0, 1))
    path = file_path(db, first.sha256 or "")
    remove_evidence(db, campaign, first)
    assert path.exists()
    assert find_evidence(db, campaign, first.id) is None
    remove_evidence(db, campaign, second)
    assert not path.exists()
    assert [one.removed_at is None for one in evidence_of(db, campaign, removed=True)] == [False, False]


def test_an_address_is_evidence_too(db: Database, campaign: Campaign, ana: Account) -> None:
    kept = add_address(db, campaign, "A-1", 0, " https://exemple.fr/charte ", ana)
    assert (kept.address, kept.name, kept.host) == ("https://exemple.fr/charte", kept.address, "exemple.fr")


@pytest.mark.parametrize(
    "address",
    [
        "https://user:pw@exemple.fr/",
        "https://user@exemple.fr/",
        "https://@exemple.fr/",
        "https://exemple.fr@ailleurs.fr/",
        "https:\\\\exemple.fr",
        "https://exemple.fr\\@ailleurs.fr",
        "https://exemple.fr:99999/",
        "https://exemple.fr:0/",
        "https://exem\u202eple.fr/",
        "https://exemple.fr/\u200b",
        "data:text/html,x",
        "https://exemple.fr/<script>",
        "https://..",
        "",
        "charte",
        "javascript:alert(1)",
        "https://",
        "http://[",
        "https://a b",
        "https://a/" + "x" * 2000,
    ],
)
def test_only_web_addresses_are_kept(address: str) -> None:
    with pytest.raises(AddressRefused, match="adresse"):
        checked_address(address)
