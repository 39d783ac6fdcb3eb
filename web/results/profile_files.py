"""The files of a profile, by the edition of the method that their address names."""

from flask import request

from restitution.documents import profile_files
from restitution.documents.open_data import first_edition
from storage.campaigns.campaigns import Campaign
from storage.responses.first_edition import first_edition_profile, recomputed
from web.http.database import connection
from web.results.selection import profile_of

FIRST_NAMES = first_edition.NAMES
"""What is given again as the first edition published it."""


def asked_edition(campaign: Campaign) -> int | None:
    """The edition that the address asks for; None for a campaign that was never published under another one."""
    if recomputed(connection(), campaign) is None:
        return None
    return 2 if request.args.get("edition") == "2" else 1


def profile_document(campaign: Campaign, name: str, edition: int | None) -> bytes:
    """The bytes of that file."""
    if edition == 1:
        return first_edition.document(name, first_edition_profile(connection(), campaign))
    return profile_files.document(name, profile_of(campaign), str(campaign.year))
