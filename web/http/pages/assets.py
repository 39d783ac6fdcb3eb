"""Files of ``web/static`` under addresses that name their content, so that a browser keeps them for a year.

``url_for("static", filename="css/tokens.css")`` gives ``/static/css/tokens.3f9a2c1b.css``.
"""

import gzip
import re
from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path, PurePosixPath

from flask import Flask, Response, abort, current_app, request

_LETTERS = 12
_FOR_EVER = "public, max-age=31536000, immutable"
_LINKED = re.compile(r'url\("\.\./([^"]+)"\)')
_COMPRESSIBLE = {"text/css", "text/javascript", "application/javascript", "image/svg+xml", "text/plain"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is served: its bytes, the same compressed (None where that gains nothing), and its hash."""

    plain: bytes
    compressed: bytes | None
    mimetype: str
    digest: str


def init_app(app: Flask) -> None:
    """Serve the static folder; ``url_for`` writes the hash into every address."""
    app.add_url_rule("/static/<path:filename>", "static", serve, methods=["GET"])
    app.url_defaults(_name_content)


def _name_content(endpoint: str, values: dict[str, object]) -> None:
    if endpoint == "static":
        values["filename"] = hashed(str(values["filename"]))


def hashed(name: str) -> str:
    """Return the name with its content's hash before the extension; the name alone when there is no such file."""
    asset = _asset(name)
    path = PurePosixPath(name)
    return str(path.with_suffix(f".{asset.digest}{path.suffix}")) if asset else name


def serve(filename: str) -> Response:
    """Serve a file: under its hashed name, to be cached for a year; under any other name, not to be cached."""
    name, digest = _split(filename)
    asset = _asset(name)
    if asset is None:
        abort(404)
    return _response(asset, _FOR_EVER if digest == asset.digest else "no-cache")


def content(name: str) -> str:
    """Return the text of a file by its hashed name, with the files that it links to embedded."""
    return _LINKED.sub(lambda found: f'url("{_inside(found[1])}")', _present(name).plain.decode())


def _inside(name: str) -> str:
    asset = _present(name)
    return f"data:{asset.mimetype};base64,{b64encode(asset.plain).decode()}"


def _present(name: str) -> Asset:
    asset = _asset(_split(name)[0])
    if asset is None:
        raise FileNotFoundError(name)
    return asset


def _split(filename: str) -> tuple[str, str]:
    """The name of the file and the hash that the address gives, empty when it gives none."""
    path = PurePosixPath(filename)
    stem, _, digest = path.stem.rpartition(".")
    hashed = stem and len(digest) == _LETTERS
    return (str(path.with_name(stem + path.suffix)), digest) if hashed else (filename, "")


def _response(asset: Asset, cache: str) -> Response:
    taken = asset.compressed if "gzip" in request.headers.get("Accept-Encoding", "") else None
    response = Response(taken or asset.plain, mimetype=asset.mimetype)
    response.headers["Cache-Control"] = cache
    if asset.compressed:
        response.vary.add("Accept-Encoding")
    if taken:
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(asset.digest + ("-gzip" if taken else ""))
    response.make_conditional(request)
    return response


def _asset(name: str) -> Asset | None:
    """The file of that name inside the static folder, if there is one; read again once it has changed."""
    try:
        path = _path(current_app.root_path, name)
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError):
        return None


@lru_cache(256)
def _path(root: str, name: str) -> Path:
    """Where the file is. Raises ``FileNotFoundError`` when there is none, which is not remembered."""
    folder = Path(root) / "static"
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise FileNotFoundError(name)
    return path


@lru_cache(256)
def _read(path: Path, _changed: int) -> Asset:
    plain = path.read_bytes()
    mimetype = guess_type(path.name)[0] or "application/octet-stream"
    if mimetype == "text/css":
        plain = _with_named_links(plain.decode(), path.parent.parent).encode()
    return Asset(plain, _compressed(plain, mimetype), mimetype, sha256(plain).hexdigest()[:_LETTERS])


def _with_named_links(css: str, folder: Path) -> str:
    """The style sheet with the hash of each face in its address, so that faces too are kept for ever."""

    def named(found: re.Match[str]) -> str:
        path = PurePosixPath(found[1])
        digest = sha256((folder / path).read_bytes()).hexdigest()[:_LETTERS]
        return f'url("../{path.with_suffix(f".{digest}{path.suffix}")}")'

    return _LINKED.sub(named, css)


def _compressed(plain: bytes, mimetype: str) -> bytes | None:
    if mimetype not in _COMPRESSIBLE:
        return None
    smaller = gzip.compress(plain, 9, mtime=0)
    return smaller if len(smaller) < len(plain) else None


_STYLE = re.compile(r'<link rel="stylesheet" href="/static/([^"]+)">')
_SCRIPT = re.compile(r'<script src="/static/([^"]+)" defer></script>')
_ICON = re.compile(r'<link rel="icon"[^>]*>\n?')


def bundled(html: str) -> str:
    """Return the page with every file embedded, so that it fetches nothing; scripts go to the end of the body."""
    scripts = "".join(f"<script>{content(name)}</script>" for name in _SCRIPT.findall(html))
    html = _ICON.sub("", _SCRIPT.sub("", html))
    html = _STYLE.sub(lambda found: f"<style>{content(found[1])}</style>", html)
    return html.replace("</body>", f"{scripts}</body>")
