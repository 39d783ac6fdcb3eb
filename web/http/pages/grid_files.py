"""Grids as files to download."""

from flask import Response

from grille import Grid, as_yaml
from restitution.documents.office.grid_workbook import grid_xlsx, template_xlsx
from web.http.pages.downloads import download


def grid_download(grid: Grid, suffix: str) -> Response:
    """Return a grid as a file to keep: ``yaml`` or ``xlsx``."""
    content = grid_xlsx(grid) if suffix == "xlsx" else as_yaml(grid)
    return download(content, f"{grid.id}-{grid.version}.{suffix}")


def template_download() -> Response:
    """Return the workbook to fill with a new grid."""
    return download(template_xlsx(), "modele-de-grille.xlsx")
