"""Merges of colleges too small to be shown alone: decided while the campaign is open, applied when it closes.

Until then respondents keep their college, and deleting the decision undoes it. At closing the merge becomes a college
of the campaign's own grid and replaces its members.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grille.colleges import free_code, with_college
from grille.messages import message as _
from grille.typed import too_long, typed_line
from storage.campaigns.frozen_grids import freeze_on
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.rows import single_value
from storage.core.timestamps import now, to_text
from storage.core.tokens import storable

if TYPE_CHECKING:
    from grille.grid import Grid
    from storage.campaigns.campaigns import Campaign, CampaignCollege


LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class CollegeMerge:
    """A merge of colleges: its code and name, the codes and names of its members."""

    code: str
    label: str
    members: tuple[str, ...]
    member_labels: tuple[str, ...]
    applied: bool


def merges_of(db: Database, campaign: "Campaign") -> list[CollegeMerge]:
    """Return the merges of a campaign, decided or applied, in the order of their decisions."""
    return _merges(db.conn, campaign.id)


def _merges(conn: sqlite3.Connection, campaign_id: int) -> list[CollegeMerge]:
    rows = conn.execute(
        """SELECT code, label, member, member_label, applied_at IS NOT NULL FROM college_merges
            WHERE campaign_id = ? ORDER BY decided_at, rowid""",
        (campaign_id,),
    ).fetchall()
    members: dict[tuple[str, str, int], list[tuple[str, str]]] = {}
    for code, label, member, member_label, applied in rows:
        members.setdefault((code, label, applied), []).append((member, member_label))
    return [_merge(*merge, found) for merge, found in members.items()]


def _merge(code: str, label: str, applied: int, members: list[tuple[str, str]]) -> CollegeMerge:
    codes, labels = zip(*members, strict=True)
    return CollegeMerge(code, label, codes, labels, bool(applied))


def merge_colleges(db: Database, campaign: "Campaign", members: Iterable[str], label: str) -> CollegeMerge:
    """Decide that these colleges will be merged at closing. Raises ``CampaignError`` with every problem.

    The code is made of its members' codes, so that the same merge in a later campaign is compared with this one.
    """
    label = typed_line(label)
    wanted = set(members)
    chosen = [college for college in campaign.colleges if college.code in wanted]
    with writing(db) as conn:
        problems = list(_problems(conn, campaign, [college.code for college in chosen], label))
        if problems:
            raise CampaignError(problems)
        code = _merge_code(conn, campaign, [college.code for college in chosen])
        conn.executemany(
            """INSERT INTO college_merges (campaign_id, member, member_label, code, label, decided_at)
                VALUES (?, ?, ?, ?, ?, ?)""",
            [(campaign.id, one.code, one.label, code, label, to_text(now())) for one in chosen],
        )
        return next(merge for merge in _merges(conn, campaign.id) if merge.code == code)


def _merge_code(conn: sqlite3.Connection, campaign: "Campaign", members: list[str]) -> str:
    """Return a code made of the members' codes, unused in the campaign, its grid and its other merges."""
    taken = [*_codes(campaign, campaign.grid), *(merge.code for merge in _merges(conn, campaign.id))]
    return free_code("-".join(members), taken)


def _codes(campaign: "Campaign", grid: "Grid") -> list[str]:
    return [*(one.code for one in campaign.colleges), *(one.code for one in grid.colleges)]


def _problems(conn: sqlite3.Connection, campaign: "Campaign", codes: list[str], label: str) -> Iterable[str]:
    status = single_value(conn.execute("SELECT status FROM campaigns WHERE id = ?", (campaign.id,)))
    if status != "open":
        yield _("Des collèges ne se regroupent que pendant la collecte : celle-ci n’est pas ouverte.")
    if len(codes) < 2:
        yield _("Choisissez au moins deux collèges à regrouper.")
    yield from _label_problems(campaign, label)
    for merge in _merges(conn, campaign.id):
        if set(codes) & set(merge.members):
            yield _("« %(label)s » réunit déjà l’un de ces collèges : défaites d’abord ce groupe.", label=merge.label)
    if len(codes) == len(campaign.colleges) > 1:
        yield _("Gardez au moins un collège à part : sinon il n’y a plus rien à comparer.")


