"""How a convention of the method is declared: its meaning in French, and what it may be. Every edition uses it."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import isfinite
from numbers import Integral
from typing import Any, Protocol

from scoring.statistics.exact import Number, exact


class Conventions(Protocol):
    """What reading answers and hiding cells ask of the rules, whatever their edition."""

    @property
    def colleges(self) -> tuple[str, ...] | None:
        """The colleges of the campaign; ``None`` for those of the grid."""

    @property
    def sizes(self) -> Mapping[str, int] | None:
        """How many people each college has, where it was declared."""

    @property
    def voluntary(self) -> tuple[str, ...]:
        """The colleges invited by an open call."""

    def threshold(self, workshop: bool = False) -> int:
        """How many answers publish a cell, among people or among workshops."""


def convention(meaning: str, allowed: str, check: Callable[[Any], bool]) -> dict[str, Any]:
    """What a field of the rules carries: ``meaning`` is printed in reports, ``allowed`` completes « doit être … »."""
    return {"meaning": meaning, "allowed": allowed, "check": check}


def whole(lowest: int, highest: int | None = None) -> Callable[[Any], bool]:
    """The check of a whole number within these bounds."""

    def check(value: Any) -> bool:
        number = isinstance(value, Integral) and not isinstance(value, bool)
        return number and value >= lowest and (highest is None or value <= highest)

    return check


def between(lowest: Number, highest: Number, strictly_above: bool = False) -> Callable[[Any], bool]:
    """The check of a number within these bounds, each read as it is written: 0.3 is three tenths."""

    def check(value: Any) -> bool:
        number = isinstance(value, int | float | Fraction) and not isinstance(value, bool) and isfinite(value)
        within = number and exact(lowest) <= exact(value) <= exact(highest)
        return within and not (strictly_above and value == lowest)

    return check


def one_of(*choices: str) -> Callable[[Any], bool]:
    """The check of a text among these."""
    return lambda value: isinstance(value, str) and value in choices


def codes(value: Any) -> bool:
    """Whether the value is a tuple of texts, all different."""
    return isinstance(value, tuple) and len(set(value)) == len(value) and all(isinstance(code, str) for code in value)


def sizes(value: Any) -> bool:
    """Whether the value gives whole numbers, from 1, to texts."""
    return isinstance(value, Mapping) and all(isinstance(code, str) and whole(1)(size) for code, size in value.items())


def or_none(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """The same check, that lets ``None`` pass."""
    return lambda value: value is None or check(value)


def plain(value: Any) -> Any:
    """The value as JSON knows it; numpy's numbers become Python's."""
    if isinstance(value, Mapping):
        return {code: int(size) for code, size in value.items()}
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, float | Fraction):
        return float(value)
    return list(value) if isinstance(value, tuple) else value
