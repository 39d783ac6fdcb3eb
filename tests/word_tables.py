"""Tables of text documents, as word processors write them, for tests."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from html import escape

_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str) -> bytes:
    """A text document of that body."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{_WORDS}"><w:body>{body}</w:body></w:document>')
    return content.getvalue()


def paragraph(text: str) -> str:
    """A paragraph; each line of the text is a line of it."""
    runs = "<w:br/>".join(f"<w:t>{escape(line)}</w:t>" for line in text.split("\n"))
    return f"<w:p><w:r>{runs}</w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    """A cell, with its properties in XML."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(rows: Iterable[Iterable[str]]) -> str:
    """A table of these texts; a cell given as XML stays so."""
    lines = ("".join(one if one.startswith("<w:tc>") else cell(one) for one in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"


def twenty_skills() -> list[Sequence[str]]:
    """A table of twenty skills in four families, as the owner of a framework would have it."""
    levels = ("0 Rien", "1 Essais", "2 Habitude", "3 Partage")
    header = ("Axe", "Savoir-faire", "Description", *levels, "Question aux élus", "Question aux habitants")
    rows = [
        (
            f"Axe {1 + rank // 5}" if rank % 5 == 0 else "",
            f"Savoir-faire {rank + 1}",
            f"Ce que l’on sait faire, n° {rank + 1}.",
            *(f"On voit le niveau {level} du {rank + 1}." for level in range(4)),
            f"Savez-vous faire {rank + 1}\u202f?",
            f"Voyez-vous faire {rank + 1}\u202f?",
        )
        for rank in range(20)
    ]
    return [header, *rows]
