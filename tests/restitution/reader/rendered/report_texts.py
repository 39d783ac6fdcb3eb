"""What the PowerPoint deck and the PDF report have alike: facts of the document, the method, a change in sentences."""

from collections.abc import Iterable, Iterator

from tests.restitution.reader.french import sentences
from tests.restitution.reader.reading import Text

WHOLE = "Territoire"
# What reviewers typed: of the first family, whose lowest level they retained.
WHY, STRENGTHS, WEAKNESSES = "Le répertoire est tenu à jour.", "Le café du samedi.", "Les relais."
FACTS = (
    *("Territoire", "Campagne", "Collecte", "Réponses", "Grille", "Échelle", "Méthode", "Réunion des collèges"),
    *("Confidentialité", "Document établi le"),
)


def facts(lines: Iterable[str]) -> Iterator[Text]:
    """« Name : value » for each of them, in order, none missing."""
    named = [line.partition(" : ") for line in lines]
    yield Text("the same", (", ".join(FACTS),), ", ".join(name for name, _colon, _value in named))
    yield from (Text("fact", (name,), value) for name, _colon, value in named)


def method_lines(lines: list[str]) -> Iterator[Text]:
    """How to read, the facts, the cautions, then the rules, which are no sentences."""
    known = [line for line in lines if line.partition(" : ")[0] in FACTS]
    yield from facts(known)
    first = lines.index(known[0])
    for place, line in enumerate(lines):
        if line in known:
            continue
        if line.endswith("."):
            yield Text("how to read" if place < first else "said", (), line)
        else:
            meaning, _colon, value = line.rpartition(" : ")
            yield Text("value", (meaning,), value)


# How each sentence about a change begins; what begins otherwise is its word, or a caution.
OF_A_CHANGE = ("De ", "Intervalle", "Sans intervalle", "Pas de comparaison possible")


def change_sentences(family: str, said: str) -> Iterator[Text]:
    """« Word. From what to what. Interval. Cautions. »"""
    place = (family, WHOLE)
    for rank, words in enumerate(sentences(said)):
        if words.startswith(OF_A_CHANGE):
            yield Text("change", place, words)
        else:
            yield Text("caution" if rank else "word in a sentence", place, words)
