"""What a closed campaign's answers say: the one place where stored answers meet scoring. Importing it loads pandas."""

from collections import OrderedDict
from datetime import datetime
from threading import Lock
from typing import Any

import scoring
from scoring import Profile, Rules
from storage.campaigns import Campaign
from storage.database import file_of
from storage.engine import Database
from storage.responses import answers_frame

# A profile of 500 respondents weighs about half a megabyte: room for several territories over several waves.
REMEMBERED = 64

_Key = tuple[str, int, datetime | None, str]
_profiles: OrderedDict[_Key, Profile] = OrderedDict()
_lock = Lock()


class CampaignStillOpen(Exception):
    """An open campaign has no result anywhere."""

    def __init__(self) -> None:
        super().__init__("La collecte est en cours : les résultats seront calculés quand elle sera close.")


def rules_of(campaign: Campaign, **overrides: Any) -> Rules:
    """The conventions under which a campaign was opened, some of them replaced."""
    opened_with: dict[str, Any] = {
        "k": campaign.k,
        "workshop_k": 1,  # a consensus is what a group of k people or more says aloud (decision 0111)
        "weighting": campaign.weighting,
        "sizes": campaign.sizes or None,
        "colleges": tuple(college.code for college in campaign.colleges),
        "voluntary": campaign.voluntary,
    }
    return Rules(**opened_with | overrides)


def campaign_profile(db: Database, campaign: Campaign, **overrides: Any) -> Profile:
    """The profile of a closed campaign, computed once per process: its answers can no longer change.

    ``overrides`` replace conventions of ``Rules``. Raises ``CampaignStillOpen`` until the campaign is closed.
    """
    if campaign.status != "closed":
        raise CampaignStillOpen
    rules = rules_of(campaign, **overrides)
    key = (file_of(db), campaign.id, campaign.closed_at, repr(rules))
    with _lock:
        if key in _profiles:
            _profiles.move_to_end(key)
            return _profiles[key]
    profile = _computed(db, campaign, rules)
    _remember(key, profile)
    return profile


def _computed(db: Database, campaign: Campaign, rules: Rules) -> Profile:
    now = answers_frame(db, campaign)
    before = answers_frame(db, campaign, "retrospective") if campaign.retrospective else None
    return scoring.profile(now, campaign.grid, rules, retrospective=before)


def _remember(key: _Key, profile: Profile) -> None:
    with _lock:
        _profiles[key] = profile
        while len(_profiles) > REMEMBERED:
            _profiles.popitem(last=False)
