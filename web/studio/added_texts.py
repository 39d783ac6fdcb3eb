"""What the pages of easy wording and translations are given: their state, their parts, their fields side by side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from babel import Locale, UnknownLocaleError
from flask_babel import get_locale
from wtforms import BooleanField, TextAreaField

from grille import Grid
from grille.additions.checking import CheckedAddition, Entry, longest_at, too_long_for
from grille.additions.files import Change, change_at
from grille.additions.languages import easy_tag
from grille.additions.places import parts_of
from grille.typed import typed_text
from restitution.text.language import gettext as _
from web.http.forms.fields import AtMost, PageForm
from web.studio.forms import label_of


def _as_title(text: str) -> str:
    """The text with a capital at its beginning."""
    return f"{text[:1].upper()}{text[1:]}"


def language_name(grid: Grid, tag: str) -> str:
    """Return the name of a language for the reader: « facile à lire » for the easy wording, its tag when unknown."""
    if tag == easy_tag(grid.language):
        return _("facile à lire")
    try:
        return Locale.parse(tag, sep="-").get_display_name(get_locale()) or tag
    except (UnknownLocaleError, ValueError):
        return tag


@dataclass(frozen=True, slots=True)
class TextsPart:
    """A part of a grid with texts to write: its rank in the addresses, its name, and how many are in each state."""

    rank: int
    name: str
    code: str
    places: tuple[str, ...]
    missing: int
    stale: int
    long: int
    unreviewed: int


@dataclass(frozen=True)
class TextsView:
    """An addition, as every page about it shows it."""

    checked: CheckedAddition

    @property
    def grid(self) -> Grid:
        """The grid that it is of."""
        return self.checked.grid

    @property
    def language(self) -> str:
        """The tag of its language."""
        return self.checked.addition.language

    @property
    def easy(self) -> bool:
        """Whether it is the easy wording."""
        return self.language == easy_tag(self.grid.language)

    @property
    def name(self) -> str:
        """The name of its language, as a title."""
        return _as_title(language_name(self.grid, self.language))

    @property
    def address(self) -> dict[str, Any]:
        """What names it in addresses."""
        return {"grid": self.grid.id, "version": self.grid.version, "language": self.language}

    @cached_property
    def parts(self) -> list[TextsPart]:
        """The parts of the grid with texts to write, in order."""
        states = [frozenset(getattr(self.checked, name)) for name in ("missing", "stale", "long", "unreviewed")]
        return [
            TextsPart(
                rank,
                _name_of(self.grid, part),
                part.partition("/")[2],
                tuple(places),
                *(len(state.intersection(places)) for state in states),
            )
            for rank, (part, places) in enumerate(parts_of(self.checked.sources).items(), 1)
        ]


def _name_of(grid: Grid, part: str) -> str:
    kind, _slash, code = part.partition("/")
    if kind == "skills":
        return grid.skill(code).title
    if kind == "families":
        return next(family.title for family in grid.families if family.code == code)
    return {"levels": _("Les niveaux"), "colleges": _("Les collèges")}.get(kind, _("La présentation"))


@dataclass(frozen=True, slots=True)
class TextField:
    """A text to write beside its source: its names in the form, its label, and what is kept of it."""

    place: str
    label: str
    source: str
    entry: Entry | None
    stale: bool
    text_name: str
    review_name: str

    @property
    def reviewed(self) -> bool:
        """Whether somebody reviewed it as the grid is now."""
        return self.entry is not None and self.entry.reviewed_at is not None and not self.stale

    @property
    def long(self) -> bool:
        """Whether what is kept is too long."""
        return self.entry is not None and too_long_for(self.source, self.entry.text)

    @property
    def rows(self) -> int:
        """How many lines its field shows."""
        return min(8, 1 + len(self.source) // 60)


def fields_of(view: TextsView, part: TextsPart) -> list[TextField]:
    """Return the texts of a part."""
    checked = view.checked
    return [
        TextField(
            place,
            _as_title(_label(view.grid, place)),
            checked.sources[place],
            checked.entries.get(place),
            place in checked.stale,
            f"texte_{rank}",
            f"relu_{rank}",
        )
        for rank, place in enumerate(part.places)
    ]


def _label(grid: Grid, place: str) -> str:
    kind, *more = place.split("/")
    if kind == "words":
        return label_of("about", f"words_{more[0]}")
    if kind in ("levels", "colleges"):
        names = {str(one.value): one.label for one in grid.levels} if kind == "levels" else {}
        names |= {one.code: one.label for one in grid.colleges} if kind == "colleges" else {}
        return _("%(name)s, %(field)s", name=names[more[0]], field=_field(more[1]))
    if kind == "skills" and len(more) == 3:
        return _held_by_skill(grid, more[1], more[2])
    return _field(more[1] if more else kind)


def _field(name: str) -> str:
    return {
        "title": _("titre"),
        "short_title": _("titre court"),
        "notice": _("à savoir avant de la lire"),
        "label": _("nom"),
        "description": _("description"),
        "definition": _("définition"),
        "wording": _("début de ses questions"),
        "falc": _("en facile à lire"),
    }[name]


def _held_by_skill(grid: Grid, holder: str, key: str) -> str:
    if holder == "wording":
        return _("la question aux « %(college)s »", college=grid.college(key).label)
    if holder == "facts":
        return _("fait %(rank)s", rank=key)
    level = next(one for one in grid.levels if str(one.value) == key)
    said = _("niveau %(value)s, « %(label)s »", value=level.value, label=level.label)
    return _("%(level)s, en facile à lire", level=said) if holder == "falc_levels" else said


def form_of_texts(fields: Iterable[TextField]) -> PageForm:
    """Return the form of these texts, filled in with what is kept, or with what was sent."""
    fields = list(fields)
    made: dict[str, Any] = {}
    for one in fields:
        made[one.text_name] = TextAreaField(
            one.label, [AtMost(longest_at(one.place))], filters=[lambda typed: typed_text(typed or "").strip()]
        )
        made[one.review_name] = BooleanField(_("%(label)s, relu", label=one.label))
    form: PageForm = type("TextsForm", (PageForm,), made)(data=stored_texts(fields))
    return form


def stored_texts(fields: Iterable[TextField]) -> dict[str, Any]:
    """Return what is kept in these fields, by their names in the form."""
    stored: dict[str, Any] = {}
    for one in fields:
        stored |= {one.text_name: one.entry.text if one.entry else "", one.review_name: one.reviewed}
    return stored


def sent_changes(view: TextsView, fields: Iterable[TextField], form: PageForm, reviewer: str) -> Iterator[Change]:
    """Yield what a form writes: each text, with who reviewed it. Ticked as it was, a review keeps its name."""
    for one in fields:
        text, ticked = form[one.text_name].data, form[one.review_name].data
        same = one.entry is not None and one.entry.text == text
        by = one.entry.reviewer if one.entry and same and one.reviewed else reviewer
        yield change_at(view.checked, one.place, text, by if ticked else "")
