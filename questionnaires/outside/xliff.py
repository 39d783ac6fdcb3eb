"""An addition as an XLIFF 2.1 file (OASIS, ISO 21720), which translation software opens and gives back."""

from collections.abc import Iterator
from typing import Any, Final

from grille.additions.checking import CheckedAddition, Entry
from grille.additions.files import About, AdditionFile, FileLine, file_of
from grille.errors import FileProblem, GridErrors
from grille.messages import message as _

_SPACE: Final = "urn:oasis:names:tc:xliff:document:2.0"  # of 2.0 and 2.1 alike
_FORMER: Final = "urn:oasis:names:tc:xliff:document:1.2"
_REVIEWED: Final = frozenset({"reviewed", "final"})
_REVIEWER, _REVISION = "reviewer", "revision"


def addition_xliff(checked: CheckedAddition) -> bytes:
    """Return the file of an addition: a unit per text to write, named by its place, reviewed or not."""
    from lxml import etree  # type: ignore[import-untyped]  # never loaded where people only answer

    root = etree.Element(_tag("xliff"), nsmap={None: _SPACE}, version="2.1", srcLang=checked.grid.language)
    root.set("trgLang", checked.addition.language)
    file = etree.SubElement(root, _tag("file"), id="f1", original=f"{checked.grid.id}/{checked.grid.version}")
    _note(etree.SubElement(file, _tag("notes")), _REVISION, checked.addition.revision)
    for rank, (place, source) in enumerate(checked.sources.items(), 1):
        unit = etree.SubElement(file, _tag("unit"), id=f"u{rank}", name=place)
        _write(unit, source, checked.entries.get(place), old=place in checked.stale)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _write(unit: Any, source: str, entry: Entry | None, *, old: bool) -> None:
    from lxml import etree

    if entry and entry.reviewer and not old:
        _note(etree.SubElement(unit, _tag("notes")), _REVIEWER, entry.reviewer)
    reviewed = entry is not None and entry.reviewed_at is not None and not old
    state = "initial" if entry is None or old else "reviewed" if reviewed else "translated"
    segment = etree.SubElement(unit, _tag("segment"), state=state)
    etree.SubElement(segment, _tag("source")).text = source
    if entry:
        etree.SubElement(segment, _tag("target")).text = entry.text


def _note(notes: Any, category: str, text: str) -> None:
    from lxml import etree

    etree.SubElement(notes, _tag("note"), category=category).text = text


def read_addition_xliff(content: bytes, checked: CheckedAddition, file: str) -> AdditionFile:
    """Return what an XLIFF file brings to an addition. Raises ``GridErrors`` with every problem, each with its line."""
    root = _opened(content, file)
    if root.tag == f"{{{_FORMER}}}xliff":
        raise GridErrors(
            [FileProblem(file, None, _("ce fichier est en XLIFF 1.2 : enregistrez-le en XLIFF 2.0 ou 2.1."))]
        )
    if root.tag != _tag("xliff"):
        said = _("ce fichier n’est pas du XLIFF 2 : prenez celui de la page, traduisez-le, puis renvoyez-le.")
        raise GridErrors([FileProblem(file, None, said)])
    held = root.find(_tag("file"))
    grid, _slash, version = ("" if held is None else held.get("original", "")).partition("/")
    revision = _noted(held, _REVISION) if held is not None else ""
    about = About(grid, version, root.get("trgLang", ""), revision)
    return file_of(checked, about, _lines(root), file)


def _opened(content: bytes, file: str) -> Any:
    """The root of a document: without external entities, network, nor a document type, which could unfold them."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        said = _("ce fichier XML ne s’ouvre pas, il est abîmé ici : exportez-le de nouveau.")
        raise GridErrors([FileProblem(file, error.lineno or None, said)]) from None
    if root.getroottree().docinfo.doctype:
        said = _("ce fichier commence par une déclaration DOCTYPE : retirez-la.")
        raise GridErrors([FileProblem(file, None, said)])
    return root


def _lines(root: Any) -> Iterator[FileLine]:
    for unit in root.iter(_tag("unit")):
        segments = list(unit.iter(_tag("segment")))
        targets = [segment.find(_tag("target")) for segment in segments]
        marked = any(len(one) for one in targets if one is not None)
        place = unit.get("name", "")
        yield FileLine(
            unit.sourceline or 0,
            place,
            "".join(_text(segment.find(_tag("source"))) for segment in segments),
            "".join(map(_text, targets)),
            _reviewer(unit, segments),
            _("« %(place)s » contient des balises : n’y laissez que du texte.", place=place) if marked else "",
        )


def _reviewer(unit: Any, segments: list[Any]) -> str:
    """Who reviewed a unit, if it says that it was reviewed."""
    reviewed = bool(segments) and all(one.get("state") in _REVIEWED for one in segments)
    return (_noted(unit, _REVIEWER) or _("une personne, hors de ce site")) if reviewed else ""


def _noted(holder: Any, category: str) -> str:
    notes = holder.findall(f"{_tag('notes')}/{_tag('note')}")
    return next((_text(one) for one in notes if one.get("category") == category), "")


def _text(element: Any) -> str:
    return "" if element is None else "".join(element.itertext())


def _tag(name: str) -> str:
    return f"{{{_SPACE}}}{name}"
