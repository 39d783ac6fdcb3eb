"""An answer is one type with its states; here too, the reading and writing of the document that keeps them.

The document is plain JSON, one per response::

    {"answers": {"COO-1": 3, "COO-2": "NSP"}, "comments": {"COO-1": "…"}, "reasons": {},
     "stamps": {"COO-1": 1767225600000, "COO-2": 1767225601000}, "retrospective": {"COO-1": 2}}

An unanswered code is absent from ``answers``: silence is never a value. ``retrospective`` is there only when something
was said of the year before, « avec le recul ». ``stamps`` holds, for each code ever touched, the moment of its last
change in milliseconds since 1970, so that two devices can be merged answer by answer.
"""

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, Literal, Self
from zlib import crc32

import orjson

DONT_KNOW: Final = "NSP"
NOT_APPLICABLE: Final = "SO"
RETROSPECTIVE: Final = "retrospective"

Value = int | Literal["NSP", "SO"]
Document = dict[str, dict[str, Any]]

_LATEST_MOMENT: Final = 253_402_300_799_999  # the end of year 9999: no device may date a change beyond it
NO_MOMENTS: Final[Mapping[str, int]] = MappingProxyType({})


class State(Enum):
    """The four things that an answer can be; only the first carries a score."""

    LEVEL = "level"
    DONT_KNOW = "don't know"
    NOT_APPLICABLE = "not applicable"
    UNANSWERED = "unanswered"


