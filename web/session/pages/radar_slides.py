"""The slides of a radar: how to read it, each campaign over the one before, and as some colleges see it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from restitution import shown
from restitution.chart_data.radar import Radar, Series
from restitution.charts.stage.radar import MOST_IN_WORDS, stage_radar
from restitution.finding import Finding
from restitution.findings.change.hindsight import caution
from restitution.results import CampaignResults
from restitution.text.headlines import where_it_stands
from restitution.text.language import gettext as _
from web.session.pages.slide import GUESS, Slide, cut

LONGEST_READ = 45
# The names that a screen on its side has room for under a radar, each with its scores.
LONGEST_BRIEF = 24


def profile_slides(_finding: Finding, shows: shown.ProfileRadar, results: CampaignResults) -> Iterator[Slide]:
    """Yield the oldest campaign, to learn to read it, then each later one over it; a guess before the newest.

    Nobody guesses which of one family moved most.
    """
    campaigns = list(reversed(shows.radar.series))
    if len(campaigns) == 1 and campaigns[0].known:
        title = _("En %(year)s\u00a0: lire le profil", year=campaigns[0].label)
        yield _radar(replace(shows.radar, title=title), campaigns, lesson=True, key="radar-lecture")
    for count in range(1, len(campaigns) + 1):
        newest, label = count == len(campaigns), campaigns[count - 1].label
        if newest and count > 1 and campaigns[-1].known and len(shows.radar.axes) > 1:
            yield Slide(GUESS, _("Qu’est-ce qui a le plus progressé\u202f?"), {"label": label})
        title = _state(shows.radar, results) if newest else _("En %(year)s", year=label)
        # Two series at most: this campaign, and the one before it.
        yield _radar(replace(shows.radar, title=title), campaigns[:count][-2:], lesson=count == 1 and not newest)


def _state(radar: Radar, results: CampaignResults) -> str:
    """The strong and the weak families of the newest campaign, in one sentence; what changed is told after it."""
    if len(radar.series) == 1:
        return results.headline
    return where_it_stands(results.readings, radar.levels)


def retrospective_slides(
    finding: Finding, shows: shown.RetrospectiveRadar, _results: CampaignResults
) -> Iterator[Slide]:
    """Yield a slide of the year before as people see it now."""
    then = _("En pointillés, comment les mêmes personnes voient aujourd’hui l’an dernier.")
    aside = [caution(), _("Qu’est-ce qui a changé dans leur regard\u202f?")]
    yield _drawn(shows.radar, finding.title, finding.key, lesson=[then], aside=aside)


def seen_by_slides(finding: Finding, shows: shown.CollegesRadar, _results: CampaignResults) -> Iterator[Slide]:
    """Yield a slide of the newest campaign as some colleges see it."""
    yield _drawn(shows.radar, finding.title, finding.key, hidden=not any(one.known for one in shows.radar.series))


def _drawn(
    radar: Radar,
    title: str,
    key: str,
    *,
    lesson: Sequence[str] = (),
    aside: Sequence[str] = (),
    hidden: bool = False,
) -> Slide:
    content = {
        "radar": radar,
        "drawing": stage_radar(radar, ident=key, lesson=bool(lesson) or hidden),
        "wide": not lesson and not hidden and not radar.as_rows and len(radar.axes) <= MOST_IN_WORDS,
        "lesson": lesson,
        "brief": all(len(axis.title) <= LONGEST_BRIEF for axis in radar.axes),
        "aside": aside,
        "hidden": hidden,
        "banded": any(point.ends for point in radar.series[0].points),
    }
    return Slide("radar", title, content, key)


def _radar(whole: Radar, series: Sequence[Series], *, lesson: bool, key: str = "") -> Slide:
    roles = ("before", "now") if len(series) == 2 else ("now",)
    drawn = tuple(replace(one, role=role) for one, role in zip(series, roles, strict=True))
    radar = replace(whole, series=tuple(reversed(drawn)))
    said = _lesson(radar) if lesson else ()
    return _drawn(radar, radar.title, key or f"radar-{series[-1].label}", lesson=said, hidden=not series[-1].known)


def _lesson(radar: Radar) -> list[str]:
    """How to read a radar, with a number of this one."""
    ends = [_("Un axe par famille. Plus le point est loin du centre, plus la pratique est installée.")]
    if radar.as_rows:
        ends = [_("Une ligne par famille. Plus le point est à droite, plus la pratique est installée.")]
    for axis, point in zip(radar.axes, radar.series[0].points, strict=True):
        if point.value is not None:
            ends.append(_read(axis.title, point.text, point.word(radar.levels)))
            break
    return ends if radar.as_rows else [*ends, _("La surface ne veut rien dire\u00a0: lisez chaque axe.")]


def _read(family: str, score: str, level: str) -> str:
    """How a score is read: as the nearest level, or between two when it stands half way."""
    words = {"family": cut(family, LONGEST_READ), "score": score, "level": level}
    if "«" in level:
        return _("%(family)s, %(score)s\u00a0: on lit %(level)s, à mi-chemin.", **words)
    return _("%(family)s, %(score)s\u00a0: on lit «\u00a0%(level)s\u00a0», le niveau le plus proche.", **words)
