"""Paper sheets: numbers that follow on from one printing to the next; each entered once, the latest removable."""

from collections.abc import Mapping, Sequence

from grille.messages import message as _
from grille.typed import typed_line
from questionnaires.answers import Answer
from questionnaires.local.questions import is_local
from questionnaires.sheet_numbers import OtherCollege, SheetNumberRefused, normal_number, prefixes
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.rows import single_value, single_values
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
    if not any(answer.answered for code, answer in answers.items() if not is_local(code)):
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


def next_ranks(db: Database, campaign: Campaign) -> dict[str, int]:
    """Return the rank of the next sheet of each college: after those that were printed and those that were entered."""
    printed = dict(db.conn.execute("SELECT college, last FROM printed_sheets WHERE campaign_id = ?", (campaign.id,)))
    entered: dict[str, int] = {}
    sql = "SELECT number FROM paper_sheets WHERE campaign_id = ?"
    for number in single_values(db.conn.execute(sql, (campaign.id,))):
        prefix, _dash, rank = number.rpartition("-")
        if rank.isdigit():
            entered[prefix] = max(entered.get(prefix, 0), int(rank))
    begins = prefixes([one.code for one in campaign.colleges])
    return {code: max(printed.get(code, 0), entered.get(prefix, 0)) + 1 for code, prefix in begins.items()}


def reserve_ranks(db: Database, campaign: Campaign, colleges: Sequence[str], copies: int) -> list[int]:
    """Note that so many sheets are printed for each of these colleges, and return the rank of the first of each.

    Two people who print at once get different numbers.
    """
    with writing(db) as conn:
        following = next_ranks(db, campaign)
        conn.executemany(
            """INSERT INTO printed_sheets (campaign_id, college, last) VALUES (?, ?, ?)
                ON CONFLICT (campaign_id, college) DO UPDATE SET last = max(last, excluded.last)""",
            [(campaign.id, code, following[code] + copies - 1) for code in colleges],
        )
        return [following[code] for code in colleges]


def sheets_entered(db: Database, campaign: Campaign) -> int:
    """Return the number of sheets entered."""
    sql = "SELECT count(*) FROM paper_sheets WHERE campaign_id = ?"
    return int(single_value(db.conn.execute(sql, (campaign.id,))))
