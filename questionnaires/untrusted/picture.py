"""Reading of an untrusted picture: decoded, brought to a size, and written again, so that nothing else of it remains.

Runs in the process of ``questionnaires.untrusted.process``; of what is installed, imports Pillow only.
"""

import io
import json
import struct
import sys
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL import Image

FORMATS: Final = ("PNG", "JPEG", "WEBP")
MOST_PIXELS: Final = 20_000_000
SMALLEST: Final = 16
LARGE: Final = (1000, 500)
SMALL: Final = (320, 128)
LARGE_BYTES: Final = 150_000
SMALL_BYTES: Final = 8_000
_COLOURS: Final = (256, 128, 64, 32, 16, 8)


def main(packages: str) -> None:
    """Read a picture and write JSON, then its large and small PNG; or ``{"refused": why}``.

    ``packages`` is the folder where Pillow is installed.
    """
    sys.path.append(packages)
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        answer = _written(sys.stdin.buffer.read())
    except _Refused as refusal:
        answer = _line({"refused": str(refusal)})
    except (Image.DecompressionBombError, MemoryError):
        answer = _line({"refused": "huge"})
    except UnidentifiedImageError:
        answer = _line({"refused": "unknown"})
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error, KeyError, IndexError, TypeError):
        answer = _line({"refused": "damaged"})
    sys.stdout.buffer.write(answer)


class _Refused(Exception):
    """Raised for a picture that cannot be used; its text is the code of the reason."""


def _line(content: dict[str, object]) -> bytes:
    return json.dumps(content).encode() + b"\n"


def _written(content: bytes) -> bytes:
    picture = _decoded(content)
    whole = _within(picture, LARGE)
    large = _png(whole)
    if len(large) > LARGE_BYTES:
        large = _light(picture, LARGE, LARGE_BYTES)
    small = _light(picture, SMALL, SMALL_BYTES)
    return _line({"width": whole.width, "height": whole.height, "large": len(large)}) + large + small


def _decoded(content: bytes) -> "Image.Image":
    from PIL import Image, ImageOps

    picture = Image.open(io.BytesIO(content), formats=FORMATS)
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise _Refused("huge")
    if min(width, height) < SMALLEST:
        raise _Refused("tiny")
    if max(width, height) > 12 * min(width, height):
        raise _Refused("narrow")
    picture.load()
    return _trimmed(ImageOps.exif_transpose(picture).convert("RGBA"))


def _trimmed(picture: "Image.Image") -> "Image.Image":
    """Return the picture without the transparent margins around it."""
    box = picture.getchannel("A").getbbox()
    if box is None:
        raise _Refused("empty")
    return picture.crop(box)


def _within(picture: "Image.Image", most: tuple[int, int]) -> "Image.Image":
    from PIL import Image

    ratio = min(1.0, most[0] / picture.width, most[1] / picture.height)
    size = max(1, round(picture.width * ratio)), max(1, round(picture.height * ratio))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0) if size != picture.size else picture


def _png(picture: "Image.Image") -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _light(picture: "Image.Image", size: tuple[int, int], most: int) -> bytes:
    """Return the picture within a size, as light as asked: with fewer colours, then fewer points."""
    from PIL import Image

    width, height = size
    while True:
        for colours in _COLOURS:
            few = _within(picture, (width, height)).quantize(colours, Image.Quantize.FASTOCTREE)
            if len(light := _png(few)) <= most:
                return light
        width, height = width * 3 // 4, height * 3 // 4
