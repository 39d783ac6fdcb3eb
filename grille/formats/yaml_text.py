"""Writing of a grid as YAML, which ``grille.loading`` reads back into the same grid."""

import io
from collections.abc import Mapping
from typing import Any

from grille.grid import Grid

_WIDTH = 110


def as_yaml(grid: Grid) -> str:
    """Return the text of a grid file; keys at their default are left out.

    >>> from grille.loading import current
    >>> print(as_yaml(current()).splitlines()[1])
    version: '2026.1'
    """
    from ruamel.yaml import YAML  # never loaded where people only answer

    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    writer.width = _WIDTH
    text = io.StringIO()
    writer.dump(_plain(grid.model_dump(exclude_defaults=True)), text)
    return text.getvalue()


def _plain(value: Any) -> Any:
    """Return the value with lists in place of tuples."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else value
