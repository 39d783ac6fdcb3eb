"""What a room is asked with choices: a guess, points to share. Answers stay hidden until they are revealed together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

from grille.messages import message as _
from storage.audience.audiences import Audience, changed, joined_phone, phone_id, under_way
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.rows import single_value, single_values

if TYPE_CHECKING:
    import sqlite3

GUESS, POINTS, WORDS = "guess", "points", "words"
SHARED: Final[Mapping[str, int]] = {GUESS: 1, POINTS: 3}
"""How many points each phone shares: one is a choice."""

MOST_HANDS: Final = 9999


class AnswerRefused(CampaignError):
    """An answer that cannot be taken; the message is a French sentence."""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice: its code, its words, its hue and its badge; ``kind`` is « family », « skill » or « action »."""

    code: str
    label: str
    hue: str = "ink"
    badge: str = ""
    kind: str = "family"


@dataclass(frozen=True, slots=True)
class Truth:
    """What the results say of a guess: the codes that are right, and the sentence."""

    codes: tuple[str, ...] = ()
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What was revealed: points by option, people by option, how many phones, how many hands."""

    points: Mapping[str, int]
    people: Mapping[str, int]
    phones: int
    hands: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the room; ``result`` is None until it is revealed."""

    key: str
    title: str
    options: tuple[Option, ...] = ()
    truth: Truth = Truth()
    hands: Mapping[str, int] | None = None
    result: Result | None = None

    @property
    def shared(self) -> int:
        """How many points each phone shares."""
        return SHARED.get(self.key, 0)


def ask(db: Database, audience: Audience, questions: Iterable[Question]) -> None:
    """Ask these questions; one that was revealed already stays as it was. Idempotent."""
    with writing(db) as conn:
        for one in questions:
            options = orjson.dumps([asdict(option) for option in one.options]).decode()
            conn.execute(
                """INSERT INTO audience_questions (audience_id, key, title, options, answer) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (audience_id, key) DO UPDATE SET title = excluded.title, options = excluded.options,
                    answer = excluded.answer WHERE result IS NULL""",
                (audience.id, one.key, one.title, options, orjson.dumps(asdict(one.truth)).decode()),
            )
        changed(conn, audience)


_QUESTION = "SELECT key, title, options, answer, hands, result FROM audience_questions WHERE audience_id = ?"


def questions_of(db: Database, audience: Audience) -> dict[str, Question]:
    """Return what the room is asked, by key."""
    rows = db.conn.execute(_QUESTION, (audience.id,)).fetchall()
    return {question.key: question for question in map(_question, rows)}


def find_question(db: Database, audience: Audience, key: str) -> Question | None:
    """Return the question of that key, if the room is asked it."""
    row = db.conn.execute(f"{_QUESTION} AND key = ?", (audience.id, key)).fetchone()
    return _question(row) if row else None


def _question(row: tuple[Any, ...]) -> Question:
    key, title, options, answer, hands, result = row
    truth = orjson.loads(answer)
    return Question(
        key,
        title,
        tuple(Option(**one) for one in orjson.loads(options)),
        Truth(tuple(truth["codes"]), truth["sentence"]) if truth else Truth(),
        orjson.loads(hands),
        Result(**orjson.loads(result)) if result else None,
    )


def answer(db: Database, audience: Audience, key: str, question: Question, points: Mapping[str, int]) -> None:
    """Record what the phone of that key answers, over what it answered before. Idempotent.

    Raises ``AudienceOver``, ``NotJoined`` and ``AnswerRefused``.
    """
    if problem := _problem(question, points):
        raise AnswerRefused([problem])
    kept = {code: n for code, n in points.items() if n}
    with writing(db) as conn:
        under_way(conn, audience)
        phone, fresh = joined_phone(db, audience, key), find_question(db, audience, question.key)
        if fresh is None or fresh.result:
            raise AnswerRefused([_("L’écran a déjà montré les réponses : la vôtre ne change plus.")])
        conn.execute(
            """INSERT INTO audience_answers (phone_id, question, choices) VALUES (?, ?, ?)
                ON CONFLICT (phone_id, question) DO UPDATE SET choices = excluded.choices""",
            (phone, question.key, orjson.dumps(kept).decode()),
        )


