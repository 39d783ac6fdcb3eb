"""The slides of what people wrote and did: the diagnostic, the parcours, and the decisions of the room."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from restitution import shown
from restitution.adopted_diagnostic import AdoptedDiagnostic, AdoptedFamily
from restitution.charts.stage.strips import retained_strip
from restitution.finding import Finding
from restitution.results import CampaignResults
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.names import FACT_STATES
from web.session.pages.slide import Slide, cut, slices

PROMISES_A_SLIDE, LONGEST_PROMISE = 4, 110
ACTIONS_A_SLIDE, MOST_FORGOTTEN, RETAINED_A_SLIDE, STRENGTHS_A_SLIDE, MOST_ADVICE = 3, 3, 3, 3, 4
LONGEST_REASON, LONGEST_STRENGTH, LONGEST_ADVICE, LONGEST_PURPOSE = 150, 170, 130, 110


def retained_slides(finding: Finding, shows: shown.RetainedLevels, _results: CampaignResults) -> Iterator[Slide]:
    """Yield what an adopted diagnostic says: retained levels with why, strengths, facts, recommendations."""
    if shows.diagnostic:
        yield from _retained(finding, shows.diagnostic)
        yield from _strengths(shows.diagnostic)
        yield from _facts(shows.diagnostic)
        yield from _advice(shows.diagnostic)


def _retained(finding: Finding, diagnostic: AdoptedDiagnostic) -> Iterator[Slide]:
    families = [family for family in diagnostic.families if family.retained]
    earlier = diagnostic.method if diagnostic.edition == 1 else ""
    for place, some in enumerate(slices(RETAINED_A_SLIDE, families), start=1):
        rows = [(one, _strip(one, diagnostic), cut(one.justification, LONGEST_REASON)) for one in some]
        aside = [f"{one.axis.title}\u00a0: {one.justification}" for one in some if one.justification]
        key = "retained" if place == 1 else f"retained-{place}"
        yield Slide("retained", finding.title, {"rows": rows, "earlier": earlier, "aside": aside}, key)


def _strip(family: AdoptedFamily, diagnostic: AdoptedDiagnostic) -> str:
    axes = [axis.code for axis in diagnostic.radar.axes]
    scores, *others = diagnostic.radar.series
    place = axes.index(family.axis.code)
    retained = others[0].values[place] if others else None
    return retained_strip(diagnostic.grid.levels, family.axis.hue, scores.values[place], retained)


def _strengths(diagnostic: AdoptedDiagnostic) -> Iterator[Slide]:
    families = [one for one in diagnostic.families if one.strengths.strip()]
    for place, some in enumerate(slices(STRENGTHS_A_SLIDE, families), start=1):
        rows = [(one.axis, cut(" ".join(_sentences(one.strengths)), LONGEST_STRENGTH)) for one in some]
        aside = [f"{one.axis.title}\u00a0: {one.strengths}" for one in some]
        title = _("Ce qui est solide, selon celles et ceux qui ont observé")
        yield Slide("strengths", title, {"rows": rows, "aside": aside}, f"strengths-{place}")


def _facts(diagnostic: AdoptedDiagnostic) -> Iterator[Slide]:
    """Yield what was looked for on the spot: a square for each fact, by what was found."""
    states = Counter(fact.state for _skill, facts in diagnostic.facts for fact in facts)
    whole = sum(states.values())
    if not whole:
        return
    found = [(kind, str(FACT_STATES[state]), states[str(FACT_STATES[state])]) for kind, state in _STATES]
    yes = states[str(FACT_STATES["oui"])]
    title = ngettext(
        "%(yes)s fait sur %(of)s se vérifie sur place",
        "%(yes)s faits sur %(of)s se vérifient sur place",
        yes,
        yes=yes,
        of=whole,
    )
    lacking = [
        fact.fact for _skill, facts in diagnostic.facts for fact in facts if fact.state != str(FACT_STATES["oui"])
    ]
    yield Slide("observed", title, {"found": found, "aside": lacking[:6]}, "observed")


_STATES = (("yes", "oui"), ("partly", "en partie"), ("no", "non"))


def _advice(diagnostic: AdoptedDiagnostic) -> Iterator[Slide]:
    whole = diagnostic.document["note"].get("recommendations", "")
    lines = _sentences(whole)
    if lines:
        title = _("Ce qui nous est recommandé")
        content = {"lines": [cut(line, LONGEST_ADVICE) for line in lines[:MOST_ADVICE]], "aside": lines}
        yield Slide("advice", title, content, "advice")


def _sentences(text: str) -> list[str]:
    """The sentences of a text, without the dashes that begin its lines."""
    return [one.strip("-–•* ") for one in re.split(r"\n|(?<=[.!?])\s", text) if one.strip("-–•* .")]


def action_slides(finding: Finding, shows: shown.Actions, _results: CampaignResults) -> Iterator[Slide]:
    """Yield slides of a few actions each; one that says so when nothing is planned."""
    kind, forgotten = "next" if shows.planned else "done", shows.forgotten[:MOST_FORGOTTEN]
    pages: Sequence[Sequence[shown.ActionSummary]] = list(slices(ACTIONS_A_SLIDE, shows.actions)) or [()]
    for place, some in enumerate(pages, start=1):
        aside = [said for one in some for said in (one.purpose, *one.ratings[-1:]) if said]
        last = place == len(pages)
        content = {
            "kind": kind,
            "actions": [(one, cut(one.purpose, LONGEST_PURPOSE)) for one in some],
            "dropped": shows.dropped if last else (),
            "forgotten": forgotten if last else (),
            "aside": aside,
        }
        yield Slide("parcours", finding.title, content, f"{finding.key}-{place}")


def worked_slides(finding: Finding, shows: shown.WorkedSkills, _results: CampaignResults) -> Iterator[Slide]:
    """Yield a slide that compares the skills worked on with the others."""
    progress = shows.progress
    sides = [
        (_worked_on(len(progress.worked)), progress.worked_text, True),
        (_others(len(progress.others)), progress.others_text, False),
    ]
    content = {"sides": sides, "beyond": progress.beyond, "aside": [progress.caution]}
    yield Slide("worked", finding.title, content)


def _worked_on(n: int) -> str:
    return ngettext("Le savoir-faire travaillé", "Les %(n)s savoir-faire travaillés", n)


def _others(n: int) -> str:
    return ngettext("L’autre savoir-faire", "Les %(n)s autres", n) if n else _("Aucun autre")


def promise_slides(finding: Finding, shows: shown.Promises, _results: CampaignResults) -> Iterator[Slide]:
    """Yield slides of what was decided the time before, with what became of it."""
    for place, some in enumerate(slices(PROMISES_A_SLIDE, shows.promises), start=1):
        rows = [(one, cut(one.text, LONGEST_PROMISE)) for one in some]
        key = finding.key if place == 1 else f"{finding.key}-{place}"
        yield Slide("promises", finding.title, {"rows": rows, "aside": [one.text for one in some]}, key)


def decision_slides(finding: Finding, shows: shown.Decisions, _results: CampaignResults) -> Iterator[Slide]:
    """Yield the slide where the room decides; the page adds the decisions, which are typed live."""
    yield Slide("decide", finding.title, {"decisions": shows.decisions})


def moment_slides(finding: Finding, shows: shown.Moment, _results: CampaignResults) -> Iterator[Slide]:
    """Yield what the room is asked or told at a moment of the session."""
    content = {"kind": finding.key, "lines": shows.lines, "numbered": shows.numbered}
    yield Slide("moment", finding.title, content, finding.key)
