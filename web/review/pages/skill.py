"""What the page of a skill shows: its figures, its facts, the previous and next skills."""

from collections.abc import Iterator
from typing import Any

from flask import abort, render_template
from flask_babel import gettext as _

from restitution.text.names import FACT_STATES
from storage.campaigns.campaigns import Campaign
from storage.review.comments import comments_of
from storage.review.evidence import evidence_of
from storage.review.file_types import ACCEPTED, IN_WORDS
from storage.review.sheets import FactAnswer, Facts, Sheet, read_sheet, sheets_about
from web.http.database import connection
from web.http.security.access import campaigns_here
from web.results.selection import asked_selection, label_of


def skill_of(campaign: Campaign, code: str) -> Any:
    """Return the skill of that code in the campaign's grid; else answers 404."""
    try:
        return campaign.grid.skill(code)
    except KeyError:
        abort(404)


def skill_page(
    campaign: Campaign,
    code: str,
    *,
    sheet: Sheet[Facts] | None = None,
    form: Any = None,
    adding: Any = None,
    conflict: Sheet[Any] | None = None,
) -> str:
    """Return the page, with the form of its facts (of ``sheet``, if it was read already) and that of its evidence."""
    from restitution.chart_data.radar import axes_of
    from restitution.findings.change.skill_history import skill_history, skill_sum
    from restitution.findings.profile.skills import skill_view
    from web.results.pages import results_page
    from web.review.forms import EvidenceForm, facts_form

    page, known = results_page(asked_selection(campaign)), skill_of(campaign, code)
    results = page.results
    followed = len(results.campaigns) > 1
    view = skill_view(results.profile, results.colleges, code, compared=followed or results.compared_scores)
    axis = next(one for one in axes_of(campaign.grid) if one.code == campaign.grid.family_of(code).code)
    sheet = sheet or read_sheet(connection(), campaign, Facts, code)
    comments = comments_of(connection(), campaign, code)
    campaigns = [(one.label, one.profile) for one in results.campaigns]
    values = [level.value for level in campaign.grid.levels]
    return render_template(
        "review/skill.html",
        campaign=campaign,
        page=page,
        view=view,
        axis=axis,
        history=skill_history(campaigns, code, results.colleges, results.grid) if followed else [],
        sums={cell.college: skill_sum(cell, values) for cell in view.published},
        comments=[one for one in comments if one.is_accepted],
        waiting=sum(one.decision is None for one in comments),
        sheet=sheet,
        form=form or facts_form(known, sheet.content, sheet.version, formdata=None),
        adding=adding or EvidenceForm(known, formdata=None),
        conflict=conflict,
        conflict_parts=list(_parts(known.facts, conflict.content)) if conflict else [],
        fact_states=FACT_STATES,
        evidence=_by_fact(campaign, code),
        before=facts_before(campaign, code),
        accepted=ACCEPTED,
        kinds=IN_WORDS,
        neighbours=_neighbours(campaign, code),
    )


def _parts(facts: tuple[str, ...], theirs: Facts) -> Iterator[tuple[str, str]]:
    """The answers that somebody else saved, in words, each under its fact."""
    for fact, answer in zip(facts, theirs.answers, strict=False):
        yield fact, " – ".join(filter(None, [str(FACT_STATES[answer.state]), answer.precision]))


def _by_fact(campaign: Campaign, code: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for one in evidence_of(connection(), campaign, code):
        found.setdefault(one.fact, []).append(one)
    return found


def facts_before(campaign: Campaign, code: str) -> dict[str, tuple[str, FactAnswer]]:
    """Return the latest earlier answer to each fact, by the fact's text: the campaign's label and the answer."""
    found: dict[str, tuple[str, FactAnswer]] = {}
    campaigns = campaigns_here(campaign.territory)
    earlier = [one for one in campaigns if one.order < campaign.order]
    sheets = sheets_about(connection(), earlier, Facts, code)
    for one in earlier:
        found |= _answered(one, code, label_of(one, campaigns), sheets[one.id].content)
    return found


def _answered(campaign: Campaign, code: str, label: str, written: Facts) -> dict[str, tuple[str, FactAnswer]]:
    facts = next((skill.facts for skill in campaign.grid.skills if skill.code == code), ())
    pairs = zip(facts, written.answers, strict=False)
    return {fact: (label, answer) for fact, answer in pairs if answer.state}


def _neighbours(campaign: Campaign, code: str) -> list[tuple[str, Any]]:
    """The skills before and after, to go on from one to the next."""
    skills = campaign.grid.skills
    place = next(i for i, one in enumerate(skills) if one.code == code)
    before = [(_("Savoir-faire précédent"), skills[place - 1])] if place else []
    return before + ([(_("Savoir-faire suivant"), skills[place + 1])] if place + 1 < len(skills) else [])
