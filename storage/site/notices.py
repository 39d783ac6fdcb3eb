"""Legal texts of the site, which a territory may replace with its own: who answers for the data, who publishes."""

from collections.abc import Mapping
from typing import Final

from grille.messages import message as _
from grille.typed import too_long, typed_text
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError

SITE: Final = 0
"""In place of a territory's number: the whole site."""

LONGEST: Final = 2000


def notices_of(db: Database, territory: int = SITE) -> dict[str, str]:
    """Return the texts that a territory, or the site, says itself, by subject."""
    sql = "SELECT subject, text FROM notices WHERE coalesce(territory_id, 0) = ?"
    return dict(db.conn.execute(sql, (territory,)).fetchall())


def notices_for(db: Database, territory: int = SITE) -> dict[str, str]:
    """Return the texts that hold for a territory: its own, else those of the site."""
    return notices_of(db) | notices_of(db, territory)


def keep_notices(db: Database, texts: Mapping[str, str], territory: int = SITE) -> list[str]:
    """Replace the texts of these subjects, an empty text leaving none, and return the subjects that changed.

    Raises ``CampaignError`` when a text is too long, and then writes nothing.
    """
    settled = {subject: typed_text(text).strip() for subject, text in texts.items()}
    if problems := [problem for text in settled.values() if (problem := too_long(text, LONGEST, _("Ce texte")))]:
        raise CampaignError(problems)
    with writing(db) as conn:
        before = notices_of(db, territory)
        changed = [subject for subject, text in settled.items() if before.get(subject, "") != text]
        for subject in changed:
            where = "coalesce(territory_id, 0) = ? AND subject = ?"
            conn.execute(f"DELETE FROM notices WHERE {where}", (territory, subject))  # noqa: S608  # ours
            if settled[subject]:
                conn.execute(
                    "INSERT INTO notices (territory_id, subject, text) VALUES (nullif(?, 0), ?, ?)",
                    (territory, subject, settled[subject]),
                )
        return changed
