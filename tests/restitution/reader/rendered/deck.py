"""The PowerPoint deck, opened again: what each of its texts is about, notes and native charts too, slide by slide."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER

from tests.restitution.reader.french import plain, sentences
from tests.restitution.reader.reading import Text
from tests.restitution.reader.rendered.report_texts import (
    STRENGTHS,
    WEAKNESSES,
    WHOLE,
    WHY,
    change_sentences,
    facts,
    method_lines,
)


@dataclass
class Slide:
    """What a slide holds, in order."""

    title: str
    boxes: list[list[str]] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    plotted: list[tuple[str, str, float | None]] = field(default_factory=list)
    described: str = ""
    headers: str = ""
    notes: list[str] = field(default_factory=list)


def slides(content: bytes) -> Iterator[Slide]:
    """The slides of a file."""
    for slide in Presentation(io.BytesIO(content)).slides:
        notes = slide.notes_slide.notes_text_frame.text
        found = Slide(plain(slide.shapes.title.text_frame.text), notes=plain(notes).split("\n"))
        for shape in sorted(list(slide.shapes)[1:], key=_is_content):
            _shape(found, shape)
        yield found


def _is_content(shape: Any) -> bool:
    """The foot of a slide is read first."""
    foot = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
    return not (shape.is_placeholder and shape.placeholder_format.type in foot)


def _shape(found: Slide, shape: Any) -> None:
    described = plain(shape._element.xpath(".//p:cNvPr")[0].get("descr") or "")
    if shape.has_table:
        found.headers = described
        found.rows = [[plain(cell.text) for cell in row.cells] for row in shape.table.rows]
    elif shape.has_chart:
        found.described = described
        categories = [plain(str(one)) for one in shape.chart.plots[0].categories]
        for series in shape.chart.plots[0].series:
            named = zip(categories, series.values, strict=True)
            found.plotted += [(plain(series.name), category, value) for category, value in named]
    elif words := plain(shape.text_frame.text):
        found.boxes.append(words.split("\n"))


def texts_of_deck(content: bytes) -> Iterator[Text]:
    """Every text of the deck with its subject."""
    for rank, slide in enumerate(slides(content), start=1):
        foot, number, *boxes = slide.boxes
        yield from _footer(*foot)
        yield Text("number of a slide", (str(rank),), *number)
        slide.boxes = boxes
        if slide.headers:
            yield Text("headers", tuple(slide.rows[0]), slide.headers)
        yield from _opening(slide) if rank == 1 else _kind(slide)(slide)


def _footer(words: str) -> Iterator[Text]:
    where, answered, status, made = words.split(" · ")
    yield Text("territory and campaign", (), where)
    yield Text("answered", (), answered)
    yield Text("caption", (), status)
    yield Text("made on", (), made)


def _kind(slide: Slide) -> Any:
    heads = slide.rows[0] if slide.rows else [""]
    if " : la plus forte hausse depuis " in slide.title:
        return _celebration
    for beginning, kind in BY_TITLE.items():
        if slide.title.startswith(beginning):
            return kind
    if heads[0] == "Savoir-faire":
        return _family
    if heads[-1] == "De combien":
        return _changes
    return _silences if any(name == "Part des répondants" for name, *_others in slide.plotted) else _colleges


def _same(slide: Slide, notes: list[str], between: str) -> Iterator[Text]:
    """The alternative text of a chart is its notes, one after the other."""
    yield Text("the same", (between.join(notes),), slide.described)


def _opening(slide: Slide) -> Iterator[Text]:
    yield from _title(slide)
    yield from facts(slide.notes[1:])
    territory, campaign, answered, collected, status = slide.boxes[0]
    yield Text("fact", ("Territoire",), territory)
    yield Text("fact", ("Campagne",), campaign)
    yield Text("answered", (), answered)
    yield from (Text("caption", (), words) for words in (collected, status))


def _title(slide: Slide, kind: str = "title") -> Iterator[Text]:
    """The title of the slide, which its notes begin with."""
    yield Text("the same", (slide.title,), slide.notes[0])
    yield Text(kind, (), slide.title)


def _answered(slide: Slide) -> Iterator[Text]:
    yield Text("title of answers", (), slide.title)
    first, *colleges, question = slide.notes
    yield Text("the same", (slide.title,), first)
    yield Text("said", (), question)
    yield from _same(slide, colleges, ". ")
    for line, (_series, category, value) in zip_longest(colleges, slide.plotted):
        college, _colon, said = line.partition(" : ")
        yield Text("participation", (college,), said)
        yield Text("the same", (college if value is not None else f"{college} ({said})",), category)
        yield Text("plotted count", (college,), _number(value))


def _number(value: float | None) -> str:
    return "–" if value is None else repr(value)


def _radar(slide: Slide) -> Iterator[Text]:
    headline, described, *said = slide.notes
    yield Text("title", (), headline)
    yield Text("lowered title", (headline,), slide.title)
    yield Text("the same", (described,), slide.described)
    yield Text("radar in words", (), described)
    yield from (Text("said", (), words) for words in said)
    yield from (Text("plotted", (family, WHOLE, label), _number(value)) for label, family, value in slide.plotted)
    columns, *rows = slide.rows
    for row in rows:
        for column, words in zip(columns[1:], row[1:], strict=True):
            if column.startswith("Depuis "):
                yield Text("word", (row[0], WHOLE), words)
            else:
                kind = "not published" if words == "non publié" else "cell of a campaign"
                yield Text(kind, (row[0], WHOLE, column), words)
    yield from (Text("said", (), words) for words in columns)


def _hindsight(slide: Slide) -> Iterator[Text]:
    title, *words = slide.notes
    yield Text("the same", (slide.title,), title)
    yield Text("said", (), slide.title)
    yield Text("the same", (" ".join(words),), " ".join(slide.boxes[0]))
    yield from (Text("said", (), line) for line in words)
    for family, word, detail in slide.rows[1:]:
        yield Text("hindsight word", (family, WHOLE), word)
        yield Text("hindsight", (family, WHOLE), detail)


def _changes(slide: Slide) -> Iterator[Text]:
    yield from _title(slide, "title of changes")
    yield from (Text("said", (), words) for words in slide.boxes[0])
    _family, since, _by = slide.rows[0]
    yield Text("said", (), since)
    for family, word, said in slide.rows[1:]:
        apart = said.startswith("Pas de comparaison possible")
        yield Text("why not compared" if apart else "word", (family, WHOLE), word)
        yield from change_sentences(family, said)
    for line in slide.notes[1:]:
        family, _colon, said = line.partition(" : ")
        if any(family == row[0] for row in slide.rows):
            yield from change_sentences(family, said)
        else:
            yield Text("said", (), line)


def _slope(slide: Slide) -> Iterator[Text]:
    yield from _title(slide, "said")
    trends = slide.notes[1:]
    yield from _same(slide, trends, " ")
    for line in trends:
        family, _colon, said = line.removesuffix(".").partition(" : ")
        yield Text("trend", (family, WHOLE), said)
    yield from (Text("plotted", (family, WHOLE, label), _number(value)) for family, label, value in slide.plotted)
    (_family, label), *rows = slide.rows
    yield Text("latest campaign", (), label)
    for family, words in rows:
        yield Text("not published" if words == "non publié" else "cell of a campaign", (family, WHOLE, label), words)


def _colleges(slide: Slide) -> Iterator[Text]:
    yield from _title(slide, "divergence")
    yield from _same(slide, slide.notes[1:], ". ")
    for line in slide.notes[1:]:
        family, _dash, panel = line.partition(" – ")
        for part in panel.split(" ; "):
            college, _colon, said = part.partition(" : ")
            yield Text("college in words", (family, college), said)
    yield from (Text("plotted", (family, college), _number(value)) for college, family, value in slide.plotted)


def _family(slide: Slide) -> Iterator[Text]:
    yield from _title(slide, "title of a family")
    (_skill, *heads), *rows = slide.rows
    colleges = slide.headers.removeprefix("Tableau : ").split(", ")[1:]
    for head, college in zip_longest(heads, colleges):
        yield Text("head of a college", (college,), head)
    family = re.split(" est | : ", slide.title)[0]
    for skill, *cells in rows:
        for college, words in zip(colleges, cells, strict=True):
            yield from _mean(skill, college, words)
    for line in slide.notes[1:]:
        if line in {WHY, STRENGTHS, WEAKNESSES}:
            yield Text("typed of a family", (family,), line)
            continue
        skill, _colon, said = line.partition(" : ")
        cells, *remarks = said.split(" – ")
        yield from (Text("remark", (skill,), words) for words in remarks)
        for college, words in zip_longest(colleges, re.split(f", (?={'|'.join(colleges)})", cells)):
            yield Text("the same", (college,), words[: len(college)])
            yield from _mean(skill, college, words[len(college) + 1 :])
    yield from (Text("said", (family,), part) for words in slide.boxes[0] for part in sentences(words))


def _mean(skill: str, college: str, words: str) -> Iterator[Text]:
    kind = "mean" if words[:1] in "−0123456789" else "no mean" if words == "–" else "hidden mean"
    yield Text(kind, (skill, college), words)


def _silences(slide: Slide) -> Iterator[Text]:
    yield from _title(slide, "silence")
    *told, question = slide.notes[1:]
    yield from _same(slide, told, ". ")
    yield Text("said", (), question)
    yield Text("the same", (question,), slide.boxes[0][0])
    for rank, (line, (_series, category, value)) in enumerate(zip_longest(told, slide.plotted)):
        named, _colon, what = line.partition(" : ")
        skill, _dash, college = named.partition(" – ")
        yield Text("the same", (named,), category)
        yield Text("many without level", (), f"{skill}{college}{what}")
        yield Text("plotted silence", (skill, college, str(rank)), _number(value))


def _retained(slide: Slide) -> Iterator[Text]:
    yield from _title(slide, "said")
    yield from (Text("said", (), words) for words in slide.rows[0])
    for line, (family, level, strengths, weaknesses) in zip_longest(slide.notes[1:], slide.rows[1:]):
        yield Text("retained in full", (family,), line)
        yield Text("retained", (family,), level)
        yield Text("the same", (STRENGTHS,), strengths)
        yield Text("the same", (WEAKNESSES,), weaknesses)


def _decide(slide: Slide) -> Iterator[Text]:
    yield from _title(slide, "said")
    yield from (Text("said", (), words) for some in (slide.notes, *slide.boxes) for words in some)


def _moment(slide: Slide) -> Iterator[Text]:
    yield from _title(slide, "said")
    asked = [words for box in slide.boxes for words in box]
    yield from (Text("said", (), words) for words in (*asked, *slide.notes[1:]))


def _celebration(slide: Slide) -> Iterator[Text]:
    yield from _title(slide, "said")
    (bravo, first), *also = slide.boxes
    yield Text("said", (), bravo)
    yield Text("the same", (slide.title.partition(" : ")[0],), first)
    for words, *names in also:
        yield Text("said", (), words)
        yield from (Text("risen skill", (), name) for name in names)
    yield from (Text("risen skill", (), name) for name in slide.notes[1:])


def _method(slide: Slide) -> Iterator[Text]:
    yield from _title(slide, "said")
    yield from method_lines(slide.notes[1:])
    named, cautions = slide.boxes
    yield from facts(named)
    yield from (Text("said", (), words.removeprefix("• ")) for words in cautions)


BY_TITLE = {
    "Qui a répondu": _answered,
    "Quatre règles": _moment,
    "Par groupes": _moment,
    "Merci": _moment,
    "Le profil : ": _radar,
    "L’an dernier, vu d’aujourd’hui": _hindsight,
    "Le chemin parcouru": _slope,
    "Les niveaux retenus": _retained,
    "À nous de décider": _decide,
    "Comment ces chiffres": _method,
}
