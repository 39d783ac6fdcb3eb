"""Every address, with who may open it: a route that this table does not list, or a wrong access, fails the tests."""

from collections.abc import Iterator
from enum import Enum, auto

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.conftest import Open, SignIn


class Access(Enum):
    """Who gets something from an address."""

    EVERYONE = auto()
    SIGNED_IN = auto()
    SECRET = auto()
    """Whoever holds the secret that the address names; for others there is nothing there."""
    RESULTS = auto()
    """Anyone once the campaign is published, its territory's people before; for others there is nothing there."""


ROUTES = {
    "GET /": Access.EVERYONE,
    "GET /accessibilite": Access.EVERYONE,
    "GET /campagnes/": Access.SIGNED_IN,
    "GET /compte": Access.SIGNED_IN,
    "POST /compte/sessions/<int:number>": Access.SIGNED_IN,
    "GET /confidentialite": Access.EVERYONE,
    "GET /connexion": Access.EVERYONE,
    "POST /connexion": Access.EVERYONE,
    "POST /deconnexion": Access.EVERYONE,
    "GET /grille": Access.EVERYONE,
    "GET /grille/<version>": Access.EVERYONE,
    "GET /healthz": Access.EVERYONE,
    "GET /repondre/": Access.EVERYONE,
    "GET /repondre/<token>": Access.SECRET,
    "POST /repondre/<token>": Access.SECRET,
    "GET /repondre/<key>/<int:number>": Access.SECRET,
    "POST /repondre/<key>/<int:number>": Access.SECRET,
    "GET /repondre/<key>/college": Access.SECRET,
    "POST /repondre/<key>/college": Access.SECRET,
    "GET /repondre/<key>/fin": Access.SECRET,
    "GET /repondre/<key>/plus-tard": Access.SECRET,
    "GET /repondre/<key>/relecture": Access.SECRET,
    "POST /repondre/<key>/relecture": Access.SECRET,
    "GET /repondre/<key>/supprimer": Access.SECRET,
    "POST /repondre/<key>/supprimer": Access.SECRET,
    "GET /restitution/<slug>": Access.RESULTS,
    "GET /restitution/<slug>/fichiers/<name>": Access.RESULTS,
    "GET /resultats": Access.EVERYONE,
    "GET /robots.txt": Access.EVERYONE,
    "GET /seance/<slug>": Access.RESULTS,
    "GET /seances": Access.EVERYONE,
    "GET /static/<path:filename>": Access.EVERYONE,
}

EXAMPLES = {"version": "2026.1", "filename": "css/tokens.css", "token": "nobody", "key": "nobody", "number": 1, "name": "profile.json"}


def routes_of(app: Flask) -> Iterator[str]:
    """``GET /address`` for every method of every rule."""
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield f"{method} {rule.rule}"


def test_every_route_is_listed_with_its_access(app: Flask) -> None:
    assert set(routes_of(app)) == set(ROUTES)


def listed(access: Access) -> list[str]:
    """The routes of that access."""
    return [route for route, given in ROUTES.items() if given is access]


def visit(app: Flask, client: FlaskClient, route: str, **values: object) -> TestResponse:
    """Ask for a route, its variables filled in, without what protects forms: rights come first."""
    app.config["WTF_CSRF_ENABLED"] = False
    method, rule = route.split(" ")
    for name, value in (EXAMPLES | values).items():
        for written in (f"<{name}>", f"<int:{name}>", f"<path:{name}>"):
            rule = rule.replace(written, str(value))
    assert "<" not in rule, f"{rule}: give an example of its variable"
    return client.open(rule, method=method)


@pytest.mark.parametrize("route", listed(Access.EVERYONE))
def test_anyone_may(route: str, app: Flask, client: FlaskClient) -> None:
    # 422: the sign-in form sent empty; 303: home, after signing out.
    assert visit(app, client, route).status_code in {200, 303, 422}
    assert "/connexion" not in visit(app, client, route).headers.get("Location", "")


@pytest.mark.parametrize("route", listed(Access.SIGNED_IN))
def test_others_are_asked_to_sign_in(route: str, app: Flask, client: FlaskClient) -> None:
    answer = visit(app, client, route)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/connexion")


@pytest.mark.parametrize("route", listed(Access.SECRET))
def test_a_wrong_secret_opens_nothing(route: str, app: Flask, client: FlaskClient) -> None:
    answer = visit(app, client, route)
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


RESULTS = listed(Access.RESULTS)
PEOPLE = [("programme", None), ("pilot", "Ici"), ("reviewer", "Ici"), ("reader", "Ici")]
STRANGERS = [("", "Ici"), ("pilot", "Ailleurs"), ("reviewer", "Ailleurs"), ("reader", "Ailleurs")]


@pytest.mark.parametrize("route", RESULTS)
def test_published_results_are_for_all(route: str, app: Flask, client: FlaskClient, campaign: Open) -> None:
    assert visit(app, client, route, slug=campaign("published").slug).status_code == 200


@pytest.mark.parametrize("route", RESULTS)
@pytest.mark.parametrize(("role", "territory"), PEOPLE)
def test_closed_results_are_for_their_territory(
    route: str, role: str, territory: str | None, app: Flask, client: FlaskClient, campaign: Open, sign_in: SignIn
) -> None:
    slug = campaign("closed").slug
    assert visit(app, sign_in(role, territory), route, slug=slug).status_code == 200
    assert visit(app, client, route, slug=slug).status_code == 404


@pytest.mark.parametrize("route", RESULTS)
@pytest.mark.parametrize("state", ["open", "closed"])
@pytest.mark.parametrize(("role", "territory"), STRANGERS)
def test_another_territorys_campaign_does_not_exist(
    route: str, state: str, role: str, territory: str, app: Flask, campaign: Open, sign_in: SignIn
) -> None:
    slug = campaign(state).slug
    there = visit(app, (client := sign_in(role, territory)), route, slug=slug)
    nowhere = visit(app, client, route, slug="nulle-part")
    assert there.status_code == nowhere.status_code == 404
    assert there.text == nowhere.text


@pytest.mark.parametrize(("role", "territory"), PEOPLE)
def test_an_open_campaign_has_no_result_even_for_its_people(
    role: str, territory: str | None, app: Flask, campaign: Open, sign_in: SignIn
) -> None:
    slug, client = campaign("open").slug, sign_in(role, territory)
    page = visit(app, client, "GET /restitution/<slug>", slug=slug)
    assert page.status_code == 200
    assert "La collecte est en cours" in page.text
    assert '<svg class="chart' not in page.text
    assert visit(app, client, "GET /seance/<slug>", slug=slug).status_code == 404
