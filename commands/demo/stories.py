"""The demonstration's three territories, as data: what happened there, and who answered. All of it is invented.

A level is what people of the territory would say of a family on average, on the grid's scale; ``tint`` is how much a
college sees things better or worse than that, ``shift`` what one campaign adds for one college and one family, and
``retrospective`` how much better or worse than now the year before looks, to those who are asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from questionnaires.local.questions import LocalQuestion
from questionnaires.questionnaire import Form

Levels = Mapping[str, float]


@dataclass(frozen=True)
class DemoCampaign:
    """One campaign: its date and grid, the level of each family, how many people of each college answered."""

    name: str
    closes_on: date
    grid: str
    levels: Levels
    online: Mapping[str, int]
    paper: Mapping[str, int] = field(default_factory=dict)
    workshops: int = 0
    shift: Mapping[tuple[str, str], float] = field(default_factory=dict)
    retrospective: Levels = field(default_factory=dict)
    comments: int = 5
    local: Mapping[LocalQuestion, Sequence[float]] = field(default_factory=dict)
    """The campaign's own questions, with the share of people who make each choice; the others pass."""


@dataclass(frozen=True)
class Story:
    """A territory and its campaigns.

    ``sizes`` are the colleges whose number of members is known; ``volunteers`` those that were invited by an open call.
    """

    name: str
    kind: str
    form: Form
    colleges: tuple[str, ...]
    sizes: Mapping[str, int]
    campaigns: tuple[DemoCampaign, ...]
    spread: float = 0.5
    volunteers: tuple[str, ...] = ("habitants",)


# How much each college sees the same things better or worse than the others.
TINT = {"elus": 0.45, "agents": 0.2, "associations": -0.15, "habitants": -0.35, "entreprises": -0.1}

# The share of « je ne sais pas », by college; then how many times more for what is hard to see from outside.
UNSEEN = {"elus": 0.02, "agents": 0.04, "associations": 0.09, "habitants": 0.12, "entreprises": 0.16}
HARD_TO_SEE = {"INT": 2.9, "COO-5": 2.2, "COO-6": 1.8, "FAC-5": 1.6}

# Savoir-faire that come easily, and those that lag behind their family.
OFFSET = {
    "COO-1": 0.25, "COO-3": -0.1, "COO-4": -0.2, "COO-5": 0.1, "COO-6": -0.45,
    "CON-1": 0.15, "CON-2": 0.3, "CON-3": 0.1, "CON-4": -0.2, "CON-5": -0.35, "CON-6": -0.15,
    "FAC-1": 0.1, "FAC-2": 0.2, "FAC-3": 0.15, "FAC-4": -0.35, "FAC-5": -0.25, "FAC-6": 0.15,
    "INT-1": 0.15, "INT-2": 0.2, "INT-3": -0.1, "INT-4": -0.05, "INT-5": -0.3, "INT-6": -0.45,
    "OUV-1": -0.1, "OUV-2": 0.05, "OUV-3": 0.05, "OUV-4": 0.15, "OUV-5": -0.25, "OUV-6": 0.05,
}  # fmt: skip

# « Sans objet ici »: how often, and the reasons that people give (an empty one is the most frequent).
NOT_HERE = {"CON-5": 0.03, "CON-6": 0.02, "COO-5": 0.03, "INT-5": 0.04, "FAC-4": 0.02}
REASONS = ("", "", "Il n’y a qu’un seul service ici.", "La question ne se pose pas à notre échelle.", "")

