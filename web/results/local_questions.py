"""What the page of local questions says: how many people made each choice, in words and as bars."""

from dataclasses import dataclass
from datetime import timedelta

from flask import current_app

from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.numbers import count
from restitution.text.sentences import listed
from storage.campaigns.after_opening.local_answers import LocalCounts, local_counts
from storage.campaigns.campaigns import Campaign
from storage.core.timestamps import now
from storage.review.comments import free_answers
from web.http.database import connection


@dataclass(frozen=True)
class ChoiceLine:
    """A choice of a question: how many people made it (empty when hidden), and the length of its bar out of 100."""

    label: str
    people: str
    bar: int


@dataclass(frozen=True)
class ClosedQuestion:
    """How people answered a closed local question."""

    counts: LocalCounts
    k: int

    @property
    def text(self) -> str:
        """The question."""
        return self.counts.question.text

    @property
    def is_shown(self) -> bool:
        """Whether anything of it can be shown."""
        return self.counts.is_shown

    @property
    def lines(self) -> list[ChoiceLine]:
        """Its choices, in the order in which they were proposed."""
        most = max((people for people in self.counts.people if people), default=1)
        return [
            ChoiceLine(label, count(people) if people else "", 100 * (people or 0) // most)
            for label, people in zip(self.counts.question.choices, self.counts.people, strict=True)
        ]

    @property
    def leading(self) -> str:
        """What most people chose, in a sentence."""
        most = max(people for people in self.counts.people if people)
        first = [f"«\u00a0{line.label}\u00a0»" for line in self.lines if line.people == count(most)]
        if len(first) > 1:
            return _(
                "Autant de personnes ont choisi %(choices)s : %(people)s chaque fois.",
                choices=listed(first),
                people=count(most),
            )
        return ngettext(
            "%(choice)s est la réponse la plus choisie : %(n)s personne.",
            "%(choice)s est la réponse la plus choisie : %(n)s personnes.",
            most,
            choice=first[0],
        )

    @property
    def others(self) -> str:
        """How many people answered, or why it is not said."""
        if self.counts.total is not None:
            return ngettext(
                "%(n)s personne a répondu à cette question.",
                "%(n)s personnes ont répondu à cette question.",
                self.counts.total,
            )
        return _(
            "« Moins de %(k)s » : peut-être personne. Combien de gens ont répondu n’est pas dit non plus : on en "
            "tirerait, par soustraction, ce qui est caché.",
            k=self.k,
        )


@dataclass(frozen=True)
class FreeQuestion:
    """An open local question: for the team alone, the answers that reviewers chose to show."""

    text: str
    shown: tuple[str, ...]
    waiting: int
    is_any: bool


def closed_questions(campaign: Campaign) -> list[ClosedQuestion]:
    """Return how people answered the closed questions of a closed campaign."""
    return [ClosedQuestion(one, campaign.k) for one in local_counts(connection(), campaign)]


def free_question(campaign: Campaign) -> FreeQuestion | None:
    """Return the open question of a closed campaign with its answers; None when it has none."""
    asked = next((one for one in campaign.local_questions if one.is_open), None)
    if asked is None:
        return None
    answers = free_answers(connection(), campaign)
    shown = tuple(one.text for one in answers if one.is_accepted)
    return FreeQuestion(asked.text, shown, sum(one.decision is None for one in answers), bool(answers))


def are_erased(campaign: Campaign) -> bool:
    """Return whether the purge erases the answers to local questions of that campaign by now."""
    kept = timedelta(days=current_app.config["KEEP"]["comments"])
    return campaign.closed_at is not None and campaign.closed_at + kept <= now()
