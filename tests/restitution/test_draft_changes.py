"""What a draft changes of the adopted diagnostic, text by text."""

from typing import Any

import orjson

import grille
from restitution.draft_changes import draft_changes

GRID = grille.current()
FIRST = next(skill for skill in GRID.skills if skill.facts)


def document(**written: Any) -> dict[str, Any]:
    profile = {"edition": 2, "territory": [], "rules": {"territory_colleges": 3, "k": 5}, "respondents": {}}
    rows = [{"family": family.code, "score": None, "low": None, "high": None} for family in GRID.families]
    empty: dict[str, Any] = {"judgements": {}, "note": {}, "facts": {}, "evidence": []}
    note = dict.fromkeys(("progress", "went_well", "went_less_well", "perceived", "recommendations"), "")
    grid, campaign = orjson.loads(GRID.to_json()), {"colleges": []}
    whole = {"grid": grid, "campaign": campaign, "profile": profile | {"territory": rows}} | empty | {"note": note}
    return whole | written | {"note": note | written.get("note", {})}


def changed(before: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    return [(one.subject, one.part, one.before, one.now) for one in draft_changes(before, now)]


def judgement(**texts: Any) -> dict[str, Any]:
    return {"COO": {"level": None, "justification": "", "strengths": "", "weaknesses": ""} | texts}


def test_nothing_differs_of_itself_nor_of_a_text_left_empty() -> None:
    assert changed(document(), document()) == []
    assert changed(document(), document(judgements=judgement())) == []


def test_each_text_is_given_as_it_was_and_as_it_is() -> None:
    before = document(judgements=judgement(level=1, strengths="Accueil"), note={"progress": "Deux ateliers"})
    now = document(judgements=judgement(level=2, strengths="Accueil"), note={"perceived": "De l’envie"})
    assert changed(before, now) == [
        ("Coopérer", "Niveau retenu", "Premiers essais", "Pratique régulière"),
        ("Note de l’année", "Avancement", "Deux ateliers", ""),
        ("Note de l’année", "Ce que nous avons perçu", "", "De l’envie"),
    ]


def test_a_fact_and_its_evidence_count_too() -> None:
    answers = [{"state": "oui", "precision": "vu le 3 mai"}]
    evidence = [{"skill": FIRST.code, "fact": 0, "name": "charte.pdf", "address": None, "sha256": "a"}]
    now = document(facts={FIRST.code: answers}, evidence=evidence)
    assert changed(document(), now) == [
        (FIRST.title, FIRST.facts[0], "", "Oui – vu le 3 mai"),
        (FIRST.title, "Preuves", "", "charte.pdf"),
    ]
    again = document(facts={FIRST.code: answers}, evidence=[evidence[0] | {"sha256": "b"}])
    assert changed(now, again) == [(FIRST.title, "Preuves", "charte.pdf", "charte.pdf (remplacé)")]
