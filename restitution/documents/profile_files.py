"""The five files of a profile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from restitution.chart_data.radar import Radar
from restitution.charts.radar_chart import radar_svg
from restitution.charts.radar_page import radar_html
from restitution.documents.file_names import NAMES
from restitution.documents.office.workbook import profile_xlsx
from restitution.documents.open_data.csv_and_json import profile_csv, profile_json
from restitution.findings.method.recomputed import NOTHING_RECOMPUTED, RecomputedNotice

if TYPE_CHECKING:
    from scoring import Profile


def documents(profile: Profile, date: str = "") -> dict[str, bytes]:
    """Return every file by its name; the same profile gives the same bytes. ``date`` is printed beside figures."""
    return {name: document(name, profile, date) for name in NAMES}


def document(name: str, profile: Profile, date: str = "", notice: RecomputedNotice = NOTHING_RECOMPUTED) -> bytes:
    """Return the file of that name, with the ``notice`` if recomputed. Raises ``KeyError`` for an unknown name."""
    return _MAKERS[name](profile, date, notice)


def _radar(profile: Profile, date: str, notice: RecomputedNotice) -> Radar:
    return Radar.from_profiles([profile], date=", ".join(text for text in (date, notice.short) if text))


_MAKERS: Final[Mapping[str, Callable[[Profile, str, RecomputedNotice], bytes]]] = {
    "profile.json": lambda profile, _date, notice: profile_json(profile, notice),
    "profile.csv": lambda profile, _date, notice: profile_csv(profile, notice),
    "profile.xlsx": lambda profile, date, notice: profile_xlsx(profile, date, notice.text),
    "radar.svg": lambda *shown: radar_svg(_radar(*shown)).encode(),
    "radar.html": lambda *shown: radar_html(_radar(*shown)).encode(),
}
