"""Every address and who may open it: a route missing in this table, or a wrong access, fails."""

import ast
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from accounts.permissions import GRANTED, RIGHTS
from accounts.scopes import Scope
from grille import current
from grille.drafts.beginnings import draft_from
from storage.accounts.accounts import account_by_email
from storage.accounts.api_keys import make_key
from storage.campaigns.campaigns import Campaign, campaign_by_slug
from storage.campaigns.territories import territory_by_slug
from storage.core.database import open_database
from storage.core.engine import Database
from storage.grids.drafts import add_draft
from storage.review.parcours import ActionPlan, PlannedAction, add_action, remove_action
from storage.review.parcours.supervisions import Supervision, save_supervision
from tests.conftest import application
from tests.web.conftest import Open, SignIn, address_of, opening, signing_in
from tests.web.forms import token_in

PEOPLE = [("programme", None), ("pilot", "Ici"), ("reviewer", "Ici"), ("reader", "Ici")]
VISITORS = [("", "Ici"), ("pilot", "Ailleurs"), ("reviewer", "Ailleurs"), ("reader", "Ailleurs")]
AUTHORS = [("programme", None), ("author", None)]
OUTSIDERS = [*PEOPLE[1:], ("programme", "Ici"), ("", "Ici")]


class Prepared(NamedTuple):
    """What each test finds: everyone's cookie and key, by role and territory, and the campaigns' slugs, by state."""

    cookies: dict[tuple[str, str | None], str]
    keys: dict[tuple[str, str | None], str]
    slugs: dict[str, str]


