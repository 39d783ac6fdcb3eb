"""Profiles of closed campaigns, computed from stored answers by scoring. Importing it loads pandas."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any

import scoring
from grille.messages import message as _
from scoring import Profile, Rules
from storage.campaigns.campaigns import Campaign, participation
from storage.core.damage import damage_of, remember_damage
from storage.core.database import file_of
from storage.core.engine import Database
from storage.core.rows import single_value
from storage.responses.computed.answer_frames import answers_frame

if TYPE_CHECKING:
    from pandas import DataFrame

# A profile of 500 respondents weighs about half a megabyte: room for several territories with several campaigns.
REMEMBERED = 64

_Key = tuple[str, int, datetime | None, str]
_profiles: OrderedDict[_Key, Profile] = OrderedDict()
_lock = Lock()


class CampaignStillOpen(Exception):
    """An open campaign has no result anywhere."""

    def __init__(self) -> None:
        super().__init__(_("La collecte est en cours : les résultats seront calculés quand elle sera close."))


def rules_of(campaign: Campaign, **overrides: Any) -> Rules:
    """Return the conventions of a campaign, with the sizes as declared; ``overrides`` replace some of them."""
    return Rules(**conventions_of(campaign) | overrides)


def conventions_of(campaign: Campaign) -> dict[str, Any]:
    """Return the conventions of a campaign that exist in every edition of the method, by name."""
    return {
        "k": campaign.k,
        "workshop_k": 1,  # a consensus is what a group of k people or more says aloud (decision 0111)
        "weighting": campaign.weighting,
        "sizes": campaign.sizes or None,
        "colleges": tuple(college.code for college in campaign.colleges),
        "voluntary": campaign.voluntary,
    }


def campaign_profile(db: Database, campaign: Campaign, **overrides: Any) -> Profile:
    """Return the profile of a closed campaign; cached by the process, since its answers cannot change.

    ``overrides`` replace conventions of ``Rules``. Raises ``CampaignStillOpen`` until the campaign is closed, and
    ``CampaignDamaged`` when it cannot be computed from what is stored.
    """
    if campaign.status != "closed":
        raise CampaignStillOpen
    try:
        profile = _remembered(db, campaign, rules_of(campaign, **overrides))
    except Exception as error:
        found = damage_of(error)
        remember_damage(db, campaign.id, found)
        raise found from error
    remember_damage(db, campaign.id, None)
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


def with_known_sizes(rules: Rules, answers: "DataFrame") -> Rules:
    """Return the same conventions without the sizes below the number of answers, which are wrong.

    Results show which sizes remain, so fewer than k answers must not decide it (``published_size``). Workshops count in
    no college.
    """
    alone = answers.loc[answers["mode"] != "atelier", "college"]
    counts = {str(code): count for code, count in alone.value_counts().items()}
    return replace(rules, sizes=_known(rules.sizes, counts, rules.k))


def known_sizes(db: Database, campaign: Campaign, declared: Mapping[str, int] | None, k: int) -> dict[str, int] | None:
    """Return the declared sizes not below the number of answers nor below k - 1; None if none remains."""
    return _known(declared, participation(db, campaign), k) if declared else None


def _known(declared: Mapping[str, int] | None, counts: Mapping[str, int], k: int) -> dict[str, int] | None:
    return {code: size for code, size in (declared or {}).items() if max(counts.get(code, 0), k - 1) <= size} or None


def computed_profile(db: Database, campaign: Campaign, rules: Rules) -> Profile:
    """Return the profile computed from the stored answers, without any cache."""
    now = answers_frame(db, campaign)
    rules = with_known_sizes(rules, now)
    if not campaign.retrospective:
        return scoring.profile(now, campaign.grid, rules)
    before, shown = answers_frame(db, campaign, "hindsight"), showed_means_of_then(db, campaign)
    return scoring.profile(now, campaign.grid, rules, hindsight=before, hindsight_only_where_complete=shown)


def showed_means_of_then(db: Database, campaign: Campaign) -> bool:
    """Return whether it was published under the first edition, which showed means of the year before."""
    sql = """SELECT EXISTS (SELECT 1 FROM recomputed_publications WHERE campaign_id = :campaign)
        OR EXISTS (SELECT 1 FROM publications WHERE campaign_id = :campaign
            AND json_extract(document, '$.edition') IS NULL)"""
    return bool(single_value(db.conn.execute(sql, {"campaign": campaign.id})))


def _remember(key: _Key, profile: Profile) -> None:
    with _lock:
        _profiles[key] = profile
        while len(_profiles) > REMEMBERED:
            _profiles.popitem(last=False)
