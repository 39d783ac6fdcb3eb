"""Signing in through an identity provider: a real one on this machine, and its forged answers."""

import html
import http.client
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from app import create_app
from settings import Settings, SettingsErrors
from storage.accounts.accounts import Account, create_account, disable_account
from storage.accounts.password_links import account_of_link, make_account_link
from storage.accounts.second_steps import offer_second_step
from storage.core.engine import Database
from storage.operations.audit_log import Wanted, entries
from tests.web.conftest import PASSWORD, quick_passwords
from tests.web.forms import post_form
from tests.web.identity_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    IdentityProvider,
    Lies,
    providing,
    shared_key,
    unsigned,
)
from tests.web.markup import problems_in

SITE = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def running() -> Iterator[IdentityProvider]:
    with providing() as provider:
        yield provider


@pytest.fixture
def provider(running: IdentityProvider) -> IdentityProvider:
    """The provider, honest again."""
    running.lies, running.signed_info, running.seen = Lies(), False, []
    running.person = {"sub": "subject-1", "email": "ada@exemple.fr", "email_verified": True}
    return running


@pytest.fixture
def options() -> dict[str, object]:
    """More settings, for one test."""
    return {}


@pytest.fixture
def app(database_path: Path, provider: IdentityProvider, options: dict[str, object]) -> Iterator[Flask]:
    """The application, which knows that provider."""
    named = {"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT_ID, "oidc_client_secret": CLIENT_SECRET}
    settings = Settings.model_validate(
        {"data": database_path.parent, "secret_key": "a secret that only tests can know", **named, **options}
    )
    app = create_app(settings)
    yield app
    app.extensions["database"].close()
    app.extensions["counts"].close()


@pytest.fixture
def ada(database: Database, password_hash: str) -> Account:
    """Someone who has an account."""
    return create_account(database, "ada@exemple.fr", "Ada Essai", password_hash)


def go(address: str) -> str:
    """Go to the provider as a browser does; gives where it sends back, on this site."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    connection.request("GET", f"{parts.path}?{parts.query}")
    location = connection.getresponse().headers["Location"]
    connection.close()
    assert location.startswith(SITE)
    return location.removeprefix(SITE)


def sign_in(client: FlaskClient, suite: str = "") -> TestResponse:
    """The whole way, up to the last answer of this site."""
    asked = client.get("/connexion/federee", query_string={"suite": suite})
    assert asked.status_code == 303, asked.text
    return client.get(go(asked.headers["Location"]))


def is_out(answer: TestResponse, client: FlaskClient, status: int = 403) -> bool:
    """Whether that was refused with a page, and nobody came in."""
    return answer.status_code == status and problems_in(answer.text) == [] and client.get("/compte").status_code == 303


def test_someone_with_an_account_comes_in_and_goes_on(client: FlaskClient, ada: Account, database: Database) -> None:
    assert "Se connecter avec ProConnect" in client.get("/connexion").text
    answer = sign_in(client, "/grille?q=cap")
    assert answer.headers["Location"] == "/grille?q=cap"
    page = client.get("/compte").text
    assert "Bonjour, Ada Essai" in page
    assert "Relié à ProConnect" in page
    assert [entry.event for entry in reversed(entries(database, Wanted()))] == ["identity linked", "signed in"]


def test_what_is_asked_has_its_secrets_and_pkce(client: FlaskClient, provider: IdentityProvider) -> None:
    address = client.get("/connexion/federee").headers["Location"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert {len(asked[name]) for name in ("state", "nonce", "code_challenge")} == {43}
    assert asked["code_challenge_method"] == "S256"
    assert asked["scope"] == "openid email"
    assert asked["redirect_uri"] == f"{SITE}/connexion/federee/retour"
    again = parse_qs(urlsplit(client.get("/connexion/federee").headers["Location"]).query)
    assert again["state"] != [asked["state"]]
    assert again["nonce"] != [asked["nonce"]]


def test_once_linked_the_subject_alone_counts(
    client: FlaskClient, ada: Account, app: Flask, provider: IdentityProvider, database: Database
) -> None:
    sign_in(client)
    provider.person |= {"email": "ada.mariee@exemple.fr", "email_verified": False}
    assert sign_in(app.test_client()).headers["Location"] == "/compte"
    provider.person = {"sub": "subject-2", "email": "ada@exemple.fr", "email_verified": True}
    visitor = app.test_client()
    assert is_out(sign_in(visitor), visitor), "the address was given to somebody else"
    create_account(database, "eve@exemple.fr", "Eve")
    provider.person = {"sub": "subject-1", "email": "eve@exemple.fr", "email_verified": True}
    someone = app.test_client()
    sign_in(someone)
    assert "Ada Essai" in someone.get("/compte").text


@pytest.mark.parametrize(
    "person",
    [
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "yes"},
        {"email_verified": 1.5},
        {"email": None},
        {"email": ["ada@exemple.fr"]},
        {"email": "nobody@exemple.fr"},
        {"email": ""},
    ],
)
def test_without_a_verified_address_of_an_account_nobody_comes_in(
    person: dict[str, object], client: FlaskClient, ada: Account, provider: IdentityProvider, database: Database
) -> None:
    provider.lies.info = person
    answer = sign_in(client)
    assert is_out(answer, client)
    assert "Aucun compte ne vous attend" in answer.text
    assert entries(database, Wanted()) == []


def test_a_disabled_account_stays_out_even_once_linked(
    client: FlaskClient, ada: Account, app: Flask, database: Database
) -> None:
    sign_in(client)
    disable_account(database, ada)
    again = app.test_client()
    assert is_out(sign_in(again), again)


NOW = int(time.time())
ATTACKS = {
    "another nonce": Lies(claims={"nonce": "another"}),
    "no nonce": Lies(claims={"nonce": None}),
    "another audience": Lies(claims={"aud": "another-site"}),
    "several audiences": Lies(claims={"aud": [CLIENT_ID, "another-site"]}),
    "no audience": Lies(claims={"aud": None}),
    "another authorized party": Lies(claims={"azp": "another-site"}),
    "another issuer": Lies(claims={"iss": "https://attacker.example"}),
    "no issuer": Lies(claims={"iss": None}),
    "expired": Lies(claims={"exp": NOW - 600}),
    "never expires": Lies(claims={"exp": None}),
    "issued tomorrow": Lies(claims={"iat": NOW + 86_400, "nbf": NOW + 86_400}),
    "issued nobody knows when": Lies(claims={"iat": None}),
    "given with another access token": Lies(claims={"at_hash": "another"}),
    "given with an access token that is told as a number": Lies(claims={"at_hash": 7}),
    "methods that are no list": Lies(claims={"amr": "pwd"}),
    "no subject": Lies(claims={"sub": None}),
    "a subject that is no text": Lies(claims={"sub": 7}),
    "signed by another key": Lies(key=RSAKey.generate_key(2048, {"kid": "first"})),
    "signed by an unknown key": Lies(header={"kid": "unknown"}),
    "signed with the client's secret": Lies(header={"alg": "HS256"}, key=shared_key(CLIENT_SECRET)),
    "not signed": Lies(token=unsigned({"sub": "subject-1", "aud": CLIENT_ID})),
    "no token at all": Lies(token="nothing"),
    "userinfo of somebody else": Lies(info={"sub": "subject-9"}),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_proves_nothing_lets_nobody_in(
    attack: str, client: FlaskClient, ada: Account, provider: IdentityProvider, database: Database
) -> None:
    provider.lies = ATTACKS[attack]
    answer = sign_in(client)
    assert is_out(answer, client)
    assert "ne peut pas être vérifiée" in answer.text
    assert entries(database, Wanted()) == []


def test_the_same_without_a_lie_lets_in(client: FlaskClient, ada: Account, provider: IdentityProvider) -> None:
    provider.lies = Lies(claims={"azp": CLIENT_ID, "aud": [CLIENT_ID]})
    assert sign_in(client).status_code == 303


def test_a_state_serves_once_in_the_browser_that_asked(client: FlaskClient, ada: Account, app: Flask) -> None:
    address = client.get("/connexion/federee").headers["Location"]
    before = client.get_cookie("grille")
    back = go(address)
    other = app.test_client()
    assert is_out(other.get(back), other, 400), "another browser"
    forged = re.sub(r"state=[^&]+", "state=" + "x" * 43, back)
    assert is_out(client.get(forged), client, 400)
    assert is_out(client.get(back), client, 400), "the first answer has ended the wait"
    assert before
    client.set_cookie("grille", before.value)
    assert client.get(back).status_code == 303
    replaying = app.test_client()
    replaying.set_cookie("grille", before.value)
    code = go(address).partition("code=")[2].partition("&")[0]
    replayed = re.sub(r"code=[^&]+", f"code={code}", back)
    assert is_out(replaying.get(replayed), replaying, 400), "the same state, with a fresh code"


def test_an_answer_comes_in_time_and_from_the_right_issuer(
    client: FlaskClient, ada: Account, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider.lies.iss = "https://attacker.example"
    assert is_out(sign_in(client), client, 400)
    provider.lies.iss = provider.issuer
    back = go(client.get("/connexion/federee").headers["Location"])
    monkeypatch.setattr("web.accounts.views.oidc.time", lambda: time.time() + 601)
    assert is_out(client.get(back), client, 400)


def test_someone_who_gives_up_at_the_provider_s_is_informed(client: FlaskClient) -> None:
    address = client.get("/connexion/federee").headers["Location"]
    (state,) = parse_qs(urlsplit(address).query)["state"]
    answer = client.get("/connexion/federee/retour", query_string={"error": "access_denied", "state": state})
    assert is_out(answer, client)
    assert "n’a pas confirmé" in answer.text


def test_a_code_without_its_verifier_is_worth_nothing(
    client: FlaskClient, ada: Account, app: Flask, provider: IdentityProvider
) -> None:
    stolen = go(client.get("/connexion/federee").headers["Location"]).partition("code=")[2].partition("&")[0]
    attacker = app.test_client()
    own = go(attacker.get("/connexion/federee").headers["Location"])
    assert is_out(attacker.get(re.sub(r"code=[^&]+", f"code={stolen}", own)), attacker, 503)


def test_keys_that_the_provider_has_changed_are_fetched_again(
    client: FlaskClient, ada: Account, app: Flask, provider: IdentityProvider
) -> None:
    sign_in(client)
    fetched = provider.seen.count("/api/v2/jwks")
    provider.turn_key("second")
    assert sign_in(app.test_client()).status_code == 303
    assert sign_in(app.test_client()).status_code == 303
    assert provider.seen.count("/api/v2/jwks") == fetched + 1


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "https://attacker.example"},
        {"authorization_endpoint": None},
        {"authorization_endpoint": "http://elsewhere.example/authorize"},
        {"authorization_endpoint": "https://[elsewhere/authorize"},
    ],
)
def test_a_provider_that_describes_itself_badly_is_not_used(
    described: dict[str, object], client: FlaskClient, provider: IdentityProvider
) -> None:
    provider.lies.described = described
    answer = client.get("/connexion/federee")
    assert answer.status_code == 503
    assert "ne répond pas" in answer.text


@pytest.mark.parametrize(
    "lies",
    [
        Lies(tokens={"id_token": None}),
        Lies(tokens={"access_token": 7}),
        Lies(tokens={"error": "invalid_client", "error_description": "unknown"}),
        Lies(tokens={"expires_in": ["soon"]}),
        Lies(described={"token_endpoint": "https://127.0.0.1/not an address"}),
        Lies(described={"userinfo_endpoint": 7}),
        Lies(garbled="/token"),
        Lies(garbled="/userinfo"),
    ],
)
def test_a_provider_that_does_not_finish_is_said_as_such(
    lies: Lies, client: FlaskClient, ada: Account, provider: IdentityProvider
) -> None:
    provider.lies = lies
    answer = sign_in(client)
    assert is_out(answer, client, 503)
    assert "ne répond pas" in answer.text


def test_what_is_announced_in_another_form_is_not_announced(
    client: FlaskClient, ada: Account, provider: IdentityProvider
) -> None:
    provider.lies.described = {"code_challenge_methods_supported": 7, "token_endpoint_auth_methods_supported": "post"}
    assert sign_in(client).status_code == 303


def test_when_the_provider_is_away_passwords_still_open(
    client: FlaskClient, ada: Account, app: Flask, provider: IdentityProvider
) -> None:
    address = client.get("/connexion/federee").headers["Location"]
    back = go(address)
    provider.lies.away = True
    assert is_out(client.get(back), client, 503)
    assert app.test_client().get("/connexion/federee").status_code in {303, 503}
    with quick_passwords():
        answer = post_form(client, "/connexion", email="ada@exemple.fr", password=PASSWORD)
    assert answer.status_code == 303


def test_a_second_step_is_asked_for_here_too(client: FlaskClient, ada: Account, app: Flask, database: Database) -> None:
    offer_second_step(database, ada, app.config["SECRET_KEY"])
    database.conn.execute("UPDATE second_steps SET confirmed_at = '2026-01-01T00:00:00+00:00'")
    assert sign_in(client).headers["Location"] == "/connexion/code"
    assert client.get("/compte").status_code == 303


def test_an_invitation_is_accepted_by_coming_in(client: FlaskClient, database: Database) -> None:
    invited = create_account(database, "ada@exemple.fr", "Ada Essai")
    secret = make_account_link(database, invited, "invitation")
    assert sign_in(client).status_code == 303
    assert account_of_link(database, secret, "invitation") is None
    refused = post_form(client, "/compte/identite/separer", seen_at="/compte")
    assert refused.status_code == 303
    assert "Choisissez d’abord un mot de passe" in client.get("/compte").text


def test_an_account_can_be_separated_again(
    client: FlaskClient, ada: Account, app: Flask, provider: IdentityProvider, database: Database
) -> None:
    sign_in(client)
    assert post_form(client, "/compte/identite/separer", seen_at="/compte").status_code == 303
    assert "Relié à" not in client.get("/compte").text
    provider.person = {"sub": "subject-2", "email": "ada@exemple.fr", "email_verified": True}
    assert sign_in(app.test_client()).status_code == 303
    events = [entry.event for entry in entries(database, Wanted())]
    assert events.count("identity linked") == 2
    assert events.count("identity unlinked") == 1


def test_signing_out_offers_to_end_the_provider_s_session(
    client: FlaskClient, ada: Account, provider: IdentityProvider
) -> None:
    sign_in(client)
    answer = post_form(client, "/deconnexion", seen_at="/compte")
    assert answer.status_code == 200
    assert problems_in(answer.text) == []
    address = re.search(rf'href="({provider.issuer}/session/end[^"]+)"', html.unescape(answer.text))
    assert address
    asked = parse_qs(urlsplit(address[1]).query)
    assert asked["post_logout_redirect_uri"] == [f"{SITE}/"]
    assert len(asked["state"][0]) >= 32
    assert asked["id_token_hint"][0].count(".") == 2
    assert client.get("/compte").status_code == 303


@pytest.fixture
def _as_proconnect(options: dict[str, object]) -> None:
    options |= {"oidc_trust_email": True, "oidc_acr": "eidas2 eidas3"}


@pytest.mark.usefixtures("_as_proconnect")
def test_a_provider_like_proconnect(client: FlaskClient, ada: Account, app: Flask, provider: IdentityProvider) -> None:
    provider.signed_info = True
    provider.lies = Lies(
        claims={"acr": "eidas2"},
        info={"email_verified": None},
        described={
            "code_challenge_methods_supported": None,
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        },
    )
    address = client.get("/connexion/federee").headers["Location"]
    asked = parse_qs(urlsplit(address).query)
    assert "code_challenge" not in asked, "this provider refuses what it does not know"
    assert asked["claims"] == ['{"id_token": {"acr": {"essential": true, "values": ["eidas2", "eidas3"]}}}']
    assert client.get(go(address)).status_code == 303
    provider.lies.claims = {"acr": "eidas1"}
    weak = app.test_client()
    assert is_out(sign_in(weak), weak), "a level that is not good enough"
    provider.lies.claims = {"acr": ["eidas2", "eidas1"]}
    several = app.test_client()
    assert is_out(sign_in(several), several), "several levels at once"
    provider.lies.claims, provider.lies.info = {"acr": "eidas2"}, {"email_verified": False, "sub": "subject-3"}
    provider.lies.claims["sub"] = "subject-3"
    refused = app.test_client()
    assert is_out(sign_in(refused), refused), "an address said to be unverified"
    provider.lies.claims, provider.lies.info = {"acr": "eidas2"}, {"iss": "https://attacker.example"}
    forged = app.test_client()
    assert is_out(sign_in(forged), forged), "userinfo of another issuer"


def test_where_no_provider_is_named_there_is_nothing(tmp_path: Path, database_path: Path) -> None:
    app = create_app(Settings(data=database_path.parent, secret_key="a secret that only tests can know"))
    client = app.test_client()
    for address in ("/connexion/federee", "/connexion/federee/retour?code=x&state=y"):
        assert client.get(address).status_code == 404
    assert "ProConnect" not in client.get("/connexion").text
    app.extensions["database"].close()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"OIDC_ISSUER": "https://id.example"}, ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"]),
        ({"OIDC_CLIENT_SECRET": "x"}, ["OIDC_ISSUER", "OIDC_CLIENT_ID"]),
        ({"OIDC_ISSUER": "http://id.example", "OIDC_CLIENT_ID": "x", "OIDC_CLIENT_SECRET": "y"}, ["OIDC_ISSUER"]),
    ],
)
def test_half_a_provider_is_refused_at_the_start(given: dict[str, str], said: list[str]) -> None:
    with pytest.raises(SettingsErrors) as refused:
        Settings.read(given)
    assert [problem.split("=")[0] for problem in refused.value.problems] == said
