"""Anonymised individual answers: no comment, reason, date or order, and no college of fewer than k people.

Importing it loads pandas. The caller checks who may export them, and records it in the audit log.
"""

from collections import Counter
from random import SystemRandom
from typing import Any

from grille.messages import message as _
from storage.campaigns.campaigns import Campaign
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.responses.computed.answer_frames import answers_frame
from storage.responses.computed.profiles import CampaignStillOpen

MERGED = "autres"
"""The code of the colleges that are too small alone, together."""

Value = str | int | None


def raw_answers(db: Database, campaign: Campaign) -> list[dict[str, Value]]:
    """Return a row per respondent, in random order: ``college``, then every skill of the grid.

    A value is a level, ``NSP``, ``SO`` or None. Respondents of colleges under k are merged as ``autres``, or left out
    when even together they are fewer than k. Workshops are left out. Raises ``CampaignStillOpen``, and
    ``CampaignError`` for a trial, whose answers are invented.
    """
    if campaign.territory.trial_of is not None:
        raise CampaignError([_("C’est une campagne d’essai : ses réponses ne sortent pas.")])
    if campaign.status != "closed":
        raise CampaignStillOpen
    frame = answers_frame(db, campaign)
    people = frame[frame["mode"].astype(str) != "atelier"]
    skills = [skill.code for skill in campaign.grid.skills]
    shown = shown_colleges(people["college"].astype(str).tolist(), campaign.k)
    values: list[Any] = people[skills].astype(object).where(people[skills].notna(), None).to_dict("records")
    rows: list[dict[str, Any]] = [
        {"college": college} | row for college, row in zip(shown, values, strict=True) if college is not None
    ]
    SystemRandom().shuffle(rows)
    return rows


def shown_colleges(colleges: list[str], k: int) -> list[str | None]:
    """Return the college shown for each respondent; None for those left out.

    >>> shown_colleges(["elus"] * 3 + ["agents"] * 2 + ["habitants"] * 6, 5).count(MERGED)
    5
    >>> shown_colleges(["elus"] * 3 + ["habitants"] * 6, 5).count(None)
    3
    """
    counts = Counter(colleges)
    small = {college for college, count in counts.items() if count < k}
    together = MERGED if sum(counts[college] for college in small) >= k else None
    return [together if college in small else college for college in colleges]