# What people write: the savoir-faire it is about, whether its author rates it low or high, and the words.
COMMENTS = (
    ("COO-1", "low", "On nous présente le projet quand tout est déjà dessiné."),
    ("COO-1", "high", "La réunion de lancement de la place du marché a vraiment permis de se mettre d’accord."),
    ("COO-2", "low", "Je n’ai jamais su si mon avis comptait ou si c’était pour information."),
    ("COO-2", "high", "Depuis la note de cadrage, on sait ce qui est négociable. Cela change tout."),
    ("COO-3", "low", "Nous avons été consultés une seule fois, à la fin."),
    ("COO-3", "high", "Le jardin partagé a été pensé avec les voisins dès le premier plan."),
    ("COO-4", "low", "Dès qu’il y a un désaccord, la réunion s’arrête."),
    ("COO-5", "low", "Les services se découvrent parfois en réunion publique."),
    ("CON-1", "low", "Il manque une liste des associations, chacun refait la sienne."),
    ("CON-1", "high", "La carte des initiatives est très utile, on y trouve même les petits collectifs."),
    ("CON-2", "low", "On voit toujours les mêmes personnes aux réunions."),
    ("CON-2", "high", "Le café du samedi fait se rencontrer des gens qui ne se parlaient pas."),
    ("CON-3", "low", "J’ai appris la réunion le lendemain, par une affiche."),
    ("CON-3", "low", "Tout passe par internet, ma mère n’a rien reçu."),
    ("CON-3", "high", "Le bulletin, l’affichage et le message sur le téléphone se complètent bien."),
    ("CON-4", "low", "On cherchait une salle depuis six mois, quelqu’un en avait une à côté."),
    ("FAC-2", "low", "Ceux qui parlent fort ont la parole, les autres se taisent."),
    ("FAC-2", "high", "Les tables de huit avec un animateur par table, c’était vivant et équitable."),
    ("FAC-3", "low", "Pour organiser une fête de rue, il a fallu quatre formulaires."),
    ("FAC-3", "high", "La petite enveloppe pour les initiatives nous a permis de démarrer."),
    ("FAC-4", "low", "À dix-huit heures, avec des enfants, ce n’est pas possible."),
    ("FAC-4", "low", "Sans voiture, on ne peut pas venir aux réunions du soir."),
    ("FAC-5", "low", "Avant la formation je pensais que nous savions animer. Maintenant je vois ce qui manque."),
    ("FAC-5", "high", "Nous avons refait seuls l’atelier appris avec les formateurs."),
    ("INT-1", "low", "On ne voit pas le lien entre ce que nous avons proposé et ce qui a été voté."),
    ("INT-1", "high", "La délibération citait les propositions des habitants, une par une."),
    ("INT-2", "low", "Aucun retour depuis l’atelier du printemps."),
    ("INT-2", "high", "Le compte rendu disait ce qui était retenu, ce qui ne l’était pas, et pourquoi."),
    ("INT-3", "low", "Une seule personne s’en occupe, en plus de tout le reste."),
    ("INT-3", "high", "Un poste et un budget, enfin : les projets avancent."),
    ("INT-4", "low", "Il y a bien une charte, mais personne ne l’ouvre."),
    ("OUV-1", "low", "Les jeunes ne viennent pas, et on ne va pas les voir."),
    ("OUV-1", "high", "Les rencontres devant l’école et au marché touchent d’autres personnes."),
    ("OUV-2", "low", "La moyenne d’âge du comité est de soixante-cinq ans."),
    ("OUV-2", "high", "Le tirage au sort a amené des gens que l’on ne voyait jamais."),
    ("OUV-4", "low", "Le coût du projet n’a été donné qu’une fois, et à l’oral."),
    ("OUV-4", "high", "Les chiffres étaient affichés et expliqués, même ceux qui fâchent."),
    ("OUV-5", "low", "On n’ose pas essayer de peur que cela rate."),
    ("OUV-5", "high", "La rue fermée le temps d’un été, pour voir : bonne idée."),
)

# A town that moves forward: it maps its actors, opens a small fund, meets people where they live.
VILLEROCHE = Story(
    name="Villeroche",
    kind="commune",
    form="full",
    colleges=("elus", "agents", "associations", "habitants", "entreprises"),
    sizes={"elus": 33, "agents": 164},
    campaigns=(
        DemoCampaign(
            "Premier diagnostic",
            date(2023, 4, 14),
            "2024.1",
            {"COO": 1.5, "CON": 1.3, "FAC": 1.2, "INT": 1.1, "OUV": 1.4},
            {"elus": 24, "agents": 42, "associations": 23, "habitants": 61, "entreprises": 3},
            paper={"associations": 4, "habitants": 17},
        ),
        DemoCampaign(
            "Bilan de la première année",
            date(2024, 4, 12),
            "2024.1",
            {"COO": 1.65, "CON": 1.6, "FAC": 1.5, "INT": 1.2, "OUV": 1.45},
            {"elus": 22, "agents": 38, "associations": 25, "habitants": 72, "entreprises": 4},
            paper={"habitants": 12},
        ),
        DemoCampaign(
            "Bilan de la deuxième année",
            date(2025, 4, 11),
            "2026.1",
            {"COO": 1.85, "CON": 1.95, "FAC": 1.9, "INT": 1.4, "OUV": 1.65},
            {"elus": 25, "agents": 47, "associations": 28, "habitants": 80, "entreprises": 6},
            paper={"associations": 3, "habitants": 16},
            workshops=2,
            comments=7,
        ),
        DemoCampaign(
            "Bilan de la troisième année",
            date(2026, 4, 10),
            "2026.1",
            {"COO": 2.15, "CON": 2.7, "FAC": 2.6, "INT": 1.6, "OUV": 2.4},
            {"elus": 26, "agents": 51, "associations": 33, "habitants": 94, "entreprises": 7},
            paper={"habitants": 14},
            workshops=6,
            comments=8,
            local={
                LocalQuestion(
                    "Pour les réunions publiques, quel moment vous convient le mieux ?",
                    ("Le samedi matin", "En semaine, après 18 h 30", "Le midi", "Aucun : plutôt par écrit"),
                    "Quel moment pour les réunions ?",
                ): (0.45, 0.3, 0.015, 0.14),
                LocalQuestion(
                    "Avez-vous déjà lu le bulletin municipal cette année ?", ("Oui", "Non", "Je n’en ai pas reçu")
                ): (0.5, 0.24, 0.2),
            },
        ),
    ),
)

