"""What the form of a campaign holds at first: nothing of one's own, the last campaign a year later, or a draft."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from grille.colleges import asked_like
from grille.grid import Grid
from storage.campaigns.campaigns import Campaign
from storage.campaigns.validation import DEFAULT_K
from storage.grids.library import identity
from web.campaigns.local_question_forms import values_of


def first_values(grid: Grid) -> dict[str, Any]:
    """Return the values of the form for the first campaign of a territory, on that grid."""
    year = datetime.now(UTC).year
    rows = [{"code": one.code, "used": True, "label": one.label} for one in grid.colleges]
    return {
        "name": _usual_name(year),
        "year": year,
        "form": "short",
        "version": identity(grid),
        "rows_of": identity(grid),
        "k": DEFAULT_K,
        "colleges": rows,
    }


def _usual_name(year: int) -> str:
    return f"Bilan {year}"


def next_values(last: Campaign, grids: Mapping[str, Grid]) -> dict[str, Any]:
    """Return the values of the form for the campaign that follows: the same, a year later.

    On the first of these grids that has the id of the last one's, so that both can be compared.
    """
    year = max(datetime.now(UTC).year, last.year + 1)
    name = last.name.replace(str(last.year), str(year)) if str(last.year) in last.name else _usual_name(year)
    first = next(iter(grids.values()))
    grid = next((one for one in grids.values() if one.id == last.grid.id), first)
    return {**_values(last, grid), "name": name, "year": year, "opens_on": None, "closes_on": None}


def draft_values(campaign: Campaign, grids: Mapping[str, Grid]) -> dict[str, Any]:
    """Return the values of the form for a draft, its grid as it is in the library, before this campaign's colleges."""
    return _values(campaign, grids.get(identity(campaign.grid), campaign.grid))


def _values(campaign: Campaign, grid: Grid) -> dict[str, Any]:
    """Return what a campaign says, on a grid: its colleges ticked, the other colleges of that grid unticked."""
    own = [
        {
            "code": one.code,
            "used": True,
            "label": one.label,
            "size": one.size,
            "target": one.target,
            "like": asked_like(campaign.grid, one.code),
            "voluntary": one.voluntary,
        }
        for one in campaign.colleges
    ]
    codes = {one.code for one in campaign.colleges}
    others = [{"code": one.code, "label": one.label} for one in grid.colleges if one.code not in codes]
    names = ("name", "year", "form", "k", "retrospective", "opens_on", "closes_on")
    about = {name: getattr(campaign, name) for name in names}
    said = asdict(campaign.letterhead)
    asked = [values_of(one) for one in campaign.local_questions]
    rows = {"colleges": own + others, "local_questions": asked}
    return {**about, **said, "version": identity(grid), "rows_of": identity(grid), **rows}