def _problem(question: Question, points: Mapping[str, int]) -> str:
    known, total = {one.code for one in question.options}, sum(points.values())
    if not points.keys() <= known or any(n < 0 for n in points.values()):
        return _("Ce choix n’est pas dans la liste : choisissez de nouveau sur cette page.")
    if not total and question.shared == 1:
        return _("Choisissez une réponse, puis envoyez.")
    if not total:
        return _("Donnez au moins un point, puis envoyez.")
    if total > question.shared and question.shared == 1:
        return _("Une seule réponse : choisissez-en une.")
    if total > question.shared:
        return _("%(n)s points, c’est trop : chacun en partage %(most)s.", n=total, most=question.shared)
    return ""


def answer_of(db: Database, audience: Audience, key: str, question: str) -> Mapping[str, int]:
    """Return what the phone of that key has answered; empty when it has not."""
    sql = "SELECT choices FROM audience_answers WHERE phone_id = ? AND question = ?"
    stored = single_value(db.conn.execute(sql, (phone_id(db, audience, key), question)))
    return {} if stored is None else dict(orjson.loads(stored))


def answered(db: Database, audience: Audience) -> Mapping[str, int]:
    """Return how many phones have answered each question, without those that nobody has answered; never what."""
    sql = """SELECT question, count(*) FROM audience_answers JOIN audience_phones ON audience_phones.id = phone_id
        WHERE audience_id = ? GROUP BY question"""
    return dict(db.conn.execute(sql, (audience.id,)).fetchall())


def count_hands(db: Database, audience: Audience, key: str, hands: Mapping[str, int]) -> None:
    """Note the hands that were counted, over those of before. Idempotent. Raises ``AnswerRefused``."""
    question = find_question(db, audience, key)
    if question is None or question.result:
        raise AnswerRefused([_("Les réponses sont déjà à l’écran : elles ne changent plus.")])
    known = {one.code for one in question.options}
    if not hands.keys() <= known or any(not 0 <= n <= MOST_HANDS for n in hands.values()):
        raise AnswerRefused([_("Écrivez combien de mains, en chiffres, à côté de chaque choix.")])
    kept = orjson.dumps({code: n for code, n in hands.items() if n}).decode()
    with writing(db) as conn:
        conn.execute(
            "UPDATE audience_questions SET hands = ? WHERE audience_id = ? AND key = ?", (kept, audience.id, key)
        )


def reveal_answers(db: Database, audience: Audience, key: str, k: int) -> Result:
    """Store and return what the room answered, phones and hands together; only once: later calls return the same.

    Phones enter from ``k`` on: with fewer, hands that everybody saw would tell what each phone said. Raises
    ``AnswerRefused`` when there are not ``k`` answers.
    """
    with writing(db) as conn:
        question = find_question(db, audience, key)
        if question is None:
            raise AnswerRefused([_("Cette question n’est pas posée à la salle.")])
        if question.result:
            return question.result
        result = _counted(_said(conn, audience, key), question, k)
        if result.phones + result.hands < k:
            raise AnswerRefused([not_enough(k)])
        conn.execute(
            "UPDATE audience_questions SET result = ? WHERE audience_id = ? AND key = ?",
            (orjson.dumps(asdict(result)).decode(), audience.id, key),
        )
        changed(conn, audience)
        return result


def not_enough(k: int) -> str:
    """Say why nothing is shown yet."""
    return _("Pas encore : il faut au moins %(k)s réponses, pour ne désigner personne.", k=k)


def _said(conn: "sqlite3.Connection", audience: Audience, key: str) -> Sequence[Mapping[str, int]]:
    sql = """SELECT choices FROM audience_answers JOIN audience_phones ON audience_phones.id = phone_id
        WHERE audience_id = ? AND question = ?"""
    return [orjson.loads(one) for one in single_values(conn.execute(sql, (audience.id, key)))]


def _counted(said: Sequence[Mapping[str, int]], question: Question, k: int) -> Result:
    entering, hands = (said if len(said) >= k else ()), question.hands or {}
    points, people = Counter(hands), Counter(hands)
    for one in entering:
        points.update(one)
        people.update(one.keys())
    raised = -(-sum(hands.values()) // question.shared) if hands else 0  # each person raises a hand for each point
    return Result(dict(points), dict(people), len(entering), raised)
