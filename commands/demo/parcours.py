"""The actions of the demonstration's three territories, as data. All of it is invented."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from storage.accounts.accounts import Account
from storage.campaigns.territories import territory_by_slug
from storage.core.engine import Database
from storage.review.parcours import (
    ActionPlan,
    Indicator,
    Kind,
    Measure,
    Note,
    Rating,
    Status,
    Step,
    Support,
    add_action,
    rate_action,
)
from storage.review.parcours.supervisions import Supervision, save_supervision


@dataclass(frozen=True)
class DemoRating:
    """How an action was rated in a year."""

    year: int
    relevance: int
    transfer: int
    words: str


def _plan(
    kind: Kind,
    title: str,
    skills: str,
    starts: date,
    ends: date,
    status: Status,
    purpose: str = "",
    provider: str = "",
    supports: tuple[Support, ...] = (),
    **more: Any,
) -> ActionPlan:
    plan = ActionPlan(kind, title, tuple(skills.split()), purpose, starts, ends, None, provider, supports, status)
    return replace(plan, **more)


PARCOURS: Mapping[str, tuple[tuple[ActionPlan, tuple[DemoRating, ...]], ...]] = {
    "villeroche": (
        (
            _plan(
                "formation",
                "Animer une réunion où chacun a la parole",
                "FAC-1 FAC-2 FAC-5",
                date(2023, 9, 15),
                date(2024, 6, 28),
                "terminee",
                purpose="Vingt agents et douze habitants savent préparer et animer une rencontre sans appui extérieur.",
                provider="Atelier des Communs",
            ),
            (
                DemoRating(2024, 4, 2, "Les binômes agent et habitant ont très bien marché."),
                DemoRating(2025, 4, 3, "Deux anciens stagiaires forment à leur tour."),
            ),
        ),
        (
            _plan(
                "projet",
                "La carte vivante des initiatives",
                "CON-1 CON-2",
                date(2024, 3, 4),
                date(2025, 12, 19),
                "terminee",
                purpose="Les associations tiennent la carte elles-mêmes et s’en servent pour monter des projets.",
                provider="Atelier des Communs",
                supports=("service-civique",),
            ),
            (DemoRating(2025, 3, 3, "La mise à jour se fait au café du samedi."),),
        ),
        (
            _plan(
                "projet",
                "Le fonds d’initiatives de quartier",
                "FAC-3 OUV-2 OUV-3",
                date(2025, 1, 13),
                date(2027, 1, 29),
                "en-cours",
                purpose="Des petits projets démarrent en trois semaines, décidés par un comité tiré au sort.",
                pilot="Service vie associative",
                partners="Caisse d’allocations familiales, maison de quartier",
                budget=24_000,
                funders="Ville, Caisse d’allocations familiales",
                priority="haute",
                targets=(("FAC-3", 3), ("OUV-2", 2)),
                indicator=Indicator(
                    "Projets soutenus dans l’année",
                    Decimal(20),
                    (Measure(date(2025, 6, 30), Decimal(4)), Measure(date(2026, 6, 30), Decimal(11))),
                ),
                steps=(
                    Step("Écrire le règlement avec les habitants", date(2025, 3, 31), date(2025, 4, 11)),
                    Step("Tirer le comité au sort", date(2025, 5, 16), date(2025, 5, 16), 1),
                    Step("Renouveler la moitié du comité", date(2026, 10, 30), None, 2),
                    Step("Raconter les projets dans le journal", date(2027, 1, 15), None, 3),
                ),
                notes=(Note(date(2026, 9, 14), "Le renouvellement attend la salle : elle est en travaux."),),
            ),
            (DemoRating(2026, 4, 3, "Onze projets soutenus, dont quatre portés par des moins de vingt-cinq ans."),),
        ),
        (
            _plan(
                "changement",
                "Écrire ce que deviennent les contributions",
                "INT-1 INT-2",
                date(2026, 9, 7),
                date(2027, 6, 30),
                "prevue",
                purpose="Chaque service publie une réponse motivée, dans le délai annoncé au départ.",
                provider="Coopérative Passerelle",
                supports=("cifre", "vta"),
            ),
            (),
        ),
        (
            _plan(
                "changement",
                "Un journal de quartier écrit par les habitants",
                "CON-3",
                date(2024, 9, 2),
                date(2025, 3, 28),
                "abandonnee",
                purpose="Un journal trimestriel dans chaque quartier.",
            ),
            (DemoRating(2025, 1, 1, "Trop lourd : personne n’avait le temps de le mettre en page."),),
        ),
    ),
    "val-de-brume": (
        (
            _plan(
                "formation",
                "Six journées pour animer et pour aller vers",
                "FAC-2 FAC-4 FAC-5 OUV-1 OUV-2",
                date(2024, 9, 10),
                date(2025, 4, 18),
                "terminee",
                purpose="Élus et agents des neuf communes se forment ensemble.",
                provider="Coopérative Passerelle",
            ),
            (
                DemoRating(2025, 4, 2, "On voit mieux ce qui manque : les scores ont baissé, pas la pratique."),
                DemoRating(2026, 4, 3, "Trois communes tiennent leurs réunions sans appui."),
            ),
        ),
        (
            _plan(
                "changement",
                "Un réseau de référents participation dans les services",
                "COO-5 INT-5",
                date(2025, 9, 1),
                date(2027, 7, 2),
                "en-cours",
                purpose="Une personne par service, deux jours par mois, une lettre de mission.",
                supports=("vta",),
            ),
            (DemoRating(2026, 3, 2, "Les lettres de mission sont signées dans six services sur neuf."),),
        ),
        (
            _plan(
                "projet",
                "Le plan de mobilité construit avec ceux qui ne conduisent pas",
                "OUV-1 OUV-3 INT-1",
                date(2026, 10, 5),
                date(2027, 12, 17),
                "prevue",
                purpose="Le plan part des trajets que les gens renoncent à faire.",
                provider="Atelier des Communs",
            ),
            (),
        ),
    ),
    "saint-aubin-des-pres": (
        (
            _plan(
                "projet",
                "La place du village, dessinée ensemble",
                "COO-1 COO-3",
                date(2023, 10, 7),
                date(2025, 5, 24),
                "terminee",
                purpose="Du premier plan à la plantation, les habitants décident avec le conseil.",
            ),
            (DemoRating(2025, 4, 4, "Les riverains arrosent, taillent, et préparent déjà la suite."),),
        ),
        (
            _plan(
                "formation",
                "Une soirée par saison pour apprendre à animer",
                "FAC-2",
                date(2026, 9, 18),
                date(2027, 6, 11),
                "prevue",
                provider="Foyer rural",
            ),
            (),
        ),
    ),
}


MOMENTS: Mapping[str, Supervision] = {
    "villeroche": Supervision(
        date(2026, 5, 12),
        "Le fonds marche bien dans trois quartiers sur cinq. Ailleurs, personne ne sait qu’il existe.",
        (("elus", 2), ("agents", 4), ("habitants", 6)),
        "Deux permanences de plus au marché, et le comité renouvelé à l’automne.",
    ),
}


def record_parcours(db: Database, author: Account) -> None:
    """Write the actions of each territory, and their ratings."""
    for slug, actions in PARCOURS.items():
        territory = territory_by_slug(db, slug)
        assert territory is not None  # noqa: S101  # told just before
        if slug in MOMENTS:
            save_supervision(db, territory, MOMENTS[slug], author)
        for plan, ratings in actions:
            action = add_action(db, territory, plan, author)
            for rating in ratings:
                rate_action(db, Rating(action.id, rating.year, rating.relevance, rating.transfer, rating.words), author)
