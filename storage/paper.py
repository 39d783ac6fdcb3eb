"""Sheets of paper entered by hand: each number once per campaign, and the last ones can be taken back."""

import re
from collections.abc import Mapping, Sequence

from questionnaires.answers import Answer
from storage.campaigns import Campaign
from storage.database import writing
from storage.engine import Database
from storage.problems import CampaignError
from storage.responses import Recorded, record_responses
from storage.tokens import storable


class SheetTaken(CampaignError):
    """That sheet was entered already."""

    def __init__(self, number: str) -> None:
        super().__init__([f"La feuille {number} a déjà été saisie : vérifiez son numéro, ou passez à la suivante."])


def sheet_number(typed: str) -> str:
    """The number of a sheet as it is compared: capitals, no space, three figures at least.

    >>> sheet_number(" elu 7 "), sheet_number("elu-007"), sheet_number("n°12")
    ('ELU-007', 'ELU-007', 'N-012')
    """
    parts = re.findall(r"[A-ZÀ-ÖØ-Þ]+|[0-9]+", storable(typed).upper())
    return "-".join(_part(part) for part in parts[:3])


def _part(part: str) -> str:
    return part.lstrip("0")[:8].zfill(3) if part.isdecimal() else part[:8]


def prefixes(codes: Sequence[str]) -> dict[str, str]:
    """What the numbers of each college's sheets begin with: its first letters, unless two would begin alike.

    >>> prefixes(["elus", "habitants"]), prefixes(["jeunes", "jeunes-2"])
    ({'elus': 'ELU', 'habitants': 'HAB'}, {'jeunes': 'AA', 'jeunes-2': 'AB'})
    """
    first = [re.sub("[^A-Z]", "", code.upper())[:3] for code in codes]
    if not all(first) or len(set(first)) < len(codes):
        first = [chr(65 + rank // 26) + chr(65 + rank % 26) for rank in range(len(codes))]
    return dict(zip(codes, first, strict=True))


def next_number(number: str) -> str:
    """The number that follows, where there is one to guess.

    >>> next_number("ELU-009"), next_number("ELU")
    ('ELU-010', '')
    """
    prefix, dash, figures = number.rpartition("-")
    return f"{prefix}{dash}{int(figures) + 1:0{len(figures)}}" if figures.isdigit() else ""


def enter_sheet(db: Database, campaign: Campaign, number: str, college: str, answers: Mapping[str, Answer]) -> None:
    """Record one sheet. Raises ``SheetTaken``, ``CampaignError`` when it says nothing, and as ``record_responses``."""
    problems = [] if number else ["Écrivez le numéro de la feuille : il évite de la compter deux fois."]
    if not any(answer.answered for answer in answers.values()):
        problems.append("Cette feuille n’a aucune réponse : une feuille vide ne compte pas.")
    if problems:
        raise CampaignError(problems)
    with writing(db) as conn:
        if sheet_taken(db, campaign, number):
            raise SheetTaken(number)
        record_responses(db, campaign, [Recorded(college, answers, "papier")])
        conn.execute(
            "INSERT INTO paper_sheets (campaign_id, number, response_id) SELECT ?, ?, max(id) FROM responses",
            (campaign.id, number),
        )


def sheet_taken(db: Database, campaign: Campaign, number: str) -> bool:
    """Whether the sheet of that number was entered."""
    sql = "SELECT 1 FROM paper_sheets WHERE campaign_id = ? AND number = ?"
    return db.conn.execute(sql, (campaign.id, number)).fetchone() is not None


def take_back(db: Database, campaign: Campaign, number: str) -> bool:
    """Erase a sheet and its answers, so that it can be entered again; False when there is no such sheet any more."""
    with writing(db) as conn:
        row = conn.execute(
            """SELECT response_id FROM paper_sheets JOIN campaigns ON campaigns.id = campaign_id
                WHERE campaign_id = ? AND number = ? AND status = 'open'""",
            (campaign.id, storable(number)),
        ).fetchone()
        if row is None or row[0] is None:
            return False
        conn.execute("DELETE FROM paper_sheets WHERE campaign_id = ? AND number = ?", (campaign.id, storable(number)))
        conn.execute("DELETE FROM responses WHERE id = ?", row)
        return True


def last_sheets(db: Database, campaign: Campaign, most: int = 5) -> list[tuple[str, str]]:
    """The number and the college of the sheets entered last, latest first."""
    sql = """SELECT number, college FROM paper_sheets JOIN responses ON responses.id = response_id
        WHERE paper_sheets.campaign_id = ? ORDER BY response_id DESC LIMIT ?"""
    return [(number, college) for number, college in db.conn.execute(sql, (campaign.id, most))]


def sheets_entered(db: Database, campaign: Campaign) -> int:
    """How many sheets were entered."""
    sql = "SELECT count(*) FROM paper_sheets WHERE campaign_id = ?"
    return int(db.conn.execute(sql, (campaign.id,)).fetchone()[0])
