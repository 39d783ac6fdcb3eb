"""What a session weighs, as it is sent: its first slide without script, all of it, and the file that is taken away."""

import re

from flask.testing import FlaskClient

DECK = "/seance/villeroche-2026"
FIRST, WHOLE, FILE = 100_000, 700_000, 2_000_000
AS_A_BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}
# The faces of every slide; the others come only for names that have their signs.
COMMON = ("sans-latin.", "serif-latin.", "arrows.", "marks.")


def sent(client: FlaskClient, address: str) -> int:
    """The bytes of the body of an answer."""
    answer = client.get(address, headers=AS_A_BROWSER)
    assert answer.status_code == 200, address
    return len(answer.data)


def test_the_first_slide_the_deck_and_its_file_are_within_their_limits(demo_client: FlaskClient) -> None:
    page = demo_client.get(DECK).get_data(as_text=True)
    styles = re.findall(r'rel="stylesheet" href="([^"]+)"', page)
    scripts = re.findall(r'<script src="([^"]+)"', page)
    assert (len(styles), len(scripts)) == (4, 1)
    faces = {
        re.sub(r"^\.\.", "/static", face)
        for style in styles
        for face in re.findall(r'url\("?([^")]+\.woff2[^")]*)', demo_client.get(style).get_data(as_text=True))
    }
    assert len(faces) == 6
    weights = {one: sent(demo_client, one) for one in (DECK, *styles, *scripts, *faces)}
    later = {one for one in faces if not any(name in one for name in COMMON)}
    assert sum(weights.values()) - sum(weights[one] for one in (*scripts, *later)) <= FIRST, weights
    assert sum(weights.values()) <= WHOLE, weights
    assert len(demo_client.get(f"{DECK}/fichier").data) <= FILE
