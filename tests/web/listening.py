"""Software that listens on this machine, for the tests of what is sent to it."""

import ssl
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from accounts.audit_events import AuditEvent
from commands.demo_credentials import DEMO_EMAIL, TRIAL_SLUG
from storage.accounts.accounts import account_by_email
from storage.campaigns.campaigns import campaign_by_slug
from storage.core.engine import Database
from storage.webhooks.deliveries import LABELS, WAITS, announce, note_delivered, note_failure
from storage.webhooks.endpoints import add_webhook
from tests.proxies import Certificate


class Listening(HTTPServer):
    """Software that keeps what it gets, and answers what it is told to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.answer: tuple[int, dict[str, str]] = (204, {})
        self.scheme = "http"

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"{self.scheme}://127.0.0.1:{self.server_port}/recevoir?de=grille"

    def secure(self, certificate: Certificate) -> None:
        """Listen in https from now on, under that certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate.chain, certificate.key)
        self.socket, self.scheme = context.wrap_socket(self.socket, server_side=True), "https"


class _Handler(BaseHTTPRequestHandler):
    server: Listening

    def do_POST(self) -> None:
        """Keep what is sent, and answer."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, {name.lower(): text for name, text in self.headers.items()}, body))
        code, headers = self.server.answer
        self.send_response(code)
        for name, text in headers.items():
            self.send_header(name, text)
        self.end_headers()

    def log_message(self, *_said: Any) -> None:
        """Nothing is told."""


def listening_address(db: Database) -> str:
    """Have software notified of the demonstration's campaigns; the number of its address.

    One message arrived, one waits for its next attempt, one was given up.
    """
    account = account_by_email(db, DEMO_EMAIL)
    campaign = campaign_by_slug(db, TRIAL_SLUG)
    assert account
    assert campaign
    webhook, _secret = add_webhook(db, account, "https://logiciel.example/recevoir", list(LABELS), "a secret of tests")
    arrived, waits, given_up = (
        announce(db, event, campaign.id)[0]
        for event in (AuditEvent.CAMPAIGN_OPENED, AuditEvent.CAMPAIGN_CLOSED, AuditEvent.CAMPAIGN_PUBLISHED)
    )
    note_delivered(db, arrived, 204)
    note_failure(db, waits, "Ce logiciel n’a pas répondu à temps, ou pas comme il faut.")
    note_failure(db, replace(given_up, attempts=len(WAITS)), "Ce logiciel a répondu 500.", 500)
    return str(webhook.id)
