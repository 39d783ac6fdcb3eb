"""What a draft changes of the adopted diagnostic: text by text, as it was and as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from restitution.adopted_diagnostic import AdoptedDiagnostic
from restitution.text.language import gettext as _
from restitution.text.names import FACT_STATES

Document = Mapping[str, Any]


@dataclass(frozen=True)
class DraftChange:
    """A text that differs: what it is about, which part of it, and its words before and now, empty if it has none."""

    subject: str
    part: str
    before: str
    now: str


def draft_changes(adopted: Document, draft: Document) -> list[DraftChange]:
    """Return everything that people wrote since that version was adopted, family by family, then the rest."""
    was, is_now = AdoptedDiagnostic(dict(adopted)), AdoptedDiagnostic(dict(draft))
    found = [*_families(was, is_now), *_note(was, is_now), *_facts(was, is_now), *_evidence(was, is_now)]
    return [one for one in found if one.before != one.now]


def _families(was: AdoptedDiagnostic, is_now: AdoptedDiagnostic) -> Iterator[DraftChange]:
    parts = {
        "retained": _("Niveau retenu"),
        "justification": _("Pourquoi ce niveau"),
        "strengths": _("Forces"),
        "weaknesses": _("Faiblesses"),
    }
    for before, now in zip(was.families, is_now.families, strict=True):
        for name, part in parts.items():
            yield DraftChange(now.axis.title, part, getattr(before, name), getattr(now, name))


def _note(was: AdoptedDiagnostic, is_now: AdoptedDiagnostic) -> Iterator[DraftChange]:
    before, now = dict(was.note), dict(is_now.note)
    for title in dict.fromkeys([*before, *now]):
        yield DraftChange(_("Note de l’année"), title, before.get(title, ""), now.get(title, ""))


def _facts(was: AdoptedDiagnostic, is_now: AdoptedDiagnostic) -> Iterator[DraftChange]:
    for skill in is_now.grid.skills:
        before, now = (one.document["facts"].get(skill.code, []) for one in (was, is_now))
        for place, fact in enumerate(skill.facts):
            yield DraftChange(skill.title, fact, _answer(before, place), _answer(now, place))


def _answer(answers: list[Mapping[str, str]], place: int) -> str:
    if place >= len(answers) or not answers[place]["state"]:
        return ""
    words = (str(FACT_STATES[answers[place]["state"]]), answers[place]["precision"])
    return " – ".join(filter(None, words))


def _evidence(was: AdoptedDiagnostic, is_now: AdoptedDiagnostic) -> Iterator[DraftChange]:
    for skill in is_now.grid.skills:
        before, now = (
            [one for one in version.document["evidence"] if one["skill"] == skill.code] for version in (was, is_now)
        )
        words = _names(now)
        if before != now and words == _names(before):  # another file of that name, or for another fact
            words = _("%(names)s (remplacé)", names=words)
        yield DraftChange(skill.title, _("Preuves"), _names(before), words)


def _names(evidence: list[Mapping[str, str]]) -> str:
    return ", ".join(one["address"] or one["name"] for one in evidence)