def _label_problems(campaign: "Campaign", label: str) -> Iterable[str]:
    if not label:
        yield _("Donnez un nom au groupe, par exemple « Associations et entreprises ».")
    if problem := too_long(label, LONGEST_LABEL, _("Ce nom")):
        yield problem
    if label in {college.label for college in campaign.colleges}:
        yield _("Un collège s’appelle déjà « %(label)s » : donnez un autre nom au groupe.", label=label)


def undo_merge(db: Database, campaign: "Campaign", code: str) -> None:
    """Undo a decided merge. Idempotent. An applied merge stays: the campaign is closed."""
    with writing(db) as conn:
        conn.execute(
            "DELETE FROM college_merges WHERE campaign_id = ? AND code = ? AND applied_at IS NULL",
            (campaign.id, storable(code)),
        )


def apply_merges(conn: sqlite3.Connection, campaign: "Campaign", counts: Mapping[str, int]) -> None:
    """Turn the decided merges into colleges, inside the transaction that closes the campaign.

    ``counts`` says how many people of each college have answered.
    """
    grid = campaign.grid
    for decided in _merges(conn, campaign.id):
        merge = _with_own_code(conn, campaign, decided, grid)
        grid = with_college(grid, merge.code, merge.label, like=merge.members[0])
        _replace(conn, campaign, merge, counts)
    if grid is not campaign.grid:
        conn.execute("UPDATE campaigns SET grid_id = ? WHERE id = ?", (freeze_on(conn, grid), campaign.id))
        conn.execute("UPDATE college_merges SET applied_at = ? WHERE campaign_id = ?", (to_text(now()), campaign.id))


def merged_size(members: Iterable["CampaignCollege"], counts: Mapping[str, int], k: int) -> int | None:
    """Return the size of a merge; None if the size of a member is unknown or below its number of answers.

    As in results, it never tells how many people of a member answered when they are fewer than ``k``.
    """
    return _sum([one.published_size(counts[one.code], k) for one in members])


def _with_own_code(conn: sqlite3.Connection, campaign: "Campaign", merge: CollegeMerge, grid: "Grid") -> CollegeMerge:
    """Return the merge, under another code if a college already has its code (early versions did not check)."""
    code = free_code(merge.code, _codes(campaign, grid))
    if code == merge.code:
        return merge
    sql = "UPDATE college_merges SET code = ? WHERE campaign_id = ? AND code = ?"
    conn.execute(sql, (code, campaign.id, merge.code))
    return replace(merge, code=code)


def _replace(conn: sqlite3.Connection, campaign: "Campaign", merge: CollegeMerge, counts: Mapping[str, int]) -> None:
    members = [campaign.college(code) for code in merge.members]
    size, target = merged_size(members, counts, campaign.k), _sum([one.target for one in members])
    conn.execute(
        """INSERT INTO campaign_colleges (campaign_id, position, code, label, size, target, voluntary)
            SELECT campaign_id, position, ?, ?, ?, ?, ? FROM campaign_colleges WHERE campaign_id = ? AND code = ?""",
        (
            *(merge.code, merge.label, size, target, any(one.voluntary for one in members)),
            *(campaign.id, merge.members[0]),
        ),
    )
    for code in merge.members:
        for table in ("responses", "links"):
            sql = f"UPDATE {table} SET college = ? WHERE campaign_id = ? AND college = ?"  # noqa: S608  # two names of ours
            conn.execute(sql, (merge.code, campaign.id, code))
        conn.execute("DELETE FROM campaign_colleges WHERE campaign_id = ? AND code = ?", (campaign.id, code))


def _sum(numbers: list[int | None]) -> int | None:
    """Return the sum; None if any of the numbers is unknown."""
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None
