"""What a phone is asked now, and the reading of what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import render_template, request

from grille.typed import typed_number
from restitution.text.language import gettext as _
from restitution.text.possible_names import possible_names
from storage.audience.audiences import Audience, audience_by_code
from storage.audience.questions import (
    GUESS,
    WORDS,
    AnswerRefused,
    Question,
    answer,
    answer_of,
    find_question,
)
from storage.audience.words import say_words, words_said
from storage.campaigns.campaigns import Campaign
from web.http.database import connection
from web.respond.response_access import csrf_token
from web.session.room_results import in_words

MOST_POINTS = 99  # that are read; what the question shares is fewer


@dataclass(frozen=True)
class AskedPage:
    """The page of a phone: the slide in large print, the question asked there, what it has answered."""

    audience: Audience
    campaign: Campaign
    key: str

    def fresh(self) -> AskedPage:
        """The same, as it is now."""
        return AskedPage(audience_by_code(connection(), self.audience.code) or self.audience, self.campaign, self.key)

    @cached_property
    def question(self) -> Question | None:
        """What the room is asked now; None where nothing is."""
        asked = self.audience.asked
        return find_question(connection(), self.audience, asked) if asked and not self.audience.ended else None

    @cached_property
    def said(self) -> Mapping[str, int]:
        """The points that this phone has given, by option."""
        return answer_of(connection(), self.audience, self.key, self.question.key) if self.question else {}

    @cached_property
    def words(self) -> str:
        """What this phone has said."""
        return words_said(connection(), self.audience, self.key)

    @property
    def is_open(self) -> bool:
        """Whether the question can be answered still."""
        return self.question is not None and self.question.result is None

    @property
    def revealed(self) -> list[tuple[str, str]]:
        """What the screen shows of the answers, in words, the most chosen first."""
        if self.question is None or self.question.result is None:
            return []
        return in_words(self.question)

    @property
    def status(self) -> str:
        """Whether this phone's answer is there."""
        there = self.words if self.question and self.question.key == WORDS else self.said
        if not there:
            return _("Pas encore envoyé")
        if self.question and self.question.key == WORDS:
            return _("✓ Envoyé, pour être lu puis montré")
        return _("✓ Envoyé. Vous pouvez encore changer.")

    def html(self, problems: Sequence[str] = ()) -> str:
        """The page, with what is typed where it could not be recorded."""
        typed = request.form if problems else {}
        return render_template(
            "audience/phone.html",
            page=self,
            campaign=self.campaign,
            csrf_token=csrf_token("room", self.audience.code, self.key),
            problems=problems,
            typed=typed,
            guess=GUESS,
            is_words=bool(self.question and self.question.key == WORDS),
        )


def recorded(page: AskedPage, form: Mapping[str, str]) -> None:
    """Record what a form answers. Raises ``CampaignError``."""
    key = form.get("question", "")
    question = find_question(connection(), page.audience, key)
    if question is None:
        raise AnswerRefused([_("Cette question n’est plus posée à la salle : votre réponse n’a pas été comptée.")])
    if key == WORDS:
        _say(page, form)
    elif key == GUESS:
        chosen = form.get("choice", "")
        answer(connection(), page.audience, page.key, question, {chosen: 1} if chosen else {})
    else:
        answer(connection(), page.audience, page.key, question, _points(question, form))


def _say(page: AskedPage, form: Mapping[str, str]) -> None:
    text = form.get("words", "")
    names = possible_names(text)
    if names and not form.get("nobody"):
        raise AnswerRefused(
            [
                _(
                    "« %(names)s » ressemble à un nom : ne nommez personne. Si ce n’est le nom de personne, cochez la "
                    "case et renvoyez.",
                    names=", ".join(names),
                )
            ]
        )
    say_words(connection(), page.audience, page.key, text)


def _points(question: Question, form: Mapping[str, str]) -> dict[str, int]:
    points = {}
    for one in question.options:
        number = typed_number(form.get(f"points:{one.code}", "").strip() or "0", MOST_POINTS)
        if number is None:
            raise AnswerRefused([_("« %(label)s » : écrivez 0, 1, 2 ou 3.", label=one.label)])
        points[one.code] = number
    return points
