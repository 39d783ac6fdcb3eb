"""Whether a slide can be read from ten metres: measured on its screenshot, not on its style sheet.

A photograph taken from the back of the hall is imitated by scaling the picture of a slide down to 640 px wide. The
rule, for every line of words or figures that is shown:

- its letters are at least 12 px at 640, which is 36 px on 1080 lines (28 px on the screen of a workshop);
- on the slide, the strongest pixel of its letters stands out from what is behind them by 7:1 or more;
- at 640 px, by 3:1 or more still: the strokes did not dissolve;
- it is neither cut by the edge of the slide, nor over another line.

A slide fills the screen: what is drawn goes down to three quarters of it, and no band of more than three
tenths is empty.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import combinations

from PIL import Image
from playwright.sync_api import Page

FAR = 640
NEAR_CONTRAST, FAR_CONTRAST = 7.0, 3.0
ON_A_SLIDE, ON_A_WORKING_SCREEN = 11.99, 9.3
"""The smallest letters at 640, in pixels: of a slide, and of a screen where a room also works."""
# Every line of words of the slide that is shown, the size of its letters, and where it stands, in pixels.
LINES = r"""() => {
  const slide = document.querySelector('.slide.current'), found = [];
  const words = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const node = words.currentNode, parent = node.parentElement, style = getComputedStyle(parent);
    if (!/[\p{L}\p{N}]/u.test(node.data) || style.visibility !== 'visible') continue;
    const aside = parent.closest('.unseen'); // in words for those who hear the slide; a tall screen shows some
    if (parent.closest('.notes, title, desc') || (aside && getComputedStyle(aside).position === 'absolute')) continue;
    const scale = parent.ownerSVGElement ? parent.getScreenCTM().a : 1, range = document.createRange();
    const letters = parseFloat(style.fontSize) * scale;
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.width > 1) found.push([node.data.trim(), letters, box.left, box.top, box.right, box.bottom]);
  }
  return found;
}"""

# The top and the bottom of all that is drawn on the slide that is shown, above its foot; then the height of the screen.
DRAWN = r"""() => {
  const stage = document.querySelector('.slide.current .stage'), found = [];
  const shapes = 'circle, rect, path, polygon, line, use, img, input, button, td, .pile, .steps li, .squares i, .road';
  const words = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT), range = document.createRange();
  const seen = (one) => {
    const aside = one.closest('.unseen');
    const hides = aside && getComputedStyle(aside).position === 'absolute';
    return getComputedStyle(one).visibility === 'visible' && !hides;
  };
  const keep = (box) => box.width > 0 && found.push([box.top, box.bottom]);
  while (words.nextNode()) {
    const node = words.currentNode, parent = node.parentElement;
    if (!node.data.trim() || !seen(parent) || parent.closest('title, desc')) continue;
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) keep(box);
  }
  for (const one of stage.querySelectorAll(shapes))
    if (seen(one) && !one.closest('defs')) keep(one.getBoundingClientRect());
  return { found, height: innerHeight, upright: innerHeight > innerWidth };
}"""
FLAT, UPRIGHT = (0.75, 0.3), (0.65, 0.4)
"""How far down a slide goes, and the largest band that is empty, as shares of the screen (of one on its side)."""


@dataclass(frozen=True)
class Line:
    """A line of words on a slide: the height of its letters, and its box, in pixels."""

    words: str
    letters: float
    box: tuple[float, float, float, float]

    def covers(self, other: "Line") -> bool:
        """Whether it stands over another line; boxes are taller than letters, so their middles are what counts."""
        (left, top, right, bottom), (left2, top2, right2, bottom2) = self.box, other.box
        across = min(right, right2) - max(left, left2)
        down = min(bottom, bottom2) - max(top, top2)
        return across > 1 and down > 0.45 * min(bottom - top, bottom2 - top2)


def hard_to_read(page: Page, letters: float = ON_A_SLIDE) -> list[str]:
    """What cannot be read from afar on the slide that is shown, as sentences."""
    lines = lines_of(page)
    near = Image.open(BytesIO(page.screenshot())).convert("RGB")
    scale = FAR / near.width
    far = near.resize((FAR, round(near.height * scale)), Image.Resampling.BOX)
    problems = [*badly_placed(page, letters)]
    seen = [line for line in lines if not any(line.words in problem for problem in problems)]
    return problems + [f"« {line.words} »: {why}" for line in seen for why in _pale(line, near, far, scale)]


def lines_of(page: Page) -> list[Line]:
    """The lines of words of the slide that is shown."""
    return [Line(words, letters, tuple(box)) for words, letters, *box in page.evaluate(LINES)]


def badly_placed(page: Page, letters: float = ON_A_SLIDE) -> Iterator[str]:
    """What is over something else, cut by the edge, or too small, on the slide that is shown, as sentences."""
    lines, size = lines_of(page), page.viewport_size
    assert size
    for one, two in combinations(lines, 2):
        if one.covers(two):
            yield f"« {one.words} » stands over « {two.words} »"
    for line in lines:
        left, top, right, bottom = line.box
        if left < 0 or top < 0 or right > size["width"] or bottom > size["height"]:
            yield f"« {line.words} »: cut by the edge of the slide"
        elif line.letters * FAR / size["width"] < letters:
            yield f"« {line.words} »: letters of {line.letters * FAR / size['width']:.1f} px at {FAR}"


def empty_bands(page: Page) -> list[str]:
    """What is left empty of the screen by the slide that is shown, as sentences."""
    drawn = page.evaluate(DRAWN)
    height, edge, bands = drawn["height"], 0.0, []
    for top, bottom in sorted(drawn["found"]):
        bands.append((top - edge) / height)
        edge = max(edge, bottom)
    lowest, most = UPRIGHT if drawn["upright"] else FLAT
    found = [f"a band of {band:.0%} is empty" for band in bands if band > most]
    return found if edge >= lowest * height else [*found, f"nothing is below {edge / height:.0%}"]


def _pale(line: Line, near: Image.Image, far: Image.Image, scale: float) -> Iterator[str]:
    if (seen := contrast(near, line.box)) < NEAR_CONTRAST:
        yield f"contrast {seen:.1f} on the slide"
    if (seen := contrast(far, tuple(side * scale for side in line.box))) < FAR_CONTRAST:
        yield f"contrast {seen:.1f} at {FAR} px"


def contrast(picture: Image.Image, box: tuple[float, ...]) -> float:
    """The strongest contrast (WCAG 2) between a box's most frequent colour, which is behind, and its other pixels."""
    left, top, right, bottom = (round(side) for side in box)
    pixels = Counter(picture.crop((left, top, max(right, left + 1), max(bottom, top + 1))).get_flattened_data())
    behind = _luminance(pixels.most_common(1)[0][0])
    others = [_luminance(colour) for colour in pixels]
    return max((max(others) + 0.05) / (behind + 0.05), (behind + 0.05) / (min(others) + 0.05))


def _luminance(colour: tuple[int, int, int]) -> float:
    """Relative luminance of an sRGB colour (WCAG 2).

    >>> round(_luminance((255, 255, 255)), 3), _luminance((0, 0, 0))
    (1.0, 0.0)
    """
    parts = (part / 255 for part in colour)
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
