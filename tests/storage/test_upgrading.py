"""Upgrading: a database of any earlier structure keeps every row and gives the same results.

``data/three-migrations.db.xz`` is a real file, made by Grille as it was in its first weeks (three migrations, two
closed campaigns of Saint-Aubin-des-Prés); ``…-profiles.json.xz`` is what that version computed from it.
"""

import json
import lzma
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from storage.campaigns.campaigns import all_campaigns, campaign_by_slug
from storage.campaigns.recomputed_publications import recomputed
from storage.campaigns.territories import all_territories
from storage.core.alphabet import name_key
from storage.core.database import _APPLICATION_ID, applied, check, known_migrations, migrate, open_database
from storage.core.engine import Database
from storage.core.migrations import migrations
from storage.responses.computed.first_edition import first_edition_profile
from storage.responses.computed.profiles import showed_means_of_then
from storage.review.parcours import actions_of

DATA = Path(__file__).with_name("data")
STEPS = known_migrations()
OLDEST_FILE = 3

Rows = dict[str, list[dict[str, Any]]]

# A row of each table, as it could be written when the table was made.
EXAMPLES: dict[str, dict[str, Any]] = {
    "territories": {"id": 901, "slug": "ici", "name": "Ici", "kind": "commune", "fictional": 0},
    "grids": {"id": 901, "grid": "essai", "version": "1", "sha256": "abc", "document": "{}"},
    "library": {
        "id": 901,
        "grid": "essai",
        "version": "1",
        "sha256": "abc",
        "document": "{}",
        "added_at": "2026-11-30",
    },
    "grid_drafts": {
        "id": 901,
        "title": "Essai",
        "grid": "essai",
        "version": "2",
        "document": "{}",
        "created_at": "2026-11-30",
        "saved_at": "2026-11-30",
    },
    "grid_additions": {
        "id": 901,
        "grid": "essai",
        "version": "1",
        "language": "en",
        "event": "text",
        "place": "title",
        "text": "Trial",
        "source": "abc",
        "added_at": "2026-11-30",
    },
    "campaigns": {
        "id": 901,
        "slug": "ici-2026",
        "territory_id": 901,
        "grid_id": 901,
        "name": "Ici",
        "year": 2026,
        "form": "full",
        "k": 5,
        "weighting": "equal",
        "status": "closed",
        "opened_at": "2026-01-01",
        "closed_at": "2026-02-01",
    },
    "campaign_colleges": {"campaign_id": 901, "code": "elus", "position": 0, "label": "Élus", "size": 12},
    "campaign_changes": {
        "id": 901,
        "campaign_id": 901,
        "changed_at": "2026-01-15",
        "subject": "size",
        "college": "elus",
        "before": "12",
        "after": "13",
    },
    "cancelled_campaigns": {
        "id": 902,
        "territory_id": 901,
        "name": "Essai",
        "year": 2026,
        "cancelled_at": "2026-01-15",
    },
    "cancelled_marks": {"mark": "abc", "campaign_id": 902},
    "links": {
        "id": 901,
        "campaign_id": 901,
        "college": "elus",
        "kind": "college",
        "token_sha256": "def",
        "created_at": "2026-01-01",
    },
    "responses": {
        "id": 9001,
        "campaign_id": 901,
        "college": "elus",
        "mode": "individuel",
        "key_sha256": "ghi",
        "document": '{"answers": {"A-1": 2}, "comments": {"A-1": "Œuvre à ciel ouvert"}, "reasons": {}}',
        "answered": 1,
        "submitted_on": "2026-01-02",
        "deleted": 0,
    },
    "accounts": {
        "id": 901,
        "email": "ada@exemple.fr",
        "name": "Ada",
        "password_hash": "hash",
        "created_at": "2026-01-01",
    },
    "digests": {"account_id": 901, "asked_at": "2026-11-30T08:00:00+00:00", "sent_week": "2026-W48"},
    "grants": {"id": 901, "account_id": 901, "role": "pilot", "territory_id": 901, "granted_at": "2026-01-01"},
    "sessions": {
        "id": 901,
        "account_id": 901,
        "token_sha256": "jkl",
        "created_at": "2026-01-01",
        "expires_at": "2026-02-01",
        "last_seen_on": "2026-01-01",
    },
    "college_merges": {
        "campaign_id": 901,
        "member": "x",
        "member_label": "X",
        "code": "x-y",
        "label": "X et Y",
        "decided_at": "2026-01-01",
    },
    "paper_sheets": {"campaign_id": 901, "number": "0001", "response_id": 9001},
    "imports": {
        "campaign_id": 901,
        "sha256": "mno",
        "file_name": "tableau.csv",
        "responses": 3,
        "imported_on": "2026-01-03",
    },
    "imported_responses": {"response_id": 9001, "campaign_id": 901, "sha256": "mno"},
    "imported_respondents": {"campaign_id": 901, "mark": "xyz", "sha256": "mno"},
    "import_keys": {"campaign_id": 901, "key": "uvw"},
    "sheets": {
        "id": 901,
        "campaign_id": 901,
        "kind": "year",
        "subject": "",
        "version": 1,
        "document": "{}",
        "author_id": 901,
        "saved_at": "2026-03-01",
    },
    "evidence": {
        "id": 901,
        "campaign_id": 901,
        "skill": "A-1",
        "fact": 0,
        "name": "Charte",
        "address": "https://exemple.fr",
        "author_id": 901,
        "added_at": "2026-03-01",
    },
    "snapshots": {
        "id": 901,
        "campaign_id": 901,
        "number": 1,
        "adopted_at": "2026-03-02",
        "author_id": 901,
        "sha256": "pqr",
        "document": "{}",
    },
    "printed_diagnostics": {"snapshot_id": 901, "shows": "[[901], [901]]", "sha256": "pqr", "content": b"%PDF"},
    "jobs": {
        "id": 901,
        "kind": "document",
        "key": "abc",
        "parameters": "{}",
        "state": "done",
        "owner_id": 901,
        "campaign_id": 901,
        "created_at": "2026-05-01",
        "not_before": "2026-05-01",
    },
    "recomputed_publications": {
        "campaign_id": 901,
        "edition": 1,
        "published_at": "2026-03-02T10:00:00+00:00",
        "recomputed_at": "2026-11-30T10:00:00+00:00",
    },
    "device_starts": {"campaign_id": 901, "nonce_sha256": "yz0"},
    "resume_codes": {"response_id": 9001, "code_hmac": "stu", "sealed_key": "vwx"},
    "session_places": {"campaign_id": 901, "slide": 3, "black": 0, "query": "", "moved_at": 1, "version": 2},
    "sequences": {"campaign_id": 901, "document": "{}", "author_id": 901, "saved_at": "2026-03-03"},
    "decisions": {"id": 901, "campaign_id": 901, "text": "Recommencer", "author_id": 901, "noted_at": "2026-03-04"},
    "actions": {
        "id": 901,
        "territory_id": 901,
        "kind": "formation",
        "title": "Écouter",
        "status": "prevue",
        "saved_at": "2026-03-05",
    },
    "action_skills": {"action_id": 901, "position": 0, "skill": "A-1"},
    "supervisions": {
        "id": 901,
        "territory_id": 901,
        "held_on": "2026-04-01",
        "seen": "Ça avance",
        "saved_at": "2026-04-01",
    },
    "action_changes": {"action_id": 901, "version": 1, "before": "{}", "changed_at": "2026-04-01T10:00:00+00:00"},
    "action_ratings": {
        "action_id": 901,
        "year": 2026,
        "relevance": 3,
        "transfer": 4,
        "words": "Bien",
        "author_id": 901,
        "saved_at": "2026-12-01",
    },
    "audit": {"id": 1, "at": "2026-01-01", "deed": "essai", "previous": "", "sha256": "stu"},
    "workshops": {
        "id": 901,
        "campaign_id": 901,
        "code": "ABC234",
        "name": "Un soir",
        "people": 12,
        "skills": "[]",
        "response_id": 9001,
        "opened_at": "2026-01-10",
    },
    "workshop_phones": {"workshop_id": 901, "response_id": 9001},
    "workshop_reveals": {"workshop_id": 901, "skill": "A-1", "distribution": "[5, 7]", "held_back": 0},
    "account_links": {
        "id": 901,
        "account_id": 901,
        "kind": "reset",
        "token_sha256": "abc",
        "created_at": "2026-01-01",
        "expires_at": "2026-01-02",
    },
    "api_keys": {
        "id": 901,
        "account_id": 901,
        "name": "Un logiciel",
        "token_sha256": "jkl",
        "scopes": '["read"]',
        "created_at": "2026-01-01",
        "expires_at": "2026-01-02",
    },
    "idempotent_requests": {
        "api_key_id": 901,
        "key_sha256": "mno",
        "content_sha256": "pqr",
        "sent_at": "2026-01-01",
    },
    "webhooks": {
        "id": 901,
        "account_id": 901,
        "address": "https://logiciel.example/recevoir",
        "events": '["campaign.opened"]',
        "created_at": "2026-01-01",
        "sealed_secret": "stu",
    },
    "webhook_deliveries": {
        "id": 901,
        "webhook_id": 901,
        "message": "msg_1",
        "event": "campaign.opened",
        "campaign_id": 901,
        "happened_at": "2026-01-01",
    },
    "second_steps": {"account_id": 901, "sealed_secret": "def", "offered_at": "2026-01-01"},
    "recovery_codes": {"account_id": 901, "code_sha256": "ghi"},
}


