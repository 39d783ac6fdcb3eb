"""Grids as files to download."""

from flask import Response

import grille
from grille import Grid
from web.http.pages.downloads import download


def grid_download(grid: Grid, suffix: str) -> Response:
    """Return a grid as a file to keep: ``yaml`` or ``xlsx``."""
    if suffix == "yaml":
        return download(grille.as_yaml(grid), f"{grid.id}-{grid.version}.yaml")
    from restitution.documents.office.grid_workbook import grid_xlsx  # loads xlsxwriter

    return download(grid_xlsx(grid), f"{grid.id}-{grid.version}.xlsx")


def template_download() -> Response:
    """Return the workbook to fill with a new grid."""
    from restitution.documents.office.grid_workbook import template_xlsx  # loads xlsxwriter

    return download(template_xlsx(), "modele-de-grille.xlsx")
