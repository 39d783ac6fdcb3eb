"""Files as a campaign published them under the first edition of the method. Importing it loads pandas.

Those files were not stored. They are computed again from the answers by the frozen formulas, then compared with what
was stored of the publication, or with the diagnostic adopted at the time: figures that differ are never given out as
those that were published.
"""

from collections.abc import Iterator
from typing import Any

import orjson

from scoring.edition_1.republication import RETROSPECTIVE
from scoring.republication import publication_from_document
from storage.campaigns.campaigns import Campaign
from storage.core.damage import CampaignDamaged
from storage.core.engine import Database
from storage.core.rows import single_value
from storage.responses.computed.first_edition import first_edition_profile
from storage.responses.computed.profiles import known_sizes
from storage.review.snapshots import Document, snapshots_of

Place = tuple[str, str]
Cell = tuple[list[int], list[float]]
Cells = dict[Place, Cell]


class AnswersChanged(Exception):
    """The stored answers no longer give what was published, and no adopted diagnostic holds it."""


def published_then(db: Database, campaign: Campaign) -> Document:
    """Return the ``profile.json`` that the campaign published under the first edition.

    Raises ``AnswersChanged`` when nothing stored gives it, and ``CampaignDamaged`` when its answers cannot be read and
    no diagnostic was adopted.
    """
    adopted = list(_adopted(db, campaign))
    try:
        found = first_edition_profile(db, campaign).to_dict()
    except CampaignDamaged:
        if not adopted:
            raise
        found = None
    kept = _kept_cells(db, campaign)
    if kept is None and adopted:
        kept = _cells(adopted[0])
    if found is not None and kept in (None, _cells(found)):
        return found
    for one in adopted:
        if _cells(one) == kept:
            content: Document = _ordered(one | {"rules": _harmless_rules(db, campaign, one["rules"])}, found)
            return content
    raise AnswersChanged


def _adopted(db: Database, campaign: Campaign) -> Iterator[Document]:
    """Yield the profiles adopted under the first edition, latest first."""
    for snapshot in reversed(snapshots_of(db, campaign)):
        profile: Document = snapshot.document["profile"]
        if "edition" not in profile:
            yield profile


def _harmless_rules(db: Database, campaign: Campaign, rules: Document) -> Document:
    """Return the rules without the sizes that would tell how few people answered."""
    return rules | {"sizes": known_sizes(db, campaign, rules.get("sizes"), campaign.k)}


def _kept_cells(db: Database, campaign: Campaign) -> Cells | None:
    """Return the cells that were published, as stored at the last publication under the first edition."""
    sql = """SELECT document FROM publications WHERE campaign_id = ? AND json_extract(document, '$.edition') IS NULL
        ORDER BY id DESC LIMIT 1"""
    document = single_value(db.conn.execute(sql, (campaign.id,)))
    if document is None:
        return None
    cells = publication_from_document(orjson.loads(document)).cells
    return {
        place: _cell(cell.counts, *(n / cell.respondents for n in (cell.unknown, cell.not_applicable, cell.unanswered)))
        for place, cell in cells.items()
    }


def _cells(profile: Document) -> Cells:
    """Return the cells published in a profile; those about the year before have names of their own."""
    series = [("%(skill)s", profile["skills"])]
    if before := profile.get("retrospective"):
        series.append((RETROSPECTIVE, before["skills"]))
    return {
        (name % {"skill": row["skill"]}, row["college"]): _cell(
            row["distribution"], row["unknown"], row["not_applicable"], row["unanswered"]
        )
        for name, rows in series
        for row in rows
        if row["published"]
    }


def _cell(counts: Any, *silences: float) -> Cell:
    return list(counts), [round(share, 9) for share in silences]


def _ordered(stored: Any, like: Any) -> Any:
    """Return the same JSON value with its names in the order of ``like``: a stored document has them sorted."""
    if isinstance(stored, dict) and isinstance(like, dict):
        names = [*(name for name in like if name in stored), *(name for name in stored if name not in like)]
        return {name: _ordered(stored[name], like.get(name)) for name in names}
    if isinstance(stored, list) and isinstance(like, list) and like:
        return [_ordered(one, like[0]) for one in stored]
    return stored
