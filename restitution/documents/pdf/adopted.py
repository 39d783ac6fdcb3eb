"""An adopted diagnostic printed from its stored document alone: nothing is computed, whatever its edition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from restitution.adopted_diagnostic import AdoptedDiagnostic, AdoptedFact, AdoptedFamily
from restitution.chart_data.colours import LIGHT
from restitution.chart_data.radar import description_of
from restitution.documents.pdf.pictures import radar_picture
from restitution.documents.pdf.typst_pdf import typst_pdf
from restitution.review_texts import Adoption
from restitution.text.language import gettext as _


def adopted_pdf(adopted: AdoptedDiagnostic, adoption: Adoption) -> bytes:
    """Return the PDF (PDF/UA-1), dated of the adoption; the same version gives the same bytes."""
    return typst_pdf("adopted.typ", _content(adopted, adoption), adoption.day)


def _content(adopted: AdoptedDiagnostic, adoption: Adoption) -> dict[str, Any]:
    campaign = adopted.document["campaign"]
    territory, name = campaign["territory"]["name"], f"{campaign['year']} – {campaign['name']}"
    return {
        "words": _words(),
        "territory": territory,
        "name": name,
        "fictional": campaign["fictional"],
        "adopted": adoption.sentence,
        "running": f"{territory} · {campaign['year']} · {adopted.method}",
        "key": list(_key(adopted, adoption)),
        "picture": radar_picture(adopted.radar),
        "alt": description_of(adopted.radar),
        "families": [_family(one, adopted.interval.get(one.axis.code, "–")) for one in adopted.families],
        "note": adopted.note,
        "facts": [[title, [_fact(one) for one in facts]] for title, facts in adopted.facts],
        "rules": adopted.rules,
    }


def _key(adopted: AdoptedDiagnostic, adoption: Adoption) -> Iterator[tuple[str, str]]:
    """Yield the facts needed to read any of its figures: label and text."""
    document = adopted.document
    yield _("Méthode"), adopted.method
    yield _("Grille"), f"{adopted.grid.title} {adopted.grid.version}"
    if document["campaign"]["closed_on"]:
        yield _("Collecte"), _("close le %(day)s", day=adopted.collected)
    yield _("Réponses"), ", ".join(f"{label}\u00a0: {n}" for label, n in adopted.respondents)
    if document.get("reason"):
        yield _("Ce que cette version corrige"), document["reason"]
    yield _("Empreinte SHA-256"), adoption.sha256


def _family(one: AdoptedFamily, interval: str) -> dict[str, Any]:
    texts = {"justification": one.justification, "strengths": one.strengths, "weaknesses": one.weaknesses}
    kept = _("le score, tel quel") if one.score else "–"
    shown = {"score": one.score, "word": one.word, "interval": interval, "retained": one.retained, "kept": kept}
    return {"title": one.axis.title, "badge": one.axis.badge, "hue": LIGHT[one.axis.hue], **shown, **texts}


def _fact(one: AdoptedFact) -> str:
    beside = [text for text in (one.precision, *one.evidence) if text]
    return " – ".join((f"{one.fact} {one.state}", *beside))


def _words() -> dict[str, str]:
    return {
        "kind": _("Diagnostic adopté"),
        "lead": _(
            "Réimprimé d’après ce qui a été adopté\u00a0: aucun chiffre n’est recalculé. Les intervalles et les mots "
            "sont ceux de la méthode d’alors."
        ),
        "fictional": _("Territoire fictif – données de démonstration"),
        "profile": _("Le profil"),
        "family": _("Famille"),
        "score": _("Score"),
        "interval": _("Intervalle"),
        "retained": _("Niveau retenu"),
        "families": _("Famille par famille"),
        "strengths": _("Points forts"),
        "weaknesses": _("À renforcer"),
        "note": _("Note de l’année"),
        "facts": _("Ce que l’on a observé"),
        "rules": _("Les règles de calcul, toutes"),
        "rule": _("Règle"),
        "value": _("Valeur"),
    }
