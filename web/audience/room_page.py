"""What the windows of a session show of the room: how many answered, then what, once it is revealed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import sha256
from typing import TYPE_CHECKING

from flask import render_template
from markupsafe import Markup

from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from storage.audience.audiences import Audience, phones
from storage.audience.questions import GUESS, POINTS, WORDS, Option, Question, answered, not_enough, questions_of
from storage.audience.words import Words, shown_words, words_of
from storage.campaigns.campaigns import Campaign
from web.http.database import connection
from web.session.room_results import answered_in_words, points_in_words

if TYPE_CHECKING:
    from web.session.pages.way_in import WayIn

MOST_PILES = 6
MOST_SIGNS, FEW_SIGNS, SOME_SIGNS = 560, 130, 300
"""What a slide of words holds, in signs: at all, in large letters, in middling ones."""


@dataclass(frozen=True)
class Chosen:
    """An option with what it got: its points, in words, who gave them, its dots; whether the results say it too."""

    option: Option
    points: int
    words: str
    people: str
    dots: Markup
    is_right: bool


@dataclass(frozen=True)
class RoomPage:
    """The room of a session; without ``audience`` as long as it was never opened."""

    campaign: Campaign
    audience: Audience | None

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """What the room is asked, by key."""
        return questions_of(connection(), self.audience) if self.audience else {}

    @cached_property
    def phones(self) -> int:
        """How many phones have joined."""
        return phones(connection(), self.audience) if self.audience else 0

    @cached_property
    def words(self) -> Sequence[Words]:
        """Everything that was said, for the moderator."""
        return words_of(connection(), self.audience) if self.audience else ()

    @cached_property
    def answered(self) -> Mapping[str, int]:
        """How many phones have answered each question."""
        counts = answered(connection(), self.audience) if self.audience else {}
        said = sum(not one.kept for one in self.words)
        return {**dict.fromkeys(self.questions, 0), **counts, WORDS: said}

    @property
    def way_in(self) -> WayIn | None:
        """The way in, while it is open."""
        from web.session.pages.way_in import WayIn

        return WayIn(self.audience.code) if self.audience and not self.audience.ended else None

    def count(self, key: str) -> str:
        """Return how many have answered, in words."""
        question = self.questions.get(key)
        if question and question.result:
            return answered_in_words(question.result)
        if key not in self.questions:
            return ngettext("%(n)s téléphone", "%(n)s téléphones", self.phones) if self.phones else _("aucun téléphone")
        n = self.answered[key]
        if not n:
            return _("aucune réponse")
        return ngettext("%(n)s réponse", "%(n)s réponses", n) + " " + _("sur %(of)s", of=max(self.phones, n))

    def is_enough(self, key: str) -> bool:
        """Return whether the answers can be revealed."""
        hands = self.questions[key].hands or {}
        return self.answered[key] >= self.campaign.k or sum(hands.values()) >= self.campaign.k

    @property
    def not_enough(self) -> str:
        """Why nothing is shown yet."""
        return not_enough(self.campaign.k)

    def ready(self) -> list[str]:
        """Return the questions that the presenter's next key reveals."""
        return [key for key, one in self.questions.items() if key != WORDS and not one.result and self.is_enough(key)]

    def shown(self) -> dict[str, dict[str, str]]:
        """Return, by question, the count and the piece of page that the room sees; no piece before the reveal."""
        return {key: {"count": self.count(key), "html": self._piece(key)} for key in ("join", *self.questions)}

    def _piece(self, key: str) -> str:
        question = self.questions.get(key)
        if question is None or (key != WORDS and question.result is None):
            return ""
        if key == WORDS:
            return self._spoken()
        return render_template(f"audience/shown/{key}.html", question=question, chosen=self._chosen(question))

    @property
    def said(self) -> list[tuple[str, int]]:
        """The words that the room sees, the newest that fit last, those said twice once with how often."""
        counts = Counter(shown_words(self.words, self.campaign.k))
        fitting = [one for place, one in enumerate(counts) if _room_of(list(counts)[place:]) <= MOST_SIGNS]
        return [(one, counts[one]) for one in fitting]

    def _spoken(self) -> str:
        if not (said := self.said):
            return ""
        room = _room_of([words for words, _times in said])
        size = "few" if room <= FEW_SIGNS else "some" if room <= SOME_SIGNS else "many"
        return render_template("audience/shown/words.html", said=said, size=size)

    def _chosen(self, question: Question) -> list[Chosen]:
        from restitution.charts.stage.piles import pile, row

        result = question.result
        assert result is not None  # noqa: S101  # the caller has looked
        most = max(result.points.values(), default=1)
        crowded = len(question.options) > MOST_PILES
        draw = pile if question.key == GUESS and not crowded else partial(row, length=420) if crowded else row
        found = [
            Chosen(
                one,
                n := result.points.get(one.code, 0),
                points_in_words(question, n),
                ngettext("%(n)s personne", "%(n)s personnes", result.people.get(one.code, 0)),
                draw(n, most),
                one.code in question.truth.codes,
            )
            for one in question.options
        ]
        return sorted(found, key=lambda one: -one.points) if question.key == POINTS else found

    def desks(self) -> dict[str, str]:
        """Return, by question, the acts of the presenter's window."""
        return {
            key: render_template("audience/desk.html", page=self, question=one) for key, one in self.questions.items()
        }

    def tag(self, *, desk: bool) -> str:
        """Return what changes with anything that a window shows."""
        seen = (
            self.audience and self.audience.version,
            self.phones,
            dict(self.answered),
            [one.hands for one in self.questions.values()],
            desk,
            [(one.id, one.text, one.state) for one in self.words],
        )
        return sha256(repr(seen).encode()).hexdigest()[:20]


def _room_of(words: Sequence[str]) -> int:
    """How many signs words take on a slide, with the room between them."""
    return sum(len(one) + 6 for one in words)
