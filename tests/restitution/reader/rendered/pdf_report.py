"""The PDF report: what each text that its page is given is about. The page itself holds no word."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.restitution.reader.french import plain
from tests.restitution.reader.reading import Text
from tests.restitution.reader.rendered.drawn import texts_of_panel, texts_of_radar, texts_of_slope
from tests.restitution.reader.rendered.report_texts import (
    STRENGTHS,
    WEAKNESSES,
    WHOLE,
    WHY,
    change_sentences,
    facts,
)

Content = Mapping[str, Any]
# The words that stand in each kind of section, whatever is in it.
WORDS = {
    "radar": ("profile", "same"),
    "changes": ("changes",),
    "slope": (),
    "colleges": ("colleges", "reading_colleges"),
    "family": ("families", "skill"),
    "silences": ("silences", "reading_silences", "skill", "college", "unknown"),
    "passage": (),
    "method": (
        *("method", "how_to_read", "facts", "answered", "answers", "college", "levels", "rules", "rule", "value"),
    ),
}


def texts_of_pdf(content: Content) -> Iterator[Text]:
    """Every text of the report with its subject."""
    content = without_wide_spaces(content)
    yield from _head(content)
    for section in content["sections"]:
        kind = section["kind"]
        yield from (Text("said", (), content["words"][name]) for name in WORDS[kind])
        for item in section["items"]:
            yield from KINDS[kind](item, content["words"])


def without_wide_spaces(value: Any) -> Any:
    """The same with ordinary spaces."""
    if isinstance(value, dict):
        return {name: without_wide_spaces(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [without_wide_spaces(inner) for inner in value]
    return plain(value) if isinstance(value, str) else value


def _said(words: Content, *names: str) -> Iterator[Text]:
    return (Text("said", (), words[name]) for name in names)


def _head(content: Content) -> Iterator[Text]:
    yield from _said(content["words"], "kind")
    yield Text("fact", ("Territoire",), content["territory"])
    yield Text("fact", ("Campagne",), content["name"])
    yield Text("title", (), content["headline"])
    territory, label, status, day = content["running"].split(" · ")
    yield Text("fact", ("Territoire",), territory)
    yield Text("latest campaign", (), label)
    yield Text("caption", (), status)
    yield Text("fact", ("Document établi le",), day)
    (answers, answered), (grid, grid_status), (closing, collected) = content["key"]
    yield Text("the same", ("Réponses, Grille, Collecte",), f"{answers}, {grid}, {closing}")
    yield Text("answered", (), answered)
    yield from (Text("caption", (), words) for words in (grid_status, collected))


def _radar(item: Content, _words: Content) -> Iterator[Text]:
    yield Text("radar in words", (), item["alt"])
    answered, *caption = item["caption"]
    yield Text("answered", (), answered)
    yield from (Text("caption", (), words) for words in caption)
    yield from (Text("series", (), label) for label, _role in item["legend"])
    _family, *columns = item["table"]["columns"]
    for row in item["table"]["rows"]:
        for column, (words, note) in zip(columns, row["cells"], strict=True):
            place = (row["title"], WHOLE)
            yield (
                Text("verdict", place, f"{words} {note}".strip())
                if column.startswith("Depuis ")
                else Text("cell of a campaign", (*place, column), words)
            )
            if note and not column.startswith("Depuis "):
                yield Text("level", place, note)
    if note := item["table"]["note"]:
        yield Text("table note", (), note)
    titles = [row["title"] for row in item["table"]["rows"]]
    yield from texts_of_radar(item["picture"], [label for label, _role in item["legend"]], titles)


def _changes(item: Content, words: Content) -> Iterator[Text]:
    for change in item["changes"]:
        place = (change["family"], WHOLE)
        yield Text("word", place, change["verdict"])
        yield from change_sentences(change["family"], f"{change['sentence']} {change['precision']}".strip())
    if any(change["kind"] == "down" for change in item["changes"]):
        yield from _said(words, "shift")
    if item["by_college"]:
        yield from _said(words, "by_college", "family", "college", "compared", "interval", "verdict")
    if item["smallest"]:
        yield Text("visible", (), item["smallest"])
    for family, college, moved, interval, word in item["by_college"]:
        yield from _of_college((family, college), moved, interval, word)


def _of_college(place: tuple[str, str], moved: str, interval: str, word: str) -> Iterator[Text]:
    if moved == "–":
        yield Text("word", place, "non comparable")
        yield Text("why not compared", place, word)
        return
    scores, _open, delta = moved.removesuffix(")").partition(" (")
    yield Text("from and to", place, scores)
    yield Text("difference", place, delta)
    ends, _open, sure = interval.removesuffix(")").partition(" (")
    yield Text("interval", place, ends)
    if sure:
        yield Text("confidence", place, sure)
    yield Text("word or reason", place, word)


def _slope(item: Content, _words: Content) -> Iterator[Text]:
    yield Text("said", (), item["title"])
    reading, trends = item["alt"].removesuffix(".").split(". ", 1)
    yield Text("said", (), f"{reading}.")
    for line in trends.split(". "):
        family, _colon, scores = line.partition(" : ")
        yield Text("trend in years", (family, WHOLE), scores)
    yield from texts_of_slope(item["picture"], re.findall(r" en (\d{4})(?:,|$)", scores))


def _colleges(item: Content, _words: Content) -> Iterator[Text]:
    yield Text("divergence", (), item["title"])
    for panel in item["panels"]:
        reading, scores = panel["alt"].removesuffix(".").split(". ", 1)
        yield Text("how to read a panel", (panel["title"],), f"{reading}.")
        named = [score.partition(" : ") for score in scores.split(". ")]
        for college, _colon, words in named:
            yield Text("college in words", (panel["title"], college), words)
        yield from texts_of_panel(panel["picture"], panel["title"], [college for college, _colon, _words in named])


def _family(item: Content, words: Content) -> Iterator[Text]:
    place = (item["title"], WHOLE)
    yield Text("score" if item["level"] else "hidden score", place, item["score"])
    if item["level"]:
        yield Text("level", place, item["level"])
    for skill in item["skills"]:
        yield from (Text("remark", (skill["title"],), remark) for remark in skill["remarks"])
        for college, cell in zip(item["colleges"], skill["cells"], strict=True):
            yield from _cell((skill["title"], college), cell)
    if item["unasked"]:
        yield Text("said", (item["title"],), f"{words['unasked']} : {', '.join(item['unasked'])}.")
    if item["retained"]:
        yield from _said(words, "retained", "strengths", "weaknesses")
        yield Text("retained", (item["title"],), item["retained"])
        written = [item[name] for name in ("justification", "strengths", "weaknesses")]
        yield from (
            Text("the same", (one,), two) for one, two in zip((WHY, STRENGTHS, WEAKNESSES), written, strict=True)
        )


def _cell(place: tuple[str, str], cell: Content) -> Iterator[Text]:
    if not cell["score"]:
        yield Text("hidden mean", place, cell["missing"])
        return
    yield Text("mean", place, cell["score"])
    counted, *silence = cell["n"].split(", ")
    yield Text("levels given", place, counted)
    yield from (Text("mean", place, words) for words in silence)


def _silences(item: Content, _words: Content) -> Iterator[Text]:
    for rank, (skill, college, what) in enumerate(item["silences"]):
        yield Text("many without level", (), f"{skill}{college}{what}")
        yield Text("rank of a silence", (str(rank), skill), college)


def _passage(item: Content, _words: Content) -> Iterator[Text]:
    """What people see with hindsight: the one passage of these territories."""
    yield Text("said", (), item["title"])
    yield from (Text("said", (), line) for line in item["lines"])
    yield from (Text("said", (), column) for column in item["columns"])
    for family, word, detail in item["rows"]:
        yield Text("hindsight word", (family, WHOLE), word)
        yield Text("hindsight", (family, WHOLE), detail)


def _method(item: Content, _words: Content) -> Iterator[Text]:
    yield from (Text("how to read", (), line) for line in item["how_to_read"])
    yield from (Text("said", (), line) for line in item["cautions"])
    yield from facts([f"{name} : {value}" for name, value in item["facts"]])
    yield from (Text("participation", (label,), words) for label, words in item["participation"])
    for value, label, _description in item["levels"]:
        yield Text("name of a level", (), label)
        yield Text("value of a level", (label,), str(value).replace("-", "−"))
    yield from (Text("value", (meaning,), value) for meaning, value in item["rules"])


KINDS = {
    "radar": _radar,
    "changes": _changes,
    "slope": _slope,
    "colleges": _colleges,
    "family": _family,
    "silences": _silences,
    "passage": _passage,
    "method": _method,
}
