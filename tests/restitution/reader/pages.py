"""Everything that the results of a territory say of figures, as texts under their headings."""

from collections.abc import Iterator

from restitution.chart_data.radar import Point
from restitution.findings import desk
from restitution.findings.change.parcours_progress import progress, weak_rule, weak_skills
from restitution.findings.change.skill_history import skill_history, skill_sum
from restitution.findings.disclosure import found_again, hidden_figures, same_answers
from restitution.findings.method.how_to_read import how_to_read, warnings
from restitution.findings.method.margins import margin_lines
from restitution.findings.profile.college_gaps import CollegeScore, CollegesOnFamily
from restitution.findings.profile.skills import SkillView
from restitution.findings.proposals import proposals
from restitution.results import CampaignResults
from restitution.text.numbers import decimal
from tests.restitution.reader.reading import Text

WHOLE = "Territoire"


def texts_of(results: CampaignResults) -> Iterator[Text]:
    """Every text, in the order of a page."""
    yield Text("title", (), results.headline)
    yield Text("divergence", (), results.divergence)
    yield from _scores(results)
    yield from _changes(results)
    yield from _skills(results)
    yield from _made(results)
    yield from _otherwise(results)
    yield from _hindsight(results)
    yield from _desk(results)
    yield from _parcours(results)
    yield from _people(results)
    yield from _method(results)
    yield from _disclosure(results)


def _scores(results: CampaignResults) -> Iterator[Text]:
    for row in results.table.rows:
        newest = row.cells[len(results.radar.series) - 1]
        kind = "hidden score" if newest.kind == "hidden" else "score"
        yield Text(kind, (row.axis.title, WHOLE), newest.text)
        if newest.note:
            yield Text("level", (row.axis.title, WHOLE), newest.note)
    if results.since:
        yield Text("table note", (), results.table.note or "–")
    for panel in results.panels:
        yield from _panel(panel)


def _panel(panel: CollegesOnFamily) -> Iterator[Text]:
    yield from _point(panel.territory, (panel.axis.title, WHOLE))
    if panel.margin:
        yield Text("margin", (panel.axis.title, WHOLE), panel.margin)
    for score in panel.scores:
        yield from _college(score, (panel.axis.title, score.label))


def _point(point: Point, place: tuple[str, str]) -> Iterator[Text]:
    yield Text("score", place, point.text) if point.text else Text("hidden score", place, point.missing)


def _college(score: CollegeScore, place: tuple[str, str]) -> Iterator[Text]:
    yield from _point(score.point, place)
    if score.point.value is None:
        return
    yield Text("people", place, score.n)
    yield Text("answers", place, score.answers)
    yield Text("margin", place, score.margin)
    yield Text("spread", place, score.spread)
    yield Text("coverage", place, score.coverage)
    if score.absent:
        yield Text("absent", place, score.absent)


def _changes(results: CampaignResults) -> Iterator[Text]:
    names = {**results.colleges, "territoire": WHOLE, "atelier": "Atelier"}
    for change in results.changes:
        place = (change.axis.title, names[change.college])
        yield Text("change", place, change.sentence)
        if change.precision:
            yield Text("change", place, change.precision)
        yield from (Text("caution", place, words) for words in change.cautions)
        yield Text("verdict", place, f"{change.cell.text} {change.cell.note}".strip())
    if words := results.smallest_visible:
        yield Text("visible", (), words)


def _skills(results: CampaignResults) -> Iterator[Text]:
    for family in results.families:
        for view in family.skills:
            for cell in view.cells:
                place = (view.skill.title, cell.label)
                if cell.mean is None:
                    yield Text("hidden mean", place, cell.missing)
                    continue
                printed = filter(None, (cell.score, cell.small, cell.silence_words))
                yield from (Text("mean", place, words) for words in printed)
                if cell.distribution:
                    yield Text("sum of a mean", place, skill_sum(cell, [level.value for level in view.levels]))
            yield from (Text("remark", (view.skill.title,), words) for words in view.remarks)
            yield from _history(results, view)
    for rank, one in enumerate(results.silences):
        yield Text("silence", (str(rank),), one.in_words)
        yield Text("silence", (str(rank),), one.sentence)


