"""The accessibility statement, on the model of the law: what the settings of the installation say, in its sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from restitution.text.language import gettext as _
from restitution.text.names import in_words


@dataclass(frozen=True, slots=True)
class Statement:
    """What the statement says; without an audit, the law wants « non conforme »."""

    state: str
    sentence: str
    day: str
    audit: str
    gaps: str
    contact: str
    plan: str


def accessibility_statement(said: Mapping[str, str]) -> Statement:
    """Return the statement that these texts of the site make."""
    state = said.get("accessibility_state", "")
    day = said.get("accessibility_day", "")
    words = {
        "total": (_("totalement conforme"), _("Ce site est en conformité totale avec le RGAA, version 4.1.")),
        "partial": (
            _("partiellement conforme"),
            _(
                "Ce site est en conformité partielle avec le RGAA, version 4.1, en raison des non-conformités et des "
                "dérogations énumérées plus bas."
            ),
        ),
        "none": (
            _("non conforme"),
            _("Ce site n’est pas en conformité avec le RGAA, version 4.1. Ce qui manque est énuméré plus bas."),
        ),
    }
    name, sentence = words.get(state, (_("non conforme"), _not_audited()))
    return Statement(
        name,
        sentence,
        in_words(date.fromisoformat(day)) if day else "",
        *(said.get(f"accessibility_{part}", "") for part in ("audit", "gaps", "contact", "plan")),
    )


def _not_audited() -> str:
    return _(
        "Ce site n’est pas en conformité avec le RGAA, version 4.1 : il n’a pas encore été audité par un organisme "
        "indépendant, et rien ne permet de mesurer le respect de chaque critère."
    )
