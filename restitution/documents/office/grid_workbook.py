"""A grid as a workbook, a sheet per thing; the empty one to fill; and what is added to a grid.

``grille.formats`` knows their columns.
"""

from typing import Any

from grille.additions.checking import CheckedAddition
from grille.formats.addition_sheets import PLACE, SOURCE, TEXT, addition_tables
from grille.formats.sheets import ABOUT, ABOUT_KEYS, COLUMNS, KEY, LEVELS, SKILLS, VALUE, Table, skill_header, tables_of
from grille.grid import Grid
from grille.messages import marked
from restitution.documents.open_data.spreadsheet_safety import workbook_bytes
from restitution.text.language import gettext as _

_WIDTHS = {
    marked("définition"): 50,
    "description": 50,
    "faits": 50,
    "titre": 36,
    VALUE: 80,
    PLACE: 28,
    SOURCE: 60,
    TEXT: 60,
}


def grid_xlsx(grid: Grid) -> bytes:
    """Return the workbook of a grid, which reads back into the same grid."""
    return tables_xlsx(tables_of(grid), grid.title)


def template_xlsx() -> bytes:
    """Return the workbook to fill: every sheet with its header, five levels, and how to go about it."""
    tables: dict[str, Table] = {ABOUT: [[KEY, VALUE], *([name, ""] for name in ABOUT_KEYS)]}
    tables |= {name: [list(columns)] for name, columns in COLUMNS.items()}
    tables[LEVELS] += [[value, "", "", ""] for value in range(5)]
    tables[SKILLS] = [skill_header(range(5), [])]
    return tables_xlsx(tables, _("Modèle de grille"), _how())


def addition_xlsx(checked: CheckedAddition) -> bytes:
    """Return the workbook of what is added to a grid: a line per text, beside the one that it translates."""
    return tables_xlsx(addition_tables(checked), f"{checked.grid.title}, {checked.addition.language}")


def _how() -> list[str]:
    return [
        _("Remplissez une feuille après l’autre ; leurs noms et ceux des colonnes restent comme ils sont."),
        _("Grille : identifiant (sans espace), version, titre, statut (proposition ou officielle)."),
        _("Niveaux : des nombres entiers qui se suivent, du plus bas au plus haut."),
        _("Savoir-faire : une ligne chacun, le code de sa famille, et une colonne « niveau N » par niveau."),
        _("Une colonne « question CODE » donne la question posée au collège de ce code. Elle peut manquer."),
        _("Court : oui pour les savoir-faire du questionnaire court. Faits : un par ligne, dans la cellule."),
        _("Correspondance : l’ancien code, puis les nouveaux, séparés par une espace ; rien s’il est retiré."),
        _("Les codes sont au format Texte : sans lui, un tableur change 1.10 en 1.1."),
    ]


def tables_xlsx(tables: dict[str, Table], title: str, how: list[str] | None = None) -> bytes:
    """Return the workbook of these tables, a sheet each, as texts; and one that says how to fill them."""

    def fill(book: Any) -> None:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EEF1F5"})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for name, table in tables.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for column, header in enumerate(table[0]):
                sheet.set_column(column, column, _WIDTHS.get(str(header), 18), text)
                sheet.write_string(0, column, str(header), head)
            for line, row in enumerate(table[1:], 1):
                for column, value in enumerate(row):
                    sheet.write(line, column, value, text)
        if how:
            sheet = book.add_worksheet(_("Mode d’emploi"))
            sheet.set_column(0, 0, 100, text)
            for line, sentence in enumerate(how):
                sheet.write_string(line, 0, sentence)

    return workbook_bytes(fill, title)
