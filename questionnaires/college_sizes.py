"""Reading of the sizes of colleges, in people, from a table."""

import re
from collections.abc import Iterable
from typing import Final

from grille import Grid
from grille.messages import message as _
from questionnaires.answers_table import _SPACED, _THOUSANDS, AnswersErrors, _instead, whole_number
from questionnaires.delimited_text import CsvTable, check_header, table_of
from questionnaires.findings import TableFindings
from questionnaires.text_sources import Source, name_of, opened
from questionnaires.words import canonical, printable_cell

LARGEST_SIZE: Final = 100_000_000


def read_colleges(source: Source, grid: Grid) -> dict[str, int]:
    """Return the size of each college, in people, from a CSV table with the columns ``code`` and ``size``.

    ``1 250`` is accepted; ``1,250`` is refused, since it may be a decimal number. Raises ``AnswersErrors`` with every
    problem.

    >>> import io
    >>> from grille import current
    >>> read_colleges(io.StringIO("code,size\\nelus,27\\nhabitants,1 250\\n"), current())
    {'elus': 27, 'habitants': 1250}
    """
    findings = TableFindings(name_of(source))
    sizes: dict[str, int] = {}
    with opened(source, findings) as lines:
        if lines is not None:
            table = table_of(lines.text, ("code", "size"), findings)
            sizes = _sizes(table, [college.code for college in grid.colleges], findings) if table else {}
    if findings.total:
        raise AnswersErrors(findings.in_order(), findings.total)
    return sizes


def _sizes(table: CsvTable, colleges: list[str], findings: TableFindings) -> dict[str, int]:
    columns = check_header(table.header, table.header_line, ("code", "size"), ("code", "size"), findings)
    sizes: dict[str, int] = {}
    if not {"code", "size"} <= set(columns):
        return sizes
    for line, row in table.rows:
        cells = dict(zip(columns, row, strict=True))
        code, size = canonical(cells["code"], colleges), _size(cells["size"])
        for trouble, column in _size_troubles(code, size, cells["size"], colleges, sizes):
            findings.add(trouble, line, column)
        sizes[code] = size or 0
    if not sizes and not findings.total:
        findings.add(_("ce tableau n’a aucun collège : ajoutez une ligne par collège."))
    return sizes


def _size(text: str) -> int | None:
    word = text.strip()
    return whole_number(re.sub(r"\s", "", word) if _SPACED.fullmatch(word) else word)


def _size_troubles(
    code: str, size: int | None, text: str, colleges: list[str], sizes: dict[str, int]
) -> Iterable[tuple[str, str]]:
    if code in sizes:
        yield (
            _(
                "le collège « %(shown)s » est déjà donné plus haut : gardez une seule ligne.",
                shown=printable_cell(code),
            ),
            "code",
        )
    elif code not in colleges:
        yield (
            _(
                "« %(shown)s » n’est pas un collège : %(instead)s",
                shown=printable_cell(code),
                instead=_instead(code, colleges),
            ),
            "code",
        )
    if size is None and _THOUSANDS.fullmatch(text.strip()):
        yield _("« %(shown)s » est ambigu : écrivez l’effectif sans séparateur.", shown=printable_cell(text)), "size"
    elif size is None:
        yield (
            _(
                "« %(shown)s » n’est pas un effectif : écrivez un nombre entier de personnes.",
                shown=printable_cell(text),
            ),
            "size",
        )
    elif not 1 <= size <= LARGEST_SIZE:
        yield (
            _(
                "un effectif de %(size)s n’est pas possible : corrigez-le, ou retirez la ligne de ce collège.",
                size=size,
            ),
            "size",
        )
