"""The five files of a profile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from restitution.chart_data.radar import Radar
from restitution.charts.radar_chart import radar_svg
from restitution.charts.radar_page import radar_html
from restitution.documents.office.workbook import profile_xlsx
from restitution.documents.open_data.csv_and_json import profile_csv, profile_json

if TYPE_CHECKING:
    from scoring import Profile


def documents(profile: Profile, date: str = "") -> dict[str, bytes]:
    """Every file by its name; the same profile gives the same bytes. ``date`` (any text) is printed beside figures."""
    return {name: document(name, profile, date) for name in NAMES}


def document(name: str, profile: Profile, date: str = "") -> bytes:
    """One of these files. Raises ``KeyError`` for a name that is none of theirs."""
    return _MAKERS[name](profile, date)


def _radar(profile: Profile, date: str) -> Radar:
    return Radar.from_profiles([profile], date=date)


_MAKERS: Final[Mapping[str, Callable[[Profile, str], bytes]]] = {
    "profile.json": lambda profile, _date: profile_json(profile),
    "profile.csv": lambda profile, _date: profile_csv(profile),
    "profile.xlsx": profile_xlsx,
    "radar.svg": lambda profile, date: radar_svg(_radar(profile, date)).encode(),
    "radar.html": lambda profile, date: radar_html(_radar(profile, date)).encode(),
}
NAMES: Final = tuple(_MAKERS)
