"""An action in words, field by field; and what differs between two versions of it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _

from restitution.text.language import gettext
from restitution.text.names import in_words
from restitution.text.numbers import count
from storage.review.parcours import ActionPlan, Step
from web.parcours.labels import KINDS, PRIORITIES, STATUSES, SUPPORTS

FIELDS: Mapping[str, object] = {
    "title": _("Titre"),
    "kind": _("Sorte d’action"),
    "skills": _("Savoir-faire visés"),
    "purpose": _("Ce qu’on en attend"),
    "dates": _("Dates"),
    "campaign": _("Pour quelle vague"),
    "status": _("Où en est-elle"),
    "priority": _("Priorité"),
    "pilot": _("Qui la pilote"),
    "partners": _("Partenaires"),
    "provider": _("Prestataire"),
    "supports": _("Appuis sur place"),
    "budget": _("Budget, en euros"),
    "funders": _("Qui finance"),
    "indicator": _("Indicateur"),
    "target": _("Valeur visée"),
    "measures": _("Valeurs"),
    "steps": _("Étapes"),
    "notes": _("Notes"),
}
"""The label of each field, in the order in which they are told."""


def figure(value: Decimal | None) -> str:
    """Return a number as people read it; empty for none."""
    return "" if value is None else f"{value:f}".replace(".", ",")


def differences(
    before: ActionPlan, after: ActionPlan, skills: Mapping[str, str], campaigns: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """Yield the label of each field that differs, with what it was and what it is."""
    was, now = _said(before, skills, campaigns), _said(after, skills, campaigns)
    for name, label in FIELDS.items():
        if was[name] != now[name]:
            yield str(label), was[name] or gettext("rien"), now[name] or gettext("rien")


def lines_of(plan: ActionPlan, skills: Mapping[str, str], campaigns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the label of each field that says something, with what it says; the title apart."""
    said = _said(plan, skills, campaigns)
    yield from ((str(label), said[name]) for name, label in FIELDS.items() if said[name] and name != "title")


def _said(plan: ActionPlan, skills: Mapping[str, str], campaigns: Mapping[str, str]) -> dict[str, str]:
    return {
        **{name: getattr(plan, name) for name in ("title", "purpose", "pilot", "partners", "provider", "funders")},
        "kind": str(KINDS.get(plan.kind, plan.kind)),
        "skills": "\n".join(_aimed(code, plan, skills) for code in plan.skills),
        "dates": when(plan.starts_on, plan.ends_on),
        "campaign": campaigns.get(str(plan.campaign_id), ""),
        "status": str(STATUSES.get(plan.status, plan.status)),
        "priority": str(PRIORITIES[plan.priority]) if plan.priority in PRIORITIES and plan.priority else "",
        "supports": ", ".join(str(SUPPORTS.get(one, one)) for one in plan.supports),
        "budget": "" if plan.budget is None else count(plan.budget),
        "indicator": plan.indicator.name,
        "target": figure(plan.indicator.target),
        "measures": "\n".join(_on(one.day, figure(one.value)) for one in plan.indicator.measures),
        "steps": "\n".join(step_lines(plan.steps)),
        "notes": "\n".join(_on(one.day, one.text) for one in plan.notes),
    }


def _on(day: date, said: str) -> str:
    return gettext("%(day)s : %(said)s", day=in_words(day), said=said)


def _aimed(code: str, plan: ActionPlan, skills: Mapping[str, str]) -> str:
    level = dict(plan.targets).get(code)
    title = skills.get(code, code)
    return title if level is None else gettext("%(skill)s (niveau %(level)s visé)", skill=title, level=level)


def when(starts: date | None, ends: date | None) -> str:
    """Return the dates of an action in words; empty without any."""
    if starts and ends:
        return gettext("du %(start)s au %(end)s", start=in_words(starts), end=in_words(ends))
    if starts:
        return gettext("à partir du %(start)s", start=in_words(starts))
    return gettext("jusqu’au %(end)s", end=in_words(ends)) if ends else ""


def step_lines(steps: Sequence[Step]) -> Iterator[str]:
    """Yield each step in a line: its rank, its title, its days, and the step before it."""
    for rank, one in enumerate(steps, 1):
        days = [
            gettext("pour le %(day)s", day=in_words(one.due_on)) if one.due_on else "",
            gettext("faite le %(day)s", day=in_words(one.done_on)) if one.done_on else "",
            gettext("après l’étape %(rank)s", rank=one.after) if one.after else "",
        ]
        said = ", ".join(filter(None, days))
        yield f"{rank}. {one.title}" + (f" ({said})" if said else "")
