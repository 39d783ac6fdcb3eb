"""The statistics of a grid from all campaigns of a programme: they judge the grid, never a territory. Loads pandas."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pandas as pd

import scoring
from grille.grid import College, Grid
from scoring.instrument import Instrument, too_few_territories
from storage.campaigns.campaigns import Campaign, all_campaigns
from storage.core.damage import CampaignDamaged, damage_of
from storage.core.database import file_of
from storage.core.engine import Database
from storage.responses.computed.answer_frames import answers_frame
from storage.responses.computed.judged_campaigns import judged_campaigns

if TYPE_CHECKING:
    from datetime import datetime

REMEMBERED = 8

LeftOut = tuple[tuple[Campaign, CampaignDamaged], ...]
_found: "dict[tuple[str, str, str, tuple[tuple[int, datetime | None], ...]], tuple[Instrument, LeftOut]]" = {}


class TooFewTerritories(Exception):
    """The grid cannot be judged on so few territories; the message gives their number and the minimum."""


def grid_instrument(
    db: Database,
    grid: Grid,
    leave_out: Callable[[Campaign, CampaignDamaged], None] | None = None,
    note: Callable[[int, int], object] = lambda _read, _of: None,
) -> Instrument:
    """Return the statistics of that grid from every closed campaign on it; cached until another one closes.

    The strictest threshold of these campaigns applies to all. ``leave_out`` is called for each campaign that cannot be
    read, ``note`` with how many are read, of how many. Raises ``TooFewTerritories``.
    """
    campaigns = closed_campaigns(db, grid)
    key = (file_of(db), grid.id, grid.version, tuple((campaign.id, campaign.closed_at) for campaign in campaigns))
    if key not in _found:
        if len(_found) >= REMEMBERED:
            _found.clear()
        _found[key] = _judged(db, campaigns, note)
    found, left = _found[key]
    for campaign, damage in left:
        if leave_out:
            leave_out(campaign, damage)
    return found


def closed_campaigns(db: Database, grid: Grid) -> list[Campaign]:
    """Return the closed campaigns that asked the same skills and levels as that grid, whatever their colleges."""
    judged = {number for number, _closed_at in judged_campaigns(db, grid)}
    return [campaign for campaign in all_campaigns(db) if campaign.id in judged]


def _judged(db: Database, closed: Sequence[Campaign], note: Callable[[int, int], object]) -> tuple[Instrument, LeftOut]:
    parts, left = _parts(db, closed, note)
    campaigns = list(parts)
    rules = scoring.Rules(k=max((campaign.k for campaign in campaigns), default=scoring.Rules().k))
    territories = len({campaign.territory.id for campaign in campaigns})
    if territories < rules.instrument_territories:
        raise TooFewTerritories(too_few_territories(territories, rules))
    colleges = {campaign.slug: [college.code for college in campaign.colleges] for campaign in campaigns}
    answers = pd.concat(parts.values(), ignore_index=True)
    return scoring.instrument(answers, _whole(campaigns), rules, colleges=colleges), left


def _parts(
    db: Database, closed: Sequence[Campaign], note: Callable[[int, int], object]
) -> tuple[dict[Campaign, pd.DataFrame], LeftOut]:
    """Return the answers of each campaign, and the campaigns whose answers cannot be read."""
    parts: dict[Campaign, pd.DataFrame] = {}
    left: list[tuple[Campaign, CampaignDamaged]] = []
    for read, campaign in enumerate(closed):
        note(read, len(closed))
        try:
            parts[campaign] = _part(db, campaign)
        except Exception as error:  # whatever it is, it must not hide the other campaigns
            left.append((campaign, damage_of(error)))
    return parts, tuple(left)


def _part(db: Database, campaign: Campaign) -> pd.DataFrame:
    names = {"territory": campaign.territory.slug, "campaign": campaign.slug, "form": campaign.form}
    return answers_frame(db, campaign).astype(object).assign(**names)


def _whole(campaigns: Sequence[Campaign]) -> Grid:
    """Return the grid of the newest campaign, with the colleges that others added to theirs."""
    newest = max(campaigns, key=lambda campaign: (campaign.year, campaign.id)).grid
    own: dict[str, College] = {one.code: one for campaign in campaigns for one in campaign.grid.colleges}
    colleges = (*newest.colleges, *(one for code, one in own.items() if code not in _codes(newest)))
    return Grid(**{name: getattr(newest, name) for name in Grid.model_fields} | {"colleges": colleges})


def _codes(grid: Grid) -> set[str]:
    return {college.code for college in grid.colleges}
