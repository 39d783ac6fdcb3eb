"""Grids as files to download."""

from flask import Response

import grille
from grille import Grid

_TYPES = {
    "yaml": "application/yaml; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def grid_download(grid: Grid, suffix: str) -> Response:
    """Return a grid as a file to keep: ``yaml`` or ``xlsx``."""
    if suffix == "yaml":
        return _file(grille.as_yaml(grid).encode(), f"{grid.id}-{grid.version}", suffix)
    from restitution.documents.office.grid_workbook import grid_xlsx  # loads xlsxwriter

    return _file(grid_xlsx(grid), f"{grid.id}-{grid.version}", suffix)


def template_download() -> Response:
    """Return the workbook to fill with a new grid."""
    from restitution.documents.office.grid_workbook import template_xlsx  # loads xlsxwriter

    return _file(template_xlsx(), "modele-de-grille", "xlsx")


def _file(content: bytes, name: str, suffix: str) -> Response:
    response = Response(content, content_type=_TYPES[suffix])
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{suffix}")
    return response
