"""Sheets: the texts that reviewers write beside the scores. Every version is kept; conflicting changes are refused.

A sheet holds the texts of one form. It is saved over the version that its author has read (optimistic locking): when
somebody else saved another one meanwhile, ``SheetChanged`` gives it, so that both can be shown. Private notes are a
separate kind of sheet, never shown outside of the review.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar

import orjson

from grille.messages import message as _
from grille.typed import typed_line, typed_text
from storage.accounts.accounts import Account
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.pages import as_json
from storage.core.timestamps import now, to_text
from storage.review.comments import PENDING

FactState = Literal["", "oui", "en partie", "non"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The judgement of a family: the retained level (None: the score stands), reasons, strengths, weaknesses."""

    level: int | None = None
    justification: str = ""
    strengths: str = ""
    weaknesses: str = ""


@dataclass(frozen=True, slots=True)
class YearlyNote:
    """The note of a campaign: progress, « rapport d’étonnement » in three parts, advice for the next year."""

    progress: str = ""
    went_well: str = ""
    went_less_well: str = ""
    perceived: str = ""
    recommendations: str = ""


@dataclass(frozen=True, slots=True)
class PrivateNote:
    """The private notes of reviewers, never shown to the territory or the funder."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class FactAnswer:
    """Whether an observable fact is true of the territory as a whole; ``""`` if not answered."""

    state: FactState = ""
    precision: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """The answers to the observable facts of one skill, in the order of the grid."""

    answers: tuple[FactAnswer, ...] = ()


Content = Judgement | YearlyNote | PrivateNote | Facts
Written = TypeVar("Written", Judgement, YearlyNote, PrivateNote, Facts)

_KINDS: Final[Mapping[type[Content], str]] = {
    Judgement: "family",
    YearlyNote: "year",
    PrivateNote: "private",
    Facts: "facts",
}
_TYPES: Final[Mapping[str, type[Content]]] = {kind: type_ for type_, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Written]):
    """A sheet as stored. Version 0 is empty and never saved. ``subject`` is the code of a family or a skill."""

    content: Written
    subject: str = ""
    version: int = 0
    author: str = ""
    saved_at: datetime | None = field(default=None)


@dataclass(frozen=True, slots=True)
class SharedSheets:
    """The latest version of every sheet of a campaign but private notes; by subject, but for the note of the year."""

    judgements: dict[str, Sheet[Judgement]]
    facts: dict[str, Sheet[Facts]]
    note: Sheet[YearlyNote]


class SheetChanged(Exception):
    """Someone saved another version since this one was read: ``current``. Nothing was written."""

    def __init__(self, current: Sheet[Any]) -> None:
        self.current = current
        super().__init__(_("Une autre version de ce texte a été enregistrée entre-temps."))


_LATEST = """SELECT campaign_id, kind, document, subject, version, accounts.name, saved_at
    FROM sheets JOIN accounts ON accounts.id = author_id WHERE kind = ? AND version = (SELECT max(version)
    FROM sheets AS latest
    WHERE latest.campaign_id = sheets.campaign_id AND latest.kind = sheets.kind AND latest.subject = sheets.subject)"""
_READ = """SELECT kind, document, subject, version, accounts.name, saved_at
    FROM sheets JOIN accounts ON accounts.id = author_id WHERE campaign_id = ?"""
_NEWEST = """version = (SELECT max(version) FROM sheets AS latest
    WHERE latest.campaign_id = sheets.campaign_id AND latest.kind = sheets.kind AND latest.subject = sheets.subject)"""
_CURRENT = f"{_READ} AND kind = ? AND {_NEWEST}"
_SHARED = f"{_READ} AND kind <> 'private' AND {_NEWEST}"


def read_sheet(db: Database, campaign: Campaign, kind: type[Written], subject: str = "") -> Sheet[Written]:
    """Return the latest version of a sheet; an empty version 0 if nobody has written it."""
    row = db.conn.execute(f"{_CURRENT} AND subject = ?", (campaign.id, _KINDS[kind], subject)).fetchone()
    return _sheet(*row) if row else Sheet(kind(), subject)


def sheets_about(
    db: Database, campaigns: Iterable[Campaign], kind: type[Written], subject: str
) -> dict[int, Sheet[Written]]:
    """Return the latest version of a sheet in each of these campaigns, by campaign id, as ``read_sheet``."""
    found: dict[int, Sheet[Written]] = {one.id: Sheet(kind(), subject) for one in campaigns}
    sql = f"{_LATEST} AND subject = ? AND campaign_id IN (SELECT value FROM json_each(?))"  # noqa: S608  # ours
    for campaign, *row in db.conn.execute(sql, (_KINDS[kind], subject, as_json(found))):
        found[campaign] = _sheet(*row)
    return found


def sheets_of(db: Database, campaign: Campaign, kind: type[Written]) -> dict[str, Sheet[Written]]:
    """Return the latest version of each sheet of that kind that someone has written, by subject."""
    rows = db.conn.execute(_CURRENT, (campaign.id, _KINDS[kind])).fetchall()
    return {sheet.subject: sheet for sheet in (_sheet(*row) for row in rows)}


def shared_sheets(db: Database, campaign: Campaign) -> SharedSheets:
    """Return what ``sheets_of`` and ``read_sheet`` return of every kind that is shared, in one query."""
    found: dict[str, dict[str, Sheet[Any]]] = {kind: {} for kind in _TYPES}
    for kind, document, subject, *row in db.conn.execute(f"{_SHARED} ORDER BY kind, subject", (campaign.id,)):
        found[kind][subject] = _sheet(kind, document, subject, *row)
    note = found["year"].get("", Sheet(YearlyNote()))
    return SharedSheets(found["family"], found["facts"], note)


def save_sheet(
    db: Database,
    campaign: Campaign,
    content: Written,
    author: Account,
    *,
    expected: int,
    subject: str = "",
    at: datetime | None = None,
) -> Sheet[Written]:
    """Save a new version over version ``expected``. Idempotent: the same text changes nothing.

    Raises ``SheetChanged`` when the latest version is another one with another text. Nothing is then written.
    """
    content = _storable(content)
    with writing(db) as conn:
        current = read_sheet(db, campaign, type(content), subject)
        if current.content == content:
            return current
        if current.version != expected:
            raise SheetChanged(current)
        saved_at = to_text(at or now())
        conn.execute(
            """INSERT INTO sheets (campaign_id, kind, subject, version, document, author_id, saved_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (campaign.id, _KINDS[type(content)], subject, expected + 1, _written(content), author.id, saved_at),
        )
        return Sheet(content, subject, expected + 1, author.name, datetime.fromisoformat(saved_at))


