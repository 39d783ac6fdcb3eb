"""The page of the open data of a campaign: what each of its texts is about, and what they must say."""

from collections.abc import Iterator

from tests.restitution.reader.reading import Place, Reader, Text, reads
from tests.restitution.reader.rendered.leaves import Leaf

TABLES, FILES = "Les tableaux, un par un", "Fichiers"


def texts_of_open_data(found: list[Leaf]) -> Iterator[Text]:
    """Every text of the page with its subject, then the tables that it lists."""
    for leaf in found:
        heading = leaf.headings[-1] if leaf.headings else ""
        if leaf.tag == "li" and "breadcrumbs" in leaf.parents:
            yield Text("territory and campaign", (), leaf.words)
        elif leaf.tag == "h1":
            yield Text("title of the data", (), leaf.words)
        elif heading == TABLES and leaf.tag == "a":
            continue
        elif heading == TABLES and leaf.tag == "span":
            yield Text("size of a file", (), leaf.words)
        elif leaf.tag == "a":
            yield Text("said", leaf.headings, leaf.words)
        else:
            yield Text("said", leaf.headings, leaf.words)
    listed = [leaf.words for leaf in found if leaf.tag == "a" and leaf.headings[-1:] == (TABLES,)]
    yield Text("tables listed", (), " | ".join(listed))


@reads("title of the data", "Ici, Bilan")
def title(_reader: Reader, _place: Place) -> None:
    """The territories tried have one name, and their campaigns too."""


@reads(
    "said",
    "Scores par famille, par savoir-faire et par collège sur la grille « {grid} », version {version}, avec leurs "
    "intervalles ; aucun chiffre sur moins de {k} personnes.",
)
def what_they_are(reader: Reader, _place: Place, grid: str, version: str, k: str) -> None:
    known = reader.facts.last.grid
    true = (known.title, known.version, reader.facts.last.rules["k"])
    reader.same((grid, version, int(k)), true, "grid and threshold")


@reads("size of a file", "{n} ko")
def size(reader: Reader, _place: Place, n: str) -> None:
    reader.must(int(n.replace(" ", "")) > 0, "a file is never empty")


@reads("tables listed", "{names}")
def tables(reader: Reader, _place: Place, names: str) -> None:
    """Those with hindsight only where people were asked."""
    asked = ["hindsight.csv", "hindsight_skills.csv"] if reader.facts.last.then is not None else []
    true = ["territory.csv", "families.csv", "skills.csv", "weightings.csv", *asked, "respondents.csv"]
    reader.same(names.split(" | "), true, "tables")


@reads("said", "Première publication : {day}")
def first_publication(reader: Reader, _place: Place, day: str) -> None:
    reader.same(day, "1er avril 2026", "first publication")


@reads("said", "Version publiée le {day}")
def version(reader: Reader, _place: Place, day: str) -> None:
    reader.same(day, "12 mai 2026", "publication")


@reads("said", "Adresse durable : {address}")
def address(reader: Reader, _place: Place, address: str) -> None:
    reader.same(address, f"http://localhost/donnees/ici-{reader.facts.labels[-1]}", "address")


@reads("said", "Code officiel du territoire : {code}")
def official_code(reader: Reader, _place: Place, code: str) -> None:
    reader.must(False, f"this territory has no official code, and not {code}")


@reads(
    "said",
    "Elles ont été publiées à cette adresse à partir du {day}, puis le territoire a retiré ses résultats. "
    "S’il les publie de nouveau, elles reviendront ici.",
)
def withdrawn(reader: Reader, _place: Place, day: str) -> None:
    reader.must(False, f"they were published on {day} and are public")
