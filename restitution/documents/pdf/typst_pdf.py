"""PDF through typst: tagged (PDF/UA-1), in French, with the faces that Grille carries, so the same on every machine."""

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
    """typst could not set a document: a fault of ours, whatever was typed."""


_TEMPLATES = Path(__file__).parent / "templates"


def typst_pdf(template: str, content: Mapping[str, Any], made: date) -> bytes:
    """The template of that name filled with that content (any JSON values), dated that day.

    The template reads its content with ``json(bytes(sys.inputs.content))``: what people typed is only ever data, never
    typst's own language, and a sign that no face has is printed as □. The same content and day give the same bytes.
    """
    pdf = _compiled(template, content, made, format="pdf", pdf_standards=["ua-1"])
    assert isinstance(pdf, bytes)  # noqa: S101  # one document, kept in memory
    return pdf


def typst_svg(template: str, content: Mapping[str, Any], made: date) -> bytes:
    """The same as SVG, for a template of one page; its letters are drawn, so no face is needed to show it."""
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
    """Our faces and those that typst carries; none of the machine's, so that bytes do not depend on it."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])
