"""Tables of answers taken in as wholes, each file once per campaign, after a look at what they would bring."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from grille import Problem
from grille.colleges import with_only
from questionnaires import Questionnaire
from storage.campaigns import Campaign
from storage.database import writing
from storage.engine import Database
from storage.moments import day_in, today
from storage.problems import CampaignError
from storage.responses import Mode, Recorded, record_responses
from storage.tokens import storable

if TYPE_CHECKING:
    from questionnaires.foreign_table import ForeignTable, Told


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it was sent."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """What tells whether it is the very same file."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Import:
    """A file that was taken in: its name, how many responses it held, and the day."""

    file_name: str
    responses: int
    on: date


class AlreadyImported(CampaignError):
    """The same file was taken in before."""

    def __init__(self, before: Import) -> None:
        super().__init__(
            [
                f"Ce fichier a déjà été importé le {before.on:%d/%m/%Y}, sous le nom « {before.file_name} » "
                f"({_counted(before.responses)}) : l’importer de nouveau compterait tout le monde deux fois."
            ]
        )


@dataclass(frozen=True, slots=True)
class Examined:
    """What a table would bring, and nothing is written yet.

    ``silent`` counts its rows without any answer, which are not taken; ``left_out`` are its columns that are not read,
    ``absent`` those that the mapping names and that it has not, ``unanswered`` the skills asked that nobody answers.
    ``remarks`` are French sentences about what was read in a way that the file does not show (formulas, other sheets).
    """

    file: SentFile
    responses: tuple[Recorded, ...]
    silent: int
    left_out: tuple[str, ...]
    absent: tuple[str, ...]
    unanswered: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[tuple[str | None, Mode], int]:
        """How many responses there are by college (None: a workshop of several) and mode."""
        return Counter((one.college, one.mode) for one in self.responses)


def examine(
    db: Database, campaign: Campaign, file: SentFile, mapping: SentFile | None = None, college: str = ""
) -> Examined:
    """Read a table (CSV or XLSX) as this campaign would take it; ``college`` is that of every row, if it has none.

    Raises ``AlreadyImported`` when this campaign has had the very same file, and ``AnswersErrors`` with every problem:
    only the campaign's own colleges, the skills that its form asks and the levels of its grid are accepted.
    """
    from questionnaires.answers_table import AnswersErrors
    from questionnaires.column_mapping import read_mapping
    from questionnaires.foreign_table import read_foreign, told

    if before := find_import(db, campaign, file):
        raise AlreadyImported(before)
    own = read_mapping(mapping.content, mapping.name) if mapping else None
    grid = with_only(campaign.grid, [one.code for one in campaign.colleges])
    asked = {question.code for question in Questionnaire(grid, campaign.form, "").questions}
    table = read_foreign(file.content, file.name, grid, own, college, asked)
    examined = _examined(file, table, list(told(table.frame)), asked)
    if not examined.responses:
        raise AnswersErrors([Problem(file.name, None, "aucune ligne n’a de réponse : il n’y a rien à importer.")])
    return examined


def _examined(file: SentFile, table: "ForeignTable", rows: "list[Told]", asked: Iterable[str]) -> Examined:
    responses = tuple(Recorded(row.college or None, row.answers, row.mode) for row in rows if row.answers)
    answered = {code for response in responses for code in response.answers}
    return Examined(
        file,
        responses,
        len(rows) - len(responses),
        table.left_out,
        table.absent,
        tuple(sorted(code for code in asked if code not in answered)),
        table.remarks,
    )


def import_answers(db: Database, campaign: Campaign, examined: Examined) -> int:
    """Add every response of a table, or none, and say how many.

    Raises ``AlreadyImported`` when this campaign has had the very same file, and as ``record_responses`` does.
    """
    with writing(db) as conn:
        if before := find_import(db, campaign, examined.file):
            raise AlreadyImported(before)
        count = record_responses(db, campaign, examined.responses)
        conn.execute(
            "INSERT INTO imports (campaign_id, sha256, file_name, responses, imported_on) VALUES (?, ?, ?, ?, ?)",
            (campaign.id, examined.file.sha256, storable(examined.file.name)[:120], count, today()),
        )
    return count


def find_import(db: Database, campaign: Campaign, file: SentFile) -> Import | None:
    """When and how this very file was taken in, if it was."""
    sql = "SELECT file_name, responses, imported_on FROM imports WHERE campaign_id = ? AND sha256 = ?"
    row = db.conn.execute(sql, (campaign.id, file.sha256)).fetchone()
    return row and _import(*row)


def imports_of(db: Database, campaign: Campaign) -> list[Import]:
    """The files that a campaign has taken in, latest first."""
    sql = "SELECT file_name, responses, imported_on FROM imports WHERE campaign_id = ? ORDER BY rowid DESC"
    return [_import(*row) for row in db.conn.execute(sql, (campaign.id,))]


def _import(file_name: str, responses: int, imported_on: str) -> Import:
    day = day_in(imported_on)
    assert day is not None  # noqa: S101  # NOT NULL
    return Import(file_name, responses, day)


def _counted(responses: int) -> str:
    return f"{responses} réponses" if responses > 1 else f"{responses} réponse"
