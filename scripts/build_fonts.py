"""Builds Grille's font files from the npm packages of the fonts; run by build-fonts.sh.

The published fonts are changed in three ways. Characters that no page or document shows are removed. Weights lighter
than regular, which no page uses, are removed. Atkinson Hyperlegible Next gets the two characters that it lacks: the
narrow no-break space (French writes one before ; ! and ?) and □.
"""

import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

THIN_SPACES = (0x2009, 0x202F)
ARROWS = (*range(0x2190, 0x2194), 0x2212, 0x2260, 0x2264, 0x2265)
MARKS = (0x2713, 0x2714, 0x2717, 0x2718, 0x2605, 0x2606, *range(0x25A0, 0x2600))
REGULAR = 400
FIGURES = ["lnum", "tnum", "pnum"]
SYMBOLS = (*range(0x2190, 0x2400), *range(0x2460, 0x2500), *range(0x2500, 0x2800), *range(0x2900, 0x2C00))
"""Arrows, mathematics, circled figures, boxes, shapes, dingbats."""

LICENCES = {
    "atkinson-hyperlegible-next": "Atkinson Hyperlegible Next",
    "source-serif-4": "Source Serif 4",
    "noto-naskh-arabic": "Noto Naskh Arabic",
    "noto-emoji": "Noto Emoji",
    "noto-sans-symbols-2": "Noto Sans Symbols 2",
}


class Packages:
    """The folder of the npm packages."""

    def __init__(self, modules: Path) -> None:
        self._modules = modules

    def variable(self, family: str, part: str) -> Path:
        """Return the path of one part of a variable font (woff2)."""
        return self._modules / "@fontsource-variable" / family / "files" / f"{family}-{part}-wght-normal.woff2"

    def whole(self, family: str, style: str) -> Path:
        """Return the path of one style of a font, with all its characters (TrueType)."""
        (found,) = (self._modules / "@expo-google-fonts" / family / style).glob("*.ttf")
        return found

    def licence(self, family: str) -> Path:
        """Return the path of a font's licence."""
        return self._modules / "@expo-google-fonts" / family / "LICENSE_FONT"


def subset(path: Path, signs: Iterable[int] | None = None) -> TTFont:
    """Return the font with those characters only (all by default), without hinting."""
    font = TTFont(path, recalcTimestamp=False)
    options = Options(hinting=False, notdef_outline=True, name_IDs=["*"], recalc_timestamp=False)
    options.layout_features += FIGURES
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=set(font.getBestCmap()) if signs is None else signs)
    subsetter.subset(font)
    return font


def from_regular(path: Path) -> TTFont:
    """Return the variable font without its weights below 400: they take a quarter of the file."""
    font = TTFont(path, recalcTimestamp=False)
    (heaviest,) = (axis.maxValue for axis in font["fvar"].axes if axis.axisTag == "wght")
    return instancer.instantiateVariableFont(font, {"wght": (REGULAR, heaviest)})


def with_thin_spaces(font: TTFont) -> TTFont:
    """Return the font with the thin spaces that it lacks: blanks of a fifth of an em."""
    font.ensureDecompiled()  # tables count the glyphs as they are read
    missing = [sign for sign in THIN_SPACES if sign not in font.getBestCmap()]
    for sign in missing:
        _add_blank(font, sign)
    return font


def with_square(font: TTFont) -> TTFont:
    """Return the font with □, which documents show in place of characters that no font has."""
    font.ensureDecompiled()
    pen = TTGlyphPen(None)
    for corners in (((70, 0), (70, 600), (670, 600), (670, 0)), ((125, 55), (615, 55), (615, 545), (125, 545))):
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    _add(font, 0x25A1, pen.glyph(), 740)
    return font


