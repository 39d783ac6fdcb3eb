"""Answers to local questions: separated from the responses at the closing, then shown from k people on.

Before, they are in the documents of responses, where their authors can change them. At the closing they leave them for
good, in the same transaction: of the choices, the counts of at least k people and no others; of the free answers, the
texts, in no order, when at least k people wrote one. Nothing then tells whose they were, nor who gave two of them.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson

from questionnaires.answers import LOCAL_ANSWERS
from questionnaires.local.questions import CODES, LocalQuestion
from storage.campaigns.campaigns import Campaign
from storage.core.engine import Database
from storage.core.tokens import new_secret

if TYPE_CHECKING:
    import sqlite3

# Of those who count in the results too: whoever answered a question of the grid. Workshops are asked none.
_HELD = """SELECT document FROM responses
    WHERE campaign_id = ? AND deleted = 0 AND answered > 0 AND mode <> 'atelier' AND instr(document, '"local"')"""


def separate_local_answers(conn: "sqlite3.Connection", campaign: Campaign) -> None:
    """Take the answers to local questions out of the responses of a campaign that is being closed."""
    if not campaign.local_questions:
        return
    choices, texts = _said(conn, campaign)
    conn.executemany(
        "INSERT INTO local_counts (campaign_id, question, choice, people) VALUES (?, ?, ?, ?)",
        [(campaign.id, *which, people) for which, people in choices.items() if people >= campaign.k],
    )
    conn.executemany(
        "INSERT INTO local_texts (mark, campaign_id, question, text) VALUES (?, ?, ?, ?)",
        [
            (new_secret(), campaign.id, question, text)
            for question, written in texts.items()
            if len(written) >= campaign.k
            for text in written
        ],
    )
    conn.execute(
        """UPDATE responses SET document = json_remove(document, '$.local')
            WHERE campaign_id = ? AND instr(document, '"local"')""",
        (campaign.id,),
    )


def _said(
    conn: "sqlite3.Connection", campaign: Campaign
) -> tuple[Mapping[tuple[str, int], int], Mapping[str, list[str]]]:
    """Return how many people made each choice, by question, and the texts written, by question."""
    choices: Counter[tuple[str, int]] = Counter()
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for (document,) in conn.execute(_HELD, (campaign.id,)):
        for question, said in orjson.loads(document).get(LOCAL_ANSWERS, {}).items():
            if isinstance(said, str):
                texts[question].append(said)
            else:
                choices[question, said] += 1
    return choices, texts


@dataclass(frozen=True, slots=True)
class LocalCounts:
    """How people answered a closed local question: the choices, each with its people, None for fewer than k."""

    question: LocalQuestion
    people: tuple[int | None, ...]

    @property
    def is_shown(self) -> bool:
        """Whether anything can be shown: at least k people made the same choice."""
        return any(count is not None for count in self.people)

    @property
    def total(self) -> int | None:
        """How many people answered.

        None where a choice is hidden: with the total, the others could be subtracted from it.
        """
        shown = [count for count in self.people if count is not None]
        return sum(shown) if len(shown) == len(self.people) else None


def local_counts(db: Database, campaign: Campaign) -> list[LocalCounts]:
    """Return how people answered each closed local question of a closed campaign."""
    sql = "SELECT question, choice, people FROM local_counts WHERE campaign_id = ?"
    known = {(question, choice): people for question, choice, people in db.conn.execute(sql, (campaign.id,))}
    return [
        LocalCounts(one, tuple(known.get((code, rank)) for rank in range(1, len(one.choices) + 1)))
        for code, one in zip(CODES, campaign.local_questions, strict=False)
        if not one.is_open
    ]
