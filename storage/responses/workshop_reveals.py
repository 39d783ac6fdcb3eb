"""The distributions revealed on a workshop's screen, from k answers on."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson

from grille.messages import message as _
from questionnaires.answers import Value
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.responses.workshops import Workshop, workshop_under_way

if TYPE_CHECKING:
    import sqlite3


Said = tuple[str, Value, int, int]
"""An answer: its college, its value, whether a phone of the room gave it, whether another workshop has shown it."""


class NotRevealed(CampaignError):
    """Too few answers to show a distribution without identifying somebody; the message is a French sentence."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """The number of phones per value when it was revealed, and the number of answers withheld."""

    counts: Mapping[Value, int]
    held_back: int


def revealed(db: Database, workshop: Workshop, skill: str) -> Revealed | None:
    """Return the distribution revealed for that skill, if any; later answers do not change it."""
    return _revealed(db.conn, workshop, skill)


def _revealed(conn: "sqlite3.Connection", workshop: Workshop, skill: str) -> Revealed | None:
    sql = "SELECT distribution, held_back FROM workshop_reveals WHERE workshop_id = ? AND skill = ?"
    row = conn.execute(sql, (workshop.id, skill)).fetchone()
    if row is None:
        return None
    distribution, held_back = row
    return Revealed(dict(orjson.loads(distribution)), held_back)


# Every answer of the campaign to one skill: of which college, what, whether by a phone of this workshop, and whether
# another workshop of the campaign has already shown it.
_SAID = """SELECT college, json_extract(document, '$.answers."' || :skill || '"') AS said,
    EXISTS (SELECT 1 FROM workshop_phones WHERE response_id = responses.id AND workshop_id = :workshop),
    EXISTS (SELECT 1 FROM workshop_phones AS elsewhere JOIN workshop_reveals USING (workshop_id)
        WHERE elsewhere.response_id = responses.id AND skill = :skill AND workshop_id <> :workshop)
    FROM responses WHERE campaign_id = :campaign AND answered > 0 AND mode <> 'atelier' AND said IS NOT NULL"""


def reveal(db: Database, campaign: Campaign, workshop: Workshop, skill: str) -> Revealed:
    """Store and return how the phones answered that skill, all colleges together.

    Only once: later calls return the same. Answers that could be inferred together with the published results are
    withheld (decision 0110). Raises ``WorkshopOver``, ``NotRevealed``, and ``KeyError`` for a skill that the group has
    not reached.
    """
    with writing(db) as conn:
        fresh = workshop_under_way(conn, workshop)
        if skill not in fresh.reached_skills:
            raise KeyError(skill)
        if known := _revealed(conn, workshop, skill):
            return known
        said = _said(conn, campaign, workshop, skill)
        if problem := _why_not(said, campaign.k):
            raise NotRevealed([problem])
        shown, held_back = showable(said, campaign.k)
        counts = Counter(shown)
        conn.execute(
            "INSERT INTO workshop_reveals VALUES (?, ?, ?, ?)",
            (workshop.id, skill, orjson.dumps(list(counts.items())).decode(), held_back),
        )
        conn.execute("UPDATE workshops SET version = version + 1 WHERE id = ?", (workshop.id,))
        return Revealed(counts, held_back)


def why_not_yet(db: Database, campaign: Campaign, workshop: Workshop, skill: str) -> str:
    """Return why that skill cannot be revealed yet, as a sentence; empty when it can."""
    return _why_not(_said(db.conn, campaign, workshop, skill), campaign.k)


def _said(conn: "sqlite3.Connection", campaign: Campaign, workshop: Workshop, skill: str) -> list[Said]:
    values = {"skill": skill, "workshop": workshop.id, "campaign": campaign.id}
    return conn.execute(_SAID, values).fetchall()


def showable(said: Iterable[Said], k: int) -> tuple[list[Value], int]:
    """Return the answers of the room that can be shown, and the number of those withheld.

    ``said`` is (college, value, by a phone of the room, already shown elsewhere). An answer is shown once in a
    campaign. Colleges with fewer than ``k`` levels in the whole campaign will be hidden in its results: their answers
    are shown only if they are ``k`` together, since the published colleges could be subtracted.

    >>> room = [("elus", 4, 1, 0)] * 5 + [("agents", 0, 1, 0)]
    >>> showable(room, 5)
    ([4, 4, 4, 4, 4], 1)
    >>> showable(room + [("agents", 2, 0, 0)] * 4, 5)
    ([4, 4, 4, 4, 4, 0], 0)
    """
    said = list(said)
    levels = Counter(college for college, value, _, _ in said if isinstance(value, int))
    room = [(college, value, elsewhere) for college, value, here, elsewhere in said if here]
    fresh = [(college, value) for college, value, elsewhere in room if not elsewhere]
    few = sum(levels[college] < k for college, _ in fresh)
    shown = [value for college, value in fresh if levels[college] >= k or few >= k]
    return shown, len(room) - len(shown)


def _why_not(said: list[Said], k: int) -> str:
    """Return the first reason that holds; it names colleges only when more answers from the phones would not help."""
    if _levels(showable(said, k)[0]) >= k:
        return ""
    room = [(value, elsewhere) for _, value, here, elsewhere in said if here]
    if _levels(value for value, _ in room) < k:
        return _(
            "Pas encore : il faut au moins %(k)s réponses qui choisissent un niveau, pour ne désigner personne.", k=k
        )
    if _levels(value for value, elsewhere in room if not elsewhere) < k:
        return _(
            "Pas ici : une partie de ces réponses a déjà été montrée dans un autre atelier, et il en reste moins de "
            "%(k)s. Parlez-en, puis notez ce que le groupe retient.",
            k=k,
        )
    return _(
        "Pas encore : une partie des réponses vient de collèges trop peu nombreux pour être montrée sans "
        "désigner quelqu’un, et il en reste moins de %(k)s. Parlez-en, puis notez ce que le groupe retient.",
        k=k,
    )


def _levels(values: Iterable[Value]) -> int:
    return sum(isinstance(value, int) for value in values)
