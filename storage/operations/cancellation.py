"""Cancelling a campaign opened by mistake: everything of it is erased, and proven so; who still comes is told.

What is left is its name, its year, the marks by which its links are recognised, and the lines of the audit log.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grille.messages import message as _
from storage.campaigns.after_opening.cancelled import remember_cancelled
from storage.campaigns.campaigns import Campaign, participation
from storage.campaigns.lifecycle import reload_campaign
from storage.campaigns.territories import Territory
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.rows import single_values
from storage.operations.erasure_proof import erase_files, is_legible, is_needed, remaining, traces_to_find
from storage.operations.jobs import erase_jobs
from storage.operations.published_copies import copies_of

if TYPE_CHECKING:
    import sqlite3

_RESPONSES: Final = "SELECT id FROM responses WHERE campaign_id = :campaign"
_WORKSHOPS: Final = "SELECT id FROM workshops WHERE campaign_id = :campaign"

_AUDIENCES: Final = "SELECT id FROM audiences WHERE campaign_id = :campaign"
_PHONES: Final = f"SELECT id FROM audience_phones WHERE audience_id IN ({_AUDIENCES})"  # noqa: S608  # ours

_OWN: Final = (
    "comment_themes",
    "webhook_deliveries",
    "comments",
    "local_counts",
    "local_texts",
    "paper_sheets",
    "printed_sheets",
    "imported_responses",
    "imported_respondents",
    "import_keys",
    "imports",
    "responses",
    "links",
    "college_merges",
    "sheets",
    "evidence",
    "sequences",
    "decisions",
    "starts",
    "jobs",
    "campaign_changes",
    "campaign_colleges",
    "session_minutes",
    "session_places",
    "device_starts",
    "review_handovers",
    "review_visits",
)
"""The tables whose rows each say of which campaign they are."""

# What holds rows of a campaign, and which: those that refer to others come first. A test asks for every table.
_ROWS: Final = (
    ("audience_answers", f"phone_id IN ({_PHONES})"),
    *(
        (table, f"audience_id IN ({_AUDIENCES})")
        for table in ("audience_words", "audience_phones", "audience_questions")
    ),
    ("audiences", "campaign_id = :campaign"),
    ("workshop_reveals", f"workshop_id IN ({_WORKSHOPS})"),
    ("workshop_phones", f"workshop_id IN ({_WORKSHOPS}) OR response_id IN ({_RESPONSES})"),
    ("workshops", "campaign_id = :campaign"),
    ("resume_codes", f"response_id IN ({_RESPONSES})"),
    *((table, "campaign_id = :campaign") for table in _OWN),
    ("campaigns", "id = :campaign"),
)

# What the campaign's links, responses, codes and workshops are known by.
_KNOWN: Final = (
    "SELECT token_sha256 FROM links WHERE campaign_id = :campaign",
    "SELECT code_hmac FROM links WHERE campaign_id = :campaign AND code_hmac IS NOT NULL",
    "SELECT key_sha256 FROM responses WHERE campaign_id = :campaign AND key_sha256 IS NOT NULL",
    f"SELECT code_hmac FROM resume_codes WHERE response_id IN ({_RESPONSES})",  # noqa: S608  # ours
)
_CODES: Final = "SELECT code FROM workshops WHERE campaign_id = :campaign"

_TEXTS: Final = (
    f"SELECT value FROM responses, json_each(document, '$.comments') WHERE responses.id IN ({_RESPONSES})",  # noqa: S608  # ours
    f"SELECT value FROM responses, json_each(document, '$.reasons') WHERE responses.id IN ({_RESPONSES})",  # noqa: S608  # ours
    f"""SELECT value FROM responses, json_each(document, '$.local') AS said
        WHERE said.type = 'text' AND responses.id IN ({_RESPONSES})""",  # noqa: S608  # ours
    "SELECT mark FROM comments WHERE campaign_id = :campaign",
    f"SELECT sealed_code FROM resume_codes WHERE response_id IN ({_RESPONSES})",  # noqa: S608  # ours
    f"SELECT sealed_key FROM resume_codes WHERE response_id IN ({_RESPONSES})",  # noqa: S608  # ours
)


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased with a campaign: how many people had answered, the traces to search for, the evidence files."""

    answers: int
    traces: tuple[str, ...]
    files: tuple[str, ...]


def cancel_campaign(db: Database, campaign: Campaign, *, whatever_the_answers: bool = False) -> Erased:
    """Erase an open campaign and everything of it, and remember only that it was cancelled.

    Raises ``CampaignError`` when it is not open, or when k people or more have answered, unless
    ``whatever_the_answers``. Call ``prove_erased`` once the transaction is over.
    """
    with writing(db):
        current = reload_campaign(db, campaign)
        answers = sum(participation(db, current).values())
        if problems := list(_problems(current, answers, whatever_the_answers=whatever_the_answers)):
            raise CampaignError(problems)
        return erase_campaign(db, current)


def erase_campaign(db: Database, campaign: Campaign) -> Erased:
    """Erase everything of a campaign, whatever its state, and remember that it was cancelled.

    Of a trial, the real territory beside it remembers. Call ``prove_erased`` once the transaction is over.
    """
    answers = sum(participation(db, campaign).values())
    with writing(db) as conn:
        values = {"campaign": campaign.id}
        known = [one for sql in _KNOWN for one in single_values(conn.execute(sql, values))]
        texts = [one for sql in _TEXTS for one in single_values(conn.execute(sql, values)) if is_legible(one)]
        sql = "SELECT DISTINCT sha256 FROM evidence WHERE sha256 IS NOT NULL AND campaign_id = :campaign"
        files = single_values(conn.execute(sql, values))
        remember_cancelled(db, campaign, [*known, *single_values(conn.execute(_CODES, values))])
        erase_jobs(db, campaign.id)
        _erase_rows(conn, campaign.id)
        unneeded = [sha256 for sha256 in files if not is_needed(conn, sha256)]
    return Erased(answers, (*known, *texts), tuple(unneeded))


def may_be_cancelled(campaign: Campaign, answers: int) -> bool:
    """Return whether its pilot may cancel it: it is open, and so few answered that nothing could be shown of them."""
    return campaign.status == "open" and answers < campaign.k


def _problems(campaign: Campaign, answers: int, *, whatever_the_answers: bool) -> Iterator[str]:
    if campaign.status != "open":
        yield _("Seule une campagne ouverte s’annule : un brouillon se supprime, une collecte close reste.")
    elif not whatever_the_answers and not may_be_cancelled(campaign, answers):
        yield _(
            "%(answers)s personnes ont répondu : seule l’équipe du programme peut encore annuler cette campagne.",
            answers=answers,
        )


def _erase_rows(conn: "sqlite3.Connection", campaign_id: int) -> None:
    values = {"campaign": campaign_id}
    conn.execute("PRAGMA defer_foreign_keys = ON")
    conn.execute("UPDATE actions SET wave_id = NULL WHERE wave_id = :campaign", values)
    for table, which in _ROWS:
        conn.execute(f"DELETE FROM {table} WHERE {which}", values)  # noqa: S608  # names of ours


def prove_erased(db: Database, territory: Territory, erased: Erased) -> tuple[str, ...]:
    """Delete the files and copies of what was erased on a territory, and return what remains, as French sentences."""
    erase_files(db, erased.files)
    copies_of(db).forget(territory)
    return tuple(remaining(db, traces_to_find(db, list(erased.traces)), erased.files))
