"""What an installation of the first edition left in its database."""

import json
from dataclasses import astuple

from scoring import edition_1
from storage.campaigns.campaigns import Campaign
from storage.core.engine import Database
from storage.responses.computed.first_edition import first_edition_profile


def keep_as_the_first_edition_did(db: Database, campaign: Campaign) -> None:
    """Keep what a campaign published, in the form that the first edition wrote."""
    publication = edition_1.publication_of(first_edition_profile(db, campaign))
    cells = [[skill, college, *astuple(cell)] for (skill, college), cell in publication.cells.items()]
    document = json.dumps({"needed": dict(publication.needed), "cells": cells})
    with db.conn:
        sql = "INSERT INTO publications (campaign_id, published_at, document) VALUES (?, ?, ?)"
        db.conn.execute(sql, (campaign.id, "2026-01-01T10:00:00+00:00", document))
