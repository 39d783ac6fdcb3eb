"""Names, titles and labels are stored as one line without control characters, however they are entered."""

import unicodedata
from collections.abc import Iterator
from datetime import date

import grille
from storage.accounts.accounts import create_account
from storage.campaigns.campaigns import CampaignCollege
from storage.campaigns.college_merges import merge_colleges
from storage.campaigns.drafts import CampaignPlan, PlannedCollege, draft_campaign
from storage.campaigns.lifecycle import open_campaign
from storage.campaigns.territories import create_territory
from storage.core.engine import Database
from storage.responses.workshops import open_workshop
from storage.review.evidence import add_address, add_file
from storage.review.parcours import ActionPlan, add_action
from storage.review.session_decisions import note_decision
from storage.review.sheets import FactAnswer, Facts, _storable
from storage.review.slide_order import SlideOrder

SENT = " Nom\r\nX-En-tete: oui\tfin\x0b\x00\x85\u2028là "
KEPT = "Nom X-En-tete: oui fin là"
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj"
# What people write over several lines, as they may.
SEVERAL_LINES = {("actions", "purpose")}


def stored_texts(database: Database) -> Iterator[tuple[str, str, str]]:
    """Every text of every table but those that may have several lines."""
    for table in (name for name in database.table_names() if not name.startswith("_")):
        for row in database.execute(f"PRAGMA table_info({table})").fetchall():
            if row[2] == "TEXT" and (table, row[1]) not in SEVERAL_LINES:
                found = database.execute(f"SELECT {row[1]} FROM {table} WHERE {row[1]} IS NOT NULL").fetchall()
                yield from ((table, row[1], text) for (text,) in found)


def test_every_name_title_and_label_is_stored_on_one_line(database: Database) -> None:
    author = create_account(database, "a@exemple.fr", SENT)
    territory = create_territory(database, SENT, "commune")
    grid = grille.current()
    colleges = [CampaignCollege(one.code, f"{one.code} {SENT}") for one in grid.colleges]
    campaign = open_campaign(database, territory, grid, name=SENT, year=2026, colleges=colleges)
    planned = tuple(PlannedCollege(one.code, f"{one.code} {SENT}") for one in grid.colleges)
    draft_campaign(database, territory, CampaignPlan(SENT, 2027, grid, "short", 5, planned))
    merge_colleges(database, campaign, ["associations", "entreprises"], SENT)
    open_workshop(database, campaign, name=SENT, people=12, skills=["COO-1"])
    add_action(
        database, territory, ActionPlan("projet", SENT, ("COO-1",), SENT, starts_on=date(2026, 1, 1), provider=SENT)
    )
    note_decision(database, campaign, SENT, author)
    add_file(database, campaign, "COO-1", 0, f"{SENT}.pdf", PDF, author)
    add_address(database, campaign, "COO-1", 0, "https://exemple.fr/a", author, SENT)
    texts = [*stored_texts(database)]
    crooked = [one for one in texts if any(unicodedata.category(sign) in {"Cc", "Zl", "Zp"} for sign in one[2])]
    assert crooked == []
    with_it = {(table, column) for table, column, text in texts if KEPT in text}
    assert with_it >= {
        *(("accounts", "name"), ("territories", "name"), ("campaigns", "name"), ("campaign_colleges", "label")),
        *(("college_merges", "label"), ("workshops", "name"), ("actions", "title"), ("actions", "provider")),
        *(("decisions", "text"), ("evidence", "name")),
    }


def test_what_is_kept_in_documents_too() -> None:
    assert SlideOrder().added(["fin"], SENT, "une\nligne").texts[0].title == KEPT
    assert _storable(Facts((FactAnswer("yes", SENT),))) == Facts((FactAnswer("yes", KEPT),))
