"""Paper sheets entered by hand: each number once per campaign; the latest ones can be removed."""

from collections.abc import Mapping

from grille.messages import message as _
from grille.typed import typed_line
from questionnaires.answers import Answer
from questionnaires.sheet_numbers import OtherCollege, SheetNumberRefused, normal_number
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.rows import single_value
from storage.core.tokens import storable
from storage.responses.recorded_responses import Recorded, record_responses
from storage.responses.responses import UnknownCollege


class SheetTaken(CampaignError):
    """A sheet of that number was already entered in the campaign."""

    def __init__(self, number: str) -> None:
        super().__init__(
            [
                _(
                    "La feuille %(number)s a déjà été saisie : vérifiez son numéro, ou passez à la suivante.",
                    number=number,
                )
            ]
        )


def enter_sheet(db: Database, campaign: Campaign, typed: str, college: str, answers: Mapping[str, Answer]) -> str:
    """Record a sheet under the normal form of its number, and return that form.

    Raises ``SheetTaken``, ``CampaignError`` with every problem (invalid number, no answer), and the errors of
    ``record_responses``.
    """
    problems: list[str] = []
    number = ""
    try:
        number = _number(campaign, typed, college)
    except SheetNumberRefused as refusal:
        if isinstance(refusal, OtherCollege) and sheet_taken(db, campaign, refusal.number):
            raise SheetTaken(refusal.number) from refusal
        problems += refusal.args
    if not any(answer.answered for answer in answers.values()):
        problems.append(_("Cette feuille n’a aucune réponse : une feuille vide ne compte pas."))
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
    return number


def _number(campaign: Campaign, typed: str, college: str) -> str:
    """Return the normal form of a number. Raises ``UnknownCollege`` or ``SheetNumberRefused``."""
    codes = [one.code for one in campaign.colleges]
    if college not in codes:
        raise UnknownCollege
    if not (kept := typed_line(typed)):
        raise SheetNumberRefused(_("Écrivez le numéro de la feuille : il évite de la compter deux fois."))
    return normal_number(kept, college, codes)


def sheet_taken(db: Database, campaign: Campaign, number: str) -> bool:
    """Return whether the sheet of that number was entered."""
    sql = "SELECT 1 FROM paper_sheets WHERE campaign_id = ? AND number = ?"
    return db.conn.execute(sql, (campaign.id, number)).fetchone() is not None


def take_back(db: Database, campaign: Campaign, number: str) -> bool:
    """Delete a sheet and its answers, so that it can be entered again; return False if there is none."""
    with writing(db) as conn:
        response_id = single_value(
            conn.execute(
                """SELECT response_id FROM paper_sheets JOIN campaigns ON campaigns.id = campaign_id
                WHERE campaign_id = ? AND number = ? AND status = 'open'""",
                (campaign.id, storable(number)),
            )
        )
        if response_id is None:
            return False
        conn.execute("DELETE FROM paper_sheets WHERE campaign_id = ? AND number = ?", (campaign.id, storable(number)))
        conn.execute("DELETE FROM responses WHERE id = ?", (response_id,))
        return True


def last_sheets(db: Database, campaign: Campaign, most: int = 5) -> list[tuple[str, str]]:
    """Return the number and the college of the ``most`` sheets entered last, latest first."""
    sql = """SELECT number, college FROM paper_sheets JOIN responses ON responses.id = response_id
        WHERE paper_sheets.campaign_id = ? ORDER BY response_id DESC LIMIT ?"""
    return [(number, college) for number, college in db.conn.execute(sql, (campaign.id, most))]


def sheets_entered(db: Database, campaign: Campaign) -> int:
    """Return the number of sheets entered."""
    sql = "SELECT count(*) FROM paper_sheets WHERE campaign_id = ?"
    return int(single_value(db.conn.execute(sql, (campaign.id,))))
