"""The reader of sentences: finds which rule a text follows, and checks it against naive figures.

It knows the French of the pages and the raw answers (``facts``), and nothing of the code that wrote the text. A rule
stands beside its skeleton, the sentence with ``{names}`` for what changes, and says where such a sentence may stand.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property

from tests.restitution.reader import french
from tests.restitution.reader.facts import Facts

Place = tuple[str, ...]
Check = Callable[..., None]


@dataclass(frozen=True)
class Text:
    """A text as a page shows it: the kind of place where it stands, the headings above it, its words."""

    kind: str
    place: Place
    words: str


@dataclass(frozen=True)
class Rule:
    """How a sentence is read: its skeleton, where it may stand, and what must be true for it."""

    skeleton: str
    kinds: frozenset[str]
    check: Check
    pattern: re.Pattern[str]

    @property
    def literal(self) -> int:
        """How many letters are its own: the most precise rule is tried first."""
        return len(re.sub(r"\{\w+\}", "", self.skeleton))

    @cached_property
    def numbers(self) -> dict[str, bool]:
        """Which of its names stand for several things, or for one, by the verb beside them."""
        return french.numbered(self.skeleton)


RULES: list[Rule] = []
WHOLE = {
    "rule",
    "sensitivity",
    "otherwise",
    "how to read",
    "warning",
    "title of a drawing",
    "title of a radar",
    "name of a drawing",
    "hidden score",
    "the same",
    "headers",
    "radar in words",
    "trend",
    "trend in years",
    "how to read a panel",
    "lowered title",
    "retained in full",
    "title of answers",
    "title of changes",
    "what changed",
    "title of a family",
    "what will be hidden",
    "words that differ",
    *(f"{kind} {part}" for kind in ("levels", "verdicts", "agreements") for part in ("Édition 1", "Édition 2")),
    *(f"{kind} that differ" for kind in ("levels", "verdicts", "agreements")),
    "smallest change",
    *("lead of a reprint", "radar of a reprint", "row of a reprint", "written in a reprint", "people of a reprint"),
}


def reads(kinds: str, *skeletons: str) -> Callable[[Check], Check]:
    """Register a rule for these skeletons in these kinds of places (names apart by commas)."""

    def register(check: Check) -> Check:
        where = frozenset(kinds.split(", "))
        RULES.extend(Rule(french.plain(one), where, check, french.regex(one)) for one in skeletons)
        RULES.sort(key=lambda rule: -rule.literal)
        return check

    return register


@cache
def rules_of(kind: str) -> tuple[Rule, ...]:
    """The rules of such a place, the most precise first; asked once every rule is registered."""
    return tuple(rule for rule in RULES if kind in rule.kinds)


def parts_of(kind: str, words: str) -> list[str]:
    """What is read by itself: the clauses of a title, the sentences of a paragraph; a rule is one whole."""
    if kind == "title":
        return words.split(" ; ")
    return [words] if kind in WHOLE else french.sentences(words)


class Untrue(AssertionError):
    """A sentence that is false, that nobody can read, or that another one of the page contradicts."""


@dataclass
class Reader:
    """Reads the texts of one page; ``claims`` is what they say, to be held against one another."""

    facts: Facts
    claims: dict[tuple[object, ...], object] = field(default_factory=dict)

    def read(self, texts: Iterable[Text]) -> None:
        """Read a whole page. Raises ``Untrue`` at the first text that is not true."""
        for text in texts:
            for part in parts_of(text.kind, french.plain(text.words)):
                self.statement(text.kind, text.place, part)

    def statement(self, kind: str, place: Place, words: str) -> None:
        """Read one sentence, or a part of one that stands in such a place."""
        self.must(not french.misnumbered(words), f"« {words} »: {french.misnumbered(words)}")
        found = [(rule, match) for rule in rules_of(kind) if (match := rule.pattern.fullmatch(words))]
        if not found:
            raise Untrue(f"nobody can read « {words} » ({kind}, {place})")
        problems = []
        for rule, match in found:
            try:
                self.agree(rule, match)
                return rule.check(self, place, **match.groupdict())
            except Untrue as problem:
                problems.append(str(problem))
            except (LookupError, ValueError, TypeError) as problem:  # the rule is about something that is not there
                problems.append(f"{rule.skeleton}: {problem!r}")
        raise Untrue(f"« {words} » ({kind}, {' / '.join(place)}): {'; '.join(dict.fromkeys(problems))}")

    def agree(self, rule: Rule, match: re.Match[str]) -> None:
        """Refuse a verb in the singular beside several families, and the reverse."""
        for name, several in rule.numbers.items():
            self.must(french.is_several(match[name]) == several, f"the verb does not agree with « {match[name]} »")

    def must(self, true: bool, why: str) -> None:
        """Refuse the sentence unless that holds."""
        if not true:
            raise Untrue(why)

    def same(self, printed: object, true: object, what: str) -> None:
        """Refuse the sentence unless both are the same."""
        self.must(printed == true, f"{what}: {printed} is said, {true} is true")

    def prints(self, printed: str, value: Fraction | float, places: int, what: str) -> None:
        """Refuse the sentence unless that number is the value, rounded half up to so many decimals."""
        self.same(french.places(printed), places, f"decimals of {what}")
        self.same(french.number(printed), self.facts.shown(Fraction(value), places), what)

    def claims_that(self, value: object, *subject: object) -> None:
        """Note what a sentence says of a subject; the same subject is never told two ways on one page."""
        said = self.claims.setdefault(subject, value)
        self.must(said == value, f"the page says {said!r} and {value!r} of {subject}")
