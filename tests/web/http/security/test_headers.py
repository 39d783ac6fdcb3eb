"""The exact headers of every response, and the protection of forms."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from settings import Settings
from storage.core.database import migrate
from tests.web.conftest import PASSWORD, SignIn
from tests.web.forms import post_form, token_in

DRAWN = "Zk3vQ9-x7Lm2Rt8_Yb5Nw1Hc6Pd4Sf0Gj"

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-cache",
    "Vary": "Cookie",
    "Content-Type": "text/html; charset=utf-8",
}


@pytest.mark.parametrize(
    ("address", "vary"), [("/", "Accept-Encoding, Cookie"), ("/nulle-part", "Cookie"), ("/connexion", "Cookie")]
)
def test_a_page_carries_exactly_these_headers(address: str, vary: str, client: FlaskClient) -> None:
    headers = dict(client.get(address).headers)
    del headers["Content-Length"]
    assert {name: value for name, value in headers.items() if name != "Set-Cookie"} == HEADERS | {"Vary": vary}


def test_a_respondents_page_carries_them_more_strictly_and_no_cookie(demo_client: FlaskClient) -> None:
    headers = dict(demo_client.get("/repondre/essai").headers)
    assert set(headers.pop("Vary").split(", ")) == {"Accept-Encoding", "Cookie"}
    stricter = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "Vary": None}
    expected = {name: value for name, value in (HEADERS | stricter).items() if value}
    assert headers.items() >= expected.items()
    assert "Set-Cookie" not in headers


# What each kind of answer says otherwise than the others; None is what it does not say at all.
KINDS: dict[str, tuple[str, str, int, dict[str, str | None]]] = {
    "public page": ("", "/confidentialite", 200, {}),
    "sign-in": ("", "/connexion", 200, {}),
    "forgotten password": ("", "/connexion/oubli", 200, {}),
    "link to choose a password": (
        "",
        "/invitation/unknown",
        404,
        {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"},
    ),
    "page that does not exist": ("", "/nulle-part", 404, {}),
    "way in to answer": (
        "",
        "/repondre/",
        200,
        {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"},
    ),
    "to the sign-in page": ("", "/compte", 303, {"Location": "/connexion?suite=/compte"}),
    "own account": ("reader", "/compte", 200, {"Cache-Control": "no-store"}),
    "campaigns": ("reader", "/campagnes/", 200, {"Cache-Control": "no-store"}),
    "another's page": ("reader", "/comptes", 404, {"Cache-Control": "no-store"}),
    "public page, signed in": ("reader", "/confidentialite", 200, {"Cache-Control": "no-store"}),
    "accounts": ("programme", "/comptes", 200, {"Cache-Control": "no-store"}),
    "audit log": ("programme", "/journal", 200, {"Cache-Control": "no-store"}),
    "health": ("", "/healthz", 200, {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_page_says_exactly_this(kind: str, client: FlaskClient, sign_in: SignIn) -> None:
    role, address, status, differences = KINDS[kind]
    reader = sign_in(role, None if role == "programme" else "Ici") if role else client
    answer = reader.get(address)
    assert answer.status_code == status
    found = {name: value for name, value in answer.headers if name not in {"Content-Length", "Set-Cookie", "Vary"}}
    expected = {name: value for name, value in (HEADERS | differences).items() if value and name != "Vary"}
    assert found == expected


def test_a_session_begins_with_signing_in_and_ends_for_good_with_signing_out(sign_in: SignIn, app: Flask) -> None:
    sign_in("reader")
    attacked = app.test_client()
    attacked.get("/connexion")
    planted = attacked.get_cookie("grille")
    assert planted
    post_form(attacked, "/connexion", email="reader@ici.example", password=PASSWORD)
    begun = attacked.get_cookie("grille")
    assert begun
    assert begun.value != planted.value
    whoever_planted = app.test_client()
    whoever_planted.set_cookie("grille", planted.value)
    assert whoever_planted.get("/compte").status_code == 303
    post_form(attacked, "/deconnexion", seen_at="/compte")
    whoever_copied = app.test_client()
    whoever_copied.set_cookie("grille", begun.value)
    assert whoever_copied.get("/compte").status_code == 303


def test_behind_https_the_cookie_is_bound_to_this_host(tmp_path: Path) -> None:
    app = create_app(Settings(data=tmp_path, public_url="https://grille.exemple.fr", secret_key=DRAWN))
    migrate(app.config["DATABASE"])
    cookie = app.test_client().get("/connexion", base_url="https://grille.exemple.fr").headers["Set-Cookie"]
    app.extensions["database"].close()
    name, _, rest = cookie.partition("=")
    assert name == "__Host-grille"
    assert set(rest.partition("; ")[2].split("; ")) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_https_is_remembered_where_it_is_used(tmp_path: object) -> None:
    app = create_app(Settings(data=str(tmp_path), public_url="https://grille.exemple.fr"))
    answer = app.test_client().get("/robots.txt")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert app.config["SESSION_COOKIE_SECURE"]
    assert app.config["SESSION_COOKIE_NAME"] == "__Host-grille"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites(sign_in: SignIn) -> None:
    cookie = sign_in("reader").get_cookie("grille")
    assert cookie
    assert cookie.http_only
    assert cookie.same_site == "Lax"


def test_a_form_without_its_token_is_shown_again_whole(client: FlaskClient) -> None:
    typed = {"email": "a@b.example", "password": "a secret", "note": "<b>Mon texte</b>\nsur deux lignes"}
    answer = client.post("/connexion", data=typed, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 400
    assert "Votre saisie est là" in answer.text
    assert "a@b.example" in answer.text
    assert "&lt;b&gt;Mon texte&lt;/b&gt;\nsur deux lignes" in answer.text
    assert "a secret" not in answer.text


def test_it_can_then_be_sent_with_one_click(sign_in: SignIn, app: Flask) -> None:
    sign_in("reader")
    client = app.test_client()
    typed = {"email": "reader@ici.example", "suite": "/grille"}
    shown = client.post("/connexion", data=typed, headers={"Sec-Fetch-Site": "same-origin"})
    answer = client.post("/connexion", data=typed | {"csrf_token": token_in(shown.text), "password": PASSWORD})
    assert answer.headers["Location"] == "/grille"


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ailleurs.example"}, {"Referer": "null"}, {}]
)
def test_a_form_from_elsewhere_is_not_offered_again(headers: dict[str, str], client: FlaskClient) -> None:
    answer = client.post("/connexion", data={"email": "a@b.example"}, headers=headers)
    assert answer.status_code == 400
    assert "csrf_token" not in answer.text
    assert "a@b.example" not in answer.text


def test_a_token_of_someone_else_is_refused(client: FlaskClient, app: Flask) -> None:
    stolen = token_in(app.test_client().get("/connexion").text)
    client.get("/connexion")
    answer = client.post("/connexion", data={"csrf_token": stolen, "email": "a@b.example"})
    assert answer.status_code == 400


SITE = "https://grille.exemple.fr"
ELSEWHERE = ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://ailleurs.example"})
ELSEWHERE += ({"Referer": "https://ailleurs.example/page"}, {"Origin": "null", "Referer": "https://ailleurs.example/"})
HERE_OR_SILENT: tuple[dict[str, str], ...] = (
    *({}, {"Origin": "null"}, {"Origin": "http://["}, {"Referer": ""}, {"Sec-Fetch-Site": "none"}),
    *({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, {"Origin": SITE}, {"Referer": f"{SITE}/connexion"}),
    *({"Origin": f"{SITE}:8443"}, {"Origin": "http://127.0.0.1:8000"}),
)


@pytest.mark.parametrize("headers", HERE_OR_SILENT)
@pytest.mark.parametrize("site", [SITE, "http://grille.exemple.fr"])
def test_a_token_is_enough_for_who_says_nothing(headers: dict[str, str], site: str, client: FlaskClient) -> None:
    typed = {"csrf_token": token_in(client.get("/connexion", base_url=site).text)}
    assert client.post("/connexion", base_url=site, data=typed, headers=headers).status_code == 422


@pytest.mark.parametrize("headers", ELSEWHERE)
@pytest.mark.parametrize("site", [SITE, "http://grille.exemple.fr"])
def test_a_token_is_not_enough_for_who_says_another_site(
    headers: dict[str, str], site: str, client: FlaskClient
) -> None:
    typed = {"csrf_token": token_in(client.get("/connexion", base_url=site).text), "email": "a@b.example"}
    answer = client.post("/connexion", base_url=site, data=typed, headers=headers)
    assert answer.status_code == 400
    assert "a@b.example" not in answer.text


def test_a_proxy_that_keeps_our_name_from_us_stops_no_form(tmp_path: Path) -> None:
    app = create_app(Settings(data=tmp_path, public_url=SITE, secret_key=DRAWN))
    migrate(app.config["DATABASE"])
    client, behind = app.test_client(), "https://127.0.0.1:8000"
    typed = {"csrf_token": token_in(client.get("/connexion", base_url=behind).text)}
    assert client.post("/connexion", base_url=behind, data=typed, headers={"Origin": SITE}).status_code == 422
    app.extensions["database"].close()


def test_signing_out_needs_the_token(sign_in: SignIn) -> None:
    client = sign_in("reader")
    assert client.post("/deconnexion").status_code == 400
    assert client.get("/compte").status_code == 200
    assert post_form(client, "/deconnexion", seen_at="/compte").status_code == 303
    assert client.get("/compte").status_code == 303