def _add_blank(font: TTFont, sign: int) -> None:
    _add(font, sign, TTGlyphPen(None).glyph(), font["head"].unitsPerEm // 5)


def _add(font: TTFont, sign: int, glyph: Any, width: int) -> None:
    name = f"uni{sign:04X}"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphs[name] = glyph
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["hmtx"].metrics[name] = (width, 0)
    if "gvar" in font:
        font["gvar"].variations[name] = []
    if "HVAR" in font:
        del font["HVAR"]  # derived from gvar where it is absent
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[sign] = name


def for_pages(packages: Packages, folder: Path) -> None:
    """Write the files of web/static/fonts."""
    for family, short in (("atkinson-hyperlegible-next", "sans"), ("source-serif-4", "serif")):
        save(with_thin_spaces(from_regular(packages.variable(family, "latin"))), folder / f"{short}-latin.woff2")
        save(from_regular(packages.variable(family, "latin-ext")), folder / f"{short}-latin-ext.woff2")
    save(subset(packages.whole("source-serif-4", "600SemiBold"), ARROWS), folder / "arrows.woff2")
    save(subset(packages.whole("noto-sans-symbols-2", "400Regular"), MARKS), folder / "marks.woff2")


def for_documents(packages: Packages, folder: Path) -> None:
    """Write the files of restitution/documents/pdf/templates/fonts."""
    styles = ("400Regular", "600SemiBold", "700Bold", "400Regular_Italic")
    for style in styles:
        sans = with_square(with_thin_spaces(subset(packages.whole("atkinson-hyperlegible-next", style))))
        save(sans, folder / f"sans-{style}.ttf")
        save(subset(packages.whole("source-serif-4", style)), folder / f"serif-{style}.ttf")
    for style in ("400Regular", "700Bold"):
        save(subset(packages.whole("noto-naskh-arabic", style)), folder / f"arabic-{style}.ttf")
    save(subset(packages.whole("noto-emoji", "400Regular")), folder / "emoji-400Regular.ttf")
    save(subset(packages.whole("noto-sans-symbols-2", "400Regular"), SYMBOLS), folder / "symbols-400Regular.ttf")


def save(font: TTFont, path: Path) -> None:
    """Write the font in the format given by the file's extension."""
    font.flavor = "woff2" if path.suffix == ".woff2" else None
    font.save(path)
    print(f"{path.name}: {path.stat().st_size} bytes, {len(font.getBestCmap())} signs")  # a script


def coverage(folder: Path) -> dict[str, list[tuple[int, int]]]:
    """Return the characters that every style of a font has, as ranges, by font: read by pdf/printable.py."""
    found: dict[str, set[int]] = {}
    for path in sorted(folder.glob("*.ttf")):
        signs = set(TTFont(path, recalcTimestamp=False).getBestCmap())
        face = path.name.partition("-")[0]
        found[face] = found.get(face, signs) & signs
    return {face: list(runs(sorted(signs))) for face, signs in found.items()}


MEASURED = ("sans-400Regular", "sans-700Bold", "serif-600SemiBold")


def widths(folder: Path) -> dict[str, dict[int, str]]:
    """Return the characters by width, in thousandths of the font size, for each style used by charts."""
    found: dict[str, dict[int, str]] = {}
    for style in MEASURED:
        font = TTFont(folder / f"{style}.ttf", recalcTimestamp=False)
        em, advances, signs = font["head"].unitsPerEm, font["hmtx"].metrics, dict[int, str]()
        for code, glyph in sorted(font.getBestCmap().items()):
            width = round(advances[glyph][0] * 1000 / em)
            signs[width] = signs.get(width, "") + chr(code)
        found[style] = dict(sorted(signs.items()))
    return found


def runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last number of each run of consecutive numbers."""
    start = before = numbers[0]
    for number in [*numbers[1:], -1]:
        if number != before + 1:
            yield start, before
            start = number
        before = number


def licences(packages: Packages, folder: Path, families: Iterable[str]) -> None:
    """Write the licence of each font beside it."""
    for family in families:
        shutil.copy(packages.licence(family), folder / f"{family}-OFL.txt")


def main(modules: str, pages: str, documents: str) -> None:
    """Write both folders anew."""
    packages = Packages(Path(modules))
    for folder in (Path(pages), Path(documents)):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    for_pages(packages, Path(pages))
    licences(
        packages, Path(pages), [family for family in LICENCES if family not in {"noto-naskh-arabic", "noto-emoji"}]
    )
    for_documents(packages, Path(documents))
    licences(packages, Path(documents), LICENCES)
    for name, said in (("coverage", coverage(Path(documents))), ("widths", widths(Path(documents)))):
        (Path(documents) / f"{name}.json").write_text(json.dumps(said, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
