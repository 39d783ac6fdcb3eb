"""Adopted diagnostics (snapshots): frozen, numbered, identified by a hash, and never changed.

A correction is a new version, with its reason. Comments are left out, so that they can still be withdrawn, and so are
private notes. Importing it loads pandas.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

import orjson

from grille.messages import message as _
from scoring.levels import must_justify
from storage.accounts.accounts import Account
from storage.campaigns.campaigns import Campaign, participation
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.rows import single_value
from storage.core.timestamps import now, to_text
from storage.responses.computed.profiles import CampaignStillOpen, campaign_profile
from storage.review.evidence import evidence_of
from storage.review.printed_diagnostics import Printed, keep_printed
from storage.review.sheets import SharedSheets, normalised_text, shared_sheets

FORMAT: Final = "grille-diagnostic/1"

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An adopted version. ``document`` is its complete content, described in ``docs/formats.md``."""

    id: int
    campaign_id: int
    number: int
    adopted_at: datetime
    author: str
    reason: str
    sha256: str
    text: str

    @property
    def document(self) -> Document:
        """The frozen content."""
        content: Document = orjson.loads(self.text)
        return content

    @property
    def sound(self) -> bool:
        """Whether its content still has the hash recorded at its adoption."""
        return sha256_of(self.text) == self.sha256


class DraftChanged(Exception):
    """Somebody changed the draft since it was read. Nothing was adopted."""


def canonical(document: Mapping[str, Any]) -> str:
    """Return the canonical JSON text of a document: sorted names, no spaces, UTF-8.

    >>> canonical({"b": 1.5, "a": "é"})
    '{"a":"é","b":1.5}'
    """
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS).decode()


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def draft(db: Database, campaign: Campaign) -> Document:
    """Return the content of a snapshot before adoption, without its number, date, author and reason.

    Raises ``CampaignStillOpen`` until the campaign is closed.
    """
    profile = campaign_profile(db, campaign)
    return {
        "format": FORMAT,
        "campaign": _described(campaign, participation(db, campaign)),
        "grid": orjson.loads(campaign.grid.to_json()),
        "profile": profile.to_dict(),
        **_written(db, campaign),
    }


def rewritten(db: Database, campaign: Campaign, adopted: Snapshot, sheets: SharedSheets) -> Document:
    """Return the document of that version with the review (judgements, note, facts, evidence) as it is now.

    ``sheets`` are the campaign's. It equals ``adopted.document`` if nothing was written since.
    """
    return adopted.document | _of_sheets(db, campaign, sheets)


def _written(db: Database, campaign: Campaign) -> Document:
    """Return the parts of a draft that people have written."""
    return _of_sheets(db, campaign, shared_sheets(db, campaign))


def _of_sheets(db: Database, campaign: Campaign, sheets: SharedSheets) -> Document:
    return {
        "judgements": {code: _asdict(sheet.content) for code, sheet in sheets.judgements.items()},
        "note": _asdict(sheets.note.content),
        "facts": {code: _asdict(sheet.content)["answers"] for code, sheet in sheets.facts.items()},
        "evidence": [
            {"skill": one.skill, "fact": one.fact, "name": one.name, "address": one.address, "sha256": one.sha256}
            for one in evidence_of(db, campaign)
        ],
    }


def _asdict(content: Any) -> dict[str, Any]:
    plain: dict[str, Any] = orjson.loads(orjson.dumps(asdict(content)))
    return plain


