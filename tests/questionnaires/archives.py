"""Archives and workbooks as attackers, faulty programs or other tools make them: small, in memory."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True)
class Member:
    """A member as it is written: its bytes may be compressed already, and what it declares may be a lie."""

    name: str
    packed: bytes
    declared: int
    method: int = zipfile.ZIP_DEFLATED
    flags: int = 0
    extra: bytes = b""
    crc: int = 0


def deflated(name: str, content: bytes, **lies: int) -> Member:
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeezer.compress(content) + squeezer.flush()
    return Member(name, packed, **{"declared": len(content), "crc": zlib.crc32(content), **lies})


def repeated(name: str, begin: bytes, block: bytes, times: int, declared: int) -> Member:
    """A member that unfolds into ``times`` blocks, made by repeating what one block is once compressed."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = squeezer.compress(begin) + squeezer.flush(zlib.Z_FULL_FLUSH)
    again = squeezer.compress(block) + squeezer.flush(zlib.Z_FULL_FLUSH)
    return Member(name, first + again * times + b"\x03\x00", declared)


def archive(*members: Member) -> bytes:
    """The archive of these members, whatever they declare."""
    local, central = io.BytesIO(), io.BytesIO()
    for one in members:
        name = one.name.encode()
        head = (20, one.flags, one.method, 0, 33, one.crc, len(one.packed), one.declared, len(name))
        at = local.tell()
        local.write(struct.pack("<4s5H3I2H", b"PK\3\4", *head[:6], *head[6:], 0) + name + one.packed)
        central.write(struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, *head[:6], *head[6:], len(one.extra), 0, 0, 0, 0, at))
        central.write(name + one.extra)
    size, start = central.tell(), local.tell()
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(members), len(members), size, start, 0)
    return local.getvalue() + central.getvalue() + end


def parts(*sheets: str, texts: str = "", book: str = "", styles: str = "") -> dict[str, bytes]:
    """The parts of a workbook whose sheets hold this XML, the first ones first."""
    listed = "".join(f'<sheet name="F{n}" sheetId="{n}" r:id="s{n}"/>' for n in range(1, len(sheets) + 1))
    links = "".join(
        f'<Relationship Id="s{n}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    found = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="b" Type="{_LINKS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": book or f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{links}'
        f'<Relationship Id="t" Type="{_LINKS}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
        f'<Relationship Id="y" Type="{_LINKS}/styles" Target="styles.xml"/></Relationships>',
        **{f"xl/worksheets/sheet{n}.xml": _sheet(content) for n, content in enumerate(sheets, 1)},
    }
    if texts:
        found["xl/sharedStrings.xml"] = texts if texts.startswith("<?") or "<!" in texts else f"<sst>{texts}</sst>"
    if styles:
        found["xl/styles.xml"] = styles
    return {name: content.encode() for name, content in found.items()}


def _sheet(content: str) -> str:
    if content.startswith(("<worksheet", "<?", "<!")):
        return content
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{content}</sheetData></worksheet>'


def zipped(members: Mapping[str, bytes]) -> bytes:
    return archive_of([deflated(name, content) for name, content in members.items()])


def archive_of(members: list[Member]) -> bytes:
    """The same with right checksums: what a good program writes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for one in members:
            target.writestr(zipfile.ZipInfo(one.name), zlib.decompress(one.packed, -15), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def workbook(*sheets: str, **more: str) -> bytes:
    """A workbook of these sheets, each given as the XML of its rows."""
    return zipped(parts(*sheets, **more))


def row(line: int | None, *cells: str, more: str = "") -> str:
    """A row of cells: plain texts, or XML of cells."""
    place = "" if line is None else f' r="{line}"'
    written = [
        cell if cell.startswith("<c") else f'<c t="inlineStr"><is><t>{cell}</t></is></c>' if cell else "<c/>"
        for cell in cells
    ]
    return f"<row{place}{more}>{''.join(written)}</row>"


HEADER = row(1, "college", "COO-1", "COO-2")
