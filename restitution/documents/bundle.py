"""The five files of a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from restitution.documents.text import profile_csv, profile_json
from restitution.documents.workbook import profile_xlsx
from restitution.radar import Radar
from restitution.svg import radar_svg
from restitution.webpage import radar_html

if TYPE_CHECKING:
    from scoring import Profile


def documents(profile: Profile, date: str = "") -> dict[str, bytes]:
    """Every file by its name; the same profile gives the same bytes. ``date`` (any text) is printed beside figures."""
    radar = Radar.from_profiles([profile], date=date)
    return {
        "profile.json": profile_json(profile),
        "profile.csv": profile_csv(profile),
        "profile.xlsx": profile_xlsx(profile, date),
        "radar.svg": radar_svg(radar).encode(),
        "radar.html": radar_html(radar).encode(),
    }
