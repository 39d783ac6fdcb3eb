"""The minutes of a session as a text document (.docx), to be finished in any word processor."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from restitution.charts.markup import xml_text
from restitution.documents.minutes import MinutesDocument
from restitution.documents.open_data.repeatable_files import office_file

_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_TYPES = f"""{_HEAD}<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_OFFICE}.styles+xml"/>
<Override PartName="/word/numbering.xml" ContentType="{_OFFICE}.numbering+xml"/>
</Types>"""
_TO_DOCUMENT = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>
</Relationships>"""
_TO_STYLES = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_RELATIONS}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{_RELATIONS}/numbering" Target="numbering.xml"/>
</Relationships>"""
_BULLETS = f"""{_HEAD}<w:numbering xmlns:w="{_WORDS}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">
<w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:pPr><w:ind w:left="360" w:hanging="260"/></w:pPr>
</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
# Style: identifier, name, size in half points, weight, colour, space before in twentieths of a point.
_STYLES = (
    ("Title", "Title", 48, True, "1B2230", 0),
    ("Heading1", "heading 1", 30, True, "1D4F91", 320),
    ("Place", "Place", 22, False, "56607A", 0),
)


def minutes_docx(minutes: MinutesDocument) -> bytes:
    """Return the document, with real headings and lists; the same minutes give the same bytes."""
    parts = (
        ("[Content_Types].xml", _TYPES),
        ("_rels/.rels", _TO_DOCUMENT),
        ("word/document.xml", _document(minutes)),
        ("word/styles.xml", _styles()),
        ("word/numbering.xml", _BULLETS),
        ("word/_rels/document.xml.rels", _TO_STYLES),
    )
    return office_file(((name, text.encode()) for name, text in parts), minutes.made)


def _document(minutes: MinutesDocument) -> str:
    body = "".join(_paragraphs(minutes))
    margins = '<w:pgMar w:top="1247" w:right="1247" w:bottom="1247" w:left="1247"/>'
    page = f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>{margins}</w:sectPr>'
    return f'{_HEAD}<w:document xmlns:w="{_WORDS}"><w:body>{body}{page}</w:body></w:document>'


def _paragraphs(minutes: MinutesDocument) -> Iterator[str]:
    yield _paragraph(minutes.place, "Place")
    yield _paragraph(minutes.title, "Title")
    yield from (_paragraph(line) for line in (minutes.held, minutes.warning) if line)
    for section in minutes.sections:
        yield _paragraph(section.title, "Heading1")
        yield from (_paragraph(line, listed=len(section.lines) > 1) for line in section.lines)


def _paragraph(text: str, style: str = "", *, listed: bool = False) -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    bullet = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if listed else ""
    words = escape(xml_text(text), quote=False)
    return f'<w:p><w:pPr>{named}{bullet}</w:pPr><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def _styles() -> str:
    own = "".join(_style(*one) for one in _STYLES)
    fonts = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="23"/><w:lang w:val="fr-FR"/>'
    spaced = '<w:pPr><w:spacing w:after="100" w:line="276" w:lineRule="auto"/></w:pPr>'
    defaults = f"<w:rPrDefault><w:rPr>{fonts}</w:rPr></w:rPrDefault><w:pPrDefault>{spaced}</w:pPrDefault>"
    return f'{_HEAD}<w:styles xmlns:w="{_WORDS}"><w:docDefaults>{defaults}</w:docDefaults>{own}</w:styles>'


def _style(ident: str, name: str, size: int, bold: bool, colour: str, before: int) -> str:  # a table
    weight = "<w:b/>" if bold else ""
    look = f'<w:rPr>{weight}<w:color w:val="{colour}"/><w:sz w:val="{size}"/></w:rPr>'
    level = '<w:outlineLvl w:val="0"/>' if ident == "Heading1" else ""
    spaced = f'<w:pPr><w:keepNext/><w:spacing w:before="{before}" w:after="120"/>{level}</w:pPr>'
    return f'<w:style w:type="paragraph" w:styleId="{ident}"><w:name w:val="{name}"/>{spaced}{look}</w:style>'
