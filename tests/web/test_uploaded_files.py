"""Uploaded files are closed at the end of the request, even after an error: on disk, they hold people's answers."""

from collections.abc import Iterator
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug import formparser

HEAD = b'--edge\r\nContent-Disposition: form-data; name="table"; filename="a.csv"\r\n\r\n' + b"elus;2\r\n" * 80_000
FIELD = b'\r\n--edge\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
END = b"\r\n--edge--\r\n"
BODIES = {
    "whole": HEAD + END,
    "cut in the file": HEAD,
    "cut in a field": HEAD + FIELD + b"half",
    "a part that is none": HEAD + b"\r\n--edge\r\nnothing\r\n\r\nx" + END,
    "two files, the second cut": HEAD + b"\r\n" + HEAD,
    "too many fields": HEAD + (FIELD + b"x") * 1100 + END,
    "a field too long": HEAD + FIELD + b"x" * 2_200_000 + END,
}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[SpooledTemporaryFile[bytes]]]:
    """The files that a request opened, so far."""
    files: list[SpooledTemporaryFile[bytes]] = []

    def noted(*args: Any, **kwargs: Any) -> SpooledTemporaryFile[bytes]:
        files.append(SpooledTemporaryFile(*args, **kwargs))  # noqa: SIM115  # the request closes it
        return files[-1]

    monkeypatch.setattr(formparser, "SpooledTemporaryFile", noted)
    yield files
    for file in files:
        file.close()


@pytest.fixture
def reading(app: Flask) -> FlaskClient:
    """A page that reads the form and says how many files it got, and one that fails after it did."""

    @app.post("/try/read")
    def read() -> tuple[str, dict[str, str]]:
        return str(len(request.files)), {"Content-Type": "text/plain"}

    @app.post("/try/fail")
    def fail() -> str:
        raise ZeroDivisionError(request.files)

    app.config["WTF_CSRF_ENABLED"] = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app.test_client()


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("address", ["/try/read", "/try/fail", "/comptes/nouveau"])
@pytest.mark.parametrize("length", [True, False], ids=["length said", "in pieces"])
def test_files_are_closed_however_a_request_ends(
    reading: FlaskClient, opened: list[SpooledTemporaryFile[bytes]], address: str, body: bytes, length: bool
) -> None:
    said = {"content_length": len(body)} if length else {"environ_overrides": {"wsgi.input_terminated": True}}
    kind = "multipart/form-data; boundary=edge"
    reading.post(address, input_stream=BytesIO(body), content_type=kind, **said)
    assert address == "/comptes/nouveau" or opened or body == BODIES["a field too long"]
    assert all(file.closed for file in opened)


def test_a_whole_file_is_read_before_it_is_closed(
    reading: FlaskClient, opened: list[SpooledTemporaryFile[bytes]]
) -> None:
    kind = "multipart/form-data; boundary=edge"
    assert reading.post("/try/read", data=BODIES["whole"], content_type=kind).text == "1"
    assert [file.closed for file in opened] == [True]
