"""Campaigns of those who answer, read again only once the revision of their territory has changed."""

from functools import lru_cache

from flask import Flask, current_app
from flask.blueprints import BlueprintSetupState

from storage.campaigns.campaigns import Campaign, campaign_by_id, existing
from storage.responses.responses import Response
from web.http.database import connection
from web.respond.blueprint import blueprint

_KEPT = 64
_NAME = "known_campaigns"


@blueprint.record
def _keep_campaigns(state: BlueprintSetupState) -> None:
    app: Flask = state.app  # type: ignore[assignment]
    app.extensions[_NAME] = lru_cache(_KEPT)(_read)


def campaign_of(response: Response) -> Campaign:
    """Return the campaign of that response as it was when the response was read, or newer.

    A change in between draws another revision: what was read is then never found again.
    """
    if not response.revision:
        return _read(response.campaign_id, "")
    found: Campaign = current_app.extensions[_NAME](response.campaign_id, response.revision)
    return found


def _read(campaign_id: int, _revision: str) -> Campaign:
    return existing(campaign_by_id(connection(), campaign_id))
