"""Finds text outside of gettext: what stays French in a language without its letters."""

import json
import re
import sqlite3
from collections.abc import Iterator, Set
from contextlib import closing
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from babel import Locale

import grille
from restitution.chart_data.radar import badges_of

SAID = (
    "title",
    "alt",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
    "placeholder",
    "label",
)
NOT_READ = ("script", "style", "template", "code")
WORD = re.compile(r"[a-zà-ÿœA-ZÀ-ÖØ-Ý]{2,}")
# Taken out first: an address may end with anything, words of data too. Then files, codes and formats, lines of a table.
ADDRESS = re.compile(r"(https?://|localhost/)\S*")
NAMES = re.compile(r"\S*;\S+|[\w-]+\.(csv|html|json|parquet|pdf|pptx|sqlite|svg|xlsx|zip)\b|\b[A-Z0-9]+(-[A-Z0-9]+)*\b")
SPACES = re.compile(r"\s+")
SENTENCE_END = re.compile(r"(?:(?<=[.!?…])\s+|^)(?:– )?")
ENGLISH = Locale("en")
CALENDAR = {
    name
    for kind in ("format", "stand-alone")
    for width in ("wide", "abbreviated")
    for names in (ENGLISH.months[kind][width], ENGLISH.days[kind][width])
    for name in names.values()
} | {"AM", "PM", "at", "English"}  # the names of languages come from there too


KEPT = re.compile(r"(%\(\w+\)[sd]|%%|<[^>]*>|&\w+;)")
LETTER = re.compile(r"[^\W\d_]")


def disguised(text: str) -> str:
    """A sentence in a language without any letter of French; its values and its markup stay."""
    pieces = enumerate(KEPT.split(text))
    return "".join(piece if place % 2 else LETTER.sub("ж", piece) for place, piece in pieces)


class PageReader(HTMLParser):
    """Keeps what a page says: its texts, and its attributes that are read aloud, or shown by a script."""

    def __init__(self) -> None:
        super().__init__()
        self.silent: list[str] = []
        self.heard: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read the attributes."""
        if tag in NOT_READ:
            self.silent.append(tag)
        named = dict(attrs)
        for name, value in attrs:
            shown = name in SAID or (name == "content" and named.get("name") == "description")
            shown = shown or (name == "value" and named.get("type") in ("submit", "button", "reset"))
            if value and (shown or (name.startswith("data-") and " " in value)):
                self.heard.append(value)

    def handle_endtag(self, tag: str) -> None:
        """Read again after what is not read."""
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        """Read a text."""
        if not self.silent:
            self.heard.append(data)


class Reader:
    """Reads pages in disguise; knows what is data, and remembers the parts that many pages share."""

    def __init__(self, data: Set[str]) -> None:
        self.data = sorted(data, key=len, reverse=True)
        self.known: dict[str, bool] = {}

    def unsaid(self, html: str) -> list[str]:
        """What a page still says in French, what is data left out."""
        reader = PageReader()
        reader.feed(html)
        return [part for part in dict.fromkeys(map(plain, reader.heard)) if self.is_unsaid(part)]

    def is_unsaid(self, part: str) -> bool:
        """Whether a part of a page holds words that are no data."""
        if part not in self.known:
            self.known[part] = bool(WORD.search(part)) and bool(self.words_left(part))
        return self.known[part]

    def words_left(self, part: str) -> list[str]:
        """The words of a text once what is data is taken out: a line of a title that a drawing cuts is data whole."""
        if f" {part} " in titles():
            return []
        part = ADDRESS.sub(" ", part)
        for one in self.data:
            if one in part:
                part = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", " ", part)
        return [word for word in WORD.findall(NAMES.sub(" ", part)) if word not in CALENDAR]


@cache
def titles() -> str:
    """The titles of every skill that is shipped, each between spaces, on a line of its own."""
    return "\n".join(f" {plain(skill.title)} " for grid in grille.shipped_grids() for skill in grid.skills)


def plain(text: str) -> str:
    """The text with single spaces."""
    return SPACES.sub(" ", text).strip()


def data_of(database: Path) -> set[str]:
    """Every text that people typed, or that a grid brings: whole, in lower case, cut short, or cut as drawings do."""
    with closing(sqlite3.connect(database)) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        values = [value for table in tables for row in db.execute(f'SELECT * FROM "{table}"') for value in row]
    versions = grille.shipped_grids()
    labels = {one.label for grid in versions for one in (*grid.levels, *grid.colleges)}
    badges = {badge for grid in versions for badge in badges_of([one.code for one in grid.families])}
    badges |= {one.label[:2] for grid in versions for one in grid.colleges} | {"El"}  # « Élus »
    whole = [text for value in (*values, *(grid.model_dump() for grid in versions)) for text in stored(value)]
    pieces = [word for label in labels for word in label.split()]
    pieces += [sentence for text in whole for sentence in SENTENCE_END.split(text)]
    found = {plain(text) for text in (*whole, *pieces, *(f"{label.split(' ')[0]}…" for label in labels), "Grille")}
    found |= badges
    return {text for one in found for text in (one, one.lower()) if len(one) > 1}


def stored(value: object) -> Iterator[str]:
    """The texts of a column: itself, or those of the document that it holds."""
    if isinstance(value, str):
        yield from value.splitlines()
        if value.startswith(("{", "[")):
            yield from texts(json.loads(value))
    else:
        yield from texts(value)


def texts(value: Any) -> Iterator[str]:
    """The texts of a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in texts(part))
    elif isinstance(value, list | tuple):
        yield from (text for part in value for text in texts(part))