# An intercommunality that trains its people in 2024 and 2025: they come to expect more, and rate themselves lower
# before they climb again. The same practice, judged with better eyes (response shift: Howard 1980).
VAL_DE_BRUME = Story(
    name="Val-de-Brume",
    kind="epci",
    form="full",
    colleges=("elus", "agents", "associations", "habitants", "entreprises"),
    sizes={"elus": 48, "agents": 95},
    campaigns=(
        DemoCampaign(
            "Premier diagnostic",
            date(2023, 5, 26),
            "2024.1",
            {"COO": 2.0, "CON": 1.9, "FAC": 2.3, "INT": 1.6, "OUV": 2.1},
            {"elus": 31, "agents": 38, "associations": 22, "habitants": 41, "entreprises": 4},
            paper={"habitants": 8},
        ),
        DemoCampaign(
            "Bilan de la première année",
            date(2024, 5, 24),
            "2024.1",
            {"COO": 2.1, "CON": 2.0, "FAC": 2.35, "INT": 1.65, "OUV": 2.15},
            {"elus": 33, "agents": 44, "associations": 24, "habitants": 45, "entreprises": 5},
            paper={"habitants": 7},
        ),
        DemoCampaign(
            "Bilan de la deuxième année",
            date(2025, 5, 23),
            "2026.1",
            {"COO": 2.0, "CON": 1.95, "FAC": 2.0, "INT": 1.6, "OUV": 1.85},
            {"elus": 36, "agents": 51, "associations": 26, "habitants": 50, "entreprises": 4},
            paper={"habitants": 8},
            workshops=5,
            shift={
                ("elus", "FAC"): -0.8,
                ("agents", "FAC"): -0.9,
                ("associations", "FAC"): -0.3,
                ("elus", "OUV"): -0.6,
                ("agents", "OUV"): -0.7,
                ("associations", "OUV"): -0.3,
                ("agents", "COO"): -0.4,
            },
            retrospective={"COO": -0.15, "CON": -0.15, "FAC": -0.6, "INT": -0.05, "OUV": -0.45},
            comments=7,
        ),
        DemoCampaign(
            "Bilan de la troisième année",
            date(2026, 5, 22),
            "2026.1",
            {"COO": 2.15, "CON": 2.15, "FAC": 2.2, "INT": 1.7, "OUV": 2.05},
            {"elus": 34, "agents": 49, "associations": 27, "habitants": 52, "entreprises": 6},
            paper={"habitants": 9},
            workshops=3,
            shift={("elus", "FAC"): -0.35, ("agents", "FAC"): -0.4, ("agents", "OUV"): -0.25},
            comments=7,
        ),
    ),
)

# A village where nearly everyone knows everyone, and few answer: one year almost everything must stay hidden.
SAINT_AUBIN = Story(
    name="Saint-Aubin-des-Prés",
    kind="commune",
    form="short",
    colleges=("elus", "associations", "habitants"),
    sizes={"elus": 11},
    spread=0.4,
    campaigns=(
        DemoCampaign(
            "Premier diagnostic",
            date(2023, 6, 9),
            "2024.1",
            {"COO": 2.3, "CON": 2.5, "FAC": 1.4, "INT": 1.6, "OUV": 1.5},
            {"elus": 8, "associations": 3, "habitants": 4},
            paper={"habitants": 4},
            comments=2,
        ),
        DemoCampaign(
            "Bilan de la première année",
            date(2024, 6, 7),
            "2024.1",
            {"COO": 2.3, "CON": 2.5, "FAC": 1.5, "INT": 1.6, "OUV": 1.5},
            {"elus": 5, "associations": 1, "habitants": 2},
            comments=0,
        ),
        DemoCampaign(
            "Bilan de la deuxième année",
            date(2025, 6, 6),
            "2026.1",
            {"COO": 2.4, "CON": 2.5, "FAC": 1.6, "INT": 1.8, "OUV": 1.7},
            {"elus": 7, "associations": 4, "habitants": 3},
            paper={"habitants": 5},
            workshops=1,
            comments=2,
        ),
        DemoCampaign(
            "Bilan de la troisième année",
            date(2026, 6, 5),
            "2026.1",
            {"COO": 2.5, "CON": 2.7, "FAC": 1.8, "INT": 1.9, "OUV": 1.9},
            {"elus": 9, "associations": 4, "habitants": 4},
            paper={"habitants": 5},
            comments=3,
        ),
    ),
)

STORIES = (SAINT_AUBIN, VILLEROCHE, VAL_DE_BRUME)
