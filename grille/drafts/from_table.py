"""A draft from a table of skills, as word processors have them: each column says what it holds, a row is a skill."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from grille.drafts.document import LEVEL, WORDING, Document, Part, blank_document, new_part, skills_in
from grille.messages import message as _

Rows = Sequence[Sequence[str]]

SINGLE: Final = ("family", "family_code", "title", "code", "definition", "falc", "facts", "core", "weight")
"""What one column at most may hold, as columns are chosen for it."""
SEVERAL: Final = ("level", "wording")
"""What several columns may hold: a level each, lowest first, or the question of a college each."""
ROLES: Final = (*SINGLE, *SEVERAL)

_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "family": ("famille", "axe", "theme", "thematique", "domaine", "dimension", "pilier", "chapitre", "pratique"),
    "code": ("code", "n°", "numero", "ref", "reference", "id", "identifiant"),
    "wording": ("question", "formulation"),
    "falc": ("facile", "falc"),
    "level": ("niveau", "degre", "palier", "stade", "note", "score"),
    "title": ("savoir-faire", "savoir faire", "competence", "critere", "titre", "intitule", "nom", "item", "activite"),
    "definition": ("definition", "description", "objectif", "explication", "precision"),
    "facts": ("fait", "preuve", "indicateur", "indice", "exemple", "observable"),
    "core": ("court", "essentiel", "prioritaire", "socle"),
    "weight": ("poids", "ponderation", "coefficient"),
}
_YES: Final = frozenset({"oui", "x", "vrai", "true", "1", "✓", "✔", "☒", "★"})
# What is left of a title once its first words are taken away is a name: « Niveau 2 : régulier », « Question aux élus ».
_LEVEL_BEGINS: Final = re.compile(
    r"^\s*(?:niveau|degr.|palier|stade|note|score)?\s*[-−]?\d{1,3}\s*[^\w\s]*\s*", re.IGNORECASE
)
_LINKS: Final = frozenset({"pour", "a", "au", "aux", "de", "du", "des", "le", "la", "les", "l", "d", ""})


def guessed_roles(header: Sequence[str]) -> list[str]:
    """Return what each column seems to hold, from its title; "" for what is left aside.

    >>> guessed_roles(["Famille", "Savoir-faire", "Définition", "0", "Niveau 1", "Question élus", "Remarque"])
    ['family', 'title', 'definition', 'level', 'level', 'wording', '']
    """
    roles: list[str] = []
    for title in header:
        role = _guessed(_folded(title))
        roles.append("" if role in SINGLE and role in roles else role)
    return roles


def _guessed(title: str) -> str:
    if title.startswith("code") and any(word in title for word in _WORDS["family"]):
        return "family_code"
    if re.fullmatch(r"[-−]?\d{1,3}([^\w].*)?", title):
        return "level"
    return next((role for role, words in _WORDS.items() if any(title.startswith(word) for word in words)), "")


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", " ".join(text.split()).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def has_header(rows: Rows) -> bool:
    """Return whether the first row seems to be the titles of columns."""
    return bool(rows) and sum(bool(role) for role in guessed_roles(rows[0])) >= 2


def role_problems(roles: Sequence[str]) -> list[str]:
    """Return why a table cannot be read so, as French sentences."""
    problems: list[str] = []
    if "title" not in roles:
        problems.append(_("Dites quelle colonne est le titre du savoir-faire."))
    doubled = [role for role in SINGLE if list(roles).count(role) > 1]
    if doubled:
        problems.append(_("Deux colonnes ne peuvent pas tenir le même rôle, sauf les niveaux et les questions."))
    if list(roles).count("level") == 1:
        problems.append(_("Une échelle a deux niveaux au moins : dites quelles colonnes sont les autres niveaux."))
    return problems


def document_from_table(rows: Rows, roles: Sequence[str], *, header: bool) -> Document:
    """Return the draft of a table. A row without a family is of the family above; empty rows are left out.

    Nothing that was typed in a column with a role is lost: a row without a title makes a skill to complete.
    """
    document = blank_document()
    titles = list(rows[0]) if header and rows else []
    levels = [at for at, role in enumerate(roles) if role == "level"]
    questions = [at for at, role in enumerate(roles) if role == "wording"]
    if levels:
        document["levels"] = [
            new_part(document, "level", label=_level_name(_at(titles, at), rank)) for rank, at in enumerate(levels)
        ]
        document["about"]["lowest"] = _lowest(titles, levels)
    for rank, at in enumerate(questions, 1):
        label = _college_name(_at(titles, at)) or _("Collège %(n)s", n=rank)
        document["colleges"].append(new_part(document, "college", code=_code_from(label, rank), label=label))
    places = {role: at for at, role in enumerate(roles) if role in SINGLE}
    filling = _Filling(document, places, levels, questions)
    for row in rows[1:] if header else rows:
        filling.add(row)
    return document


class _Filling:
    """Adds each row to the draft: its family when it is another, then its skill."""

    def __init__(
        self, document: Document, places: Mapping[str, int], levels: Sequence[int], questions: Sequence[int]
    ) -> None:
        self.document, self.places, self.levels, self.questions = document, places, levels, questions
        self.families: dict[str, Part] = {}
        self.last: Part | None = None

    def add(self, row: Sequence[str]) -> None:
        values = {role: _at(row, at) for role, at in self.places.items()}
        own = [text for role, text in values.items() if role not in ("family", "family_code")]
        texts = [_at(row, at) for at in (*self.levels, *self.questions)]
        if not any(values.values()) and not any(texts):
            return
        family = self._family(values)
        if any(own) or any(texts):
            family["skills"].append(self._skill(family, values, row))

    def _family(self, values: Mapping[str, str]) -> Part:
        title, code = (" ".join(values.get(role, "").split()) for role in ("family", "family_code"))
        known = self.families.get(_folded(title) or code) if title or code else self.last
        if known is None:
            rank = len(self.document["families"]) + 1
            known = new_part(self.document, "family", code=code or f"F{rank}", title=title)
            self.document["families"].append(known)
            self.families[_folded(title) or code] = known
        self.last = known
        return known

    def _skill(self, family: Part, values: Mapping[str, str], row: Sequence[str]) -> Part:
        code = " ".join(values.get("code", "").split()) or f"{family['code']}-{len(family['skills']) + 1}"
        skill = new_part(self.document, "skill", code=code, title=" ".join(values.get("title", "").split()))
        skill |= {name: values.get(name, "") for name in ("definition", "falc", "facts")}
        skill["core"] = _folded(values.get("core", "")) in _YES
        skill["weight"] = values.get("weight", "") or "1"
        for begun, root, places in ((LEVEL, "levels", self.levels), (WORDING, "colleges", self.questions)):
            for part, at in zip(self.document[root], places, strict=False):
                skill[f"{begun}{part['key']}"] = _at(row, at)
        return skill


def _college_name(title: str) -> str:
    """What is left of the title of a column of questions once it no longer says that they are questions."""
    words = re.split(r"(?<=[’'])|[\s:]+", title)
    if words and _folded(words[0]).startswith(_WORDS["wording"]):
        words = words[1:]
    while words and _folded(words[0]).strip("’'-–—.") in _LINKS:
        words = words[1:]
    name = " ".join(words)
    return name[:1].upper() + name[1:]


def _at(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _level_name(title: str, rank: int) -> str:
    return _LEVEL_BEGINS.sub("", title).strip() or _("Niveau %(n)s", n=rank)


def _lowest(titles: Sequence[str], levels: Sequence[int]) -> str:
    """The number that the title of the first level begins with; 0 when the titles do not follow one by one."""
    found = [re.search(r"[-−]?\d{1,3}", _at(titles, at)) for at in levels]
    values = [int(one[0].replace("−", "-")) for one in found if one]
    follows = len(values) == len(levels) and values == list(range(values[0], values[0] + len(values)))
    return str(values[0]) if follows else "0"


def _code_from(label: str, rank: int) -> str:
    return re.sub(r"[^a-z0-9]+", "-", _folded(label)).strip("-")[:40] or f"college-{rank}"


def eaten_codes(document: Document) -> list[str]:
    """Return the codes of skills that a spreadsheet may have changed: decimal numbers that come twice.

    >>> table = [["Un", "1.1"], ["Dix", "1.1"]]
    >>> eaten_codes(document_from_table(table, ["title", "code"], header=False))
    ['1.1']
    """
    counts = Counter(skill["code"] for skill in skills_in(document))
    return [code for code, count in counts.items() if count > 1 and re.fullmatch(r"\d+[.,]\d+", code)]
