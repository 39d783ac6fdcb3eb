"""Static files: an address with the content's hash, cached for ever, compressed once."""

import gzip
import re
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

STATIC = Path(__file__).parents[4] / "web" / "static"
FILES = sorted(str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.is_file())


def served(name: str) -> bytes:
    """A file as it is sent: a style sheet names the content of the faces that it links to."""
    plain = (STATIC / name).read_bytes()
    return plain if name != "css/faces.css" else _LINK.sub(_named, plain)


_LINK = re.compile(rb"(?<=fonts/)([a-z-]+)(?=\.woff2)")


def _named(found: re.Match[bytes]) -> bytes:
    face = (STATIC / "fonts" / f"{found[1].decode()}.woff2").read_bytes()
    return found[1] + b"." + sha256(face).hexdigest()[:12].encode()


def test_the_style_sheet_of_faces_links_to_each_of_them_for_ever(app: Flask, client: FlaskClient) -> None:
    css = client.get(address(app, "css/faces.css")).text
    links = re.findall(r'url\("\.\./(fonts/[^"]+)"\)', css)
    assert len(links) == len(list((STATIC / "fonts").glob("*.woff2")))
    for link in links:
        answer = client.get(f"/static/{link}")
        assert (answer.status_code, answer.mimetype) == (200, "font/woff2")
        assert "immutable" in answer.headers["Cache-Control"]


def address(app: Flask, name: str) -> str:
    """What pages write."""
    with app.test_request_context():
        return url_for("static", filename=name)


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_kept_for_ever_under_the_name_of_its_content(name: str, app: Flask, client: FlaskClient) -> None:
    plain = served(name)
    named = address(app, name)
    assert sha256(plain).hexdigest()[:12] in named
    answer = client.get(named)
    assert answer.data == plain
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith((".css", ".js"))])
def test_text_is_compressed_for_who_takes_it(name: str, app: Flask, client: FlaskClient) -> None:
    plain = served(name)
    answer = client.get(address(app, name), headers={"Accept-Encoding": "br, gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert gzip.decompress(answer.data) == plain
    assert len(answer.data) < len(plain)


def test_an_older_pages_address_gives_the_file_of_today_for_this_time_only(client: FlaskClient) -> None:
    for stale in ("/static/css/tokens.000000000000.css", "/static/css/tokens.css"):
        answer = client.get(stale)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-cache"


def test_an_unchanged_file_is_not_sent_again(app: Flask, client: FlaskClient) -> None:
    named = address(app, "css/tokens.css")
    again = client.get(named, headers={"If-None-Match": client.get(named).headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


@pytest.mark.parametrize(
    "name", ["../app.py", "..%2f..%2fapp.py", "css", "", "nothing.css", "css/../../errors.py", "a%00.css", "x" * 400]
)
def test_nothing_outside_the_folder_is_served(name: str, client: FlaskClient) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_every_file_that_a_page_names_is_there() -> None:
    pages = "".join(path.read_text() for path in (STATIC.parent / "templates").rglob("*.html"))
    named = set(re.findall(r"""filename=['"]([^'"~{]+)['"]""", pages))
    assert len(named) > 20
    assert named <= set(FILES)


def test_each_script_is_made_from_a_module_and_used() -> None:
    """What they hold is compared by « make check »."""
    modules = {path.name for path in (STATIC.parent / "javascript").glob("*.js")}
    made = {path.name for path in (STATIC / "js").iterdir()}
    assert made == modules
    used = "".join(path.read_text() for path in STATIC.parent.rglob("*") if path.suffix in {".html", ".py"})
    assert [name for name in made if f"js/{name}" not in used] == []


def test_a_file_that_is_missing_keeps_its_own_name(app: Flask) -> None:
    assert address(app, "css/nothing.css") == "/static/css/nothing.css"
