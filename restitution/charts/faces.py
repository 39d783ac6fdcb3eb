"""Typefaces embedded in files, so that they look the same on every machine."""

from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import Final

from markupsafe import Markup

SANS: Final = (
    "'Atkinson Hyperlegible Next', system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', 'DejaVu Sans', sans-serif"
)
SERIF: Final = "'Source Serif 4', Charter, 'Bitstream Charter', Georgia, 'Liberation Serif', 'DejaVu Serif', serif"

_FONTS = Path(__file__).parents[2] / "web" / "static" / "fonts"
_FILES: Final = {SANS: "sans-latin.woff2", SERIF: "serif-latin.woff2"}


@cache
def embedded_faces(*families: str) -> Markup:
    """Return the style rules that embed these families, with the characters of French and its neighbours.

    36 kB for the sans-serif, 48 kB for the serif. Other characters come from the families that follow in the list.
    """
    return Markup("").join(_rule(family) for family in families)


def _rule(family: str) -> Markup:
    name, content = family.split(",")[0], b64encode((_FONTS / _FILES[family]).read_bytes()).decode()
    source = f'url("data:font/woff2;base64,{content}") format("woff2")'
    return Markup(f"@font-face {{ font-family: {name}; src: {source}; font-weight: 400 800 }}\n")  # noqa: S704  # ours
