"""Compression of the public pages."""

import gzip

import pytest
from flask.testing import FlaskClient


def test_a_page_is_compressed_for_who_takes_it(client: FlaskClient) -> None:
    plain = client.get("/grilles/territoires-engagement/2026.1")
    small = client.get("/grilles/territoires-engagement/2026.1", headers={"Accept-Encoding": "br, gzip"})
    assert gzip.decompress(small.data) == plain.data
    assert int(small.headers["Content-Length"]) == len(small.data) < len(plain.data) / 4
    for answer in (plain, small):
        assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("address", ["/healthz", "/connexion"])
def test_short_answers_and_pages_with_secrets_are_left_alone(address: str, client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get(address, headers={"Accept-Encoding": "gzip"}).headers


@pytest.mark.parametrize("address", ["/", "/grilles", "/resultats", "/seances", "/confidentialite"])
def test_a_public_page_is_light_and_asks_for_little(address: str, demo_client: FlaskClient) -> None:
    page = demo_client.get(address)
    files = [text.split('"')[0] for text in page.text.split('"/static/')[1:]]
    assert len(files) <= 6  # the icon, three style sheets of every page, one of its own and a script
    weights = [demo_client.get(f"/static/{name}", headers={"Accept-Encoding": "gzip"}).data for name in files]
    compressed = demo_client.get(address, headers={"Accept-Encoding": "gzip"}).data
    assert sum(map(len, weights)) + len(compressed) <= 45_000
