"""Responses recorded as a whole: imported tables, paper sheets, the demonstration."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson

from questionnaires.answers import Answer, empty_document, merged
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.timestamps import today
from storage.responses.responses import Mode, UnknownCollege, checked_answers, refuse_closed


@dataclass(frozen=True, slots=True)
class Recorded:
    """A complete response from elsewhere: a paper sheet, a workshop, a table.

    ``retrospective`` holds the answers about the year before, if the campaign asks for them.
    """

    college: str | None
    answers: Mapping[str, Answer]
    mode: Mode = "papier"
    on: date | None = None
    retrospective: Mapping[str, Answer] = field(default_factory=dict)


def _values(answers: Mapping[str, Answer]) -> dict[str, Any]:
    return {code: answer.value for code, answer in answers.items() if answer.answered}


def record_responses(db: Database, campaign: Campaign, responses: Iterable[Recorded]) -> int:
    """Add complete responses, all or none, and return their number. No key opens them: they cannot change.

    Raises ``CampaignClosed``, ``UnknownCollege``, and ``ValueError`` for an answer that the grid does not have.
    """
    with writing(db) as conn:
        refuse_closed(conn, campaign)
        rows = [_row(campaign, response) for response in responses]
        conn.executemany(
            """INSERT INTO responses (campaign_id, college, mode, document, answered, submitted_on)
                VALUES (?, ?, ?, ?, ?, ?)""",
            rows,
        )
    return len(rows)


def _row(campaign: Campaign, response: Recorded) -> tuple[Any, ...]:
    if response.college not in {c.code for c in campaign.colleges} and response.mode != "atelier":
        raise UnknownCollege
    document = merged(empty_document(), checked_answers(response.answers, campaign.grid), at=0)
    del document["stamps"]
    if response.retrospective:
        document["retrospective"] = _values(checked_answers(response.retrospective, campaign.grid))
    on = response.on.isoformat() if response.on else today()
    text = orjson.dumps(document).decode()
    return campaign.id, response.college, response.mode, text, len(document["answers"]), on
