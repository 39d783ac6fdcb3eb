"""The master of the deck and its layouts: who changes a colour, a face or a place there changes it on every slide.

Knows the XML of masters. Ignores what slides say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree  # type: ignore[import-untyped]
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from restitution.chart_data.colours import LIGHT
from restitution.documents.office.pptx_elements import (
    BODY,
    BODY_BOX,
    HEADINGS,
    HEIGHT,
    MARGIN,
    THEME,
    WIDTH,
    SlideBox,
)
from restitution.text.language import gettext as _

TITLE_HEIGHT = 1.15
FOOTER_BOX = SlideBox(MARGIN, 6.92, WIDTH - 2 * MARGIN - 0.9, 0.4)
NUMBER_BOX = SlideBox(WIDTH - MARGIN - 0.8, 6.92, 0.8, 0.4)
FOOTER, NUMBER = 100, 101
_TITLE_BOX = SlideBox(MARGIN, 0.4, WIDTH - 2 * MARGIN, TITLE_HEIGHT)
_RIBBON, _MOST_HUES = 0.17, 6
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@dataclass(frozen=True)
class Place:
    """A placeholder of a layout: what it holds (body, chart, tbl, pic), where."""

    kind: str
    box: SlideBox


def _columns(count: int) -> tuple[Place, ...]:
    width = (BODY_BOX.width - 0.2 * (count - 1)) / count
    return tuple(
        Place("body", SlideBox(MARGIN + place * (width + 0.2), BODY_BOX.top, width, BODY_BOX.height))
        for place in range(count)
    )


_CAPTION = Place("body", SlideBox(MARGIN, 6.35, 12, 0.5))
LAYOUTS: Mapping[str, tuple[Place, ...]] = {
    "opening": (Place("body", SlideBox(MARGIN, 2.3, 11.5, 4.2)),),
    "list": _columns(1),
    "chart": (Place("chart", BODY_BOX), _CAPTION),
    "chart and table": (
        Place("chart", SlideBox(MARGIN, 1.65, 6.6, 5.2)),
        Place("tbl", SlideBox(7.35, 1.9, 5.35, 4.4)),
    ),
    "table": (Place("tbl", SlideBox(MARGIN, 1.75, 12, 4.4)), _CAPTION),
    "picture": (
        Place("body", SlideBox(MARGIN, BODY_BOX.top, 5.8, BODY_BOX.height)),
        Place("pic", SlideBox(MARGIN + 6.2, BODY_BOX.top, BODY_BOX.width - 6.2, BODY_BOX.height)),
    ),
    "two columns": _columns(2),
    "three columns": _columns(3),
    "closing": _columns(1),
}
"""The layouts, by the name that slides ask them by."""


def layout_names() -> dict[str, str]:
    """Return the name of each layout, as whoever opens the file reads it."""
    return {
        "opening": _("Ouverture"),
        "list": _("Une phrase, une liste"),
        "chart": _("Une phrase, un graphique"),
        "chart and table": _("Un graphique et ses chiffres"),
        "table": _("Une phrase, un tableau"),
        "picture": _("Une phrase, une image"),
        "two columns": _("Deux colonnes"),
        "three columns": _("Trois colonnes"),
        "closing": _("Fin"),
    }


def dress(file: Any, hues: Sequence[str]) -> dict[str, Any]:
    """Give a blank presentation Grille's theme, master and layouts; return the layouts by their names here.

    ``hues`` are the colours of the families: the ribbon of every slide.
    """
    _theme(file.slide_master)
    _master(file.slide_master, hues)
    spare = list(file.slide_layouts)
    made, names = {}, layout_names()
    for (name, places), layout in zip(LAYOUTS.items(), spare, strict=False):
        _layout(layout, names[name], places)
        made[name] = layout
    rule = _segment(50, SlideBox(MARGIN, 1.9, 1.4, 0.09), THEME["year-before"])
    made["opening"].shapes._spTree.append(rule)
    for layout in spare[len(made) :]:
        file.slide_layouts.remove(layout)
    return made


def _theme(master: Any) -> None:
    """Set Grille's faces and colours in the theme."""
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)  # the library's own template
    theme.set("name", "Grille")
    for family, face in (("majorFont", HEADINGS), ("minorFont", BODY)):
        theme.find(f".//{_DRAWING}{family}/{_DRAWING}latin").set("typeface", face)
    for name, slot in THEME.items():
        _set_theme_colour(theme, slot, LIGHT[name])
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _set_theme_colour(theme: Any, name: str, value: str) -> None:
    slot = theme.find(f".//{_DRAWING}clrScheme/{_DRAWING}{name}")
    for child in list(slot):
        slot.remove(child)
    etree.SubElement(slot, f"{_DRAWING}srgbClr").set("val", value.lstrip("#").upper())


def _master(master: Any, hues: Sequence[str]) -> None:
    """Title and text at the left, the ribbon of the families, the foot."""
    tree = master.shapes._spTree
    for shape in list(master.placeholders):
        tree.remove(shape._element)
    for segment in _ribbon(hues):
        tree.append(segment)
    tree.append(_placeholder(10, "title", 0, _TITLE_BOX, _("Une phrase qui dit ce que l’on voit")))
    tree.append(_placeholder(11, "body", 1, BODY_BOX, _("Texte")))
    tree.append(_foot(12, "ftr", 3, FOOTER_BOX, "l"))
    tree.append(_foot(13, "sldNum", 4, NUMBER_BOX, "r"))
    _left(master._element)


