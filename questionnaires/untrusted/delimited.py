"""Parsing of an untrusted CSV into JSON lines, by ``questionnaires.delimited_text``.

Each row is written as ``[line, [text…]]``, the header first; then one object gives the problems (line, message), their
total, and the line of the header when there are titles above it.

Runs in the process of ``questionnaires.untrusted.process``; imports the standard library, and modules of ours that
import nothing else.
"""

import json
import sys
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from questionnaires.delimited_text import MOST_COLUMNS, TOO_WIDE, Numbered, table_of, without_titles
from questionnaires.findings import TableFindings
from questionnaires.text_sources import opened


def main(most_rows: str) -> None:
    """Write the rows of the table on standard input, at most ``most_rows`` under the header.

    A first line, before the table, names the columns expected.
    """
    known = json.loads(sys.stdin.buffer.readline())
    findings, said = TableFindings(""), dict[str, Any]()
    for row in _rows(known, int(most_rows), findings, said):
        sys.stdout.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
    problems = [(problem.line, problem.message) for problem in findings.problems]
    sys.stdout.write(json.dumps({"problems": problems, "total": findings.total, **said}) + "\n")


def _rows(known: Collection[str], most: int, findings: TableFindings, said: dict[str, Any]) -> Iterator[Numbered]:
    with opened(sys.stdin.buffer, findings) as source:
        if source is None:
            return
        lines, said["titled"] = without_titles(source.text, known)
        table = table_of(lines, (), findings, likely=known)
        if table is None:
            return
        if len(table.header) > MOST_COLUMNS:
            findings.add(TOO_WIDE, table.header_line)
            return
        yield table.header_line, table.header
        yield from islice(table.rows, most)
