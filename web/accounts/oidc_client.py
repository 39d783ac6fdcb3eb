"""An OpenID Connect provider, as this site talks to it: authorization code flow, with PKCE where the provider takes it.

What it says is believed only when it is signed by its own keys, for this site, for this very request, and not too late.
"""

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPErrorProcessor, HTTPRedirectHandler, Request, build_opener

from flask import current_app

from web.http.addresses import public_address

_PATIENCE = 10.0
_LARGEST = 512 * 1024
_REMEMBERED = 3600.0
# Signatures that only the provider can make. HMAC is not among them: this site knows that key too.
_ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
_CLOCKS_DIFFER = 60


class ProviderUnusable(Exception):
    """The provider does not answer as the standard says; the message is for the log."""


class IdentityRefused(Exception):
    """What the provider gave proves nothing; the message is for the log."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the provider and must come back with its answer."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider has recognised. ``email`` is empty unless it vouches for it."""

    subject: str
    email: str
    id_token: str


def asked() -> Asked:
    """New secrets, of 43 characters each."""
    return Asked(*(secrets.token_urlsafe(32) for _ in range(3)))


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """A provider's endpoints answer; they do not send elsewhere."""


_opener = build_opener(_NoRedirect, HTTPErrorProcessor)


@dataclass(frozen=True, slots=True)
class Client:
    """This site, as the provider knows it. ``acr`` are the levels of assurance that are good enough; none: any is."""

    issuer: str
    id: str
    secret: str
    redirect_uri: str
    acr: tuple[str, ...] = ()
    trust_email: bool = False


