"""Limits on new responses from one network, and the counts that its pilot is shown."""

from storage.campaigns.campaigns import Campaign
from storage.responses.start_counts import note_starts
from web.http.database import connection
from web.http.security.rate_limits import (
    STARTS_FROM_ONE_PLACE,
    STARTS_NOTICES,
    TooMany,
    allow_once,
    attempts_counted,
    client_network,
    count_attempts,
)


def count_start(campaign: Campaign) -> None:
    """Count a response that is about to begin. Raises ``TooMany`` when this network begins too many."""
    here = f"{campaign.id} {client_network()}"
    try:
        count_attempts((STARTS_FROM_ONE_PLACE, here))
    except TooMany:
        note_starts(connection(), campaign, STARTS_FROM_ONE_PLACE.most, held=True)
        raise
    allow_once(STARTS_NOTICES, here)
    note_starts(connection(), campaign, attempts_counted(STARTS_NOTICES, here))
