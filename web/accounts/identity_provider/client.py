"""An OpenID Connect client: authorization code flow, with PKCE where the provider supports it.

What the provider says is believed only when it is signed by its own keys, for this site, for this request, and has not
expired.
"""

import json
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import current_app

from web.accounts.identity_provider.transport import (
    ProviderUnusable,
    Session,
    fetched,
    json_object,
    sign_with_basic,
    text_of,
)
from web.http.addresses import public_address

if TYPE_CHECKING:
    from authlib.oauth2.client import OAuth2Client

_REMEMBERED = 3600.0
# Signatures that only the provider can make. HMAC is not among them: this site knows that key too.
_ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
_CLOCKS_DIFFER = 60


class IdentityRefused(Exception):
    """The provider's answer does not prove the identity; the message is for the log."""


@dataclass(frozen=True, slots=True)
class RequestSecrets:
    """The secrets of a request to the provider: they must come back with its answer."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Identity:
    """The person whom the provider authenticated. ``email`` is empty unless the provider has verified it."""

    subject: str
    email: str
    id_token: str


def new_secrets() -> RequestSecrets:
    """Return new random secrets, of 43 characters each."""
    return RequestSecrets(*(secrets.token_urlsafe(32) for _ in range(3)))


@dataclass(frozen=True, slots=True)
class Client:
    """This site, as registered at the provider. ``acr``: the accepted levels of assurance; empty accepts any."""

    issuer: str
    id: str
    secret: str
    redirect_uri: str
    acr: tuple[str, ...] = ()
    trust_email: bool = False


class Provider:
    """A provider. Its description and its keys are fetched on first use, and kept for an hour."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._remembered: dict[str, tuple[float, dict[str, Any]]] = {}
        self._lock = threading.Lock()

    def sign_in_address(self, request: RequestSecrets) -> str:
        """Return the address to send the browser to. Raises ``ProviderUnusable``."""
        asked = {"state": request.state, "nonce": request.nonce, "code_verifier": request.verifier}
        if self.client.acr:
            asked["claims"] = json.dumps({"id_token": {"acr": {"essential": True, "values": list(self.client.acr)}}})
        address, _ = self._oauth().create_authorization_url(self._endpoint("authorization_endpoint"), **asked)
        return str(address)

    def sign_out_address(self, id_token: str, back: str) -> str | None:
        """Return the address that ends the session at the provider too; None if it offers none."""
        from authlib.common.urls import add_params_to_uri

        endpoint = self._described().get("end_session_endpoint")
        if not isinstance(endpoint, str) or not self._is_safe(endpoint):
            return None
        hint = {"id_token_hint": id_token} if id_token else {"client_id": self.client.id}
        asked = {**hint, "post_logout_redirect_uri": back, "state": secrets.token_urlsafe(32)}
        return str(add_params_to_uri(endpoint, asked))

    def identity(self, code: str, request: RequestSecrets) -> Identity:
        """Return the person whom the code stands for. Raises ``ProviderUnusable`` and ``IdentityRefused``."""
        tokens = self._tokens(code, request)
        id_token, access_token = text_of(tokens, "id_token"), text_of(tokens, "access_token")
        claims = self._proved(id_token, {"nonce": request.nonce, "access_token": access_token})
        claims_found = claims if "email" in claims else claims | self._user_info(access_token, claims["sub"])
        return Identity(claims["sub"], self._vouched_email(claims_found), id_token)

    def _vouched_email(self, claims_found: Mapping[str, Any]) -> str:
        email, verified = claims_found.get("email"), claims_found.get("email_verified")
        vouched = verified in (True, "true") or (verified is None and self.client.trust_email)
        return email if isinstance(email, str) and vouched else ""

    def _oauth(self) -> "OAuth2Client":
        """The protocol itself, for one request: it holds what that request is told."""
        from authlib.oauth2.client import OAuth2Client

        posts = "client_secret_post" in self._announced("token_endpoint_auth_methods_supported")
        client = OAuth2Client(
            Session(),
            self.client.id,
            self.client.secret,
            token_endpoint_auth_method="client_secret_post" if posts else "client_secret_basic",
            scope="openid email",
            redirect_uri=self.client.redirect_uri,
            code_challenge_method="S256" if self._takes_pkce() else None,
        )
        client.register_client_auth_method(("client_secret_basic", sign_with_basic))
        return client

    def _tokens(self, code: str, request: RequestSecrets) -> dict[str, Any]:
        from authlib.oauth2 import OAuth2Error

        proof = {"code_verifier": request.verifier} if self._takes_pkce() else {}
        try:
            return dict(self._oauth().fetch_token(self._endpoint("token_endpoint"), code=code, **proof))
        except (OAuth2Error, ValueError, TypeError) as error:
            raise ProviderUnusable(f"token: {error}") from error

    def _user_info(self, access_token: str, subject: str) -> dict[str, Any]:
        """What the provider tells of the person, as JSON or as a signed token; of that person only."""
        from authlib.oauth2.claims import JWTClaims

        answer = fetched(self._endpoint("userinfo_endpoint"), {"Authorization": f"Bearer {access_token}"})
        if answer.media_type == "application/jwt":
            header, claims_found = self._signed(answer.content.decode("ascii", "replace").strip())
            _validate(JWTClaims(claims_found, header, self._wanted(essential=False)))
        else:
            claims_found = json_object(answer)
        if claims_found.get("sub") != subject:
            raise IdentityRefused("userinfo is about somebody else")
        return claims_found

    def _proved(self, token: str, expected: Mapping[str, str]) -> dict[str, Any]:
        """The claims of an ID token that is signed, for this site, for this request, and in time."""
        from authlib.oidc.core import CodeIDToken

        header, claims = self._signed(token)
        wanted = self._wanted(essential=True)
        if self.client.acr:
            wanted["acr"] = {"essential": True, "validate": lambda _, level: level in self.client.acr}
        _validate(CodeIDToken(claims, header, wanted, {"client_id": self.client.id, **expected}))
        return claims

    def _wanted(self, *, essential: bool) -> dict[str, Any]:
        """What every token must say: that the provider made it, for this site alone."""
        ours = self.client.id
        return {
            "iss": {"essential": essential, "value": self.client.issuer},
            "aud": {"essential": essential, "value": ours, "validate": lambda _, audience: audience in (ours, [ours])},
            "azp": {"value": ours},
            "exp": {"essential": essential},
            "sub": {"essential": True},
        }

    def _signed(self, token: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """The header and the claims of a token that the provider's keys have signed.

        The keys are fetched again for one that is not known yet. Raises ``IdentityRefused``.
        """
        from joserfc import jwt
        from joserfc.errors import InvalidKeyIdError, JoseError
        from joserfc.jwk import KeySet

        for latest in (False, True):
            try:
                keys = KeySet.import_key_set(self._keys(latest=latest))  # type: ignore[arg-type]  # checked by it
                signed = jwt.decode(token, keys, algorithms=_ALGORITHMS)
                return dict(signed.header), dict(signed.claims)
            except InvalidKeyIdError as error:
                if latest:
                    raise IdentityRefused("unknown key") from error
            except (JoseError, ValueError, TypeError) as error:
                raise IdentityRefused(f"signature: {error}") from error
        raise IdentityRefused("unknown key")

    def _takes_pkce(self) -> bool:
        return "S256" in self._announced("code_challenge_methods_supported")

    def _announced(self, name: str) -> list[Any]:
        listed = self._described().get(name)
        return listed if isinstance(listed, list) else []

    def _endpoint(self, name: str) -> str:
        address = text_of(self._described(), name)
        if not self._is_safe(address):
            raise ProviderUnusable(f"{name} is not in https")
        return address

    def _is_safe(self, address: str) -> bool:
        """Whether nobody between us can read: https, or this machine when the provider itself is on it."""
        try:
            parts, issuer = urlsplit(address), urlsplit(self.client.issuer)
        except ValueError:
            return False
        return parts.scheme == "https" or (issuer.scheme == "http" and parts.hostname == issuer.hostname)

    def _described(self) -> dict[str, Any]:
        from authlib.oidc.discovery import get_well_known_url

        found = self._remember(get_well_known_url(self.client.issuer, external=True))
        if found.get("issuer") != self.client.issuer:
            raise ProviderUnusable("it says that it is another issuer")
        return found

    def _keys(self, *, latest: bool) -> dict[str, Any]:
        return self._remember(self._endpoint("jwks_uri"), latest=latest)

    def _remember(self, address: str, *, latest: bool = False) -> dict[str, Any]:
        with self._lock:
            until, found = self._remembered.get(address, (0.0, {}))
            if latest or monotonic() >= until:
                found = json_object(fetched(address, {}))
                self._remembered[address] = monotonic() + _REMEMBERED, found
            return found


def _validate(claims: Any) -> None:
    """Raise ``IdentityRefused`` unless Authlib finds these claims valid."""
    from joserfc.errors import JoseError

    try:
        claims.validate(leeway=_CLOCKS_DIFFER)
    except (JoseError, ValueError, TypeError) as error:
        raise IdentityRefused(str(error)) from error


PROOF = "proof of the provider"


def provider_sign_out_address(proof: str | None) -> str | None:
    """Where someone who came in through the provider ends their session there too."""
    provider: Provider | None = current_app.extensions["provider"]
    if not provider or proof is None:
        return None
    try:
        return provider.sign_out_address(proof, public_address("/"))
    except ProviderUnusable as error:
        current_app.logger.error("identity provider: %s", error)
        return None
