"""Colour tokens: the same as in files, with enough contrast in both themes."""

import re
from pathlib import Path

import pytest

from restitution.chart_data.colours import DARK, HUES, LIGHT

CSS = (Path(__file__).parents[2] / "web" / "static" / "css" / "tokens.css").read_text()
_SCREEN_DARK = CSS.index("prefers-color-scheme: dark")


def tokens(css: str) -> dict[str, str]:
    """The colours that a piece of style sheet gives, by name; the first time that each is given."""
    found: dict[str, str] = {}
    for name, value in re.findall(r"--([\w-]+): (#[0-9a-f]{6})\b", css):
        found.setdefault(name, value)
    return found


THEMES = {"light": tokens(CSS), "dark": tokens(CSS) | tokens(CSS[_SCREEN_DARK:])}


def luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance, 0 to 1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_is_the_one_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("theme", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_figures_in_files_have_the_colours_of_pages(theme: str, palette: dict[str, str]) -> None:
    assert {name: THEMES[theme][name] for name in palette} == palette


WORDS = ["ink", "soft", "accent", "good", "warn", "bad", "year-now", "year-before", "year-first"]
WORDS += [f"hue-{number}" for number in range(1, HUES + 1)]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("word", WORDS)
def test_words_can_be_read_on_paper_and_on_cards(theme: str, word: str) -> None:
    colours = THEMES[theme]
    for ground in ("paper", "card"):
        assert contrast(colours[word], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("tint", ["good", "warn", "bad", "accent"])
def test_words_can_be_read_on_their_tints(theme: str, tint: str) -> None:
    colours = THEMES[theme]
    for word in (tint, "ink"):
        assert contrast(colours[word], colours[f"{tint}-tint"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_pressed_or_filled_in_can_be_seen(theme: str) -> None:
    colours = THEMES[theme]
    assert contrast(colours["accent-ink"], colours["accent"]) >= 4.5
    for ground in ("paper", "card"):
        assert contrast(colours["edge"], colours[ground]) >= 3
        assert contrast(colours["focus"], colours[ground]) >= 3
    for number in range(1, HUES + 1):
        assert contrast(colours["on-hue"], colours[f"hue-{number}"]) >= 4.5
