"""A real OpenID Connect provider on this machine: keys, single-use codes, PKCE; forged answers on demand."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT_ID, CLIENT_SECRET = "grille", "the secret of the client"


@dataclass
class Lies:
    """What an attacker, or a mistake, would change."""

    claims: dict[str, Any] = field(default_factory=dict)
    """Put over those of the ID token; None takes one away."""
    header: dict[str, Any] = field(default_factory=dict)
    """Put over those of the ID token's header."""
    key: Any = None
    """Signs the ID token instead of the provider's own."""
    token: str = ""
    """Given whole as the ID token."""
    info: dict[str, Any] = field(default_factory=dict)
    """Put over what userinfo tells; None takes one away."""
    described: dict[str, Any] = field(default_factory=dict)
    """Put over the provider's description."""
    tokens: dict[str, Any] = field(default_factory=dict)
    """Put over what the token endpoint gives; None takes one away."""
    garbled: str = ""
    """The end of the path whose answer is not even HTTP."""
    iss: str = ""
    """Said in the answer to the browser."""
    away: bool = False


class IdentityProvider:
    """What the provider knows and keeps."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}/api/v2"
        self.key = RSAKey.generate_key(2048, {"kid": "first", "use": "sig", "alg": "RS256"})
        self.person: dict[str, Any] = {"sub": "subject-1", "email": "ada@exemple.fr", "email_verified": True}
        self.signed_info = False
        self.lies = Lies()
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, str] = {}
        self.seen: list[str] = []

    def turn_key(self, kid: str) -> None:
        """Sign with a new key from now on."""
        self.key = RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})

    def answer(self, path: str, query: dict[str, str], headers: Any) -> tuple[int, str, str]:
        """The status, the media type and the body (or the address to go to)."""
        self.seen.append(path)
        if self.lies.away:
            return 500, "text/plain", "out of order"
        return {
            "/.well-known/openid-configuration": self._description,
            "/jwks": self._keys,
            "/authorize": self._authorize,
            "/token": self._token,
            "/userinfo": self._info,
        }[path.removeprefix("/api/v2")](query, headers)

    def _description(self, _query: dict[str, str], _headers: Any) -> tuple[int, str, str]:
        endpoints = {
            "authorization_endpoint": "authorize",
            "token_endpoint": "token",
            "userinfo_endpoint": "userinfo",
            "jwks_uri": "jwks",
            "end_session_endpoint": "session/end",
        }
        described = {name: f"{self.issuer}/{path}" for name, path in endpoints.items()}
        described |= {"issuer": self.issuer, "code_challenge_methods_supported": ["S256"]}  # type: ignore[dict-item]
        return _json(_over(described, self.lies.described))

    def _keys(self, _query: dict[str, str], _headers: Any) -> tuple[int, str, str]:
        return _json({"keys": [self.key.as_dict(private=False)]})

    def _authorize(self, query: dict[str, str], _headers: Any) -> tuple[int, str, str]:
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT_ID
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        back = {"code": code, "state": query["state"]} | ({"iss": self.lies.iss} if self.lies.iss else {})
        return 303, "", f"{query['redirect_uri']}?{urlencode(back)}"

    def _token(self, query: dict[str, str], headers: Any) -> tuple[int, str, str]:
        asked = self.codes.pop(query.get("code", ""), None)  # a code serves once
        basic = "Basic " + base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET.replace(' ', '+')}".encode()).decode()
        known = headers.get("Authorization") == basic or query.get("client_secret") == CLIENT_SECRET
        if not (asked and known and asked["redirect_uri"] == query["redirect_uri"] and _proves(asked, query)):
            return 400, "application/json", '{"error": "invalid_grant"}'
        access = secrets.token_urlsafe(16)
        self.tokens[access] = self.person["sub"]
        given = {"access_token": access, "token_type": "Bearer", "id_token": self._id_token(asked["nonce"], access)}
        return _json(_over(given, self.lies.tokens))

    def _id_token(self, nonce: str, access: str) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "sub": self.person["sub"], "nonce": nonce}
        claims |= {"iat": now, "exp": now + 60, "acr": "eidas1", "at_hash": half_hash(access)}  # type: ignore[dict-item]
        header = {"alg": "RS256", "kid": self.key.kid} | self.lies.header
        key, algorithm = self.lies.key or self.key, str(header["alg"])
        return self.lies.token or jwt.encode(header, _over(claims, self.lies.claims), key, algorithms=[algorithm])

    def _info(self, _query: dict[str, str], headers: Any) -> tuple[int, str, str]:
        if headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            return 401, "application/json", "{}"
        claims = _over(self.person, self.lies.info)
        if not self.signed_info:
            return _json(claims)
        signed = {"iss": self.issuer, "aud": CLIENT_ID, **claims}
        return 200, "application/jwt", jwt.encode({"alg": "RS256", "kid": self.key.kid}, signed, self.key)


def _proves(asked: dict[str, str], query: dict[str, str]) -> bool:
    """Whether whoever sends the code is the one who asked for it (RFC 7636)."""
    digest = hashlib.sha256(query.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return "code_challenge" not in asked or asked["code_challenge"] == challenge


def half_hash(token: str) -> str:
    """What an ID token signed with SHA-256 says of the access token given beside it (OpenID Connect Core § 3.1.3.6)."""
    return base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()[:16]).rstrip(b"=").decode()


def _over(truth: dict[str, Any], lies: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (truth | lies).items() if value is not None}


def _json(content: dict[str, Any]) -> tuple[int, str, str]:
    return 200, "application/json", json.dumps(content)


def unsigned(claims: dict[str, Any]) -> str:
    """A token that nobody signed."""
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    encoded = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts)
    return ".".join(encoded) + "."


def shared_key(text: str) -> OctKey:
    """A key that both sides know, as an attacker would want it used."""
    return OctKey.import_key(text)


@contextmanager
def providing() -> Iterator[IdentityProvider]:
    """The provider, served until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    provider = IdentityProvider(server.server_port)

    class Handler(BaseHTTPRequestHandler):
        """Hands each request to the provider."""

        def do_GET(self) -> None:
            self._answer("")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _answer(self, body: str) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(body or parts.query).items()}
            status, kind, content = provider.answer(parts.path, query, self.headers)
            if provider.lies.garbled and parts.path.endswith(provider.lies.garbled):
                self.wfile.write(b"nonsense\r\n\r\n")
                return
            self.send_response(status)
            self.send_header(*(("Location", content) if status == 303 else ("Content-Type", kind)))
            self.end_headers()
            self.wfile.write(b"" if status == 303 else content.encode())

        def log_message(self, *_: Any) -> None:
            """Silent."""

    server.RequestHandlerClass = Handler
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
