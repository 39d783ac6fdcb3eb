"""PDF made by typst: tagged (PDF/UA-1), in French, with Grille's fonts only, so that bytes are the same everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from restitution.documents.pdf.printable import FONTS, printable

if TYPE_CHECKING:
    import typst


class Unprintable(Exception):
    """typst could not make a document: a bug of Grille, whatever was typed."""


_TEMPLATES = Path(__file__).parent / "templates"


def typst_pdf(template: str, content: Mapping[str, Any], made: date) -> bytes:
    """Return the template of that name with that content (JSON values), as a PDF dated that day.

    The template reads its content with ``json(bytes(sys.inputs.content))``: texts that people typed are data only,
    never typst code, and characters that no face has are printed as □. The same content and day give the same bytes.
    Raises ``Unprintable``.
    """
    pdf = _compiled(template, content, made, format="pdf", pdf_standards=["ua-1"])
    assert isinstance(pdf, bytes)  # noqa: S101  # one document, kept in memory
    return pdf


def typst_svg(template: str, content: Mapping[str, Any], made: date) -> bytes:
    """Return the same as SVG, for a template of one page; letters are drawn, so that no font is needed.

    Raises ``Unprintable``.
    """
    svg = _compiled(template, content, made, format="svg")
    assert isinstance(svg, bytes)  # noqa: S101  # one page: several would be a list
    return svg


def _compiled(template: str, content: Mapping[str, Any], made: date, **output: Any) -> object:
    import typst  # a native library of 30 MB, loaded only where a document is made

    compiler = typst.Compiler(_TEMPLATES / template, root=_TEMPLATES, font_paths=_fonts())
    output["sys_inputs"] = {"content": orjson.dumps(printable(content)).decode()}
    try:
        return compiler.compile(timestamp=datetime(made.year, made.month, made.day, tzinfo=UTC), **output)
    except BaseException as error:  # a failure inside the library is no Exception of Python
        if isinstance(error, typst.TypstError) or type(error).__name__ == "PanicException":
            raise Unprintable(template) from error
        raise


@cache
def _fonts() -> typst.Fonts:
    """Return Grille's fonts and typst's own, without the machine's, on which bytes must not depend."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])
