"""The story of a campaign: its findings in order, for every medium.

Pages, slides, the PowerPoint file, the PDF and the residents' page all read it. To add a finding everywhere, write a
function that yields it and its line in ``STORY``; what it shows is a class of ``shown``, or simply a ``Passage``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from restitution import shown
from restitution.campaign_facts import ComparedCampaign
from restitution.chart_data.radar import ROLES, Series, points_on
from restitution.finding import DOCUMENT, EVERYWHERE, RESIDENTS, ROOM, Finding, Findings, Medium, StoryContext
from restitution.findings.change.not_comparable import not_comparable_skills
from restitution.results import CampaignResults
from restitution.review_texts import Retained
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.sentences import listed

MOST_COLLEGES = 3


Tell = Callable[[CampaignResults, StoryContext], Findings]


@dataclass(frozen=True)
class Teller:
    """A function that makes findings, and the media that show them."""

    tell: Tell
    media: frozenset[Medium]


def tell(results: CampaignResults, medium: Medium, context: StoryContext | None = None) -> tuple[Finding, ...]:
    """Return the findings of that medium, in order."""
    beside = context or StoryContext()
    return tuple(found for teller in STORY if medium in teller.media for found in teller.tell(results, beside))


def by_kind(findings: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """Return the findings grouped with their neighbours of the same kind, which a page shows under one title."""
    return [(kind, list(some)) for kind, some in groupby(findings, key=lambda one: one.kind)]


def _participation(results: CampaignResults, _context: StoryContext) -> Findings:
    yield Finding("opening", _("Qui a répondu"), shown.Participation(results.participation))


def _promises(_results: CampaignResults, context: StoryContext) -> Findings:
    promises = context.promises
    if promises:
        kept = sum(one.state == "done" for one in promises)
        counted = ngettext(
            "%(n)s promesse sur %(of)s est tenue", "%(n)s promesses sur %(of)s sont tenues", kept, of=len(promises)
        )
        known = any(one.state for one in promises)
        title = (
            _("Ce que nous avions promis\u00a0: %(counted)s", counted=counted)
            if known
            else _("Ce que nous avions promis")
        )
        yield Finding("promises", title, shown.Promises(promises))


def _rules(_results: CampaignResults, _context: StoryContext) -> Findings:
    lines = (
        _("On parle de ce qui se fait, jamais des personnes."),
        _("Chacun dit ce qu’il voit, d’où il est."),
        _("On écoute jusqu’au bout, sans corriger."),
        _("Une question sans réponse se note\u00a0: elle en aura une."),
    )
    yield Finding("rules", _("Quatre règles pour bien se parler"), shown.Moment(lines))


def _levels(results: CampaignResults, _context: StoryContext) -> Findings:
    """Yield what each level means, with a skill that people were asked about as the example."""
    grid = results.grid
    skill = next((view.skill for family in results.families for view in family.skills), grid.skills[0])
    steps = [(level.value, level.label, skill.levels[level.value]) for level in grid.levels]
    yield Finding("levels", _("Lire un niveau en dix secondes"), shown.LevelsExplained(skill, steps))


def _profile(results: CampaignResults, _context: StoryContext) -> Findings:
    yield Finding("radar", results.headline, shown.ProfileRadar(results.radar))


def _retrospective(results: CampaignResults, _context: StoryContext) -> Findings:
    if radar := results.retrospective_radar:
        yield Finding("radar-recul", radar.title, shown.RetrospectiveRadar(radar, results.hindsight))


def _seen_by(results: CampaignResults, context: StoryContext) -> Findings:
    """Yield the newest campaign as up to three colleges see it, if the reader asks for them."""
    asked = {code: label for code, label in results.colleges.items() if code in context.seen_by}
    names = dict(list(asked.items())[:MOST_COLLEGES])
    if not names:
        return
    series = tuple(
        Series(label, points_on(results.grid, results.profile, code), role)
        for (code, label), role in zip(names.items(), ROLES, strict=False)
    )
    title = _("Vu par\u00a0: %(colleges)s", colleges=listed(list(names.values())))
    radar = replace(results.radar, series=series, title=title)
    yield Finding("radar-colleges", title, shown.CollegesRadar(radar))


def _changes(results: CampaignResults, _context: StoryContext) -> Findings:
    if results.previous:
        title = _("Ce qui a bougé depuis %(year)s", year=results.since)
        yield Finding("changes", title, shown.FamilyChanges(results.territory_changes))


def _trends(results: CampaignResults, _context: StoryContext) -> Findings:
    """Yield the families over time, unless the campaign's own scores are all hidden."""
    if results.trends and results.trends.readable and results.radar.series[0].known:
        first, *_between, last = results.trends.labels
        title = _("Le chemin parcouru de %(first)s à %(last)s", first=first, last=last)
        yield Finding("slope", title, shown.FamilyTrends(results.trends))


def _colleges(results: CampaignResults, _context: StoryContext) -> Findings:
    yield Finding("colleges", results.divergence, shown.CollegeGaps(results.panels))


def _families(results: CampaignResults, _context: StoryContext) -> Findings:
    for view, point in zip(results.families, results.radar.series[0].points, strict=True):
        detail = shown.FamilyDetail(view, point, results.judgement(view.axis.code))
        yield Finding(f"family-{view.axis.code}", view.axis.title, detail)


def _silences(results: CampaignResults, _context: StoryContext) -> Findings:
    if results.silences:
        yield Finding("unknown", _("Là où beaucoup n’ont pas donné de niveau"), shown.HighSilences(results.silences))


