"""« Mes territoires »: where each stands, then the last profiles side by side."""

from collections.abc import Iterator

from tests.restitution.reader.reading import Place, Reader, Text, reads
from tests.restitution.reader.rendered.leaves import Leaf
from tests.restitution.reader.rendered.results_page import NUMBER, WHOLE
from tests.restitution.reader.rendered.review_pages import inside

STANDING = ("Collecte", "Pas encore", "Derniers", "Diagnostic", "Parcours")


def texts_of_territories(found: list[Leaf]) -> Iterator[Text]:
    """Every text of the page with its subject; each family of the table must be there, for each territory."""
    yield Text("alone", (), "")
    some = inside(found)
    for leaf in some:
        if leaf.row and leaf.tag != "th":
            yield from _cell(leaf)
        elif leaf.row or (leaf.tag == "h2" and "cards" in leaf.parents):
            yield Text("territory of a row", (), leaf.words)
        elif leaf.tag == "li" and leaf.words.startswith(STANDING):
            yield Text("standing", (), leaf.words)
        elif leaf.tag == "small":
            yield Text("series", (), leaf.words)
        elif leaf.tag not in {"a", "caption"} and "card" not in leaf.classes:
            yield Text("said", leaf.headings, leaf.words)
    columns = [leaf.words for leaf in some if leaf.tag == "th" and not leaf.row]
    yield Text("families beside one another", (), " | ".join(columns))


def _cell(leaf: Leaf) -> Iterator[Text]:
    place = (leaf.column, WHOLE)
    if leaf.tag == "small" and leaf.column == "Réponses":
        yield Text("grid of a row", (), leaf.words)
    elif leaf.tag == "small" and not leaf.column:
        yield Text("series", (), leaf.words)
    elif leaf.tag == "small":
        yield Text("series" if leaf.column == "Territoire" else "level", place, leaf.words)
    elif leaf.column == "Réponses":
        yield Text("answered", (), leaf.words)
    else:
        yield Text("score" if NUMBER.fullmatch(leaf.words) else "hidden score", place, leaf.words)


@reads("territory of a row", "Ici", "Là")
def of_a_row(_reader: Reader, _place: Place) -> None:
    """Both have the same answers."""


@reads("families beside one another", "{columns}")
def every_family(reader: Reader, _place: Place, columns: str) -> None:
    reader.same(columns.split(" | "), ["Territoire", *reader.facts.families, "Réponses"], "columns")


@reads("grid of a row", "grille {version}, proposition du projet")
def of_its_grid(reader: Reader, _place: Place, version: str) -> None:
    reader.same(version, reader.facts.last.grid.version, "version")


@reads("standing", "Derniers résultats : {year}, {state}")
def last_results(reader: Reader, _place: Place, year: str, state: str) -> None:
    reader.same((year, state), (reader.facts.labels[-1], state_of(reader)), "last results")


def state_of(reader: Reader) -> str:
    return "publiés" if reader.facts.around.public else "pas encore publiés"


@reads("standing", "Diagnostic pas encore adopté")
@reads("standing", "Parcours à écrire")
def nothing_more(_reader: Reader, _place: Place) -> None:
    """Nothing was adopted, and no action was planned."""


@reads("standing", "{n} action au parcours", "{n} actions au parcours", "Collecte en cours : {name}")
@reads("standing", "Diagnostic adopté", "Pas encore de résultats")
@reads("said", "Ils n’ont pas tous répondu à la même version de la grille.")
def not_so(reader: Reader, _place: Place, **_said: str) -> None:
    reader.must(False, "nothing of that is so")
