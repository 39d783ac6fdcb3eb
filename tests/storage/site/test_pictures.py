"""Pictures that people send: drawn again, light, and nothing else of the file; or refused with a sentence."""

import io
import struct
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image, ImageDraw

from storage.core.engine import Database
from storage.operations.purge import Periods, purge
from storage.site.pictures import HEAVIEST, PictureRefused, keep_picture, picture_content, read_picture


def drawn(width: int = 800, height: int = 300) -> Image.Image:
    """A logo on a transparent ground, with margins around it."""
    picture = Image.new("RGBA", (width, height))
    ImageDraw.Draw(picture).ellipse((50, 20, 350, 280), fill=(30, 80, 150, 255))
    return picture


def file(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    sent = io.BytesIO()
    picture.save(sent, kind, **options)
    return sent.getvalue()


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it has ten thousand million points."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_drawn_again_without_its_margins_and_light(kind: str) -> None:
    picture = read_picture(file(drawn() if kind != "JPEG" else drawn().convert("RGB"), kind, comment=b"secret"))
    assert (picture.width, picture.height) == ((301, 261) if kind != "JPEG" else (800, 300))
    with Image.open(io.BytesIO(picture.small)) as small:
        assert small.format == "PNG"
        assert small.height <= 128
    assert len(picture.small) <= 8_000
    assert b"secret" not in picture.large + picture.small


def test_even_a_photograph_is_light_enough() -> None:
    noise = Image.effect_noise((1600, 900), 90).convert("RGB")
    picture = read_picture(file(noise, "JPEG"))
    assert len(picture.small) <= 8_000
    assert len(picture.large) <= 150_000


BAD = {
    "empty": (lambda: b"", "vide"),
    "text": (lambda: b"Bonjour, je suis un logo.", "n’est pas une image"),
    "another kind": (lambda: file(drawn().convert("P"), "GIF"), "n’est pas une image"),
    "SVG": (lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "dessin SVG"),
    "SVG after a blank": (lambda: b"\n\n <svg onload='x()'/>", "dessin SVG"),
    "a page behind a picture": (lambda: file(drawn()) + b"<script>alert(1)</script>", "cache du code"),
    "cut": (lambda: file(Image.effect_noise((300, 300), 90))[:4_000], "abîmée"),
    "bomb": (bomb, "trop de points"),
    "tiny": (lambda: file(Image.new("RGB", (4, 4))), "trop petite"),
    "narrow": (lambda: file(Image.new("RGB", (2_000, 20))), "trop étroite"),
    "transparent": (lambda: file(Image.new("RGBA", (90, 90))), "toute transparente"),
    "heavy": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * HEAVIEST, "4 Mo au plus"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_picture_is_refused_with_a_sentence(name: str) -> None:
    content, said = BAD[name]
    with pytest.raises(PictureRefused, match=said):
        read_picture(content())


def test_a_picture_is_stored_once_and_forgotten_when_nothing_uses_it(database: Database) -> None:
    picture = read_picture(file(drawn()))
    digest = keep_picture(database, picture)
    assert keep_picture(database, picture) == digest == picture.digest
    assert picture_content(database, digest) == picture.small
    assert picture_content(database, digest, "large") == picture.large
    assert picture_content(database, "' OR 1") is None
    assert purge(database, Periods()).before["pictures"] == 0, "a form may still be open with it"
    done = purge(database, Periods(), datetime.now(UTC) + timedelta(hours=2))
    assert done.before["pictures"] == 1
    assert done.problems == ()
    assert picture_content(database, digest) is None
