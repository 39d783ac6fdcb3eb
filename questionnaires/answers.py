"""The type of an answer, with its states, and the JSON document in which the answers of a response are stored.

The document is plain JSON, one per response::

    {"answers": {"COO-1": 3, "COO-2": "NSP"}, "comments": {"COO-1": "…"}, "reasons": {},
     "stamps": {"COO-1": 1767225600000, "COO-2": 1767225601000}, "retrospective": {"COO-1": 2},
     "quotable": {"COO-1": true}, "local": {"@1": 2, "@3": "…"}}

The code of an unanswered skill is absent from ``answers``. ``retrospective`` is present only when something was
answered about the year before, « avec le recul »; ``quotable``, only when an author ticked that a comment may be
quoted; ``local`` (the rank of a choice, or a text), only while a campaign
with questions of its own is open: its closing separates these answers from the rest. ``stamps`` has, for each code ever
changed, the time of its last change in milliseconds since 1970, so that the answers of two devices can be merged one by
one.
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

from questionnaires.local.questions import is_local

DONT_KNOW: Final = "NSP"
NOT_APPLICABLE: Final = "SO"
RETROSPECTIVE: Final = "retrospective"
LOCAL_ANSWERS: Final = "local"
QUOTABLE: Final = "quotable"
TICKED: Final = "1"
_OPTIONAL: Final = (RETROSPECTIVE, LOCAL_ANSWERS, QUOTABLE)

Value = int | Literal["NSP", "SO"]
Document = dict[str, dict[str, Any]]

_LATEST_MOMENT: Final = 253_402_300_799_999  # the end of year 9999: no device may date a change beyond it
NO_MOMENTS: Final[Mapping[str, int]] = MappingProxyType({})


class State(Enum):
    """The state of an answer. Only a level is scored."""

    LEVEL = "level"
    DONT_KNOW = "don't know"
    NOT_APPLICABLE = "not applicable"
    UNANSWERED = "unanswered"


_SILENT_STATES: Final = MappingProxyType(
    {DONT_KNOW: State.DONT_KNOW, NOT_APPLICABLE: State.NOT_APPLICABLE, None: State.UNANSWERED}
)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a respondent about a skill.

    ``value`` is a level of the grid, ``"NSP"`` (don't know), ``"SO"`` (not applicable) or ``None`` (unanswered). The
    reason is kept with "not applicable" only; a comment may go with any value, ``None`` included. ``before`` is the
    value for the year before, where a campaign asks for it; alone, it does not make the skill answered. ``quotable`` is
    whether its author ticked that the comment may be quoted: it says nothing as long as there is no comment.

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
    quotable: bool = False

    def __post_init__(self) -> None:
        if self.value != NOT_APPLICABLE and self.reason:
            object.__setattr__(self, "reason", "")

    @classmethod
    def dont_know(cls, comment: str = "") -> Self:
        """Return the answer « Je ne sais pas », which is never counted as a zero."""
        return cls(DONT_KNOW, comment=comment)

    @classmethod
    def not_applicable(cls, reason: str = "", comment: str = "") -> Self:
        """Return the answer « Sans objet ici », with its reason if one was given."""
        return cls(NOT_APPLICABLE, reason=reason, comment=comment)

    @property
    def state(self) -> State:
        """The state of this answer."""
        return State.LEVEL if isinstance(self.value, int) else _SILENT_STATES[self.value]

    @property
    def level(self) -> int | None:
        """The level, which alone is scored; None in the other states."""
        return self.value if isinstance(self.value, int) else None

    @property
    def fingerprint(self) -> str:
        """A short text that identifies the content of the answer, by which a page remembers what it displayed.

        >>> Answer(3).fingerprint == Answer(3).fingerprint != Answer(3, comment="Oui").fingerprint
        True
        """
        return f"{crc32(self.rank.encode()):08x}"

    @property
    def rank(self) -> str:
        """A text that orders two different answers given at the same moment, the same way on every server."""
        before = () if self.before is None else (self.before,)
        quotable = (QUOTABLE,) if self.quotable else ()
        return repr((self.value, self.reason, self.comment, *before, *quotable))

    @property
    def answered(self) -> bool:
        """Whether a value was chosen: a level, "don't know" or "not applicable"."""
        return self.value is not None

    def with_values(self, values: Mapping[str, Any]) -> Self:
        """Return the same answer with other values, by attribute: ``replace`` of dataclasses, in half the time."""
        get = values.get
        return type(self)(
            get("value", self.value),
            get("reason", self.reason),
            get("comment", self.comment),
            get("before", self.before),
            get("quotable", self.quotable),
        )

    def for_form(self) -> dict[str, str]:
        """Return the answer as the values of form fields, all texts; ``text`` is that of an open local question.

        >>> Answer(0).for_form()
        {'level': '0', 'before': '', 'reason': '', 'comment': '', 'text': '', 'quote': ''}
        """
        level, before = ("" if value is None else str(value) for value in (self.value, self.before))
        written = {"reason": self.reason, "comment": self.comment, "text": self.comment}
        return {"level": level, "before": before, **written, "quote": TICKED if self.quotable else ""}


UNANSWERED: Final = Answer()


def answer_in(document: Mapping[str, Any], code: str) -> Answer:
    """Return the answer of a stored document to a question; an unanswered one when there is none."""
    if is_local(code):
        said = document.get(LOCAL_ANSWERS, {}).get(code)
        return Answer(comment=said) if isinstance(said, str) else Answer(said)
    return Answer(
        document.get("answers", {}).get(code),
        document.get("reasons", {}).get(code, ""),
        document.get("comments", {}).get(code, ""),
        document.get(RETROSPECTIVE, {}).get(code),
        bool(document.get(QUOTABLE, {}).get(code)),
    )


def answers_in(document: Mapping[str, Any]) -> dict[str, Answer]:
    """Return by their code the answers of a stored document that have a value, for now or before, or a text."""
    parts = ("answers", "comments", *_OPTIONAL)
    codes = dict.fromkeys(code for part in parts for code in document.get(part, ()))
    return {code: answer_in(document, code) for code in codes}


def empty_document() -> Document:
    """Return the document of a response without any answer yet."""
    return {"answers": {}, "comments": {}, "reasons": {}, "stamps": {}}


def merged(document: Mapping[str, Any], changes: Mapping[str, Answer], at: int) -> Document:
    """Return a new document with the changes made at ``at`` (ms since 1970); the latest change of each answer wins.

    Of two changes of the same moment, the one with the greater ``Answer.rank`` wins. The result does therefore not
    depend on the order in which changes arrive, nor on how often. The document given is not modified.

    >>> first = merged(empty_document(), {"COO-1": Answer(3)}, at=20)
    >>> merged(first, {"COO-1": Answer(1), "COO-2": Answer.dont_know()}, at=10)["answers"]
    {'COO-1': 3, 'COO-2': 'NSP'}
    """
    result: Document = {part: dict(document.get(part, {})) for part in (*empty_document(), *_OPTIONAL)}
    for code, answer in changes.items():
        if (at, answer.rank) >= (result["stamps"].get(code, -1), answer_in(result, code).rank):
            _write(result, code, answer)
            result["stamps"][code] = at
    for part in _OPTIONAL:
        if not result[part]:
            del result[part]
    return result


def _write(document: Document, code: str, answer: Answer) -> None:
    """Write an answer into a document, in place; its empty values are removed from the document rather than stored."""
    said: dict[str, Value | str | None]
    if is_local(code):
        said = {LOCAL_ANSWERS: answer.comment if answer.value is None else answer.value}
    else:
        said = {"answers": answer.value, "reasons": answer.reason, "comments": answer.comment}
        said[RETROSPECTIVE] = answer.before
        said[QUOTABLE] = answer.quotable or None
    for part, value in said.items():
        if value is None or value == "":
            document[part].pop(code, None)
        else:
            document[part][code] = value


@dataclass(frozen=True)
class ResponseDocument:
    """The document of a response: its JSON text, decoded once, at first use.

    >>> document = ResponseDocument('{"answers": {"COO-1": 3}, "stamps": {"COO-1": 20}}')
    >>> document.latest, document.merge({"COO-1": Answer(1)}, {"COO-1": 10}).answers["COO-1"].level
    (20, 3)
    """

    text: str

    @classmethod
    def encode(cls, content: Document) -> Self:
        """Return the document with this content, which it keeps and need not decode."""
        document = cls(orjson.dumps(content).decode())
        document.__dict__["content"] = content
        return document

    @cached_property
    def content(self) -> Document:
        """The decoded JSON; never change it in place."""
        content: Document = orjson.loads(self.text)
        return content

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        """The answers that have a value or a comment, by skill code (see ``answers_in``)."""
        return answers_in(self.content)

    @property
    def answered(self) -> int:
        """The number of skills with a value: a level, "don't know" or "not applicable"."""
        return len(self.content.get("answers", ()))

    @property
    def latest(self) -> int:
        """The time of the latest change, in milliseconds since 1970; 0 if nothing was ever changed."""
        return max(self.content.get("stamps", {}).values(), default=0)

    def merge(self, changes: Mapping[str, Answer], moments: Mapping[str, int] = NO_MOMENTS) -> Self:
        """Return a new document with these changes; the latest change of each answer wins.

        ``moments`` has the times, in milliseconds since 1970, of the changes that a device dated; the others are dated
        now.
        """
        # Our clock may have been set back, or a device's be ahead: a change of now must not be older than those stored.
        now = max(time.time_ns() // 1_000_000, self.latest + 1)
        by_moment: defaultdict[int, dict[str, Answer]] = defaultdict(dict)
        for code, answer in changes.items():
            by_moment[min(max(moments[code], 0), _LATEST_MOMENT) if code in moments else now][code] = answer
        content: Document = {**empty_document(), **self.content}
        for moment, answers in by_moment.items():
            content = merged(content, answers, moment)
        return self.encode(content)
