"""Signing in through an identity provider (ProConnect is one), for those who already have an account here."""

from secrets import compare_digest
from time import time
from typing import Any

from flask import Flask, abort, current_app, flash, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.audit_events import AuditEvent
from restitution.text.language import gettext as _
from storage.accounts.accounts import Account
from storage.accounts.identities import NoAccount, account_of_identity, link_identity, unlink_identities
from storage.accounts.password_links import withdraw_links
from storage.core.database import writing
from storage.operations.audit_log import about, record
from web.accounts.blueprint import blueprint
from web.accounts.identity_provider.client import (
    PROOF,
    Client,
    Identity,
    IdentityRefused,
    Provider,
    RequestSecrets,
    new_secrets,
)
from web.accounts.identity_provider.transport import ProviderUnusable
from web.accounts.known_devices import device
from web.accounts.sign_in_flow import finish_sign_in, safe_redirect_target
from web.http.database import connection
from web.http.security.audit import audited
from web.http.security.guards import signed_in
from web.http.security.rate_limits import (
    PROVIDER_FROM_ONE_PLACE,
    STATES,
    Try,
    allow_once,
    client_network,
    count_attempts,
)

_PATIENCE = 10 * 60
_ASKED = "asked of the provider"

_LARGEST_PROOF = 2000  # with the rest, a cookie holds 4 kB


@blueprint.record_once
def _set_up(state: Any) -> None:
    """Know the provider, where the settings name one; nothing is fetched before somebody signs in."""
    app: Flask = state.app
    issuer = app.config["OIDC_ISSUER"]
    app.extensions["provider"] = issuer and Provider(
        Client(
            issuer=issuer,
            id=app.config["OIDC_CLIENT_ID"],
            secret=app.config["OIDC_CLIENT_SECRET"],
            redirect_uri=str(app.config["PUBLIC_URL"]).rstrip("/") + "/connexion/federee/retour",
            acr=tuple((app.config["OIDC_ACR"] or "").split()),
            trust_email=app.config["OIDC_TRUST_EMAIL"],
        )
    )


def _provider() -> Provider:
    found: Provider | None = current_app.extensions["provider"]
    return found or abort(404)


@blueprint.get("/connexion/federee")
def ask_provider() -> Any:
    """Redirect to the provider; what must come back with its answer is kept in the session."""
    provider, request_ = _provider(), new_secrets()
    count_attempts(_of_this_place())
    try:
        address = provider.sign_in_address(request_)
    except ProviderUnusable as error:
        return _unusable(error)
    session[_ASKED] = {
        **{name: getattr(request_, name) for name in RequestSecrets.__slots__},
        "at": int(time()),
        "suite": request.args.get("suite", ""),
    }
    return redirect(address, 303)


@blueprint.get("/connexion/federee/retour")
def back_from_provider() -> Any:
    """Return from the provider: sign in, if its answer matches the request and the person has an account."""
    provider = _provider()
    tried = count_attempts(_of_this_place())
    kept = session.pop(_ASKED, None)
    if not _is_answer(kept):
        return _refused(_("Cette réponse ne correspond à aucune connexion en cours, ou elle arrive trop tard."), 400)
    if "code" not in request.args:
        return _refused(_("Le fournisseur d’identité n’a pas confirmé qui vous êtes."), 403)
    try:
        identity = provider.identity(
            request.args["code"], RequestSecrets(*(kept[name] for name in RequestSecrets.__slots__))
        )
        account = _account(provider.client.issuer, identity)
    except ProviderUnusable as error:
        return _unusable(error)
    except IdentityRefused as error:
        current_app.logger.warning("identity refused: %s", error)
        return _refused(_("La réponse du fournisseur d’identité ne peut pas être vérifiée."), 403)
    except NoAccount:
        return _refused(_no_account(), 403)
    tried.clear()
    answer = finish_sign_in(account, safe_redirect_target(kept["suite"]))
    if len(identity.id_token) < _LARGEST_PROOF:
        session[PROOF] = identity.id_token
    return answer


def _of_this_place() -> Try:
    """A device that signed in before is counted by itself."""
    return PROVIDER_FROM_ONE_PLACE, device() or client_network()


def _is_answer(kept: dict[str, Any] | None) -> bool:
    """Whether this answers what this browser asked, in time, and for the first time."""
    state = request.args.get("state", "")
    if not kept or not compare_digest(state.encode(), kept["state"].encode()) or time() - kept["at"] > _PATIENCE:
        return False
    issuer = request.args.get("iss", current_app.config["OIDC_ISSUER"])
    return issuer == current_app.config["OIDC_ISSUER"] and allow_once(STATES, state)


def _account(issuer: str, identity: Identity) -> Account:
    """The account linked to them or else, the first time, that of the address that the provider vouches for."""
    known = account_of_identity(connection(), issuer, identity.subject)
    if known:
        return known
    if not identity.email:
        raise NoAccount
    with writing(connection()):
        account = link_identity(connection(), issuer, identity.subject, identity.email)
        withdraw_links(connection(), account)
        record(connection(), AuditEvent.IDENTITY_LINKED, account.id, about(account))
    return account


def _no_account() -> str:
    return _(
        "Aucun compte ne vous attend ici avec cette adresse. Demandez une invitation à l’équipe du programme, "
        "ou connectez-vous avec votre mot de passe."
    )


def _refused(sentence: str, code: int) -> tuple[str, int]:
    return render_template("accounts/federation_refused.html", sentence=sentence), code


def _unusable(error: ProviderUnusable) -> tuple[str, int]:
    current_app.logger.error("identity provider: %s", error)
    return _refused(_("Le fournisseur d’identité ne répond pas. Réessayez dans un instant."), 503)


@blueprint.post("/compte/identite/separer")
@signed_in
def unlink() -> Response:
    """Unlink the account from the provider: it signs in with its password from now on."""
    if current_user.account.password_hash is None:
        flash(_("Choisissez d’abord un mot de passe : sans lui, vous ne pourriez plus entrer."))
        return redirect(url_for("accounts.show"), 303)
    with audited(AuditEvent.IDENTITY_UNLINKED, current_user.account):
        unlink_identities(connection(), current_user.account)
    flash(_("Votre compte n’est plus relié au fournisseur d’identité."))
    return redirect(url_for("accounts.show"), 303)
