"""The plain nested values of a grid that may be half broken: what can be found in them, and where."""

import re
from collections.abc import Mapping
from typing import Any

Path = tuple[str | int, ...]
Finding = tuple[Path, str]
Values = Mapping[Any, Any]


def listed(data: Values, key: str, path: Path = ()) -> list[tuple[Path, Values]]:
    """The mappings found in ``data[key]``, each with its path; whatever is not a mapping is somebody else's remark."""
    items = data.get(key)
    if not isinstance(items, tuple | list):
        return []
    return [((*path, key, index), item) for index, item in enumerate(items) if isinstance(item, Mapping)]


def skills_of(data: Values) -> list[tuple[Path, Values]]:
    """Every skill of every family, with its path."""
    return [found for path, family in listed(data, "families") for found in listed(family, "skills", path)]


def as_level(key: Any) -> Any:
    """A level's value from a mapping's key: JSON and quotes make texts of them."""
    return int(key) if isinstance(key, str) and re.fullmatch(r"-?[0-9]{1,9}", key) else key


def is_integer(value: Any) -> bool:
    """Whether that is a whole number; true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(value: Any) -> bool:
    """Whether that is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_empty(value: Any) -> bool:
    """Whether that is a list with nothing in it."""
    return isinstance(value, tuple | list) and not value