def at_step(path: Path, number: int) -> None:
    """Make the database of Grille as it was when it had so many migrations, with a row in every table it had."""
    if number >= OLDEST_FILE:
        path.write_bytes(lzma.decompress((DATA / "three-migrations.db.xz").read_bytes()))
    with closing(Database(path)) as db:
        db.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        migrations.apply(db, stop_before=STEPS[number : number + 1])
        assert applied(db) == STEPS[:number]
        db.execute("PRAGMA foreign_keys = ON")
        with db.conn:
            for table in EXAMPLES:
                if table in db.table_names():
                    db[table].insert(EXAMPLES[table])


def rows_of(path: Path) -> Rows:
    """Every row of every table, without what a migration is known to add."""
    with closing(Database(path)) as db:
        tables = [name for name in db.table_names() if not name.startswith("_") and name != "comments"]
        return {table: sorted(db[table].rows, key=repr) for table in tables}


def missing(before: Rows, after: Rows) -> list[tuple[str, dict[str, Any]]]:
    """The rows that are not there any more as they were, new columns left aside."""
    lost = []
    for table, rows in before.items():
        columns = list(rows[0]) if rows else []
        kept = [{name: row[name] for name in columns} for row in after[table]]
        lost += [(table, row) for row in rows if row not in kept]
    return lost


