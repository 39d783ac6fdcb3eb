"""Imports of tables of answers: each file once per campaign, as a whole, after a preview."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from grille import FileProblem
from grille.colleges import with_only
from grille.messages import message as _
from grille.typed import typed_line
from questionnaires import Questionnaire
from storage.campaigns.campaigns import Campaign, current_status
from storage.campaigns.import_marks import keep_marks, known_marks
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.timestamps import parse_day, today
from storage.core.tokens import storable
from storage.grids.additions import with_easy_words
from storage.responses.recorded_responses import Recorded, record_responses
from storage.responses.responses import Mode

if TYPE_CHECKING:
    from questionnaires.mapped_table import ForeignTable, RespondentRow


@dataclass(frozen=True, slots=True)
class SentFile:
    """An uploaded file."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The SHA-256 of the content, which identifies the file."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Import:
    """An imported file: its name, the number of responses it brought, the day, and whether it can be undone."""

    file_name: str
    responses: int
    on: date
    sha256: str = ""
    undoable: bool = False


class AlreadyImported(CampaignError):
    """The campaign has already imported the same file."""

    def __init__(self, before: Import) -> None:
        super().__init__(
            [
                _(
                    "Ce fichier a déjà été importé le %(on)s, sous le nom « %(file_name)s » "
                    "(%(counted)s) : l’importer de nouveau compterait tout le monde deux fois.",
                    on=f"{before.on:%d/%m/%Y}",
                    file_name=before.file_name,
                    counted=_counted(before.responses),
                )
            ]
        )


@dataclass(frozen=True, slots=True)
class Examined:
    """The preview of a table's import; nothing is written yet.

    ``silent`` counts the rows without any answer, which are not imported; ``left_out`` are the columns that are not
    read, ``absent`` those of the mapping that the table does not have, ``unanswered`` the skills asked that nobody
    answers. ``remarks`` are French sentences on what the file does not show by itself (formulas, other sheets).
    ``respondents`` are the identifiers of the people behind ``responses``, perhaps several each; ``known`` counts the
    rows left out because an earlier table had their respondent; ``anonymous`` tells that respondents have no identifier
    although tables were imported before.
    """

    file: SentFile
    responses: tuple[Recorded, ...]
    silent: int
    left_out: tuple[str, ...]
    absent: tuple[str, ...]
    unanswered: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    respondents: tuple[str, ...] = ()
    known: int = 0
    anonymous: bool = False

    @property
    def counts(self) -> dict[tuple[str | None, Mode], int]:
        """The number of responses by college (None for a workshop of several colleges) and mode."""
        return Counter((one.college, one.mode) for one in self.responses)


def examine(
    db: Database, campaign: Campaign, file: SentFile, mapping: SentFile | None = None, college: str = ""
) -> Examined:
    """Read a table (CSV or XLSX) as an import into this campaign; ``college`` is for rows that name none.

    Accepts only the campaign's own colleges, the skills of its form and the levels of its grid. Raises
    ``AlreadyImported`` when the campaign has imported the same file, and ``AnswersErrors`` with every problem.
    """
    from questionnaires.answers_table import AnswersErrors
    from questionnaires.column_mapping import read_mapping
    from questionnaires.mapped_table import read_foreign
    from questionnaires.outside.beside import BEFORE, beside_columns

    if before := find_import(db, campaign, file):
        raise AlreadyImported(before)
    own = read_mapping(mapping.content, mapping.name) if mapping else None
    grid = with_only(with_easy_words(db, campaign.grid), [one.code for one in campaign.colleges])
    asked = {question.code for question in Questionnaire(grid, campaign.form, "").questions}
    columns = {name for name, one in beside_columns(asked).items() if one.part != BEFORE or campaign.retrospective}
    table = read_foreign(file.content, file.name, grid, own, college, asked | columns)
    examined = _examined(db, campaign, file, table, asked)
    if not examined.responses:
        known = _("tous les répondants de ce tableau ont déjà été importés : il n’y a personne à ajouter.")
        silent = _("aucune ligne n’a de réponse : il n’y a rien à importer.")
        raise AnswersErrors([FileProblem(file.name, None, known if examined.known else silent)])
    return examined


def _examined(
    db: Database, campaign: Campaign, file: SentFile, table: "ForeignTable", asked: Iterable[str]
) -> Examined:
    from questionnaires.mapped_table import rows_as_answers

    rows = list(rows_as_answers(table.frame, table.identifiers, table.beside))
    speaking = [row for row in rows if row.answers]
    _refuse_twice(file, speaking)
    known = known_marks(db, campaign.id, (name for row in speaking for name in row.identifiers))
    new = [row for row in speaking if known.isdisjoint(row.identifiers)]
    answered = {code for row in new for code, one in row.answers.items() if one.answered}
    return Examined(
        file,
        tuple(Recorded(row.college or None, row.answers, row.mode) for row in new),
        len(rows) - len(speaking),
        table.left_out,
        table.absent,
        tuple(sorted(code for code in asked if code not in answered)),
        table.remarks,
        tuple(name for row in new for name in row.identifiers),
        len(speaking) - len(new),
        not any(row.identifiers for row in rows) and bool(imports_of(db, campaign)),
    )


