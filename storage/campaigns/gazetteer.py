"""The official list of communes, arrondissements of cities and intercommunalities, and the search in it.

A compact table shipped with its source and date; ``scripts/build-gazetteer.sh`` rebuilds it. It is read at the first
search only (0.3 s, 10 MB), so that a process that serves respondents never loads it.
"""

import gzip
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from grille.messages import message as _

DATA: Final = Path(__file__).parent / "data" / "territoires-2026.csv.gz"
SOURCE: Final = _("Insee et DGCL, communes et EPCI au 1er janvier 2026 (Licence Ouverte)")
MOST: Final = 20

_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_SHORTENED: Final = {"st": "saint", "ste": "sainte"}
_TYPES: Final = {
    "CC": "Communauté de communes",
    "CA": "Communauté d’agglomération",
    "CU": "Communauté urbaine",
    "METRO": "Métropole",
    "MET69": "Métropole",
}


@dataclass(frozen=True, slots=True)
class OfficialTerritory:
    """A commune, an arrondissement of a city or an intercommunality of the official list.

    ``population`` is its number of inhabitants, ``siren`` its number as a public body (none in some overseas places),
    ``epci`` the code of the intercommunality around a commune.
    """

    code: str
    name: str
    kind: str
    department: str
    population: int
    siren: str = ""
    epci: str = ""

    @property
    def label(self) -> str:
        """Its name and department, which distinguish territories of the same name.

        >>> OfficialTerritory("35288", "Saint-Malo", "commune", "35", 47_000).label
        'Saint-Malo (35)'
        """
        return f"{self.name} ({self.department})"


def search(typed: str, most: int = MOST) -> list[OfficialTerritory]:
    """Return the territories whose name contains, for each word typed, a word that begins with it.

    Exact names come first, then the most populous. A single letter must be a whole word (the « L’ » of « L’Haÿ »)
    unless it is the last one, still being typed. Accents, case, hyphens and ligatures are ignored; ``st`` means
    ``saint``; digits are a department or a postal code. An empty search returns an empty list.

    >>> [place.label for place in search("L’Haÿ")[:1]]
    ['L’Haÿ-les-Roses (94)']
    """
    words = folded(typed).split()
    if not words:
        return []
    *done, last = words
    needles = [*(f" {word} " if len(word) == 1 else f" {word}" for word in done), f" {last}"]
    found: Sequence[tuple[str, str]] = _lines()
    for needle in needles:
        found = [one for one in found if needle in one[0]]
    wanted = " ".join(word for word in words if not word[0].isdigit())
    ranked = sorted(found, key=lambda one: _rank(one[0], one[1], wanted))
    return [_place(line) for _, line in ranked[:most]]


@lru_cache(1)
def names() -> tuple[str, ...]:
    """Return the names of all communes, the most populous first.

    >>> names()[:2]
    ('Paris', 'Marseille')
    """
    communes = (line.split(";") for line in _table() if line.startswith("COM;"))
    ranked = sorted(communes, key=lambda cells: -int(cells[-1] or 0))
    return tuple(dict.fromkeys(cells[2] for cells in ranked))


def by_code(code: str) -> OfficialTerritory | None:
    """Return the territory of that official code, if there is one.

    >>> by_code("94038").label
    'L’Haÿ-les-Roses (94)'
    """
    line = _codes().get(code)
    return _place(line) if line else None


def telling_name(place: OfficialTerritory) -> str:
    """Return its name, with its department when another place of the list has the same.

    >>> telling_name(by_code("93048")), telling_name(by_code("35288"))
    ('Montreuil (93)', 'Saint-Malo')
    """
    return place.label if _times()[folded(place.name)] > 1 else place.name


@lru_cache(1)
def _times() -> Counter[str]:
    return Counter(key.partition("\t")[0].strip() for key, _ in _lines())


def folded(text: str) -> str:
    """Return the text in the form used for comparison: lower case, no accent, ligature or punctuation.

    >>> folded("Œuilly-s/-Marne"), folded("Ste Foy-L’Argentière")
    ('oeuilly s marne', 'sainte foy l argentiere')
    """
    plain = unicodedata.normalize("NFD", text.lower().translate(_LIGATURES))
    words = re.findall(r"[a-z0-9]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    return " ".join(_SHORTENED.get(word, word) for word in words)


def _rank(key: str, line: str, wanted: str) -> tuple[bool, bool, int]:
    name = key.partition("\t")[0].strip()
    return name != wanted, not name.startswith(wanted), -int(line.rpartition(";")[2])


@lru_cache(1)
def _lines() -> tuple[tuple[str, str], ...]:
    """Return each line of the table after its search key: ``" saint malo\t 35 35400"``."""
    return tuple((_key(line), line) for line in _table())


def _table() -> Iterator[str]:
    with gzip.open(DATA, "rt", encoding="utf-8") as file:
        lines = (line.rstrip("\n") for line in file if not line.startswith("#"))
        next(lines)
        yield from lines


def _key(line: str) -> str:
    kind, _, name, department, postal, *_more = line.split(";")
    return f" {folded(_name(kind, name))}\t {department.lower()} {postal}"


@lru_cache(1)
def _codes() -> dict[str, str]:
    return {line.split(";", 2)[1]: line for _, line in _lines()}


def _place(line: str) -> OfficialTerritory:
    kind, code, name, department, _postal, siren, epci, population = line.split(";")
    form = {"COM": "commune", "ARM": "arrondissement"}.get(kind, "epci")
    return OfficialTerritory(code, _name(kind, name), form, department, int(population), siren, epci)


def _name(kind: str, name: str) -> str:
    """Return the full name: ``CC Faucigny - Glières`` becomes « Communauté de communes Faucigny - Glières »."""
    initials, _, rest = name.partition(" ")
    written = f"{_TYPES[kind]} {rest}" if kind in _TYPES and initials in ("CC", "CA", "CU") else name
    return written.replace("'", "’")
