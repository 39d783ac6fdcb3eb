"""Access to the nested dicts and lists of a grid that may not be valid."""

import re
from collections.abc import Mapping
from typing import Any

Path = tuple[str | int, ...]
Finding = tuple[Path, str]
Values = Mapping[Any, Any]


def listed(data: Values, key: str, path: Path = ()) -> list[tuple[Path, Values]]:
    """Return the mappings in the list ``data[key]``, each with its path; other values are left out."""
    items = data.get(key)
    if not isinstance(items, tuple | list):
        return []
    return [((*path, key, index), item) for index, item in enumerate(items) if isinstance(item, Mapping)]


def skills_of(data: Values) -> list[tuple[Path, Values]]:
    """Return the skills of all families, each with its path."""
    return [found for path, family in listed(data, "families") for found in listed(family, "skills", path)]


def as_level(key: Any) -> Any:
    """Return the integer that a text key holds (JSON and quotes make texts of level values), else the key unchanged."""
    return int(key) if isinstance(key, str) and re.fullmatch(r"-?[0-9]{1,9}", key) else key


def is_integer(value: Any) -> bool:
    """Return whether the value is an integer; booleans are not."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(value: Any) -> bool:
    """Return whether the value is a number; booleans are not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_empty(value: Any) -> bool:
    """Return whether the value is an empty list."""
    return isinstance(value, tuple | list) and not value
