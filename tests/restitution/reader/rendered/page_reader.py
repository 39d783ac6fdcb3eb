"""Reads a rendered page whole: every text of it follows a rule, or is a label that no figure could contradict."""

from collections.abc import Callable, Iterator

from tests.restitution.reader.facts import Facts
from tests.restitution.reader.french import sentences
from tests.restitution.reader.reading import Reader, Text, rules_of
from tests.restitution.reader.rendered import (
    cells,
    document_sentences,
    heat_map,
    open_data,
    review_sentences,
    slide_sentences,
)
from tests.restitution.reader.rendered import sentences as said
from tests.restitution.reader.rendered.labels import is_label
from tests.restitution.reader.rendered.leaves import Leaf, badges, leaves, parsed
from tests.restitution.reader.rendered.team import (
    adopted,
    before_opening,
    closing,
    editions,
    publication_sentences,
    reprint,
    territories_page,
)

Pages = Callable[[list[Leaf]], Iterator[Text]]
# Importing them registers their rules.
RULES_OF_PAGES = (cells, heat_map, open_data, said, slide_sentences, document_sentences, review_sentences)
RULES_OF_THE_TEAM = (adopted, before_opening, closing, editions, publication_sentences, reprint, territories_page)


def read_page(facts: Facts, html: str, texts_of: Pages) -> Reader:
    """Read a page; raise ``Untrue`` at the first text that is not true, that nobody can read or that contradicts."""
    page = parsed(html)
    reader, families = Reader(facts), badges(page)
    for text in texts_of(list(leaves(page))):
        if text.kind == "against":
            reader = Reader(facts.beside(text.words))
        elif text.kind == "alone":
            reader = Reader(facts.alone())
        elif text.kind.endswith(" by badge"):
            if text.place[0] in families:  # a page without a table pairs no badge with a name
                reader.statement(text.kind.removesuffix(" by badge"), _family(text, families), text.words)
        else:
            read_text(reader, text)
    return reader


def read_text(reader: Reader, text: Text) -> None:
    """Read one text where its kind says that it stands."""
    if text.kind == "how to read, or be warned":
        _one_of(reader, text, "how to read", "warning")
    elif text.kind == "said":
        _say(reader, text)
    else:
        reader.read([text])


def _family(text: Text, families: dict[str, str]) -> tuple[str, str]:
    return families[text.place[0]], "Territoire"


def _one_of(reader: Reader, text: Text, *kinds: str) -> None:
    """Read a text in the kind that has the most precise rule for it."""
    found = {
        kind: next((rule.literal for rule in rules_of(kind) if rule.pattern.fullmatch(text.words)), -1)
        for kind in kinds
    }
    reader.statement(max(found, key=lambda kind: found[kind]), text.place, text.words)


def _say(reader: Reader, text: Text) -> None:
    """A text that stands alone: sentence by sentence when each is known, else whole."""
    parts = sentences(text.words)
    for part in parts if all(map(_known, parts)) else [text.words]:
        if not is_label(part):
            reader.statement("said", text.place, part)


def _known(words: str) -> bool:
    rules = (rule for rule in rules_of("said") if len(rule.skeleton) > len("{name}"))
    return is_label(words) or any(rule.pattern.fullmatch(words) for rule in rules)