_SILENT_STATES: Final = MappingProxyType(
    {DONT_KNOW: State.DONT_KNOW, NOT_APPLICABLE: State.NOT_APPLICABLE, None: State.UNANSWERED}
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one respondent says of one skill.

    ``value`` is a level of the grid, ``"NSP"`` (don't know), ``"SO"`` (not applicable) or ``None`` (unanswered). A
    reason goes with "not applicable" only; a comment may go with anything, silence included. ``before`` is what they
    now say of the year before, where a campaign asks for it: a measure of its own, which is not an answer by itself.

    >>> Answer(3).state
    <State.LEVEL: 'level'>
    >>> Answer.not_applicable("pas d’entreprise ici").reason
    'pas d’entreprise ici'
    >>> Answer(3, reason="oubliée").reason
    ''
    """

    value: Value | None = None
    reason: str = ""
    comment: str = ""
    before: Value | None = None

    def __post_init__(self) -> None:
        if self.value != NOT_APPLICABLE and self.reason:
            object.__setattr__(self, "reason", "")

    @classmethod
    def dont_know(cls, comment: str = "") -> Self:
        """« Je ne sais pas »: a finding of its own, never a zero."""
        return cls(DONT_KNOW, comment=comment)

    @classmethod
    def not_applicable(cls, reason: str = "", comment: str = "") -> Self:
        """« Sans objet ici », with its reason if one was given."""
        return cls(NOT_APPLICABLE, reason=reason, comment=comment)

    @property
    def state(self) -> State:
        """Which of the four states this answer is in."""
        return State.LEVEL if isinstance(self.value, int) else _SILENT_STATES[self.value]

    @property
    def level(self) -> int | None:
        """The level when there is one: the only thing that scoring may add up."""
        return self.value if isinstance(self.value, int) else None

    @property
    def fingerprint(self) -> str:
        """A short text that differs when the answer differs: how a page recalls what it showed.

        >>> Answer(3).fingerprint == Answer(3).fingerprint != Answer(3, comment="Oui").fingerprint
        True
        """
        return f"{crc32(self.rank.encode()):08x}"

    @property
    def rank(self) -> str:
        """A text by which two answers given at the same moment are told apart, the same way everywhere."""
        before = () if self.before is None else (self.before,)
        return repr((self.value, self.reason, self.comment, *before))

    @property
    def answered(self) -> bool:
        """Whether something was chosen: a level, "don't know" or "not applicable"."""
        return self.value is not None

    def for_form(self) -> dict[str, str]:
        """As the fields of a form carry it: ``{"level", "before", "reason", "comment"}``, all texts.

        >>> Answer(0).for_form()
        {'level': '0', 'before': '', 'reason': '', 'comment': ''}
        """
        level, before = ("" if value is None else str(value) for value in (self.value, self.before))
        return {"level": level, "before": before, "reason": self.reason, "comment": self.comment}


UNANSWERED: Final = Answer()


def answer_in(document: Mapping[str, Any], code: str) -> Answer:
    """The answer that a stored document holds for a skill; unanswered when it holds none."""
    return Answer(
        document.get("answers", {}).get(code),
        document.get("reasons", {}).get(code, ""),
        document.get("comments", {}).get(code, ""),
        document.get(RETROSPECTIVE, {}).get(code),
    )


def answers_in(document: Mapping[str, Any]) -> dict[str, Answer]:
    """Every answer of a stored document that says something (a value, now or before, or a comment), by skill code."""
    codes = {**document.get("answers", {}), **document.get("comments", {}), **document.get(RETROSPECTIVE, {})}
    return {code: answer_in(document, code) for code in codes}


def empty_document() -> Document:
    """The document of a response in which nothing has been answered yet."""
    return {"answers": {}, "comments": {}, "reasons": {}, "stamps": {}}


def merged(document: Mapping[str, Any], changes: Mapping[str, Answer], at: int) -> Document:
    """The document with the changes made at ``at`` (milliseconds since 1970); the latest change of each answer wins.

    Of two changes of the same moment, the greater one (in an order of no meaning) wins wherever they meet: whatever the
    order in which changes arrive, and however often, the document is the same. The document given is left as it was.

    >>> first = merged(empty_document(), {"COO-1": Answer(3)}, at=20)
    >>> merged(first, {"COO-1": Answer(1), "COO-2": Answer.dont_know()}, at=10)["answers"]
    {'COO-1': 3, 'COO-2': 'NSP'}
    """
    result: Document = {part: dict(document.get(part, {})) for part in (*empty_document(), RETROSPECTIVE)}
    for code, answer in changes.items():
        if (at, answer.rank) >= (result["stamps"].get(code, -1), answer_in(result, code).rank):
            _write(result, code, answer)
            result["stamps"][code] = at
    if not result[RETROSPECTIVE]:
        del result[RETROSPECTIVE]
    return result


def _write(document: Document, code: str, answer: Answer) -> None:
    """Put one answer into a document in place; what it does not say is removed, never stored as an empty value."""
    said = {"answers": answer.value, "reasons": answer.reason, "comments": answer.comment, RETROSPECTIVE: answer.before}
    for part, value in said.items():
        if value is None or value == "":
            document[part].pop(code, None)
        else:
            document[part][code] = value


@dataclass(frozen=True)
class ResponseDocument:
    """The document of one response: its JSON text, decoded at first use and kept.

    >>> document = ResponseDocument('{"answers": {"COO-1": 3}, "stamps": {"COO-1": 20}}')
    >>> document.latest, document.merge({"COO-1": Answer(1)}, {"COO-1": 10}).answers["COO-1"].level
    (20, 3)
    """

    text: str

    @classmethod
    def encode(cls, content: Document) -> Self:
        """Return the document of this content, which it keeps: it will not be decoded."""
        document = cls(orjson.dumps(content).decode())
        document.__dict__["content"] = content
        return document

    @cached_property
    def content(self) -> Document:
        """The decoded JSON; not to be changed in place."""
        content: Document = orjson.loads(self.text)
        return content

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        """Every answer that says something, by skill code (``answers_in``)."""
        return answers_in(self.content)

    @property
    def answered(self) -> int:
        """The number of skills with a value: a level, "don't know" or "not applicable"."""
        return len(self.content.get("answers", ()))

    @property
    def latest(self) -> int:
        """The moment of the latest change, in milliseconds since 1970; 0 if nothing was ever changed."""
        return max(self.content.get("stamps", {}).values(), default=0)

    def merge(self, changes: Mapping[str, Answer], moments: Mapping[str, int] = NO_MOMENTS) -> Self:
        """Return the document with these changes; the latest change of each answer wins.

        ``moments`` dates, in milliseconds since 1970, the changes that a device dated; the others are made now.
        """
        # A clock set back, or that of a device ahead, must not make a change of now older than those stored.
        now = max(time.time_ns() // 1_000_000, self.latest + 1)
        by_moment: defaultdict[int, dict[str, Answer]] = defaultdict(dict)
        for code, answer in changes.items():
            by_moment[min(max(moments[code], 0), _LATEST_MOMENT) if code in moments else now][code] = answer
        content: Document = {**empty_document(), **self.content}
        for moment, answers in by_moment.items():
            content = merged(content, answers, moment)
        return self.encode(content)
