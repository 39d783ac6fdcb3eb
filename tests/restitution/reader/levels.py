"""The level read in a score as it is printed: the nearest, or both when it is printed exactly half way."""

from fractions import Fraction

from tests.restitution.reader.facts import Facts


def read(facts: Facts, printed: Fraction) -> list[str]:
    """The names of the nearest levels."""
    distance = {name: abs(printed - value) for name, value in facts.level_names.items()}
    return [name for name in facts.level_names if distance[name] == min(distance.values())]


def word(facts: Facts, printed: Fraction) -> str:
    """The level alone: its name, or both."""
    found = read(facts, printed)
    return found[0] if len(found) == 1 else f"entre « {found[0]} » et « {found[1]} »"


def at(facts: Facts, printed: Fraction) -> str:
    """Where a score stands: at a level, or between two."""
    found = read(facts, printed)
    return f"au niveau « {found[0]} »" if len(found) == 1 else f"entre « {found[0]} » et « {found[1]} »"
