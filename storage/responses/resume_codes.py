"""Resume codes: nine letters and digits that open a response on another device.

A code is derived from the response's key and the installation's secret, so that the same key always gives the same
code. The database stores an HMAC of the code, to find it, and the key encrypted with the code and the secret: without
the secret, trying every code on the database would open nothing (decision 0066).
"""

import base64
from itertools import count

from storage.campaigns.after_opening.cancelled import cancelled_campaign
from storage.campaigns.campaigns import Campaign
from storage.campaigns.share_links import Link
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.rows import single_value
from storage.core.tokens import drawn_code, fingerprint, keyed_hash, new_secret, secret_from
from storage.responses.responses import Response, ResponseDeleted, find_response, missing_response
from storage.responses.starting import start_by_link

LENGTH = 9


def start_with_code(db: Database, campaign: Campaign, link: Link, college: str | None, nonce: str, secret: str) -> str:
    """Create a response as ``start_by_link`` does, and store its resume code in the same transaction."""
    with writing(db):
        key = start_by_link(db, campaign, link, college, nonce)
        resume_code(db, key, secret)
    return key


def start_on_device(db: Database, campaign: Campaign, link: Link, college: str | None, nonce: str, secret: str) -> str:
    """Create a response that began on a lent device as ``start_with_code`` does, at the first of its starts only.

    A start sent again returns the same key and creates nothing, even when the response was submitted, deleted or given
    back since: the key then opens nothing any more, and the device learns it when it sends the answers.
    """
    with writing(db) as conn:
        sql = "INSERT OR IGNORE INTO device_starts (campaign_id, nonce_sha256) VALUES (?, ?)"
        if not conn.execute(sql, (campaign.id, fingerprint(nonce))).rowcount:
            return secret_from(nonce, campaign.id)
        return start_with_code(db, campaign, link, college, nonce, secret)


def resume_code(db: Database, key: str, secret: str) -> str:
    """Return the code of that response, always the same; it is stored at the first call.

    Raises ``UnknownResponse``, ``CampaignCancelled``, ``ResponseDeleted``, or ``DatabaseUnavailable`` when it cannot be
    stored.
    """
    response = _present(db, key)
    if (kept := _code_kept(db, response.id, key, secret)) is not None:
        return kept
    for attempt in count():
        code = drawn_code(secret, LENGTH, "code", key, str(attempt))
        if _holder(db, code, secret) == response.id or _kept(db, response.id, code, key, secret):
            return code
    raise AssertionError  # count() does not end


def renew_key(db: Database, key: str, secret: str) -> None:
    """Give that response another key, which its code alone opens: the old one, left on a lent device, opens nothing.

    The code stays the same. Raises as ``resume_code`` does.
    """
    with writing(db) as conn:
        code, response, new = resume_code(db, key, secret), _present(db, key), new_secret()
        conn.execute(
            "UPDATE responses SET key_sha256 = ?, lent_link = NULL WHERE id = ?", (fingerprint(new), response.id)
        )
        conn.execute(
            "UPDATE resume_codes SET sealed_key = ?, sealed_code = ? WHERE response_id = ?",
            (_sealed(new, code, secret), _code_sealed(code, new, secret), response.id),
        )


def _present(db: Database, key: str) -> Response:
    response = find_response(db, key)
    if response is None:
        raise missing_response(db, key)
    if response.deleted:
        raise ResponseDeleted
    return response


def _code_kept(db: Database, response_id: int, key: str, secret: str) -> str | None:
    """Return the code that a renewed key has kept; None if the code is the one derived from the key."""
    sql = "SELECT sealed_code FROM resume_codes WHERE response_id = ?"
    sealed = single_value(db.conn.execute(sql, (response_id,)))
    if sealed is None:
        return None
    code = _code_unsealed(sealed, key, secret)
    return code if _holder(db, code, secret) == response_id else None


def key_of(db: Database, code: str, secret: str) -> str | None:
    """Return the key of the response that this code opens; None if it opens none."""
    sql = "SELECT sealed_key FROM resume_codes WHERE code_hmac = ?"
    seal = single_value(db.conn.execute(sql, (_mark(secret, code),)))
    return None if seal is None else _sealed(seal, code, secret)


def was_cancelled(db: Database, code: str, secret: str) -> bool:
    """Return whether this code opened a response of a campaign that was cancelled."""
    return cancelled_campaign(db, _mark(secret, code)) is not None


def _holder(db: Database, code: str, secret: str) -> int | None:
    sql = "SELECT response_id FROM resume_codes WHERE code_hmac = ?"
    number: int | None = single_value(db.conn.execute(sql, (_mark(secret, code),)))
    return number


def _kept(db: Database, response_id: int, code: str, key: str, secret: str) -> bool:
    """Store the code and return True; False if another response already has it."""
    with writing(db, patience=0.5) as conn:
        cursor = conn.execute(
            """INSERT INTO resume_codes (response_id, code_hmac, sealed_key) VALUES (?, ?, ?)
                ON CONFLICT (code_hmac) DO NOTHING
                ON CONFLICT (response_id)
                DO UPDATE SET code_hmac = excluded.code_hmac, sealed_key = excluded.sealed_key""",
            (response_id, _mark(secret, code), _sealed(key, code, secret)),
        )
        return cursor.rowcount == 1


def _mark(secret: str, code: str) -> str:
    return keyed_hash(secret, "code mark", code).hex()


def _sealed(key: str, code: str, secret: str) -> str:
    """Return the key combined with a pad derived from code and secret; applied twice, it returns the key."""
    plain = base64.urlsafe_b64decode(key + "==")
    return base64.urlsafe_b64encode(_mixed(plain, keyed_hash(secret, "code seal", code))).rstrip(b"=").decode()


def _code_sealed(code: str, key: str, secret: str) -> str:
    return _mixed(code.encode(), keyed_hash(secret, "renewed code", key)).hex()


def _code_unsealed(sealed: str, key: str, secret: str) -> str:
    return _mixed(bytes.fromhex(sealed), keyed_hash(secret, "renewed code", key)).decode("latin-1")


def _mixed(text: bytes, pad: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(text, pad, strict=False))
