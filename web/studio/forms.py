"""The forms of the studio: a sheet of a draft, such as its levels or a skill, as fields to type in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # its types are older

from grille.drafts.document import (
    EASY_LEVEL,
    FIELDS,
    LEVEL,
    WORDING,
    Document,
    Kind,
    Part,
    find_part,
)
from grille.drafts.reading import whole
from grille.grid import LONGEST_SHORT_TITLE
from grille.refinements import LONGEST_WORDS
from grille.typed import typed_line, typed_text
from restitution.text.language import gettext as _
from web.http.forms.fields import AtMost, PageForm

Sheet = Literal["about", "levels", "colleges", "family", "skill"]

LONGEST_LINE: Final = 400
LONGEST_TEXT: Final = 4_000
_TEXTS: Final = frozenset({"notice", "definition", "facts", "description", "wording", "falc"})


@dataclass(frozen=True)
class Entry:
    """A field of a sheet: its name in the form, the part and the field of the draft that it writes, and its words."""

    name: str
    kind: Kind
    part: Part
    field: str
    label: str
    group: str = ""
    hint: str = ""

    @property
    def key(self) -> int:
        """The key of its part; 0 for the presentation of the grid."""
        return int(self.part.get("key", 0))

    @property
    def value(self) -> Any:
        """What the draft has there."""
        return self.part.get(self.field, "")

    @property
    def is_text(self) -> bool:
        """Whether several lines are typed there."""
        begins = self.field.startswith((LEVEL, EASY_LEVEL, WORDING)) or self.field.startswith("words_")
        return self.field in _TEXTS or begins


def entries_of(document: Document, sheet: Sheet, key: int = 0) -> list[Entry]:
    """Return the fields of a sheet; ``key`` is that of the family or of the skill.

    Raises ``KeyError`` when it is not in the draft.
    """
    return list(_entries(document, sheet, key))


def _entries(document: Document, sheet: Sheet, key: int) -> Iterator[Entry]:
    if sheet == "about":
        about = document["about"]
        hints = _about_hints()
        for field in FIELDS["about"]:
            if field != "lowest":
                yield Entry(field, "about", about, field, label_of("about", field), hint=hints.get(field, ""))
    elif sheet == "levels":
        yield Entry("lowest", "about", document["about"], "lowest", _("Le premier niveau porte le numéro"))
        yield from _rows("level", document["levels"])
    elif sheet == "colleges":
        yield from _rows("college", document["colleges"])
    else:
        part = find_part(document, sheet, key)
        if part is None:
            raise KeyError(key)
        yield from _own(document, sheet, part)


def _rows(kind: Kind, parts: Iterable[Part]) -> Iterator[Entry]:
    for part in parts:
        for field in FIELDS[kind]:
            yield Entry(f"{field}_{part['key']}", kind, part, field, label_of(kind, field))


def _own(document: Document, sheet: Literal["family", "skill"], part: Part) -> Iterator[Entry]:
    hints = _hints(document)
    for field in FIELDS[sheet]:
        if field != "continues" or document.get("previous"):
            yield Entry(field, sheet, part, field, label_of(sheet, field), hint=hints.get(field, ""))
    if sheet == "family":
        return
    names = level_names(document)
    for level in document["levels"]:
        yield Entry(f"{LEVEL}{level['key']}", sheet, part, f"{LEVEL}{level['key']}", names[level["key"]], "levels")
    for level in document["levels"]:
        field = f"{EASY_LEVEL}{level['key']}"
        yield Entry(field, sheet, part, field, names[level["key"]], "easy")
    for college in document["colleges"]:
        field = f"{WORDING}{college['key']}"
        yield Entry(field, sheet, part, field, college["label"] or college["code"] or _("Sans nom"), "wording")


def level_names(document: Document) -> dict[int, str]:
    """Return the name of each level by its key: its number, then its word."""
    lowest = whole(document["about"]["lowest"]) or 0
    return {one["key"]: f"{lowest + rank} {one['label']}".strip() for rank, one in enumerate(document["levels"])}


def label_of(kind: Kind, field: str) -> str:
    """Return the label of a field."""
    own = {
        ("college", "wording"): _("Début de ses questions"),
        ("skill", "falc"): _("La question, en facile à lire"),
        ("family", "falc"): _("Description, en facile à lire"),
        ("level", "falc"): _("Nom, en facile à lire"),
    }
    return own.get((kind, field)) or _labels().get(field, field)


def _labels() -> dict[str, str]:
    return {
        "title": _("Titre"),
        "short_title": _("Titre court"),
        "id": _("Identifiant"),
        "version": _("Version"),
        "status": _("Statut"),
        "author": _("Qui l’a écrite"),
        "licence": _("Licence"),
        "language": _("Langue"),
        "notice": _("À savoir avant de la lire"),
        "words_question": _("La question de l’accueil"),
        "words_promise": _("La promesse de l’accueil"),
        "words_welcome": _("La première phrase du questionnaire"),
        "words_poster": _("Le titre des affiches"),
        "label": _("Nom"),
        "description": _("Description"),
        "code": _("Code"),
        "definition": _("Définition"),
        "core": _("Au questionnaire court"),
        "weight": _("Poids"),
        "facts": _("Ce que l’on peut vérifier"),
        "continues": _("Savoir-faire d’avant qu’il continue"),
    }


def _about_hints() -> dict[str, str]:
    own = _("%(n)s signes au plus. Vide, des mots qui vont à toute grille prennent sa place.", n=LONGEST_WORDS)
    return {
        "short_title": _("Là où la place manque : %(n)s signes au plus.", n=LONGEST_SHORT_TITLE),
        "id": _("Le nom de la grille dans les adresses : lettres, chiffres, points et traits d’union."),
        "version": _("Par exemple 2027.1. Une fois publiée, une version ne change plus."),
        "licence": _("Par exemple CC BY 4.0 : ce que d’autres peuvent en faire."),
        "language": _("Celle dans laquelle elle est écrite : fr pour le français, en pour l’anglais."),
        **dict.fromkeys(("words_question", "words_promise", "words_welcome", "words_poster"), own),
    }


def _hints(document: Document) -> dict[str, str]:
    previous = document.get("previous", {}).get("version", "")
    return {
        "core": _("Posé aussi quand une campagne choisit le questionnaire court."),
        "weight": _("1 d’ordinaire : un savoir-faire de poids 2 compte double dans sa famille."),
        "facts": _("Un fait par ligne."),
        "continues": _(
            "Ses codes dans la version %(version)s, séparés par des espaces : plusieurs s’il en réunit plusieurs, le "
            "même en deux endroits s’il a été partagé, rien s’il est nouveau.",
            version=previous,
        ),
    }


def form_of(entries: Iterable[Entry]) -> PageForm:
    """Return the form of these fields, filled in with the draft, or with what was sent."""
    entries = list(entries)
    fields = {entry.name: _field(entry) for entry in entries}
    form: PageForm = type("SheetForm", (PageForm,), fields)(data=stored_values(entries))
    return form


def _field(entry: Entry) -> Any:
    if entry.field == "core":
        return BooleanField(entry.label)
    if entry.field == "status":
        choices = [
            SelectChoice("proposition", _("Proposition, à discuter")),
            SelectChoice("officielle", _("Officielle")),
        ]
        return SelectField(entry.label, choices=choices)
    if entry.is_text:
        return TextAreaField(entry.label, [AtMost(LONGEST_TEXT)], filters=[lambda typed: typed_text(typed or "")])
    return StringField(entry.label, [AtMost(LONGEST_LINE)], filters=[lambda typed: typed_line(typed or "")])


def stored_values(entries: Iterable[Entry]) -> dict[str, Any]:
    """Return what the draft has in these fields, by their names in the form."""
    return {entry.name: entry.value for entry in entries}


def write(entries: Iterable[Entry], form: PageForm) -> None:
    """Write what a form holds into the parts of a draft; a field that the form does not have stays as it is."""
    for entry in entries:
        if entry.name in form:
            entry.part[entry.field] = form[entry.name].data