def _history(results: CampaignResults, view: SkillView) -> Iterator[Text]:
    """A skill from campaign to campaign."""
    campaigns = [(one.label, one.profile) for one in results.campaigns]
    for line in skill_history(campaigns, view.skill.code, results.colleges, results.grid):
        for label, cell in zip(results.colleges.values(), line.cells, strict=True):
            kind = "past mean" if cell.note else "hidden past mean"
            yield Text(kind, (view.skill.title, label, line.label), f"{cell.text} {cell.note}".strip())


def _made(results: CampaignResults) -> Iterator[Text]:
    for axis in results.axes:
        if why := results.explanation(axis.code):
            yield Text("score", (axis.title, WHOLE), why.score)
            yield from (Text("explained", (axis.title,), words) for words in why.sentences)
            yield Text("sum", (axis.title,), f"{' + '.join(part.contribution for part in why.colleges)} = {why.exact}")


def _otherwise(results: CampaignResults) -> Iterator[Text]:
    yield Text("otherwise", (), results.weightings_sentence)
    for one in results.robustness:
        yield Text("weightings", (one.axis.title,), " | ".join(one.texts))
    yield from (Text("sensitivity", (), words) for words in results.sensitivities)


def _hindsight(results: CampaignResults) -> Iterator[Text]:
    for one in results.hindsight:
        yield Text("hindsight", (one.axis.title, WHOLE), one.sentence)
        yield Text("hindsight verdict", (one.axis.title, WHOLE), f"{one.cell.text} {one.cell.note}".strip())


def _desk(results: CampaignResults) -> Iterator[Text]:
    found = desk.findings(results.families, results.grid.levels)
    for kind, some in (("apart", found.apart), ("alike", found.alike), ("unseen", found.unseen)):
        printed = "; ".join(f"{one.skill.title}: {one.words}" for one in some)
        yield Text(f"desk {kind}", (found.far, found.close), printed or "–")
    for family in results.families:
        proposed = proposals(family, results.profile)
        for kind, lines in (("strengths", proposed.strengths), ("weaknesses", proposed.weaknesses)):
            yield Text(kind, (family.axis.title,), " | ".join(lines) or "–")
        yield Text("rule", (), proposed.rule)


def _parcours(results: CampaignResults) -> Iterator[Text]:
    yield Text("rule", (), weak_rule(results.profile))
    for one in weak_skills(results.profile, results.colleges):
        yield Text("weak", (one.skill.title,), one.text)
    if results.previous:
        worked = [family.skills[0] for family in results.grid.families[::2]]
        codes, titles = {skill.code for skill in worked}, tuple(skill.title for skill in worked)
        found = progress(results.previous.profile, results.profile, codes, results.since, results.label)
        for words in filter(None, (found.sentence, found.beyond)):
            yield Text("progress", titles, words)


def _people(results: CampaignResults) -> Iterator[Text]:
    if results.workshop_radar:
        yield Text("workshops", (), results.workshops)
        yield from (Text("noted", (title,), decimal(mean, results.radar.places)) for title, mean in results.consensus)
    yield Text("answered", (), results.answered)
    for one in results.participation:
        yield Text("participation", (one.label,), one.words)
    if not results.since:
        yield from (Text("caption", (), words) for words in results.radar.caption[1:])


def _method(results: CampaignResults) -> Iterator[Text]:
    yield from (Text("how to read", (), line) for line in how_to_read(results.profile))
    printed = warnings(results.profile, results.colleges, compared=bool(results.previous))
    yield from (Text("warning", (), line) for line in printed)
    for axis in results.axes:
        for one in margin_lines(results.profile, axis.code, results.colleges):
            yield Text("margin line", (axis.title, one.label), one.line)


def _disclosure(results: CampaignResults) -> Iterator[Text]:
    """What the team is told before it publishes."""
    for figures in hidden_figures(results.profile, results.colleges, [skill.code for skill in results.grid.skills]):
        place = figures.label, figures.table
        yield Text("shown figures", place, figures.words)
        yield from (Text("hidden figures", place, reason) for reason in figures.reasons)
    for one in found_again(results.profile, results.colleges):
        yield Text("found again by anyone", (one.label,), one.by_anyone)
        yield Text("found again by a member", (one.label,), one.by_a_member)
    yield from (Text("same answers", (), words) for words in same_answers(results.profile, results.colleges))
