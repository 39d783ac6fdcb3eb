"""What is said of an action in a year: how fitting the method was, and how far skills were passed on."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.core.database import writing
from storage.core.engine import Database
from storage.core.timestamps import now, to_text
from storage.review.sheets import normalised_text

if TYPE_CHECKING:
    from storage.accounts.accounts import Account
    from storage.campaigns.territories import Territory


@dataclass(frozen=True, slots=True)
class Rating:
    """The rating of an action for one year: relevance of the method and transfer of skills, 1 (low) to 4 (high)."""

    action_id: int
    year: int
    relevance: int
    transfer: int
    words: str = ""


def rate_action(db: Database, rating: Rating, author: "Account | None" = None) -> None:
    """Store the rating of an action for a year, in place of an earlier one of that year."""
    with writing(db) as conn:
        conn.execute(
            """INSERT INTO action_ratings (action_id, year, relevance, transfer, words, author_id, saved_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (action_id, year) DO UPDATE SET relevance = excluded.relevance,
                transfer = excluded.transfer, words = excluded.words, author_id = excluded.author_id,
                saved_at = excluded.saved_at""",
            (
                *(rating.action_id, rating.year, rating.relevance, rating.transfer, normalised_text(rating.words)),
                *(author and author.id, to_text(now())),
            ),
        )


def ratings_of(db: Database, territory: "Territory") -> dict[int, list[Rating]]:
    """Return the ratings of a territory's actions by action id, earliest year first."""
    sql = """SELECT action_id, year, relevance, transfer, words FROM action_ratings
        JOIN actions ON actions.id = action_id WHERE territory_id = ? ORDER BY year"""
    found: dict[int, list[Rating]] = {}
    for rating in (Rating(*row) for row in db.conn.execute(sql, (territory.id,))):
        found.setdefault(rating.action_id, []).append(rating)
    return found
