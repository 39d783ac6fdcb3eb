"""Profiles of closed campaigns: the only module where stored answers meet scoring. Importing it loads pandas."""

from collections import OrderedDict
from dataclasses import replace
from datetime import datetime
from threading import Lock
from typing import Any

import scoring
from grille.messages import message as _
from scoring import Profile, Rules
from storage.campaigns.campaigns import Campaign, participation
from storage.core.damage import damage_of, remember_damage
from storage.core.database import file_of
from storage.core.engine import Database
from storage.responses.answer_frames import answers_frame

# A profile of 500 respondents weighs about half a megabyte: room for several territories over several waves.
REMEMBERED = 64

_Key = tuple[str, int, datetime | None, str]
_profiles: OrderedDict[_Key, Profile] = OrderedDict()
_lock = Lock()


class CampaignStillOpen(Exception):
    """An open campaign has no result anywhere."""

    def __init__(self) -> None:
        super().__init__(_("La collecte est en cours : les résultats seront calculés quand elle sera close."))


def rules_of(campaign: Campaign, **overrides: Any) -> Rules:
    """Return the conventions under which a campaign was opened, with the sizes as declared; some of them replaced."""
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
    """Return the profile of a closed campaign, computed once per process: its answers can no longer change.

    ``overrides`` replace conventions of ``Rules``. Raises ``CampaignStillOpen`` until the campaign is closed, and
    ``CampaignDamaged`` when what is stored of it cannot be computed, whatever the reason.
    """
    if campaign.status != "closed":
        raise CampaignStillOpen
    try:
        profile = _remembered(db, campaign, rules_of(campaign, **overrides))
    except Exception as error:
        found = damage_of(error)
        remember_damage(file_of(db), campaign.id, found)
        raise found from error
    remember_damage(file_of(db), campaign.id, None)
    return profile


def _remembered(db: Database, campaign: Campaign, rules: Rules) -> Profile:
    key = (file_of(db), campaign.id, campaign.closed_at, repr(rules))
    with _lock:
        if key in _profiles:
            _profiles.move_to_end(key)
            return _profiles[key]
    profile = computed_profile(db, campaign, rules)
    _remember(key, profile)
    return profile


def with_known_sizes(db: Database, campaign: Campaign, rules: Rules) -> Rules:
    """Return the same conventions without the sizes that are below the number of answers: nobody knows these sizes.

    Results show which sizes are left, so that fewer than k answers must not decide it (``published_size``).
    """
    if not rules.sizes:
        return rules
    counts = participation(db, campaign)
    fewest = rules.k - 1
    known = {code: size for code, size in rules.sizes.items() if max(counts.get(code, 0), fewest) <= size}
    return replace(rules, sizes=known or None)


def computed_profile(db: Database, campaign: Campaign, rules: Rules) -> Profile:
    """Return the profile computed now from the stored answers, remembering nothing."""
    rules = with_known_sizes(db, campaign, rules)
    now = answers_frame(db, campaign)
    if not campaign.retrospective:
        return scoring.profile(now, campaign.grid, rules)
    before, shown = answers_frame(db, campaign, "hindsight"), showed_means_of_then(db, campaign)
    return scoring.profile(now, campaign.grid, rules, hindsight=before, hindsight_only_where_complete=shown)


def showed_means_of_then(db: Database, campaign: Campaign) -> bool:
    """Whether it was published under the first edition of the method, which showed how people saw the year before."""
    sql = "SELECT count(*), count(json_extract(document, '$.edition')) FROM publications WHERE campaign_id = ?"
    kept, later = db.conn.execute(sql, (campaign.id,)).fetchone()
    return kept > later or bool(campaign.published_at and not kept)


def _remember(key: _Key, profile: Profile) -> None:
    with _lock:
        _profiles[key] = profile
        while len(_profiles) > REMEMBERED:
            _profiles.popitem(last=False)
