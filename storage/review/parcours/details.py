"""What an action has beside its columns, as the JSON document that is stored with it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import orjson

from storage.core.timestamps import parse_day
from storage.review.parcours.plans import ActionPlan, Indicator, Measure, Note
from storage.review.parcours.steps import Step


def details_of(plan: ActionPlan) -> str:
    """Return the document of a plan; what is empty is left out."""
    document = {
        "supports": plan.supports,
        "partners": plan.partners,
        "budget": plan.budget,
        "funders": plan.funders,
        "priority": plan.priority,
        "targets": dict(plan.targets),
        "indicator": plan.indicator.name,
        "target": None if plan.indicator.target is None else str(plan.indicator.target),
        "measures": [[one.day.isoformat(), str(one.value)] for one in plan.indicator.measures],
        "steps": [[one.title, _text(one.due_on), _text(one.done_on), one.after] for one in plan.steps],
        "notes": [[one.day.isoformat(), one.text] for one in plan.notes],
    }
    kept = {name: value for name, value in document.items() if value not in (None, "", (), [], {})}
    return orjson.dumps(kept).decode()


def with_details(plan: ActionPlan, document: str) -> ActionPlan:
    """Return the plan with what its document says; a damaged document says nothing, and hides no action."""
    try:
        return _read(plan, orjson.loads(document))
    except (ValueError, TypeError, AttributeError, InvalidOperation):
        return plan


def _read(plan: ActionPlan, found: Mapping[str, Any]) -> ActionPlan:
    target = found.get("target")
    measures = tuple(
        Measure(day, Decimal(value)) for written, value in found.get("measures", ()) if (day := parse_day(written))
    )
    steps = tuple(
        Step(title, parse_day(due), parse_day(done), after) for title, due, done, after in found.get("steps", ())
    )
    notes = tuple(Note(day, text) for written, text in found.get("notes", ()) if (day := parse_day(written)))
    return replace(
        plan,
        supports=tuple(found.get("supports", ())),
        partners=found.get("partners", ""),
        budget=found.get("budget"),
        funders=found.get("funders", ""),
        priority=found.get("priority", ""),
        targets=tuple(sorted(found.get("targets", {}).items())),
        indicator=Indicator(found.get("indicator", ""), None if target is None else Decimal(target), measures),
        steps=steps,
        notes=notes,
    )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
