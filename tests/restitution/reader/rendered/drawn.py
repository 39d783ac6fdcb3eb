"""The drawings of the PDF report: every word and number that stands in them, beside what it is about."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

import lxml.etree

from tests.restitution.reader import french
from tests.restitution.reader.french import plain
from tests.restitution.reader.reading import Place, Reader, Text, reads
from tests.restitution.reader.rendered.report_texts import WHOLE

NUMBER = re.compile(r"[−+]?\d+(?:,\d+)?")
_BADGE = re.compile(r"[A-Z]{1,3}\d*|\d+")


def words_of(picture: str) -> list[str]:
    """The texts of a drawing, in the order in which they are drawn."""
    svg = lxml.etree.fromstring(picture.encode())
    return [plain("".join(one.itertext())) for one in svg.iter("{*}text")]


def texts_of_radar(picture: str, labels: Sequence[str], titles: Sequence[str]) -> Iterator[Text]:
    """Its levels, then each family with its score of each campaign, or why there is none."""
    kind = "figures on a radar" if "radar-grid" in picture else "figures in rows"
    for family, words in by_family(words_of(picture), titles):
        if not family:
            yield from texts_of_levels(words)
            continue
        figures = [one for one in words if one == "–" or NUMBER.fullmatch(one)]
        reason = " ".join(one for one in words if one not in figures)
        yield Text(kind, (family, *labels), " | ".join(figures) or "none")
        yield Text("reason of a figure", (family, WHOLE), reason or "none")
    drawn = [family for family, _words in by_family(words_of(picture), titles) if family]
    yield Text("the same", (", ".join(titles),), ", ".join(drawn))


def by_family(words: Sequence[str], titles: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """What stands before the first family, then each with what follows its name; its badge stands before it."""
    family, some = "", list[str]()
    for word, following in pairwise((*words, "")):
        if word in titles:
            yield family, some
            family, some = word, []
        elif not (following in titles and _BADGE.fullmatch(word)):
            some.append(word)
    yield family, some


def texts_of_levels(words: Sequence[str]) -> Iterator[Text]:
    """« 3 · Souvent », or the number of a level and its name one after the other."""
    for word, following in pairwise((*words, "")):
        value, _dot, name = word.partition(" · ")
        if name:
            yield Text("value of a level", (name,), value)
        elif not NUMBER.fullmatch(word):
            yield Text("name of a level", (), word)
        elif following and not NUMBER.fullmatch(following):
            yield Text("value of a level", (following,), word)
        else:
            yield Text("number of a level", (), word)


def texts_of_slope(picture: str, labels: Sequence[str]) -> Iterator[Text]:
    """Its levels, the campaigns with how many families each hides, then each family's score in the last one."""
    words = words_of(picture)
    first = words.index(labels[0])
    yield from texts_of_levels(words[:first])
    rest = [word for word in words[first:] if not _BADGE.fullmatch(word) or word in labels]
    noted = {label: word for label, word in pairwise(rest) if label in labels and "publié" in word}
    yield Text("the same", (", ".join(labels),), ", ".join(word for word in rest if word in labels))
    yield from (Text("hidden in a campaign", (label,), noted.get(label, "–")) for label in labels)
    for word in rest:
        if word not in labels and word not in noted.values():
            family, _space, score = word.rpartition(" ")
            yield Text("cell of a campaign", (family, WHOLE, labels[-1]), score)


def texts_of_panel(picture: str, family: str, colleges: Sequence[str]) -> Iterator[Text]:
    """Its levels, the territory's score, then how many answered in each college and its score, or why it has none."""
    college = ""
    for word in words_of(picture):
        if word in colleges:
            college = word
        elif word.startswith("territoire "):
            yield Text("score", (family, WHOLE), word.removeprefix("territoire "))
        elif not college:
            yield Text("number of a level", (), word)
        elif NUMBER.fullmatch(word):
            yield Text("score", (family, college), word)
        else:
            yield Text("answers or why none", (family, college), word)


@reads("number of a level", "{n}")
def number_of_a_level(reader: Reader, _place: Place, n: str) -> None:
    reader.must(int(n.replace("−", "-")) in reader.facts.level_names.values(), "there is no such level")


def figures_of(reader: Reader, family: str, labels: Sequence[str]) -> list[Fraction | None]:
    """The scores of a family as printed, in the order of these campaigns; None where it is hidden."""
    facts = reader.facts
    scores = [facts.at(facts.labels.index(label)).scores.get(family) for label in labels]
    return [None if score is None else facts.shown(score) for score in scores]


def are_drawn(reader: Reader, printed: str, true: Sequence[Fraction | None]) -> None:
    words = [] if printed == "none" else printed.split(" | ")
    said = [None if one == "–" else french.number(one) for one in words]
    reader.same(said, true, "figures drawn")
    reader.same({french.places(one) for one in words if one != "–"} - {reader.facts.score_places}, set(), "decimals")


@reads("figures on a radar", "{figures}")
def on_a_radar(reader: Reader, place: Place, figures: str) -> None:
    """One for each campaign, a dash where an earlier one is hidden; the reason where the last one is."""
    last, *earlier = figures_of(reader, place[0], place[1:])
    are_drawn(reader, figures, earlier if last is None else [last, *earlier])


@reads("figures in rows", "{figures}")
def in_rows(reader: Reader, place: Place, figures: str) -> None:
    are_drawn(reader, figures, [one for one in figures_of(reader, place[0], place[1:]) if one is not None])


@reads("reason of a figure", "none")
def no_reason(reader: Reader, place: Place) -> None:
    reader.must(place[0] in reader.facts.scores, "the last one is hidden, and nothing says why")


@reads("reason of a figure", "{words}")
def reason_of_a_figure(reader: Reader, place: Place, words: str) -> None:
    reader.statement("hidden score", place, words)


@reads("answers or why none", "{words}")
def answers_or_why(reader: Reader, place: Place, words: str) -> None:
    kind = "answers" if re.match(r"\d", words) else "hidden score"
    reader.statement(kind, place, words)


def hidden(reader: Reader, label: str) -> int:
    """How many families are hidden in a campaign."""
    facts = reader.facts
    return len(facts.families) - len(facts.at(facts.labels.index(label)).scores)


@reads("hidden in a campaign", "{n} non publiée", "{n} non publiées")
def some_hidden(reader: Reader, place: Place, n: str) -> None:
    reader.same(int(n), hidden(reader, place[0]), "hidden families")


@reads("hidden in a campaign", "rien de publié")
def all_hidden(reader: Reader, place: Place) -> None:
    reader.same(hidden(reader, place[0]), len(reader.facts.families), "hidden families")


@reads("hidden in a campaign", "–")
def none_hidden(reader: Reader, place: Place) -> None:
    reader.same(hidden(reader, place[0]), 0, "hidden families")