def _left(master: Any) -> None:
    title = master.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title.set("algn", "l")
    title.find(qn("a:defRPr")).set("sz", "3000")
    title.find(qn("a:defRPr")).set("b", "1")
    text = master.find(f".//{qn('p:bodyStyle')}/{qn('a:lvl1pPr')}")
    text.set("marL", "0")
    text.set("indent", "0")
    text.remove(text.find(qn("a:spcBef")))  # the room of a text is computed without any
    for bullet in (*text.findall(qn("a:buFont")), *text.findall(qn("a:buChar"))):
        text.remove(bullet)
    text.insert(list(text).index(text.find(qn("a:defRPr"))), parse_xml(f"<a:buNone {nsdecls('a')}/>"))
    text.find(qn("a:defRPr")).set("sz", "2400")


def _ribbon(hues: Sequence[str]) -> Iterator[Any]:
    """Yield a segment of the ribbon for each family; one of ink where they are too many."""
    colours = [THEME[hue] for hue in hues] if 0 < len(hues) <= _MOST_HUES else ["tx1"]
    height = HEIGHT / len(colours)
    for position, colour in enumerate(colours):
        yield _segment(position, SlideBox(0, height * position, _RIBBON, height), colour)


def _segment(position: int, box: SlideBox, colour: str) -> Any:
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{20 + position}" name="Ruban {position + 1}"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{_frame(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )


def _layout(layout: Any, name: str, places: Sequence[Place]) -> None:
    layout.name = name
    layout._element.attrib.pop("type", None)
    tree = layout.shapes._spTree
    for shape in list(layout.placeholders):
        tree.remove(shape._element)
    tree.append(_placeholder(2, "title", 0, _TITLE_BOX, _("Une phrase qui dit ce que l’on voit")))
    for position, place in enumerate(places, start=10):
        tree.append(_placeholder(position, place.kind, position, place.box, _prompt(place.kind)))
    tree.append(_foot(30, "ftr", FOOTER, FOOTER_BOX, "l"))
    tree.append(_foot(31, "sldNum", NUMBER, NUMBER_BOX, "r"))


def _prompt(kind: str) -> str:
    return {"chart": _("Graphique"), "tbl": _("Tableau"), "pic": _("Image")}.get(kind, _("Texte"))


def _frame(box: SlideBox) -> str:
    left, top, width, height = (int(one) for one in box.emu)
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _placeholder(ident: int, kind: str, index: int, box: SlideBox, prompt: str) -> Any:
    middle = ' anchor="ctr"' if kind == "title" else ""
    body = f'<a:bodyPr lIns="0" rIns="0"{middle}><a:normAutofit/></a:bodyPr>'
    text = f'<p:txBody>{body}<a:lstStyle/><a:p><a:r><a:rPr lang="fr-FR"/><a:t>{prompt}</a:t></a:r></a:p></p:txBody>'
    number = f' idx="{index}"' if index else ""
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{ident}" name="{prompt}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}"{number}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{_frame(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>{text}</p:sp>'
    )


def _foot(ident: int, kind: str, index: int, box: SlideBox, side: str) -> Any:
    """The foot of a slide: what it is, and its number, which follows when slides are moved."""
    style = (
        f'<a:lstStyle><a:lvl1pPr algn="{side}"><a:defRPr sz="1200"><a:solidFill><a:schemeClr val="tx2"/></a:solidFill>'
        "</a:defRPr></a:lvl1pPr></a:lstStyle>"
    )
    said = number_field("‹#›") if kind == "sldNum" else ""
    return parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{ident}" name="{kind}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}" sz="quarter" idx="{index}"/>'
        f'</p:nvPr></p:nvSpPr><p:spPr>{_frame(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" rIns="0" anchor="ctr"/>{style}<a:p>{said}</a:p></p:txBody></p:sp>'
    )


def number_field(shown: str) -> str:
    """Return the field of a slide's number, as XML."""
    return (
        '<a:fld id="{7A4D2C61-5B1E-4C0B-9D55-2F3E6A9B8C10}" type="slidenum">'
        f'<a:rPr lang="fr-FR"/><a:t>{shown}</a:t></a:fld>'
    )


def foot_of_slide(footer: str, points: float, number: int) -> list[Any]:
    """Return the foot of a slide: placeholders that take their place and their look from the layout."""
    said = f'<a:r><a:rPr lang="fr-FR" sz="{round(points * 100)}"/><a:t>{escape(footer)}</a:t></a:r>'
    return [
        parse_xml(
            f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{ident}" name="{name}"/>'
            f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}" sz="quarter" idx="{ident}"/>'
            f"</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p>{text}</a:p></p:txBody></p:sp>"
        )
        for ident, kind, name, text in (
            (FOOTER, "ftr", _("Pied"), said),
            (NUMBER, "sldNum", _("Numéro"), number_field(str(number))),
        )
    ]