def _described(campaign: Campaign, counts: Mapping[str, int]) -> Document:
    return {
        "slug": campaign.slug,
        "name": campaign.name,
        "year": campaign.year,
        "form": campaign.form,
        "territory": {
            "slug": campaign.territory.slug,
            "name": campaign.territory.name,
            "kind": campaign.territory.kind,
        },
        "fictional": campaign.territory.fictional,
        "colleges": [
            {"code": one.code, "label": one.label, "size": one.published_size(counts[one.code], campaign.k)}
            for one in campaign.colleges
        ],
        "closed_on": _day(campaign.closed_on),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def problems_of(document: Document) -> list[str]:
    """Return the reasons why this draft cannot be adopted yet, as French sentences."""
    titles = {family["code"]: family["title"] for family in document["grid"]["families"]}
    scores = {row["family"]: row["score"] for row in document["profile"]["territory"]}
    return [
        _(
            "« %(titles)s » : le niveau retenu s’écarte du score d’un niveau ou plus, ou le score n’est pas publié. "
            "Écrivez pourquoi.",
            titles=titles[code],
        )
        for code, said in document["judgements"].items()
        if must_justify(said["level"], scores.get(code)) and not said["justification"]
    ]


def seal(
    db: Database,
    campaign: Campaign,
    author: Account,
    *,
    reason: str = "",
    read: str | None = None,
    at: datetime | None = None,
) -> Snapshot:
    """Return the draft as its adoption would freeze it. Nothing is written; the snapshot has no ``id`` yet.

    ``read`` is the hash of the draft that the author has read. Raises ``DraftChanged`` if it has changed since,
    ``CampaignStillOpen``, and ``CampaignError`` with every problem; a correction needs a ``reason``, the first version
    does not.
    """
    if campaign.status != "closed":
        raise CampaignStillOpen
    if campaign.territory.trial_of is not None:
        raise CampaignError([_("C’est une campagne d’essai : son diagnostic ne s’adopte pas.")])
    document = draft(db, campaign)
    if read is not None and read != sha256_of(canonical(document)):
        raise DraftChanged
    number, reason, adopted_at = _next_number(db, campaign), normalised_text(reason), at or now()
    if problems := [*problems_of(document), *_reason_problems(number, reason)]:
        raise CampaignError(problems)
    said = {"number": number, "adopted_at": to_text(adopted_at), "author": author.name, "reason": reason}
    text = canonical(document | said)
    return Snapshot(0, campaign.id, number, adopted_at, author.name, reason, sha256_of(text), text)


def adopt(
    db: Database,
    campaign: Campaign,
    author: Account,
    *,
    reason: str = "",
    read: str | None = None,
    at: datetime | None = None,
) -> Snapshot:
    """Adopt the current draft as the next version. Raises the errors of ``seal`` and ``adopt_sealed``."""
    return adopt_sealed(db, campaign, author, seal(db, campaign, author, reason=reason, read=read, at=at))


def adopt_sealed(
    db: Database, campaign: Campaign, author: Account, sealed: Snapshot, printed: Printed | None = None
) -> Snapshot:
    """Store that version with its printed report. Raises ``DraftChanged`` if the draft has changed since."""
    with writing(db) as conn:
        if seal(db, campaign, author, reason=sealed.reason, at=sealed.adopted_at).text != sealed.text:
            raise DraftChanged
        adopted_at = to_text(sealed.adopted_at)
        conn.execute(
            """INSERT INTO snapshots (campaign_id, number, adopted_at, author_id, reason, sha256, document)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (campaign.id, sealed.number, adopted_at, author.id, sealed.reason, sealed.sha256, sealed.text),
        )
        adopted = snapshots_of(db, campaign)[-1]
        if printed is not None:
            keep_printed(conn, adopted.id, printed)
        return adopted


def _next_number(db: Database, campaign: Campaign) -> int:
    sql = "SELECT 1 + coalesce(max(number), 0) FROM snapshots WHERE campaign_id = ?"
    return int(single_value(db.conn.execute(sql, (campaign.id,))))


def _reason_problems(number: int, reason: str) -> Iterator[str]:
    if number > 1 and not reason:
        yield _("Dites pourquoi cette nouvelle version corrige la précédente.")


_SNAPSHOT = """SELECT snapshots.id, campaign_id, number, adopted_at, accounts.name, reason, sha256, document
    FROM snapshots JOIN accounts ON accounts.id = author_id WHERE campaign_id = ?"""


def snapshots_of(db: Database, campaign: Campaign) -> list[Snapshot]:
    """Return the adopted versions of a campaign's diagnostic, oldest first; the last one is in force."""
    return [_snapshot(*row) for row in db.conn.execute(f"{_SNAPSHOT} ORDER BY number", (campaign.id,))]


def find_snapshot(db: Database, campaign: Campaign, number: int) -> Snapshot | None:
    """Return the adopted version of that number, if there is one."""
    row = db.conn.execute(f"{_SNAPSHOT} AND number = ?", (campaign.id, number)).fetchone()
    return _snapshot(*row) if row else None


def latest_snapshot(db: Database, campaign: Campaign) -> Snapshot | None:
    """Return the adopted version in force; None if there is none."""
    row = db.conn.execute(f"{_SNAPSHOT} ORDER BY number DESC LIMIT 1", (campaign.id,)).fetchone()
    return _snapshot(*row) if row else None


def _snapshot(id_: int, campaign_id: int, number: int, adopted_at: str, *rest: str) -> Snapshot:
    return Snapshot(id_, campaign_id, number, datetime.fromisoformat(adopted_at), *rest)
