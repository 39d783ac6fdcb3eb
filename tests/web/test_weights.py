"""What a browser fetches for the first slide, the page for residents and the phones of a room stays light."""

import gzip
import re
from contextlib import closing
from pathlib import Path

import lxml.html
import pytest
from flask.testing import FlaskClient

from storage.core.database import open_database
from tests.rooms import room_with_a_phone

READ_TOGETHER = 95_000
ON_A_PHONE, REQUESTS_OF_A_PHONE = 40_000, 4
COMPRESSED = {"Accept-Encoding": "gzip"}
LINKED = "//link[@rel='stylesheet' or @rel='icon']/@href[starts-with(., '/')] | //img/@src"
SCRIPTS = "//script/@src"
FACE = re.compile(r'@font-face \{[^}]*url\("\.\.(/fonts/[^"]+)"\)[^}]*unicode-range: ([^}]*?) \}')


def fetched(client: FlaskClient, address: str, *, script: bool) -> dict[str, int]:
    """Return the bytes, as sent, of all that a browser fetches on a first visit, by address."""
    answer = client.get(address, headers=COMPRESSED)
    assert answer.status_code == 200
    page = lxml.html.fromstring(gzip.decompress(answer.data))
    files = [*page.xpath(LINKED), *(page.xpath(SCRIPTS) if script else [])]
    sheets = "".join(client.get(file).text for file in files if file.endswith(".css"))
    files += faces(sheets, page.text_content())
    return {address: len(answer.data)} | {file: len(client.get(file, headers=COMPRESSED).data) for file in files}


def faces(css: str, text: str) -> list[str]:
    """Return the font files that show this text: those whose range has one of its characters."""
    signs = {ord(sign) for sign in text}
    return [f"/static{file}" for file, spans in FACE.findall(css) if any(signs & span for span in read(spans))]


def read(spans: str) -> list[set[int]]:
    """Return the characters of each span of a unicode-range."""
    ends = [span.removeprefix("U+").partition("-") for span in spans.split(", ")]
    return [set(range(int(first, 16), int(last or first, 16) + 1)) for first, _dash, last in ends]


@pytest.mark.parametrize("address", ["/seance/villeroche-2026", "/restitution/villeroche-2026/habitants"])
def test_the_first_slide_and_the_page_for_residents_are_light_without_script(
    address: str, demo_client: FlaskClient
) -> None:
    weights = fetched(demo_client, address, script=False)
    assert sum(file.endswith(".woff2") for file in weights) >= 3, "the faces are counted"
    assert sum(weights.values()) <= READ_TOGETHER, weights


def test_the_phones_of_a_room_fetch_little(demo_client: FlaskClient, demo_database: Path) -> None:
    with closing(open_database(demo_database)) as db:
        room = room_with_a_phone(db)
    for page in room.values():
        weights = fetched(demo_client, f"/seance/{page}", script=True)
        assert sum(weights.values()) <= ON_A_PHONE, weights
        assert len(weights) <= REQUESTS_OF_A_PHONE, weights
