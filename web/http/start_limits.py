"""New responses: so many from one place and no more, and a number for the pilot of their campaign."""

from storage.campaigns.campaigns import Campaign
from storage.responses.start_counts import note_starts
from web.http.database import connection
from web.http.rate_limits import (
    STARTS_FROM_ONE_PLACE,
    STARTS_NOTICES,
    TooMany,
    allow_once,
    client_network,
    level,
    limited,
)


def count_start(campaign: Campaign) -> None:
    """Count a response that is about to begin. Raises ``TooMany`` when this place begins more than a full hall does."""
    here = f"{campaign.id} {client_network()}"
    try:
        limited((STARTS_FROM_ONE_PLACE, here))
    except TooMany:
        note_starts(connection(), campaign, STARTS_FROM_ONE_PLACE.most, held=True)
        raise
    allow_once(STARTS_NOTICES, here)
    note_starts(connection(), campaign, level(STARTS_NOTICES, here))