class Provider:
    """One provider. Its description and its keys are fetched when they are needed, and remembered for an hour."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._remembered: dict[str, tuple[float, dict[str, Any]]] = {}
        self._lock = threading.Lock()

    def sign_in_address(self, request: Asked) -> str:
        """Where to send the browser. Raises ``ProviderUnusable``."""
        asked = {
            "response_type": "code",
            "client_id": self.client.id,
            "redirect_uri": self.client.redirect_uri,
            "scope": "openid email",
            "state": request.state,
            "nonce": request.nonce,
        }
        if self._takes_pkce():
            challenge = base64.urlsafe_b64encode(hashlib.sha256(request.verifier.encode()).digest()).rstrip(b"=")
            asked |= {"code_challenge": challenge.decode(), "code_challenge_method": "S256"}
        if self.client.acr:
            asked["claims"] = json.dumps({"id_token": {"acr": {"essential": True, "values": list(self.client.acr)}}})
        return _with(self._endpoint("authorization_endpoint"), asked)

    def sign_out_address(self, id_token: str, back: str) -> str | None:
        """Where to end the session at the provider's too, if it offers that."""
        endpoint = self._described().get("end_session_endpoint")
        if not isinstance(endpoint, str) or not self._is_safe(endpoint):
            return None
        hint = {"id_token_hint": id_token} if id_token else {"client_id": self.client.id}
        return _with(endpoint, {**hint, "post_logout_redirect_uri": back, "state": secrets.token_urlsafe(32)})

    def identity(self, code: str, request: Asked) -> Identity:
        """Whom the code stands for. Raises ``ProviderUnusable`` and ``IdentityRefused``."""
        tokens = self._tokens(code, request)
        id_token = _text(tokens, "id_token")
        claims = self._proved(id_token, nonce=request.nonce)
        claims_found = (
            claims if "email" in claims else claims | self._user_info(_text(tokens, "access_token"), claims["sub"])
        )
        return Identity(claims["sub"], self._vouched_email(claims_found), id_token)

    def _vouched_email(self, claims_found: Mapping[str, Any]) -> str:
        email, verified = claims_found.get("email"), claims_found.get("email_verified")
        vouched = verified in (True, "true") or (verified is None and self.client.trust_email)
        return email if isinstance(email, str) and vouched else ""

    def _tokens(self, code: str, request: Asked) -> dict[str, Any]:
        sent = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.client.redirect_uri}
        if self._takes_pkce():
            sent["code_verifier"] = request.verifier
        headers = {}
        if "client_secret_post" in self._described().get("token_endpoint_auth_methods_supported", ()):
            sent |= {"client_id": self.client.id, "client_secret": self.client.secret}
        else:
            pair = urlencode({self.client.id: self.client.secret}).replace("=", ":", 1)
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        return _json(_fetched(self._endpoint("token_endpoint"), headers, urlencode(sent).encode())[0])

    def _user_info(self, access_token: str, subject: str) -> dict[str, Any]:
        """What the provider tells of the person, as JSON or as a signed token; of that person only."""
        headers = {"Authorization": f"Bearer {access_token}"}
        body, kind = _fetched(self._endpoint("userinfo_endpoint"), headers)
        claims_found = (
            self._signed(body.decode("ascii", "replace").strip()) if kind == "application/jwt" else _json(body)
        )
        if claims_found.get("sub") != subject:
            raise IdentityRefused("userinfo is about somebody else")
        if kind == "application/jwt":
            self._check(claims_found, essential=False)
        return claims_found

    def _proved(self, token: str, *, nonce: str) -> dict[str, Any]:
        """The claims of an ID token that is signed, for this site, for this request, and in time."""
        claims = self._signed(token)
        self._check(claims, essential=True)
        if not secrets.compare_digest(str(claims.get("nonce", "")), nonce):
            raise IdentityRefused("nonce")
        if self.client.acr and claims.get("acr") not in self.client.acr:
            raise IdentityRefused("acr")
        return claims

    def _check(self, claims: dict[str, Any], *, essential: bool) -> None:
        from joserfc.errors import JoseError
        from joserfc.jwt import JWTClaimsRegistry

        registry = JWTClaimsRegistry(
            leeway=_CLOCKS_DIFFER,
            iss={"essential": essential, "value": self.client.issuer},
            aud={"essential": essential, "value": self.client.id},
            exp={"essential": essential},
            sub={"essential": True},
        )
        try:
            registry.validate(claims)
        except JoseError as error:
            raise IdentityRefused(str(error)) from error
        audience = claims.get("aud")
        if claims.get("azp", self.client.id) != self.client.id or (isinstance(audience, list) and len(audience) > 1):
            raise IdentityRefused("made for several sites")

    def _signed(self, token: str) -> dict[str, Any]:
        """The claims of a token that the provider's keys have signed; keys are fetched again for one not known yet."""
        from joserfc import jwt
        from joserfc.errors import InvalidKeyIdError, JoseError
        from joserfc.jwk import KeySet

        for latest in (False, True):
            try:
                keys = KeySet.import_key_set(self._keys(latest=latest))  # type: ignore[arg-type]  # checked by it
                return dict(jwt.decode(token, keys, algorithms=_ALGORITHMS).claims)
            except InvalidKeyIdError as error:
                if latest:
                    raise IdentityRefused("unknown key") from error
            except (JoseError, ValueError, TypeError) as error:
                raise IdentityRefused(f"signature: {error}") from error
        raise IdentityRefused("unknown key")

    def _takes_pkce(self) -> bool:
        return "S256" in self._described().get("code_challenge_methods_supported", ())

    def _endpoint(self, name: str) -> str:
        address = _text(self._described(), name)
        if not self._is_safe(address):
            raise ProviderUnusable(f"{name} is not in https")
        return address

    def _is_safe(self, address: str) -> bool:
        """Whether nobody between us can read: https, or this machine when the provider itself is on it."""
        parts, issuer = urlsplit(address), urlsplit(self.client.issuer)
        return parts.scheme == "https" or (issuer.scheme == "http" and parts.hostname == issuer.hostname)

    def _described(self) -> dict[str, Any]:
        found = self._remember(self.client.issuer.rstrip("/") + "/.well-known/openid-configuration")
        if found.get("issuer") != self.client.issuer:
            raise ProviderUnusable("it says that it is another issuer")
        return found

    def _keys(self, *, latest: bool) -> dict[str, Any]:
        return self._remember(self._endpoint("jwks_uri"), latest=latest)

    def _remember(self, address: str, *, latest: bool = False) -> dict[str, Any]:
        with self._lock:
            until, found = self._remembered.get(address, (0.0, {}))
            if latest or monotonic() >= until:
                found = _json(_fetched(address, {})[0])
                self._remembered[address] = monotonic() + _REMEMBERED, found
            return found


def _with(address: str, query: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def _fetched(address: str, headers: Mapping[str, str], body: bytes | None = None) -> tuple[bytes, str]:
    """The body of the answer and its media type. Raises ``ProviderUnusable``."""
    request = Request(address, body, {"Accept": "application/json, application/jwt", **headers})  # noqa: S310  # checked
    try:
        with _opener.open(request, timeout=_PATIENCE) as answer:
            content = answer.read(_LARGEST + 1)
            kind = answer.headers.get_content_type()
    except (URLError, OSError, ValueError) as error:
        raise ProviderUnusable(f"{urlsplit(address).path}: {error}") from error
    if len(content) > _LARGEST:
        raise ProviderUnusable("it answers too much")
    return content, kind


def _json(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError as error:
        raise ProviderUnusable("it does not answer in JSON") from error
    if not isinstance(found, dict):
        raise ProviderUnusable("it does not answer with an object")
    return found


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    if not isinstance(value, str):
        raise ProviderUnusable(f"it gives no {name}")
    return value


PROOF = "proof of the provider"


def way_out(proof: str | None) -> str | None:
    """Where someone who came in through the provider ends their session there too."""
    provider: Provider | None = current_app.extensions["provider"]
    if not provider or proof is None:
        return None
    try:
        return provider.sign_out_address(proof, public_address("/"))
    except ProviderUnusable as error:
        current_app.logger.error("identity provider: %s", error)
        return None
