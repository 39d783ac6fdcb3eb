"""The slides of a radar: how to read it, each campaign over the one before, and as some colleges see it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from restitution import shown
from restitution.chart_data.radar import Radar, Series
from restitution.charts.radar_chart import radar_drawing
from restitution.charts.radar_labels import SLIDE
from restitution.findings.change.hindsight import caution
from restitution.results import CampaignResults
from restitution.story import Finding
from restitution.text.language import gettext as _
from web.session.pages.slide import Slide


def profile_slides(finding: Finding, shows: shown.ProfileRadar, _results: CampaignResults) -> Iterator[Slide]:
    """Yield the oldest campaign, to learn to read it, then each later one over it; a guess before the newest."""
    campaigns = list(reversed(shows.radar.series))
    if len(campaigns) == 1 and _seen(campaigns[0]):
        yield _radar(finding, shows.radar, campaigns, last=False, key="radar-lecture")
    for count in range(1, len(campaigns) + 1):
        newest = count == len(campaigns)
        if newest and count > 1 and _seen(campaigns[-1]):
            yield Slide("question", _("Avant de montrer %(year)s, qu’en pensez-vous\u202f?", year=campaigns[-1].label))
        yield _radar(finding, shows.radar, campaigns[:count], last=newest)


def retrospective_slides(
    finding: Finding, shows: shown.RetrospectiveRadar, _results: CampaignResults
) -> Iterator[Slide]:
    """Yield a slide of the year before as people see it now."""
    then = _("En pointillés, comment les mêmes personnes voient aujourd’hui l’an dernier.")
    lesson = [then, caution(), _("Qu’est-ce qui a changé dans leur regard\u202f?")]
    yield _drawn(shows.radar, finding.title, finding.key, lesson=lesson)


def seen_by_slides(finding: Finding, shows: shown.CollegesRadar, _results: CampaignResults) -> Iterator[Slide]:
    """Yield a slide of the newest campaign as some colleges see it."""
    yield _drawn(shows.radar, finding.title, finding.key, hidden=not any(map(_seen, shows.radar.series)))


def _drawn(
    radar: Radar,
    title: str,
    key: str,
    *,
    said: Sequence[tuple[str, str, str]] = (),
    lesson: Sequence[str] = (),
    hidden: bool = False,
) -> Slide:
    drawing = radar_drawing(radar, layout=SLIDE, ident=key, table=False)
    content = {"radar": radar, "drawing": drawing, "said": said, "lesson": lesson, "hidden": hidden}
    return Slide("radar", title, content, key)


def _radar(finding: Finding, whole: Radar, series: Sequence[Series], *, last: bool, key: str = "") -> Slide:
    label = series[-1].label
    title = finding.title if last else _("En %(year)s", year=label)
    radar = replace(whole, series=tuple(reversed(series)), title=title)
    return _drawn(
        radar,
        title,
        key or f"radar-{label}",
        said=_strongest_and_weakest(radar) if last else (),
        lesson=() if last or len(series) > 1 else _lesson(radar),
        hidden=not _seen(series[-1]),
    )


def _seen(series: Series) -> bool:
    return any(value is not None for value in series.values)


def _lesson(radar: Radar) -> list[str]:
    """How to read a radar, with a number of this one."""
    ends = [_("Un axe par famille. Plus le point est loin du centre, plus la pratique est installée.")]
    for axis, point in zip(radar.axes, radar.series[0].points, strict=True):
        if point.value is not None:
            ends.append(_read(axis.title, point.text, point.word(radar.levels)))
            break
    return [*ends, _("La surface ne veut rien dire\u00a0: lisez chaque axe.")]


def _read(family: str, score: str, level: str) -> str:
    """How a score is read: as the nearest level, or between two when it stands half way."""
    words = {"family": family, "score": score, "level": level}
    if "«" in level:
        return _("%(family)s, %(score)s\u00a0: on lit %(level)s, à mi-chemin.", **words)
    return _("%(family)s, %(score)s\u00a0: on lit «\u00a0%(level)s\u00a0», le niveau le plus proche.", **words)


def _strongest_and_weakest(radar: Radar) -> list[tuple[str, str, str]]:
    """The strongest and the weakest families, with their level in words."""
    known = [
        (point.value, axis, point)
        for axis, point in zip(radar.axes, radar.series[0].points, strict=True)
        if point.value is not None
    ]
    ends = sorted(known, key=lambda pair: -pair[0])
    return [
        (axis.title, axis.hue, f"{point.text} · {point.word(radar.levels)}")
        for _value, axis, point in (ends[:1] + ends[1:][-1:])
    ]
