"""The review of Villeroche in 2026, as data, and its recording up to its adoption. All of it is invented."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from storage.accounts.accounts import Account
from storage.campaigns.campaigns import Campaign, campaign_by_slug
from storage.core.engine import Database
from storage.review.comments import ModerationChoice, comments_of, decide_comments
from storage.review.evidence import add_address
from storage.review.sheets import FactAnswer, Facts, Judgement, YearlyNote, read_sheet, save_sheet

REVIEWED = "villeroche-2026"

JUDGEMENTS: Mapping[str, Judgement] = {
    "COO": Judgement(
        strengths="– Les projets commencent par une réunion où l’on s’accorde sur le problème.\n"
        "– La note de cadrage dit ce qui est négociable.",
        weaknesses="– Les instances mixtes changent de membres sans règle connue.",
    ),
    "CON": Judgement(
        strengths="– La carte des initiatives sert vraiment, elle est tenue par les associations elles-mêmes.",
        weaknesses="– Les relais de quartier s’épuisent : deux ont arrêté cette année.",
    ),
    "OUV": Judgement(
        level=1,
        justification="Nous avons suivi trois rencontres\u00a0: elles touchent d’autres personnes, mais tiennent à une "
        "seule animatrice. Sans elle, tout s’arrête.",
        strengths="– Les rencontres devant l’école et au marché.",
        weaknesses="– Aucun budget ni relais permanent pour aller vers les publics éloignés.",
    ),
}

NOTE = YearlyNote(
    progress="Les deux formations prévues ont eu lieu. Le fonds d’initiatives a soutenu neuf projets. "
    "La charte, attendue au printemps, sera votée à l’automne.",
    went_well="Les agents animent désormais seuls leurs réunions publiques.",
    went_less_well="Le compte rendu des décisions arrive encore tard, quand il arrive.",
    perceived="De la fierté, et un peu de fatigue : ce sont souvent les mêmes personnes.",
    recommendations="Faire voter la charte. Écrire une règle de retour aux participants, avec un délai. "
    "Former trois relais de plus.",
)

# Facts seen on the spot, by skill: the answer to each, and an address that shows the first.
FACTS: Mapping[str, tuple[FactAnswer, ...]] = {
    "COO-2": (FactAnswer("oui", "Publiée avant chaque démarche depuis mars."),),
    "INT-2": (FactAnswer("en partie", "Pour deux démarches sur cinq."),),
    "OUV-1": (FactAnswer("non"),),
}
ADDRESSES: Mapping[str, tuple[str, str]] = {
    "COO-2": ("https://villeroche.example/notes-de-cadrage", "Les notes de cadrage, en ligne"),
}

REASON = "Le nombre de projets soutenus était faux : onze, et non neuf."


def record_review(db: Database, author: Account) -> None:
    """Write the review of Villeroche and adopt it, then correct it once: two adopted versions."""
    from storage.review.snapshots import adopt  # pandas loads only when there is something to adopt

    campaign = campaign_by_slug(db, REVIEWED)
    assert campaign is not None  # noqa: S101  # told just before
    _moderate(db, campaign, author)
    _write(db, campaign, author)
    adopt(db, campaign, author, at=_on(5, 28))
    note = read_sheet(db, campaign, YearlyNote)
    save_sheet(db, campaign, _corrected(note.content), author, expected=note.version, at=_on(6, 9))
    adopt(db, campaign, author, reason=REASON, at=_on(6, 9))


def _moderate(db: Database, campaign: Campaign, author: Account) -> None:
    """All comments but three were read, and found fit to be shown, or quoted where their author accepts it."""
    found = comments_of(db, campaign)[3:]
    read = [ModerationChoice(one.mark, "quoted" if one.quotable else "accepted", None) for one in found]
    decide_comments(db, campaign, read, author, at=_on(5, 11))


def _write(db: Database, campaign: Campaign, author: Account) -> None:
    for code, judgement in JUDGEMENTS.items():
        save_sheet(db, campaign, judgement, author, expected=0, subject=code, at=_on(5, 12))
    for code, answers in FACTS.items():
        save_sheet(db, campaign, Facts(answers), author, expected=0, subject=code, at=_on(5, 13))
    for code, (address, name) in ADDRESSES.items():
        add_address(db, campaign, code, 0, address, author, name, at=_on(5, 13))
    save_sheet(db, campaign, NOTE, author, expected=0, at=_on(5, 19))


def _corrected(note: YearlyNote) -> YearlyNote:
    return replace(note, progress=note.progress.replace("neuf", "onze"))


def _on(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 10, tzinfo=UTC)