@pytest.fixture(scope="module")
def served(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application for all these tests: each of them gives it its own copy of the database."""
    path = tmp_path_factory.mktemp("routes") / "grille.db"
    shutil.copy(migrated, path)
    return application(path.parent)


@pytest.fixture(scope="module")
def prepared(served: Flask, password_hash: str) -> Prepared:
    """Everyone signed in and a campaign in each state, once for all these tests, in the database ``signed-in.db``."""
    path = Path(served.config["DATABASE"])
    with closing(open_database(path)) as db:
        sign_in, made = signing_in(served, db, password_hash), opening(db)
        found = {who: sign_in(*who).get_cookie("grille") for who in {*PEOPLE, *VISITORS, *OUTSIDERS, *AUTHORS}}
        keys = {who: key_of(db, *who) for who in found}
        add_draft(db, DRAFT, None)
        slugs = {state: made(state).slug for state in ("draft", "open", "closed", "published")}
    served.extensions["database"].close()
    shutil.copy(path, path.with_name("signed-in.db"))
    return Prepared({who: cookie.value for who, cookie in found.items() if cookie}, keys, slugs)


def key_of(db: Database, role: str, territory: str | None) -> str:
    """A key of that person, for everything."""
    account = account_by_email(db, address_of(role, territory))
    assert account is not None
    _number, secret = make_key(db, account, "Un logiciel", Scope, timedelta(days=1))
    return secret


@pytest.fixture
def database_path(served: Flask, prepared: Prepared) -> Path:
    """The database of those who are signed in and of the campaigns, as it was."""
    path = Path(served.config["DATABASE"])
    shutil.copy(path.with_name("signed-in.db"), path)
    return path


@pytest.fixture
def app(served: Flask, database_path: Path) -> Iterator[Flask]:
    """The application over that database."""
    yield served
    served.extensions["database"].close()


@pytest.fixture
def campaign(database: Database, prepared: Prepared) -> Open:
    """The campaign that is in that state."""

    def made(state: str = "open") -> Campaign:
        found = campaign_by_slug(database, prepared.slugs[state])
        assert found is not None
        return found

    return made


@pytest.fixture
def sign_in(app: Flask, prepared: Prepared) -> SignIn:
    """A client for someone who is signed in, and who has given it a key."""

    def signed(role: str = "", territory: str | None = "Ici") -> FlaskClient:
        client = app.test_client()
        client.set_cookie("grille", prepared.cookies[role, territory])
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {prepared.keys[role, territory]}"  # for the API alone
        return client

    return signed


class Access(Enum):
    """Who gets something from an address."""

    EVERYONE = auto()
    SIGNED_IN = auto()
    SECRET = auto()
    """Whoever holds the secret that the address names; for others there is nothing there."""
    RESULTS = auto()
    """Anyone once the campaign is published, its territory's people before; for others there is nothing there."""
    PUBLISHED = auto()
    """Anyone while the campaign is published; before, nobody, whatever their rights; then a page that says so."""
    ANYWHERE = auto()
    """Who may run campaigns on any territory: the programme; for others there is nothing there."""
    FOLLOWS = auto()
    """Everyone who has a role on the campaign's territory; for others there is nothing there."""
    RUNS = auto()
    """Who runs the campaigns of the territory; for its other people too, there is nothing there."""
    REVIEWS = auto()
    """The reviewers of the territory and the programme; for its other people too, there is nothing there."""
    ADOPTS = auto()
    """Who works on the territory: not who only reads."""
    EXPORTS = auto()
    """The programme alone, on any territory where it has a role; for others there is nothing there."""
    PRIVATE = auto()
    """The reviewers of the territory alone: neither its people nor the programme."""
    FEDERATED = auto()
    """Who comes by the identity provider; where the settings name none, there is nothing there."""
    PROGRAMME = auto()
    """The programme alone, with a role held everywhere; for others there is nothing there."""
    AUTHORS = auto()
    """The programme, and those it names for the studio of grids; for others there is nothing there."""
    PLANS = auto()
    """Who works on the territory, for an action of its parcours."""


ROUTES = {
    "GET /": Access.EVERYONE,
    "GET /accessibilite": Access.EVERYONE,
    "GET /api": Access.EVERYONE,
    "GET /api/v1/campaigns": Access.EVERYONE,
    "GET /api/v1/campaigns/<slug>": Access.PUBLISHED,
    "GET /api/v1/campaigns/<slug>/files": Access.PUBLISHED,
    "GET /api/v1/campaigns/<slug>/results": Access.PUBLISHED,
    "GET /api/v1/grids": Access.EVERYONE,
    "GET /api/v1/grids/<grid>/<version>": Access.EVERYONE,
    "GET /api/v1/my/campaigns/<slug>": Access.FOLLOWS,
    "GET /api/v1/my/campaigns/<slug>/changes": Access.FOLLOWS,
    "GET /api/v1/my/campaigns/<slug>/decisions": Access.ADOPTS,
    "GET /api/v1/my/campaigns/<slug>/diagnostics": Access.FOLLOWS,
    "GET /api/v1/my/campaigns/<slug>/links": Access.RUNS,
    "GET /api/v1/my/campaigns/<slug>/participation": Access.FOLLOWS,
    "GET /api/v1/my/campaigns/<slug>/results": Access.FOLLOWS,
    "GET /api/v1/my/campaigns/<slug>/settings": Access.RUNS,
    "POST /api/v1/my/campaigns/<slug>/close": Access.RUNS,
    "POST /api/v1/my/campaigns/<slug>/imports": Access.RUNS,
    "POST /api/v1/my/campaigns/<slug>/links": Access.RUNS,
    "POST /api/v1/my/campaigns/<slug>/open": Access.RUNS,
    "PUT /api/v1/my/campaigns/<slug>/settings": Access.RUNS,
    "GET /api/v1/my/territories/<place>/actions": Access.FOLLOWS,
    "POST /api/v1/my/territories/<place>/actions": Access.ADOPTS,
    "PUT /api/v1/my/territories/<place>/actions/<int:number>": Access.PLANS,
    "DELETE /api/v1/my/territories/<place>/actions/<int:number>": Access.PLANS,
    "GET /api/v1/my/key": Access.SIGNED_IN,
    "GET /api/v1/my/territories": Access.SIGNED_IN,
    "GET /api/v1/my/territories/<place>/campaigns": Access.FOLLOWS,
    "POST /api/v1/my/territories/<place>/campaigns": Access.RUNS,
    "GET /api/v1/openapi.json": Access.EVERYONE,
    "GET /api/v1/territories": Access.EVERYONE,
    "GET /api/v1/territories/<place>": Access.EVERYONE,
    "GET /atelier/": Access.EVERYONE,
    "GET /atelier/<code>": Access.SECRET,
    "POST /atelier/<code>": Access.SECRET,
    "GET /atelier/<code>/<key>": Access.SECRET,
    "POST /atelier/<code>/<key>": Access.SECRET,
    "GET /atelier/<code>/etat": Access.EVERYONE,
    "GET /campagnes/": Access.SIGNED_IN,
    "GET /campagnes/lieux": Access.ANYWHERE,
    "GET /campagnes/nouvelle": Access.ANYWHERE,
    "POST /campagnes/nouvelle": Access.ANYWHERE,
    "POST /campagnes/territoires": Access.ANYWHERE,
    "GET /campagnes/territoires/<place>/corriger": Access.ANYWHERE,
    "POST /campagnes/territoires/<place>/corriger": Access.ANYWHERE,
    "POST /campagnes/territoires/<place>/retirer": Access.ANYWHERE,
    "POST /campagnes/territoires/<place>/essai": Access.RUNS,
    "POST /campagnes/territoires/<place>/essai/effacer": Access.RUNS,
    "GET /campagnes/territoires/<place>/nouvelle": Access.RUNS,
    "POST /campagnes/territoires/<place>/nouvelle": Access.RUNS,
    "GET /campagnes/territoires/<place>/mentions": Access.RUNS,
    "POST /campagnes/territoires/<place>/mentions": Access.RUNS,
    "GET /campagnes/<slug>": Access.FOLLOWS,
    "GET /campagnes/<slug>/participation": Access.FOLLOWS,
    "GET /campagnes/<slug>/apercu/<college>/<int:number>": Access.RUNS,
    "POST /campagnes/<slug>/apercu/<college>/<int:number>": Access.RUNS,
    "GET /campagnes/<slug>/apercu/<college>/college": Access.RUNS,
    "GET /campagnes/<slug>/apercu": Access.RUNS,
    "GET /campagnes/<slug>/apercu/accueil": Access.RUNS,
    "POST /campagnes/<slug>/apercu/accueil": Access.RUNS,
    "GET /campagnes/<slug>/apercu/affiche.<kind>": Access.RUNS,
    "GET /campagnes/<slug>/apercu/lettre.pdf": Access.RUNS,
    "GET /campagnes/<slug>/ateliers": Access.ADOPTS,
    "POST /campagnes/<slug>/ateliers": Access.ADOPTS,
    "GET /campagnes/<slug>/ateliers/<int:number>": Access.ADOPTS,
    "GET /campagnes/<slug>/ateliers/<int:number>/etat": Access.ADOPTS,
    "POST /campagnes/<slug>/ateliers/<int:number>/aller": Access.ADOPTS,
    "POST /campagnes/<slug>/ateliers/<int:number>/consensus": Access.ADOPTS,
    "POST /campagnes/<slug>/ateliers/<int:number>/fin": Access.ADOPTS,
    "POST /campagnes/<slug>/ateliers/<int:number>/reveler": Access.ADOPTS,
    "GET /campagnes/<slug>/invitations": Access.RUNS,
    "POST /campagnes/<slug>/invitations/messages": Access.RUNS,
    "POST /campagnes/<slug>/invitations/retirer": Access.RUNS,
    "POST /campagnes/<slug>/invitations/redonner": Access.RUNS,
    "POST /campagnes/<slug>/invitations/tableau": Access.RUNS,
    "GET /campagnes/<slug>/invitations/tableau": Access.RUNS,
    "GET /campagnes/<slug>/liens": Access.RUNS,
    "POST /campagnes/<slug>/liens": Access.RUNS,
    "GET /campagnes/<slug>/liens/<int:number>/retirer": Access.RUNS,
    "POST /campagnes/<slug>/liens/<int:number>/retirer": Access.RUNS,
    "POST /campagnes/<slug>/liens/<int:number>/redonner": Access.RUNS,
    "GET /campagnes/<slug>/liens/<int:number>/affiche.<kind>": Access.RUNS,
    "GET /campagnes/<slug>/liens/<int:number>/lettre.pdf": Access.RUNS,
    "GET /campagnes/<slug>/liens/<int:number>/qr.<image>": Access.RUNS,
    "GET /campagnes/<slug>/liens/<int:number>/textes": Access.RUNS,
    "GET /campagnes/<slug>/feuilles": Access.RUNS,
    "GET /campagnes/<slug>/import": Access.RUNS,
    "POST /campagnes/<slug>/import": Access.RUNS,
    "POST /campagnes/<slug>/import/annuler": Access.RUNS,
    "GET /campagnes/<slug>/papier": Access.RUNS,
    "POST /campagnes/<slug>/papier": Access.RUNS,
    "GET /campagnes/<slug>/papier.pdf": Access.RUNS,
    "GET /campagnes/<slug>/papier/<college>.pdf": Access.RUNS,
    "GET /campagnes/<slug>/formulaire.xlsx": Access.RUNS,
    "GET /campagnes/<slug>/formulaire.txt": Access.RUNS,
    "GET /campagnes/<slug>/saisie": Access.RUNS,
    "POST /campagnes/<slug>/saisie": Access.RUNS,
    "POST /campagnes/<slug>/saisie/annuler": Access.RUNS,
    "GET /campagnes/<slug>/cloture": Access.RUNS,
    "GET /campagnes/<slug>/annuler": Access.RUNS,
    "POST /campagnes/<slug>/annuler": Access.RUNS,
    "POST /campagnes/<slug>/annuler-malgre-les-reponses": Access.EXPORTS,
    "GET /campagnes/<slug>/corriger": Access.RUNS,
    "POST /campagnes/<slug>/corriger": Access.RUNS,
    "GET /campagnes/<slug>/effectifs": Access.RUNS,
    "POST /campagnes/<slug>/effectifs": Access.RUNS,
    "POST /campagnes/<slug>/cloture": Access.RUNS,
    "POST /campagnes/<slug>/depublier": Access.RUNS,
    "POST /campagnes/<slug>/ouvrir": Access.RUNS,
    "POST /campagnes/<slug>/publier": Access.RUNS,
    "POST /campagnes/<slug>/regroupements": Access.RUNS,
    "POST /campagnes/<slug>/regroupements/<code>/defaire": Access.RUNS,
    "GET /campagnes/<slug>/reglages": Access.RUNS,
    "POST /campagnes/<slug>/reglages": Access.RUNS,
    "GET /campagnes/<slug>/supprimer": Access.RUNS,
    "POST /campagnes/<slug>/supprimer": Access.RUNS,
    "GET /campagnes/<slug>/reponses": Access.EXPORTS,
    "POST /campagnes/<slug>/reponses": Access.EXPORTS,
    "GET /campagnes/<slug>/revue": Access.REVIEWS,
    "GET /campagnes/<slug>/revue/adoption": Access.ADOPTS,
    "POST /campagnes/<slug>/revue/adoption": Access.ADOPTS,
    "GET /campagnes/<slug>/revue/commentaires": Access.REVIEWS,
    "POST /campagnes/<slug>/revue/commentaires": Access.REVIEWS,
    "GET /campagnes/<slug>/revue/diagnostics/<int:number>": Access.FOLLOWS,
    "GET /campagnes/<slug>/revue/diagnostics/<int:number>/rapport.pdf": Access.FOLLOWS,
    "GET /campagnes/<slug>/revue/edition-2": Access.FOLLOWS,
    "GET /campagnes/<slug>/revue/familles/<code>": Access.REVIEWS,
    "POST /campagnes/<slug>/revue/familles/<code>": Access.REVIEWS,
    "GET /campagnes/<slug>/revue/historique": Access.REVIEWS,
    "GET /campagnes/<slug>/revue/note": Access.REVIEWS,
    "POST /campagnes/<slug>/revue/note": Access.REVIEWS,
    "GET /campagnes/<slug>/revue/notes-privees": Access.PRIVATE,
    "POST /campagnes/<slug>/revue/notes-privees": Access.PRIVATE,
    "GET /campagnes/<slug>/revue/preuves/<int:number>": Access.FOLLOWS,
    "POST /campagnes/<slug>/revue/preuves/<int:number>/retirer": Access.REVIEWS,
    "GET /campagnes/<slug>/revue/publication": Access.ADOPTS,
    "GET /campagnes/<slug>/revue/relais": Access.REVIEWS,
    "POST /campagnes/<slug>/revue/relais": Access.REVIEWS,
    "GET /campagnes/<slug>/revue/themes": Access.REVIEWS,
    "POST /campagnes/<slug>/revue/themes": Access.REVIEWS,
    "GET /campagnes/<slug>/revue/savoir-faire/<code>": Access.REVIEWS,
    "POST /campagnes/<slug>/revue/savoir-faire/<code>": Access.REVIEWS,
    "POST /campagnes/<slug>/revue/savoir-faire/<code>/preuves": Access.REVIEWS,
    "GET /compte": Access.SIGNED_IN,
    "GET /compte/avertissements": Access.SIGNED_IN,
    "POST /compte/avertissements": Access.SIGNED_IN,
    "GET /compte/avertissements/<int:number>": Access.SIGNED_IN,
    "POST /compte/avertissements/<int:number>/messages/<int:message>": Access.SIGNED_IN,
    "POST /compte/avertissements/<int:number>/retirer": Access.SIGNED_IN,
    "GET /compte/avertissements/<int:number>/secret": Access.SIGNED_IN,
    "POST /compte/avertissements/<int:number>/secret": Access.SIGNED_IN,
    "GET /compte/cles": Access.SIGNED_IN,
    "POST /compte/cles": Access.SIGNED_IN,
    "GET /compte/cles/nouvelle": Access.SIGNED_IN,
    "POST /compte/cles/<int:number>/revoquer": Access.SIGNED_IN,
    "GET /compte/codes": Access.SIGNED_IN,
    "POST /compte/codes": Access.SIGNED_IN,
    "POST /compte/codes/confirmer": Access.SIGNED_IN,
    "POST /compte/codes/desactiver": Access.SIGNED_IN,
    "POST /compte/codes/secours": Access.SIGNED_IN,
    "GET /compte/codes/secours": Access.SIGNED_IN,
    "POST /compte/identite/separer": Access.SIGNED_IN,
    "GET /compte/mot-de-passe": Access.SIGNED_IN,
    "POST /compte/mot-de-passe": Access.SIGNED_IN,
    "POST /compte/sessions/<int:number>": Access.SIGNED_IN,
    "POST /compte/appareils/oublier": Access.SIGNED_IN,
    "GET /comptes": Access.PROGRAMME,
    "GET /comptes/nouveau": Access.PROGRAMME,
    "POST /comptes/nouveau": Access.PROGRAMME,
    "GET /comptes/<int:number>": Access.PROGRAMME,
    "POST /comptes/<int:number>/codes/desactiver": Access.PROGRAMME,
    "POST /comptes/<int:number>/desactiver": Access.PROGRAMME,
    "GET /comptes/<int:number>/lien": Access.PROGRAMME,
    "POST /comptes/<int:number>/lien": Access.PROGRAMME,
    "POST /comptes/<int:number>/reactiver": Access.PROGRAMME,
    "POST /comptes/<int:number>/roles": Access.PROGRAMME,
    "POST /comptes/<int:number>/roles/retirer": Access.PROGRAMME,
    "GET /confidentialite": Access.EVERYONE,
    "GET /livez": Access.EVERYONE,
    "GET /manifest.webmanifest": Access.EVERYONE,
    "GET /metrics": Access.SECRET,
    "GET /connexion": Access.EVERYONE,
    "POST /connexion": Access.EVERYONE,
    "GET /connexion/code": Access.SIGNED_IN,
    "POST /connexion/code": Access.SIGNED_IN,
    "GET /connexion/federee": Access.FEDERATED,
    "GET /connexion/federee/retour": Access.FEDERATED,
    "GET /connexion/nouveau/<token>": Access.SECRET,
    "POST /connexion/nouveau/<token>": Access.SECRET,
    "GET /connexion/oubli": Access.EVERYONE,
    "POST /connexion/oubli": Access.EVERYONE,
    "POST /deconnexion": Access.EVERYONE,
    "GET /donnees": Access.EVERYONE,
    "GET /donnees/<slug>": Access.PUBLISHED,
    "GET /donnees/<slug>/<table>": Access.PUBLISHED,
    "GET /donnees/catalogue.jsonld": Access.EVERYONE,
    "GET /grille": Access.EVERYONE,
    "GET /grilles": Access.EVERYONE,
    "GET /grilles/<grid>/<version>": Access.EVERYONE,
    "GET /grilles/<grid>/<version>/avec/<other>": Access.EVERYONE,
    "GET /grilles/<grid>/<version>/grille.xlsx": Access.EVERYONE,
    "GET /grilles/<grid>/<version>/grille.yaml": Access.EVERYONE,
    "GET /grilles/ajouter": Access.PROGRAMME,
    "POST /grilles/ajouter": Access.PROGRAMME,
    "GET /grilles/atelier": Access.AUTHORS,
    "POST /grilles/atelier/nouveau": Access.AUTHORS,
    "POST /grilles/atelier/fichier": Access.AUTHORS,
    "POST /grilles/atelier/tableau": Access.AUTHORS,
    "POST /grilles/atelier/colonnes": Access.AUTHORS,
    "GET /grilles/atelier/textes/<grid>/<version>": Access.AUTHORS,
    "GET /grilles/atelier/textes/<grid>/<version>/<language>": Access.AUTHORS,
    "GET /grilles/atelier/textes/<grid>/<version>/<language>/<int:part>": Access.AUTHORS,
    "POST /grilles/atelier/textes/<grid>/<version>/<language>/<int:part>": Access.AUTHORS,
    "GET /grilles/atelier/textes/<grid>/<version>/<language>/textes.xlsx": Access.AUTHORS,
    "GET /grilles/atelier/textes/<grid>/<version>/<language>/textes.xlf": Access.AUTHORS,
    "POST /grilles/atelier/textes/<grid>/<version>/<language>/fichier": Access.AUTHORS,
    "POST /grilles/atelier/textes/<grid>/<version>/<language>/service": Access.AUTHORS,
    "POST /grilles/atelier/textes/<grid>/<version>/<language>/retrait": Access.AUTHORS,
    "POST /grilles/atelier/textes/<grid>/<version>/<language>/reprise": Access.AUTHORS,
    "GET /grilles/atelier/<int:number>": Access.AUTHORS,
    "POST /grilles/atelier/<int:number>": Access.AUTHORS,
    "GET /grilles/atelier/<int:number>/presentation": Access.AUTHORS,
    "POST /grilles/atelier/<int:number>/presentation": Access.AUTHORS,
    "GET /grilles/atelier/<int:number>/niveaux": Access.AUTHORS,
    "POST /grilles/atelier/<int:number>/niveaux": Access.AUTHORS,
    "GET /grilles/atelier/<int:number>/colleges": Access.AUTHORS,
    "POST /grilles/atelier/<int:number>/colleges": Access.AUTHORS,
    "GET /grilles/atelier/<int:number>/familles/<int:family>": Access.AUTHORS,
    "POST /grilles/atelier/<int:number>/familles/<int:family>": Access.AUTHORS,
    "GET /grilles/atelier/<int:number>/savoir-faire/<int:skill>": Access.AUTHORS,
    "POST /grilles/atelier/<int:number>/savoir-faire/<int:skill>": Access.AUTHORS,
    "POST /grilles/atelier/<int:number>/remarques": Access.AUTHORS,
    "GET /grilles/atelier/<int:number>/comparer": Access.AUTHORS,
    "GET /grilles/atelier/<int:number>/apercu": Access.AUTHORS,
    "GET /grilles/atelier/<int:number>/apercu/<college>/<int:page>": Access.AUTHORS,
    "POST /grilles/atelier/<int:number>/apercu/<college>/<int:page>": Access.AUTHORS,
    "GET /grilles/atelier/<int:number>/apercu/<college>/college": Access.AUTHORS,
    "GET /grilles/atelier/<int:number>/apercu/<college>/papier.pdf": Access.AUTHORS,
    "GET /grilles/atelier/<int:number>/publier": Access.AUTHORS,
    "POST /grilles/atelier/<int:number>/publier": Access.AUTHORS,
    "GET /grilles/atelier/<int:number>/supprimer": Access.AUTHORS,
    "POST /grilles/atelier/<int:number>/supprimer": Access.AUTHORS,
    "GET /grilles/modele.xlsx": Access.PROGRAMME,
    "GET /grilles/<grid>/<version>/instrument": Access.PROGRAMME,
    "GET /grilles/<grid>/<version>/instrument.<suffix>": Access.PROGRAMME,
    "POST /grilles/<grid>/<version>/defaut": Access.PROGRAMME,
    "POST /grilles/<grid>/<version>/remise": Access.PROGRAMME,
    "POST /grilles/<grid>/<version>/retrait": Access.PROGRAMME,
    "GET /grille/<version>": Access.EVERYONE,
    "GET /grille/<version>/instrument": Access.PROGRAMME,
    "GET /grille/<version>/instrument.<suffix>": Access.PROGRAMME,
    "GET /healthz": Access.EVERYONE,
    "GET /images/<digest>.png": Access.SECRET,
    "GET /images/grandes/<digest>.png": Access.SECRET,
    "GET /installation": Access.PROGRAMME,
    "GET /installation/mentions": Access.PROGRAMME,
    "POST /installation/mentions": Access.PROGRAMME,
    "GET /invitation/<token>": Access.SECRET,
    "POST /invitation/<token>": Access.SECRET,
    "GET /journal": Access.PROGRAMME,
    "GET /mentions-legales": Access.EVERYONE,
    "GET /mentions-legales/<place>": Access.EVERYONE,
    "GET /parcours/<place>": Access.FOLLOWS,
    "GET /parcours/<place>/actions/nouvelle": Access.PLANS,
    "GET /parcours/<place>/annee/<int:year>": Access.FOLLOWS,
    "GET /parcours/<place>/suivi/nouveau": Access.PLANS,
    "POST /parcours/<place>/suivi/nouveau": Access.PLANS,
    "GET /parcours/<place>/suivi/<int:number>": Access.PLANS,
    "POST /parcours/<place>/suivi/<int:number>": Access.PLANS,
    "GET /parcours/<place>/calendrier.ics": Access.FOLLOWS,
    "GET /parcours/<place>/classeur": Access.PLANS,
    "POST /parcours/<place>/classeur": Access.PLANS,
    "GET /parcours/<place>/classeur.xlsx": Access.PLANS,
    "POST /parcours/<place>/actions/nouvelle": Access.PLANS,
    "GET /parcours/<place>/actions/<int:number>": Access.PLANS,
    "POST /parcours/<place>/actions/<int:number>": Access.PLANS,
    "GET /parcours/<place>/actions/<int:number>/bilan": Access.PLANS,
    "POST /parcours/<place>/actions/<int:number>/bilan": Access.PLANS,
    "POST /parcours/<place>/actions/<int:number>/remettre": Access.PLANS,
    "POST /parcours/<place>/actions/<int:number>/retirer": Access.PLANS,
    "GET /readyz": Access.EVERYONE,
    "GET /repondre/": Access.EVERYONE,
    "POST /repondre/": Access.EVERYONE,
    "GET /repondre/<token>": Access.SECRET,
    "POST /repondre/<token>": Access.SECRET,
    "GET /repondre/<key>/<rank:number>": Access.SECRET,
    "POST /repondre/<key>/<rank:number>": Access.SECRET,
    "GET /repondre/<key>/college": Access.SECRET,
    "POST /repondre/<key>/college": Access.SECRET,
    "GET /repondre/<key>/fin": Access.SECRET,
    "GET /repondre/hors-connexion": Access.EVERYONE,
    "GET /repondre/hors-connexion.js": Access.EVERYONE,
    "GET /repondre/<key>/mes-reponses.json": Access.SECRET,
    "POST /repondre/<key>/envoi": Access.SECRET,
    "POST /repondre/<key>/non-enregistre": Access.SECRET,
    "GET /repondre/<key>/trousse": Access.SECRET,
    "GET /repondre/<key>/plus-tard": Access.SECRET,
    "GET /repondre/<key>/relecture": Access.SECRET,
    "POST /repondre/<key>/relecture": Access.SECRET,
    "GET /repondre/<key>/copie": Access.SECRET,
    "GET /repondre/<key>/ici": Access.SECRET,
    "GET /repondre/<token>/pret": Access.SECRET,
    "POST /repondre/<token>/depart": Access.SECRET,
    "GET /repondre/<key>/rendre": Access.SECRET,
    "POST /repondre/<key>/rendre": Access.SECRET,
    "GET /repondre/<token>/partager": Access.SECRET,
    "GET /repondre/<key>/supprimer": Access.SECRET,
    "POST /repondre/<key>/supprimer": Access.SECRET,
    "GET /programme": Access.PROGRAMME,
    "GET /programme/apprentissages": Access.PROGRAMME,
    "POST /programme/lettre": Access.PROGRAMME,
    "GET /restitution/<slug>": Access.RESULTS,
    "GET /restitution/<slug>/comparer": Access.RESULTS,
    "GET /restitution/<slug>/documents": Access.RESULTS,
    "GET /restitution/<slug>/documents/<suffix>": Access.RESULTS,
    "GET /restitution/<slug>/documents/<suffix>/preparation": Access.RESULTS,
    "GET /restitution/<slug>/fichiers/<name>": Access.RESULTS,
    "GET /restitution/<slug>/habitants": Access.RESULTS,
    "GET /restitution/<slug>/questions-locales": Access.RESULTS,
    "GET /resultats": Access.EVERYONE,
    "GET /robots.txt": Access.EVERYONE,
    "GET /seance/": Access.EVERYONE,
    "GET /seance/<room:room>": Access.SECRET,
    "POST /seance/<room:room>": Access.SECRET,
    "GET /seance/<room:room>/<key>": Access.SECRET,
    "POST /seance/<room:room>/<key>": Access.SECRET,
    "GET /seance/<room:room>/etat": Access.EVERYONE,
    "GET /seance/<slug>/salle": Access.ADOPTS,
    "POST /seance/<slug>/salle": Access.ADOPTS,
    "GET /seance/<slug>/salle/etat": Access.ADOPTS,
    "POST /seance/<slug>/salle/ici": Access.ADOPTS,
    "GET /seance/<slug>": Access.RESULTS,
    "GET /seance/<slug>/fichier": Access.RESULTS,
    "GET /seance/<slug>/place": Access.ADOPTS,
    "POST /seance/<slug>/place": Access.ADOPTS,
    "GET /seance/<slug>/preparer": Access.ADOPTS,
    "POST /seance/<slug>/preparer": Access.ADOPTS,
    "GET /seance/<slug>/preparer/temoignages": Access.ADOPTS,
    "POST /seance/<slug>/preparer/temoignages": Access.ADOPTS,
    "GET /seance/<slug>/preparer/<slide>": Access.ADOPTS,
    "POST /seance/<slug>/preparer/<slide>": Access.ADOPTS,
    "POST /seance/<slug>/decisions": Access.ADOPTS,
    "GET /seance/<slug>/compte-rendu": Access.ADOPTS,
    "POST /seance/<slug>/compte-rendu": Access.ADOPTS,
    "GET /seance/<slug>/compte-rendu.<suffix>": Access.ADOPTS,
    "GET /seance/<slug>/suites": Access.ADOPTS,
    "POST /seance/<slug>/suites": Access.ADOPTS,
    "GET /seance/<slug>/presentateur": Access.RESULTS,
    "GET /seances": Access.EVERYONE,
    "GET /static/<path:filename>": Access.EVERYONE,
    "GET /territoires": Access.SIGNED_IN,
}

DRAFT = draft_from(current(), "next")
EXAMPLES = {
    "year": 2026,
    "suffix": "json",
    "slide": "levels",
    "version": "2026.1",
    "other": "2024.1",
    "filename": "css/tokens.css",
    "token": "nobody",
    "key": "nobody",
    "number": 1,
    "message": 1,
    "page": 1,
    "family": DRAFT["families"][0]["key"],
    "skill": DRAFT["families"][0]["skills"][0]["key"],
    "digest": "aucune",
    "name": "profile.json",
    "table": "families.csv",
    "place": "ici",
    "grid": "territoires-engagement",
    "college": "elus",
    "kind": "pdf",
    "image": "svg",
    "code": "elus-agents",
    "room": "CDFGHJ",
    "language": "en",
    "part": 1,
}


def routes_of(app: Flask) -> Iterator[str]:
    """``GET /address`` for every method of every rule."""
    for rule in app.url_map.iter_rules():
        yield from methods(rule)


def methods(rule: Rule) -> Iterator[str]:
    """``GET /address`` for every method of this rule."""
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
    method, address = filled(route, **values)
    return client.open(address, method=method)


def filled(route: str, **values: object) -> tuple[str, str]:
    """The method of a route, and its address with its variables filled in."""
    method, rule = route.split(" ")
    for name, value in (EXAMPLES | values).items():
        for written in (f"<{name}>", f"<int:{name}>", f"<rank:{name}>", f"<path:{name}>", f"<room:{name}>"):
            rule = rule.replace(written, str(value))
    assert "<" not in rule, f"{rule}: give an example of its variable"
    return method, rule


def signed_out(route: str) -> int:
    """What somebody who is not signed in gets: pages lead to the sign-in page, other software gets an error."""
    return 303 if route.startswith("GET") and not route.startswith("GET /api/") else 401


@pytest.mark.parametrize("route", [route for route in ROUTES if "/api/v1/my/" in route])
def test_a_cookie_opens_nothing_of_the_api(route: str, app: Flask, campaign: Open, sign_in: SignIn) -> None:
    client = sign_in("programme", None)
    del client.environ_base["HTTP_AUTHORIZATION"]
    answer = visit(app, client, route, slug=campaign("closed").slug)
    assert (answer.status_code, answer.mimetype) == (401, "application/problem+json")


@pytest.mark.parametrize("route", listed(Access.EVERYONE))
def test_anyone_may(route: str, app: Flask, client: FlaskClient) -> None:
    # 422: the sign-in form sent empty; 303: home, after signing out.
    assert visit(app, client, route).status_code in {200, 303, 422}
    assert "/connexion" not in visit(app, client, route).headers.get("Location", "")


WHO = {
    Access.FOLLOWS: {"programme", "pilot", "reviewer", "reader"},
    Access.RUNS: {"programme", "pilot"},
    Access.REVIEWS: {"programme", "reviewer"},
    Access.ADOPTS: {"programme", "pilot", "reviewer"},
    Access.PRIVATE: {"reviewer"},
    Access.EXPORTS: {"programme"},
}
# Whom the guards of these let through somewhere; where, the tests below say.
GUARDED = WHO | {
    Access.RESULTS: {"programme", "pilot", "reviewer", "reader", "author"},
    Access.ANYWHERE: WHO[Access.RUNS],
    Access.PLANS: WHO[Access.ADOPTS],
    Access.PROGRAMME: {"programme"},
    Access.AUTHORS: {"programme", "author"},
}
# Waits for the second step of somebody who is not signed in yet: its own check sends them back.
BEFORE_SIGNING_IN = {"GET /connexion/code", "POST /connexion/code"}
# Their views are for everyone, or find what a secret opens or a publication shows.
PUBLIC = {Access.EVERYONE, Access.SECRET, Access.FEDERATED, Access.PUBLISHED}


def test_every_view_has_a_guard_unless_it_is_listed_as_public(app: Flask) -> None:
    unguarded = {
        route
        for rule in app.url_map.iter_rules()
        if not hasattr(app.view_functions[rule.endpoint], "guarded_action")
        for route in methods(rule)
    }
    assert unguarded == {route for access in PUBLIC for route in listed(access)} | BEFORE_SIGNING_IN


def test_each_guard_asks_for_the_right_that_this_table_says(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        action = getattr(app.view_functions[rule.endpoint], "guarded_action", None)
        for route in methods(rule):
            expected = GUARDED.get(ROUTES[route])
            assert expected == (None if action is None else RIGHTS[action] & set(GRANTED)), route


# A right that depends on which button of the page was pressed.
IN_THE_BODY = {"web/session/prepare.py:_event", "web/session/follow_up.py:_only_those_who"}


def test_no_view_refuses_in_its_body_what_a_guard_would() -> None:
    assert set(refusals_by_right()) == IN_THE_BODY


def refusals_by_right() -> Iterator[str]:
    """Where, outside the guards, something is not there for lack of a right: ``file:function``."""
    for path in Path("web").glob("**/*.py"):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef) and str(path) != "web/http/security/guards.py":
                tests = [node for node in ast.walk(function) if isinstance(node, ast.If) and calls(node.body, "abort")]
                if any(calls([ast.Expr(node.test)], "may", "may_see", "may_somewhere", "allowed") for node in tests):
                    yield f"{path}:{function.name}"


def calls(body: Sequence[ast.stmt], *names: str) -> bool:
    """Whether one of these functions is called there."""
    called = (node.func for one in body for node in ast.walk(one) if isinstance(node, ast.Call))
    return any(isinstance(one, ast.Name) and one.id in names for one in called)


@pytest.mark.parametrize("route", sorted(BEFORE_SIGNING_IN))
def test_the_second_step_comes_after_the_password(route: str, app: Flask, client: FlaskClient) -> None:
    answer = visit(app, client, route)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/connexion")


@pytest.mark.parametrize("route", [route for route in listed(Access.SIGNED_IN) if route not in BEFORE_SIGNING_IN])
def test_others_are_asked_to_sign_in_and_lose_nothing(route: str, app: Flask, client: FlaskClient) -> None:
    answer = visit(app, client, route)
    assert answer.status_code == signed_out(route)
    assert answer.headers.get("Location", "/connexion").startswith("/connexion")


COLLECTION = [
    route for access in (Access.ANYWHERE, Access.FOLLOWS, Access.RUNS, Access.EXPORTS) for route in listed(access)
]


@pytest.mark.parametrize("route", COLLECTION)
def test_pilots_pages_ask_to_sign_in_and_lose_nothing(
    route: str, app: Flask, client: FlaskClient, campaign: Open
) -> None:
    answer = visit(app, client, route, slug=campaign("open").slug)
    assert answer.status_code == signed_out(route)
    assert answer.headers.get("Location", "/connexion").startswith("/connexion")


@pytest.mark.parametrize("route", listed(Access.REVIEWS) + listed(Access.ADOPTS) + listed(Access.PRIVATE))
def test_reviewers_pages_ask_to_sign_in_and_lose_nothing(
    route: str, app: Flask, client: FlaskClient, campaign: Open
) -> None:
    answer = visit(app, client, route, slug=campaign("open").slug)
    assert answer.status_code == signed_out(route)
    assert answer.headers.get("Location", "/connexion").startswith("/connexion")


@pytest.mark.parametrize("route", listed(Access.SECRET) + listed(Access.FEDERATED))
def test_a_wrong_secret_opens_nothing(route: str, app: Flask, client: FlaskClient) -> None:
    answer = visit(app, client, route)
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("route", listed(Access.PUBLISHED))
def test_what_is_published_is_the_same_for_all(
    route: str, app: Flask, client: FlaskClient, campaign: Open, sign_in: SignIn
) -> None:
    for state, status in (("open", 404), ("closed", 404), ("published", 200)):
        slug = campaign(state).slug
        for reader in (client, sign_in("programme", None)):
            assert visit(app, reader, route, slug=slug).status_code == status


RESULTS = listed(Access.RESULTS)


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
@pytest.mark.parametrize(("role", "territory"), VISITORS)
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


def is_there(app: Flask, client: FlaskClient, route: str, campaign: Open) -> bool:
    """Whether the route is there for one campaign at least: some are for drafts, some for the end."""
    states = ("draft", "open", "closed")
    answers = [visit(app, client, route, slug=campaign(state).slug) for state in states]
    assert all("/connexion" not in answer.headers.get("Location", "") for answer in answers)
    return any(answer.status_code != 404 for answer in answers)


@pytest.mark.parametrize("route", [route for access in WHO for route in listed(access)])
@pytest.mark.parametrize(("role", "territory"), PEOPLE)
def test_each_role_has_its_pages_and_the_others_are_not_there(
    route: str, role: str, territory: str | None, app: Flask, campaign: Open, sign_in: SignIn
) -> None:
    assert is_there(app, sign_in(role, territory), route, campaign) is (role in WHO[ROUTES[route]])


@pytest.mark.parametrize("route", [route for access in WHO for route in listed(access)])
@pytest.mark.parametrize(("role", "territory"), VISITORS)
def test_another_territorys_collection_does_not_exist(
    route: str, role: str, territory: str, app: Flask, campaign: Open, sign_in: SignIn
) -> None:
    assert not is_there(app, sign_in(role, territory), route, campaign)


@pytest.fixture
def action(database: Database, campaign: Open) -> PlannedAction:
    """An action in the parcours of the territory « Ici », and a moment of supervision of the same number."""
    campaign("closed")
    here = territory_by_slug(database, "ici")
    assert here is not None
    save_supervision(database, here, Supervision(date(2026, 1, 5), "Tout avance"))
    return add_action(database, here, ActionPlan("projet", "Une action", ("COO-1",), starts_on=date(2026, 1, 5)))


@pytest.mark.parametrize("route", listed(Access.PLANS))
@pytest.mark.parametrize(("role", "territory"), PEOPLE + VISITORS)
def test_a_parcours_is_planned_by_those_who_work_there(
    route: str,
    role: str,
    territory: str | None,
    app: Flask,
    client: FlaskClient,
    database: Database,
    action: PlannedAction,
    sign_in: SignIn,
) -> None:
    if route.endswith("remettre"):
        remove_action(database, action)
    someone = sign_in(role, territory)
    out = visit(app, client, route, number=action.id)
    assert out.status_code == signed_out(route)
    answer = visit(app, someone, route, number=action.id)
    works = role in WHO[Access.ADOPTS] and territory != "Ailleurs"
    assert (answer.status_code != 404) is works


@pytest.mark.parametrize("route", listed(Access.ANYWHERE))
@pytest.mark.parametrize(
    ("role", "territory", "codes"), [("programme", None, {200, 409, 422}), ("reader", "Ici", {404}), ("", "Ici", {404})]
)
def test_only_the_programme_goes_anywhere(
    route: str, role: str, territory: str | None, codes: set[int], app: Flask, sign_in: SignIn
) -> None:
    assert visit(app, sign_in(role, territory), route).status_code in codes


@pytest.mark.parametrize("route", listed(Access.PROGRAMME))
def test_only_the_programme_gets_in(route: str, app: Flask, sign_in: SignIn) -> None:
    assert visit(app, sign_in("programme", None), route).status_code in {200, 303, 409, 422}


@pytest.mark.parametrize("route", listed(Access.PROGRAMME))
@pytest.mark.parametrize(("role", "territory"), OUTSIDERS)
def test_the_programmes_pages_do_not_exist_for_others(
    route: str, role: str, territory: str | None, app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    someone = sign_in(role, territory)
    assert visit(app, client, route).status_code in {303, 401}
    assert visit(app, someone, route).status_code == 404


@pytest.mark.parametrize("route", listed(Access.AUTHORS))
def test_the_studio_is_for_the_programme_and_whom_it_names(
    route: str, app: Flask, client: FlaskClient, sign_in: SignIn
) -> None:
    for author in AUTHORS:
        assert visit(app, sign_in(*author), route).status_code in {200, 303, 409, 422}
    assert visit(app, client, route).status_code in {303, 401}
    for outsider in OUTSIDERS:
        assert visit(app, sign_in(*outsider), route).status_code == 404


@pytest.mark.parametrize("route", listed(Access.PROGRAMME))
def test_authors_of_grids_have_no_other_page(route: str, app: Flask, sign_in: SignIn) -> None:
    assert visit(app, sign_in("author", None), route).status_code == 404


# Respondents' forms carry a mark of their own address instead of the session's token.
FORMS = [
    route
    for route in ROUTES
    if route.startswith("POST ") and not route[5:].startswith(("/repondre", "/atelier", "/seance/<room", "/api/"))
]
_SITE = "https://localhost"
_NOT_TAKEN = ("Cet envoi n’a pas été accepté", "Votre saisie est là")


@pytest.mark.parametrize("route", FORMS)
def test_over_https_every_form_is_taken_without_a_referer_and_refused_without_its_token(
    route: str, app: Flask, campaign: Open, sign_in: SignIn
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    client, (_method, address) = sign_in("programme", None), filled(route, slug=campaign("open").slug)
    token = token_in(client.get("/compte", base_url=_SITE).text)
    for sent, taken in (("", False), (f"{token}x", False), (token, True)):
        answer = client.post(address, base_url=_SITE, data={"csrf_token": sent}, headers={"Origin": "null"})
        assert any(words in answer.text for words in _NOT_TAKEN) is not taken, sent
        assert taken or answer.status_code == 400