@pytest.fixture(scope="module")
def computed_then() -> dict[str, dict[str, Any]]:
    """What the first version computed: a document per campaign."""
    text = lzma.decompress((DATA / "three-migrations-profiles.json.xz").read_bytes())
    documents: dict[str, dict[str, Any]] = json.loads(text)
    return documents


def same_figures(then: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether every figure computed then is the same now; columns added since are left aside."""
    frames = ("skills", "families", "territory")
    if any(len(then[frame]) != len(now[frame]) for frame in frames) or then["respondents"] != now["respondents"]:
        return False
    pairs = [pair for frame in frames for pair in zip(then[frame], now[frame], strict=True)]
    return all(old[name] == new[name] for old, new in pairs for name in old)


@pytest.mark.parametrize("number", range(1, len(STEPS)), ids=STEPS[:-1])
def test_every_row_of_an_earlier_structure_is_kept_and_gives_the_same_results(
    number: int, tmp_path: Path, computed_then: dict[str, dict[str, Any]]
) -> None:
    path = tmp_path / "grille.db"
    at_step(path, number)
    before = rows_of(path)
    assert migrate(path) == STEPS[number:]
    assert missing(before, rows_of(path)) == []
    assert check(path) == []
    if number in {OLDEST_FILE, len(STEPS) - 1}:  # the same rows give the same results: the first and the last suffice
        assert_same_results(path, computed_then)


def assert_same_results(path: Path, computed_then: dict[str, dict[str, Any]]) -> None:
    with closing(open_database(path)) as db:
        for slug, then in computed_then.items():
            campaign = campaign_by_slug(db, slug)
            assert campaign is not None
            assert same_figures(then, first_edition_profile(db, campaign).to_dict())


def test_what_was_published_is_noted_as_recomputed_whether_it_is_still_shown_or_not(tmp_path: Path) -> None:
    path = tmp_path / "grille.db"
    at_step(path, STEPS.index("recomputed_publications"))
    shown, withdrawn = "2026-03-01T22:30:00+00:00", "2026-02-02T10:00:00+00:00"
    with closing(Database(path)) as db, db.conn:
        for rank, published in enumerate((shown, None, None), 902):
            one = {"id": rank, "slug": f"ici-{rank}", "published_at": published}
            db["campaigns"].insert({**EXAMPLES["campaigns"], **one})
        db["campaign_colleges"].insert({**EXAMPLES["campaign_colleges"], "campaign_id": 902})
        cells = '{"needed": {}, "cells": []}'
        db["publications"].insert({"campaign_id": 903, "published_at": withdrawn, "document": cells})
    migrate(path)
    with closing(open_database(path)) as db:
        found = {one.id: recomputed(db, one) for one in all_campaigns(db) if one.id > 901}
        showed = {one.id: showed_means_of_then(db, one) for one in all_campaigns(db) if one.id > 901}
    noted = {id_: (one.published, one.sizes) for id_, one in found.items() if one}
    assert noted == {902: (date(2026, 3, 1), {"elus": 12}), 903: (date(2026, 2, 2), {})}
    assert showed == {902: True, 903: True, 904: False}


def test_numbers_of_sheets_take_their_normal_form(tmp_path: Path) -> None:
    path = tmp_path / "grille.db"
    at_step(path, STEPS.index("normal_sheet_numbers"))
    with closing(Database(path)) as db, db.conn:
        db.execute("UPDATE campaigns SET status = 'open', closed_at = NULL WHERE id = 901")
        for rank, number in enumerate(("N-012", "ABC", "2", "ELU-002")):
            db["responses"].insert({**EXAMPLES["responses"], "id": 9100 + rank, "key_sha256": number})
            db["paper_sheets"].insert({"campaign_id": 901, "number": number, "response_id": 9100 + rank})
    migrate(path)
    with closing(Database(path)) as db:
        numbers = {row["number"] for row in db["paper_sheets"].rows if row["campaign_id"] == 901}
    assert numbers == {"ELU-001", "ELU-012", "ABC", "2", "ELU-002"}


def test_real_homonyms_say_their_department_and_nothing_else_changes(tmp_path: Path) -> None:
    path = tmp_path / "grille.db"
    at_step(path, STEPS.index("homonyms"))
    places = {
        "montreuil": ("Montreuil", "93048"),
        "montreuil-28267": ("Montreuil", "28267"),
        "saint-paul": ("Saint-Paul", "97415"),
        "saint-paul-60591": ("Saint-Paul", "60591"),
        "montreuil-quartier": ("Montreuil", None),  # a neighbourhood: no code tells where it is
        "rennes": ("Rennes", "35238"),
    }
    with closing(Database(path)) as db, db.conn:
        for id_, (slug, (name, code)) in enumerate(places.items(), 910):
            row = {"id": id_, "slug": slug, "name": name, "official_code": code, "name_key": name_key(name)}
            db["territories"].insert({**EXAMPLES["territories"], **row})
    migrate(path)
    with closing(Database(path)) as db:
        found = {row["slug"]: (row["name"], row["name_key"]) for row in db["territories"].rows if row["id"] >= 910}
    names = {
        "montreuil": "Montreuil (93)",
        "montreuil-28267": "Montreuil (28)",
        "saint-paul": "Saint-Paul (974)",
        "saint-paul-60591": "Saint-Paul (60)",
        "montreuil-quartier": "Montreuil",
        "rennes": "Rennes",
    }
    assert found == {slug: (name, name_key(name)) for slug, name in names.items()}


def test_codes_that_nothing_can_use_are_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "grille.db"
    at_step(path, STEPS.index("what_earlier_faults_left"))
    codes = {"atelier": "Conseil des sages", "": "Élus d’ici", "a\r\nb": "Élus d’ici", "agents": "Agents"}
    grid = {
        "colleges": [{"code": code, "label": label} for code, label in codes.items()],
        "families": [{"skills": [{"wording": dict.fromkeys(codes, "Et vous ?")}]}],
    }
    with closing(Database(path)) as db, db.conn:
        db.execute("PRAGMA foreign_keys = ON")
        campaign = {**EXAMPLES["campaigns"], "id": 902, "slug": "la-2026", "grid_id": 902}
        db["grids"].insert({**EXAMPLES["grids"], "id": 902, "sha256": "xyz", "document": json.dumps(grid)})
        db["campaigns"].insert(campaign)
        for position, (code, label) in enumerate(codes.items()):
            row = {"campaign_id": 902, "code": code, "position": position, "label": label}
            db["campaign_colleges"].insert(row)
        response = {**EXAMPLES["responses"], "id": 9902, "campaign_id": 902, "college": "atelier", "key_sha256": "k"}
        db["responses"].insert(response)
    migrate(path)
    expected = ["conseil-des-sages", "elus-d-ici", "elus-d-ici-2", "agents"]
    with closing(Database(path)) as db:
        sql = "SELECT code FROM campaign_colleges WHERE campaign_id = 902 ORDER BY position"
        assert [code for (code,) in db.execute(sql)] == expected
        assert db["responses"].get(9902)["college"] == "conseil-des-sages"
        frozen = json.loads(db["grids"].get(db["campaigns"].get(902)["grid_id"])["document"])
        assert [one["code"] for one in frozen["colleges"]] == expected
        assert list(frozen["families"][0]["skills"][0]["wording"]) == expected
        assert list(db.execute("PRAGMA foreign_key_check")) == []


def test_a_closing_without_its_moment_takes_it_from_the_log(tmp_path: Path) -> None:
    path = tmp_path / "grille.db"
    at_step(path, STEPS.index("what_earlier_faults_left"))
    with closing(Database(path)) as db, db.conn:
        db.execute("UPDATE campaigns SET closed_at = NULL WHERE id = 901")
        record = {"at": "2026-11-29T17:00:00+00:00", "deed": "campaign closed", "campaign_id": 901, "detail": "{}"}
        last, previous = db.execute("SELECT id, sha256 FROM audit ORDER BY id DESC LIMIT 1").fetchone()
        db["audit"].insert({"id": last + 1, "previous": previous, "sha256": "sealed", **record})
    migrate(path)
    with closing(Database(path)) as db:
        assert db["campaigns"].get(901)["closed_at"] == "2026-11-29T17:00:00+00:00"


def test_a_difference_would_be_seen(computed_then: dict[str, dict[str, Any]]) -> None:
    then = computed_then["saint-aubin-des-pres-2026"]
    changed: list[Callable[[dict[str, Any]], object]] = [
        lambda now: now["skills"].pop(),
        lambda now: now["families"][0].update(n=1000),
        lambda now: now["respondents"].update(elus=1000),
    ]
    for change in changed:
        now = json.loads(json.dumps(then))
        assert same_figures(then, now)
        change(now)
        assert not same_figures(then, now)
    assert missing({"t": [{"a": 1}]}, {"t": [{"a": 2, "b": 1}]}) == [("t", {"a": 1})]


def test_an_earlier_structure_is_not_served_before_it_is_upgraded(tmp_path: Path) -> None:
    from storage.core.database_errors import DatabaseNotReady

    path = tmp_path / "grille.db"
    at_step(path, OLDEST_FILE)
    with pytest.raises(DatabaseNotReady, match="database migrate"):
        open_database(path)


def test_the_support_of_an_action_is_one_of_its_supports(tmp_path: Path) -> None:
    path = tmp_path / "grille.db"
    at_step(path, STEPS.index("managed_actions"))
    with closing(Database(path)) as db, db.conn:
        db["actions"].insert({**EXAMPLES["actions"], "id": 902, "support": "vta", "status": "en-cours"})
    migrate(path)
    with closing(open_database(path)) as db:
        place = next(one for one in all_territories(db) if one.id == EXAMPLES["actions"]["territory_id"])
        found = {one.id: one.plan for one in actions_of(db, place)}
    assert (found[901].supports, found[902].supports, found[902].status) == ((), ("vta",), "en-cours")
    assert (found[902].title, found[902].kind, found[902].pilot) == ("Écouter", "formation", "")
