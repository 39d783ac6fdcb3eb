"""Contrast of text: 7:1 or more on slides, light and dark; 4.5:1 or more in figures on pages."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[3] / "web/static/css"
DARK = "@media screen and (prefers-color-scheme: dark)"
WRITTEN = (
    "ink",
    "soft",
    "year-now",
    "year-before",
    "year-first",
    "year-hindsight",
    *(f"hue-{n}" for n in range(1, 11)),
)


def palette(scheme: str, *files: str) -> dict[str, str]:
    """The colours of a scheme, later files over earlier ones."""
    colours: dict[str, str] = {}
    for file in files:
        light, dark = (CSS / file).read_text("utf-8").split(DARK, 1)
        parts = [light] if scheme == "light" else [light, dark.split("@media", 1)[0]]
        for part in parts:
            colours |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})\b", part))
    return colours


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("files", "least"), [(("tokens.css", "session.css"), 7.0), (("tokens.css",), 4.5)], ids=["slides", "pages"]
)
def test_words_stand_out(files: tuple[str, ...], least: float, scheme: str) -> None:
    colours = palette(scheme, *files)
    pairs = [(colours[name], colours[ground]) for name in WRITTEN for ground in ("paper", "card")]
    pairs += [(colours["on-hue"], colours[name]) for name in WRITTEN if name.startswith("hue")]
    assert min(contrast(*pair) for pair in pairs) >= least
