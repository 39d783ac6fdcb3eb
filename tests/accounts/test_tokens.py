"""Secrets sent by link."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from accounts.tokens import draw, fingerprint

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


def test_a_token_is_found_again_by_its_fingerprint_and_dies_on_time() -> None:
    token = draw(NOW, timedelta(hours=1))
    assert fingerprint(token.secret) == token.fingerprint
    assert token.secret not in token.fingerprint
    assert token.expires_at == NOW + timedelta(hours=1)


def test_secrets_do_not_repeat() -> None:
    assert len({draw(NOW, timedelta(1)).secret for _ in range(200)}) == 200


@given(st.text(alphabet=st.characters(codec=None)))
def test_any_text_has_a_fingerprint(text: str) -> None:
    assert len(fingerprint(text)) == 64