def _refuse_twice(file: SentFile, rows: "list[RespondentRow]") -> None:
    """Raise ``AnswersErrors`` for a respondent present in two campaigns or territories, who would count twice."""
    from questionnaires.answers_table import AnswersErrors

    counts = Counter(row.identifiers[0] for row in rows if row.identifiers)
    if twice := [name for name, count in counts.items() if count > 1]:
        problems = [
            FileProblem(
                file.name,
                None,
                _(
                    "le répondant « %(name)s » est là plusieurs fois : gardez une seule de ses réponses.",
                    name=name[:40],
                ),
            )
            for name in twice[:100]
        ]
        raise AnswersErrors(problems, len(twice))


def import_answers(db: Database, campaign: Campaign, examined: Examined) -> int:
    """Add every response of a table, or none, and return their number.

    Raises ``AlreadyImported`` when the campaign has imported the same file, ``CampaignError`` when an import since the
    preview has brought the same people, and the errors of ``record_responses``.
    """
    sha256 = examined.file.sha256
    with writing(db) as conn:
        if before := find_import(db, campaign, examined.file):
            raise AlreadyImported(before)
        if known_marks(db, campaign.id, examined.respondents):
            raise CampaignError([_("Un autre tableau vient d’apporter certaines de ces personnes : revérifiez.")])
        (last,) = conn.execute("SELECT coalesce(max(id), 0) FROM responses").fetchone()
        count = record_responses(db, campaign, examined.responses)
        conn.execute(
            """INSERT INTO imported_responses (response_id, campaign_id, sha256)
                SELECT id, campaign_id, ? FROM responses WHERE id > ? AND campaign_id = ?""",
            (sha256, last, campaign.id),
        )
        keep_marks(conn, campaign.id, sha256, examined.respondents)
        conn.execute(
            "INSERT INTO imports (campaign_id, sha256, file_name, responses, imported_on) VALUES (?, ?, ?, ?, ?)",
            (campaign.id, sha256, typed_line(examined.file.name)[:120], count, today()),
        )
    return count


def undo_import(db: Database, campaign: Campaign, sha256: str) -> int:
    """Delete the responses that a table brought, so that it can be imported again; return their number.

    Changes nothing and returns 0 when there is no such import, when it cannot be undone, or when the campaign is
    closed.
    """
    wanted = (campaign.id, storable(sha256))
    with writing(db) as conn:
        status = current_status(conn, campaign)
        sql = "SELECT response_id FROM imported_responses WHERE campaign_id = ? AND sha256 = ?"
        responses = conn.execute(sql, wanted).fetchall() if status == "open" else []
        if responses:
            for table in ("imported_responses", "imported_respondents", "imports"):
                conn.execute(f"DELETE FROM {table} WHERE campaign_id = ? AND sha256 = ?", wanted)  # noqa: S608  # ours
            conn.executemany("DELETE FROM responses WHERE id = ?", responses)
    return len(responses)


_IMPORTS: Final = """SELECT file_name, responses, imported_on, sha256, EXISTS (
    SELECT 1 FROM imported_responses AS brought WHERE brought.campaign_id = imports.campaign_id
        AND brought.sha256 = imports.sha256) FROM imports WHERE campaign_id = ?"""


def find_import(db: Database, campaign: Campaign, file: SentFile) -> Import | None:
    """Return the earlier import of this file, if any."""
    row = db.conn.execute(f"{_IMPORTS} AND sha256 = ?", (campaign.id, file.sha256)).fetchone()
    return row and _import(*row)


def imports_of(db: Database, campaign: Campaign) -> list[Import]:
    """Return the imports of a campaign, latest first."""
    return [_import(*row) for row in db.conn.execute(f"{_IMPORTS} ORDER BY rowid DESC", (campaign.id,))]


def _import(file_name: str, responses: int, imported_on: str, sha256: str, undoable: int) -> Import:
    day = parse_day(imported_on)
    assert day is not None  # noqa: S101  # NOT NULL
    return Import(file_name, responses, day, sha256, bool(undoable))


def _counted(responses: int) -> str:
    return (
        _("%(responses)s réponses", responses=responses)
        if responses > 1
        else _("%(responses)s réponse", responses=responses)
    )
