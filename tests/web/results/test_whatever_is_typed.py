"""No text that people type prevents a page, slide, file or printed form of the results from being made."""

from contextlib import closing
from pathlib import Path

import html5lib
import pytest
from flask import Flask

from storage.core.database import open_database, writing
from storage.core.engine import Database
from tests.web.conftest import signing_in

SIGNS = "Fête ✅🎉 👩🏽‍🌾 🇫🇷 <b>&amp; #let $x$ @moi *gras* _bas_ [lien](x) \\u{41} «\u202f»"
SCRIPTS = "سلام · שלום · 参加 · \u0378 · e\u0301 · ﷽"
LONG = "x" * 200
# Every column of the demonstration that holds a text which somebody typed and which results, slides or files show.
TYPED_COLUMNS = {
    "territories": ("name",),
    "campaigns": ("name",),
    "campaign_colleges": ("label",),
    "actions": ("title", "purpose", "provider"),
    "decisions": ("text", "office", "person"),
}
SLUG, TRIAL = "villeroche-2026", "demonstration"
PAGES = [
    *(f"/restitution/{SLUG}{rest}" for rest in ("", "/habitants", "/comparer", "/documents")),
    *(f"/seance/{SLUG}{rest}" for rest in ("", "/presentateur", "/preparer", "/suites")),
    *("/resultats", "/seances", "/territoires", "/parcours/villeroche", f"/campagnes/{TRIAL}", "/"),
]
FILES = [
    *(f"/restitution/{SLUG}/fichiers/{name}" for name in ("radar.svg", "radar.html", "profile.json", "profile.xlsx")),
    *(f"/restitution/{SLUG}/documents/{kind}" for kind in ("pdf", "pptx", "xlsx", "zip", "json")),
    *(f"/seance/{SLUG}/fichier", f"/campagnes/{TRIAL}/papier/elus.pdf"),
]


def type_everywhere(db: Database, text: str) -> None:
    """Replace every typed text of the database by that one."""
    with writing(db) as conn:
        for table, columns in TYPED_COLUMNS.items():
            for column in columns:
                conn.execute(f"UPDATE {table} SET {column} = ?", (text,))


@pytest.mark.parametrize("text", [SIGNS, SCRIPTS, LONG], ids=["signs", "scripts", "a long word"])
def test_every_page_and_file_is_made(text: str, demo_app: Flask, demo_database: Path, password_hash: str) -> None:
    with closing(open_database(demo_database)) as db:
        type_everywhere(db, text)
        client = signing_in(demo_app, db, password_hash)("programme", None)
    for address in PAGES:
        answer = client.get(address)
        assert answer.status_code == 200, address
        html5lib.HTMLParser(strict=True).parse(answer.text)
    for address in FILES:
        answer = client.get(address)
        assert (answer.status_code, bool(answer.data)) == (200, True), address
