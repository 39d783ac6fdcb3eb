"""A country of any number of territories, with campaigns, accounts and a log, inserted by SQL."""

from collections.abc import Iterator

import grille
from storage.campaigns.frozen_grids import freeze
from storage.campaigns.gazetteer import names
from storage.core.alphabet import name_key
from storage.core.engine import Database

YEARS = (2023, 2024, 2025, 2026)


def fill_country(db: Database, territories: int) -> None:
    """So many territories with their campaigns, accounts and lines of the log, without any answer."""
    colleges, grid = grille.current().colleges, freeze(db, grille.current())
    known = [name.replace("'", "’") for name in names()]
    rows = []
    for number in range(1, territories + 1):
        name = f"{known[number % len(known)]} {'' if number < len(known) else number}".strip()
        rows.append((number, f"lieu-{number}", name, "commune", name_key(name)))
    db.conn.execute("BEGIN")
    sql = "INSERT INTO territories (id, slug, name, kind, name_key) VALUES (?, ?, ?, ?, ?)"
    db.conn.executemany(sql, rows)
    db.conn.executemany(
        """INSERT INTO campaigns (territory_id, grid_id, slug, name, year, form, k, weighting, status, opened_at,
            closed_at, published_at) VALUES (?, ?, ?, ?, ?, 'short', 5, 'equal', ?, ?, ?, ?)""",
        (campaign for row in rows for campaign in _campaigns(row[0], grid)),
    )
    for position, college in enumerate(colleges):
        db.conn.execute(
            "INSERT INTO campaign_colleges (campaign_id, position, code, label) SELECT id, ?, ?, ? FROM campaigns",
            (position, college.code, college.label),
        )
    db.conn.executemany(
        "INSERT INTO accounts (email, name, password_hash, created_at, name_key) VALUES (?, ?, 'x', '2026-01-01', ?)",
        ((f"personne{row[0]}@exemple.fr", f"Personne {row[2]}", name_key(f"Personne {row[2]}")) for row in rows),
    )
    db.conn.execute("""INSERT INTO grants (account_id, role, territory_id, granted_at)
        SELECT id, 'pilot', id, '2026-01-01' FROM accounts""")
    db.conn.execute("""INSERT INTO audit (id, at, by_id, deed, territory_id, campaign_id, detail, previous, sha256)
        SELECT campaigns.id, '2026-03-' || printf('%02d', 1 + campaigns.id % 28) || 'T08:00:00+00:00', territory_id,
            'campaign closed', territory_id, campaigns.id, '{}', '', '' FROM campaigns ORDER BY campaigns.id""")
    db.conn.execute("COMMIT")


def _campaigns(territory: int, grid: int) -> Iterator[tuple[object, ...]]:
    for year in YEARS:
        state = "open" if year == YEARS[-1] and territory % 3 == 0 else "closed"
        closed = f"{year}-06-01T00:00:00+00:00" if state == "closed" else None
        opened = f"{year}-01-01T00:00:00+00:00"
        yield (territory, grid, f"lieu-{territory}-{year}", f"Bilan {year}", year, state, opened, closed, closed)
