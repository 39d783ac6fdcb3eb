"""What the room answered on its phones and with its hands, in words: for phones, for the minutes."""

from __future__ import annotations

from collections.abc import Iterator

from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from storage.audience.audiences import Audience
from storage.audience.questions import Question, Result, questions_of
from storage.audience.words import shown_words, words_of
from web.http.database import connection


def in_words(question: Question) -> list[tuple[str, str]]:
    """Return each option that somebody chose with how often, the most chosen first; empty before the reveal."""
    result = question.result
    if result is None:
        return []
    chosen = [(one, result.points[one.code]) for one in question.options if result.points.get(one.code)]
    chosen.sort(key=lambda pair: -pair[1])
    return [(one.label, points_in_words(question, n)) for one, n in chosen]


def points_in_words(question: Question, n: int) -> str:
    """Return that many choices, or points, in words."""
    if question.shared == 1:
        return ngettext("%(n)s voix", "%(n)s voix", n)
    return ngettext("%(n)s point", "%(n)s points", n)


def answered_in_words(result: Result) -> str:
    """Return how many answered, and how."""
    phones = ngettext("%(n)s téléphone", "%(n)s téléphones", result.phones) if result.phones else ""
    hands = ngettext("%(n)s à main levée", "%(n)s à main levée", result.hands) if result.hands else ""
    return ", ".join(part for part in (phones, hands) if part)


def votes(audience: Audience) -> Iterator[str]:
    """Yield a line for each question whose answers were shown; what the results said of a guess goes with it."""
    for question in questions_of(connection(), audience).values():
        if question.result:
            said = "\u202f; ".join(f"{label}, {words}" for label, words in in_words(question))
            truth = question.truth.sentence.rstrip(".")
            also = " " + _("Ce que disent les résultats\u00a0: %(truth)s.", truth=truth) if truth else ""
            yield f"{question.title} {said} ({answered_in_words(question.result)}).{also}"


def words_kept(audience: Audience, k: int) -> list[str]:
    """Return the words that the screen showed, each between its quotation marks."""
    shown = shown_words(words_of(connection(), audience), k)
    return [_("« %(words)s »", words=one) for one in shown]