def _not_compared(results: CampaignResults, _context: StoryContext) -> Findings:
    """Yield the skills that cannot be compared, once for the campaigns that share a grid."""
    by_grid: dict[str, list[ComparedCampaign]] = {}
    for campaign in results.shown[1:]:
        by_grid.setdefault(campaign.profile.grid.version, []).append(campaign)
    for same in by_grid.values():
        if skills := not_comparable_skills(same[0].profile.grid, results.grid):
            title = _("Ce qui ne se compare pas avec %(year)s", year=listed([one.label for one in same]))
            yield Finding(f"apart-{same[0].label}", title, shown.NotCompared(same, skills))


def _retained(results: CampaignResults, context: StoryContext) -> Findings:
    judged = [(axis, one) for axis in results.axes if _says(one := results.judgement(axis.code))]
    if judged or context.diagnostic:
        title = _("Les niveaux retenus, à côté des perceptions")
        yield Finding("retained", title, shown.RetainedLevels(judged, context.diagnostic))


def _says(judged: Retained) -> bool:
    return bool(judged.strengths or judged.weaknesses or judged.level is not None)


def _note(results: CampaignResults, _context: StoryContext) -> Findings:
    if results.note:
        yield Finding("note", _("Le regard du prestataire"), shown.YearlyNote(results.note))


def _actions(_results: CampaignResults, context: StoryContext) -> Findings:
    parcours = context.parcours
    if parcours is None or not parcours.actions:
        return
    begun = [one for one in parcours.actions if one.status in ("en-cours", "terminee")]
    dropped = [one.title for one in parcours.actions if one.status == "abandonnee"]
    if begun:
        title = _("Le parcours\u00a0: ce qui a été fait")
        yield Finding("parcours-fait", title, shown.Actions(begun, planned=False, dropped=dropped))


def _worked(_results: CampaignResults, context: StoryContext) -> Findings:
    progress = context.parcours.progress if context.parcours and context.parcours.actions else None
    if progress and progress.comparable:
        title = _(
            "Ce qui a été travaillé, et le reste, de %(since)s à %(until)s", since=progress.since, until=progress.until
        )
        yield Finding("worked", title, shown.WorkedSkills(progress))


def _celebration(results: CampaignResults, context: StoryContext) -> Findings:
    """Yield what rose most, where it is no rebound, with what was done for it."""
    risen = results.cheered
    if risen:
        done = context.parcours.actions_by_skill if context.parcours else {}
        title = _("%(skill)s\u00a0: la plus forte hausse depuis %(year)s", skill=risen[0].title, year=results.since)
        yield Finding("bravo", title, shown.Celebration(risen, done))


def _groups(_results: CampaignResults, _context: StoryContext) -> Findings:
    lines = (
        _("Chacun choisit, en silence, un savoir-faire à faire progresser."),
        _("Le groupe en garde un seul."),
        _("Il écrit une action\u00a0: un verbe, un service, une date."),
        _("L’un de vous la dit à tous, en une minute."),
    )
    yield Finding("groups", _("Par groupes de quatre\u00a0: par quoi commencer\u202f?"), shown.Moment(lines))


def _thanks(_results: CampaignResults, _context: StoryContext) -> Findings:
    lines = (
        _("Vous aurez le compte rendu, avec ce que vous avez décidé."),
        _("À la prochaine séance, nous commencerons par vos décisions."),
    )
    yield Finding("thanks", _("Merci d’avoir pris ce temps ensemble"), shown.Moment(lines, numbered=False))


def _next(_results: CampaignResults, context: StoryContext) -> Findings:
    parcours = context.parcours
    if parcours and parcours.actions:
        planned = [one for one in parcours.actions if one.status == "prevue"]
        content = shown.Actions(planned, planned=True, forgotten=parcours.forgotten)
        yield Finding("parcours-suite", _("Le parcours\u00a0: la suite"), content)


def _decisions(_results: CampaignResults, context: StoryContext) -> Findings:
    yield Finding("decide", _("À nous de décider"), shown.Decisions(context.decisions))


def _method(_results: CampaignResults, _context: StoryContext) -> Findings:
    title = _("Comment ces chiffres ont été faits, et ce qu’ils ne disent pas")
    yield Finding("method", title, shown.Method())


# A session from its welcome to its thanks; ``web/results/session_parts.py`` names its parts. Results go from the whole
# to the part: the territory, the colleges, the skills; then what people make of it.
STORY: tuple[Teller, ...] = (
    Teller(_participation, ROOM),
    Teller(_rules, ROOM),
    Teller(_levels, frozenset({Medium.DECK})),
    Teller(_promises, frozenset({Medium.DECK}) | RESIDENTS),
    Teller(_profile, EVERYWHERE),
    Teller(_retrospective, EVERYWHERE),
    Teller(_seen_by, frozenset({Medium.DECK})),
    Teller(_changes, EVERYWHERE),
    Teller(_trends, ROOM | {Medium.PDF}),
    Teller(_colleges, EVERYWHERE),
    Teller(_families, ROOM | DOCUMENT),
    Teller(_silences, ROOM | RESIDENTS | {Medium.PDF}),
    Teller(_not_compared, frozenset({Medium.DECK, Medium.PDF})),
    Teller(_retained, ROOM),
    Teller(_note, frozenset({Medium.PPTX, Medium.PDF})),
    Teller(_celebration, ROOM),
    Teller(_actions, frozenset({Medium.DECK}) | RESIDENTS),
    Teller(_worked, frozenset({Medium.DECK})),
    Teller(_groups, ROOM),
    Teller(_next, frozenset({Medium.DECK}) | RESIDENTS),
    Teller(_decisions, ROOM | RESIDENTS),
    Teller(_thanks, ROOM),
    Teller(_method, DOCUMENT | RESIDENTS | {Medium.PPTX}),
)