def shared_versions(db: Database, campaign: Campaign) -> list[Sheet[Any]]:
    """Return every version of every sheet but private notes, oldest first, for the history."""
    rows = db.conn.execute(f"{_READ} AND kind <> 'private' ORDER BY sheets.id", (campaign.id,)).fetchall()
    return [_sheet(*row) for row in rows]


_STATE = f"""SELECT
    (SELECT max(id) FROM sheets WHERE campaign_id = :campaign),
    {PENDING},
    (SELECT max(number) FROM snapshots WHERE campaign_id = :campaign),
    (SELECT group_concat(id || status || coalesce(closed_at, '') || name, ' ') FROM campaigns
        WHERE territory_id = :territory),
    (SELECT count(*) || ' ' || count(removed_at) FROM evidence WHERE campaign_id = :campaign),
    (SELECT max(decided_at) FROM comments WHERE campaign_id = :campaign),
    (SELECT max(id) FROM review_handovers WHERE campaign_id = :campaign),
    coalesce((SELECT group_concat(skill, ' ') FROM (SELECT DISTINCT skill FROM action_skills
        JOIN actions ON actions.id = action_id WHERE territory_id = :territory AND removed_at IS NULL
        AND status <> 'abandonnee' ORDER BY skill)), '')"""  # noqa: S608  # our own text


class ReviewState(NamedTuple):
    """What changes whenever the review desk would show something else: a cache key.

    ``waiting`` is the number of comments and of free answers that nobody has decided on; ``decided`` is when the last
    decision was; ``handover`` the id of the last time that the review was handed over; ``aimed`` are the skills that
    actions aim at, dropped and removed ones left out.
    """

    last_sheet: int | None
    waiting: int
    last_snapshot: int | None
    campaigns: str
    evidence: str
    decided: str | None
    handover: int | None
    aimed: str


def review_state(db: Database, campaign: Campaign) -> ReviewState:
    """Return the state of the review of a campaign, in one query."""
    return ReviewState(
        *db.conn.execute(_STATE, {"campaign": campaign.id, "territory": campaign.territory.id}).fetchone()
    )


def _sheet(kind: str, document: str, subject: str, version: int, author: str, saved_at: str) -> Sheet[Any]:
    return Sheet(_read(kind, document), subject, version, author, datetime.fromisoformat(saved_at))


def _read(kind: str, document: str) -> Any:
    values = orjson.loads(document)
    if kind == "facts":
        return Facts(tuple(FactAnswer(**answer) for answer in values["answers"]))
    return _TYPES[kind](**values)


def _written(content: Content) -> str:
    return orjson.dumps(asdict(content)).decode()


def _storable(content: Written) -> Written:
    """Return the same content with its texts normalised (``normalised_text``)."""
    if isinstance(content, Facts):
        answers = (FactAnswer(answer.state, typed_line(answer.precision)) for answer in content.answers)
        return Facts(tuple(answers))
    return type(content)(**dict(_tidied(asdict(content))))


def _tidied(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        yield name, normalised_text(value) if isinstance(value, str) else value


def normalised_text(text: str) -> str:
    """Return a text as it is stored: Unix line ends, no surrounding blanks, storable characters only.

    >>> normalised_text(" Bien \\r\\n mieux\\0 ")
    'Bien \\n mieux'
    """
    return typed_text(text).strip()
