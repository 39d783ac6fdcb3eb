"""Links to choose a password: an invitation to accept, a lost password to replace."""

from typing import Any

from flask import Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirection

from accounts import passwords
from accounts.deeds import Deed
from storage.account_links import Kind, LinkSpent, account_of_link, choose_password, make_account_link
from storage.accounts import Account, account_by_email, normal_email
from storage.audit import about, recorded
from web.account.blueprint import blueprint
from web.account.devices import device, remember
from web.account.forms import ForgottenForm, NewPasswordForm
from web.account.signing import begin
from web.addresses import public_address
from web.behind import behind
from web.database import connection
from web.limits import (
    RESETS_FROM_ONE_PLACE,
    RESETS_OF_ONE_ADDRESS,
    RESETS_OF_ONE_ADDRESS_FROM_ONE_PLACE,
    WRONG_ACCOUNT_LINKS,
    limited,
    place,
)
from web.mail import MailRefused, MailUnavailable, configured, post


@blueprint.route("/invitation/<token>", methods=["GET", "POST"])
def accept(token: str) -> Any:
    """Choose a first password, and come in."""
    return _choose(token, "invitation")


@blueprint.route("/connexion/nouveau/<token>", methods=["GET", "POST"])
def reset(token: str) -> Any:
    """Choose another password, then sign in with it."""
    return _choose(token, "reset")


def _choose(token: str, kind: Kind) -> Any:
    account = account_of_link(connection(), token, kind)
    if account is None:
        limited((WRONG_ACCOUNT_LINKS, place()))  # one that opens is never refused: nobody finds 256 bits by trying
        return _kept_secret(render_template("account/link_spent.html", kind=kind), 404)
    form = NewPasswordForm((account.name, account.email))
    if form.validate_on_submit():
        try:
            return _chosen(token, kind, account, passwords.hashed(form.new_password.data or ""))
        except LinkSpent:
            return _kept_secret(render_template("account/link_spent.html", kind=kind), 404)
    page = render_template("account/choose.html", form=form, account=account, kind=kind)
    return _kept_secret(page, 422 if form.errors else 200)


def _chosen(token: str, kind: Kind, account: Account, password_hash: str) -> Redirection:
    deed = Deed.INVITATION_ACCEPTED if kind == "invitation" else Deed.PASSWORD_RESET
    with recorded(connection(), deed, account.id):
        account = choose_password(connection(), token, kind, password_hash)
    remember(account)  # who reads the mail of an account is its owner: no flood of sign-ins keeps them out
    if kind == "invitation":
        begin(account)
        flash(_("Bienvenue. Votre mot de passe est choisi."))
        return redirect(url_for("account.show"), 303)
    flash(_("Votre mot de passe est changé. Connectez-vous avec le nouveau."))
    return redirect(url_for("account.sign_in"), 303)


def _kept_secret(page: str, code: int) -> Response:
    """A page whose address is a secret: no cache keeps it, no other site hears of it."""
    response = make_response(page, code)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.route("/connexion/oubli", methods=["GET", "POST"])
def forgotten() -> Any:
    """Ask for a link by mail. The answer is the same, and as quick, whether the address has an account or not."""
    form = ForgottenForm()
    if configured() and form.validate_on_submit():
        email = normal_email(form.email.data or "")
        _ask(email)
        behind(_write, email)
        return redirect(url_for("account.forgotten", demande=1), 303)
    asked = configured() and "demande" in request.args
    page = render_template("account/forgotten.html", form=form, asked=asked, by_mail=configured())
    return page, 422 if form.errors else 200


def _ask(email: str) -> None:
    """Count one request. A device of the account is counted by itself: nobody else can use up what it may ask."""
    known = device(account_by_email(connection(), email))
    if known:
        limited((RESETS_OF_ONE_ADDRESS_FROM_ONE_PLACE, known))
        return
    limited(
        (RESETS_FROM_ONE_PLACE, place()),
        (RESETS_OF_ONE_ADDRESS_FROM_ONE_PLACE, f"{email} {place()}"),
        (RESETS_OF_ONE_ADDRESS, email),
    )


def _write(email: str) -> None:
    """Write to the account of that address, if there is one that may come in."""
    account = account_by_email(connection(), email)
    if account and not account.disabled:
        send_link(account, "reset", by=None)


def send_link(account: Account, kind: Kind, by: int | None) -> str:
    """Make a link and send it. Gives its address when it could not be sent, to be given by hand; else nothing."""
    deed = Deed.ACCOUNT_INVITED if kind == "invitation" else Deed.RESET_ASKED
    with recorded(connection(), deed, by, about(account)):
        token = make_account_link(connection(), account, kind)
    address = address_of(token, kind)
    if not configured():
        return address
    try:
        with post() as server:
            server.send(account.email, *_letter(account, kind, address))
    except (MailUnavailable, MailRefused) as error:
        current_app.logger.warning("account link not sent to account %s: %s", account.id, error)
        return address
    return ""


def address_of(token: str, kind: Kind) -> str:
    """Where a link leads, whole."""
    path = {"invitation": "/invitation/", "reset": "/connexion/nouveau/"}[kind]
    return public_address(path + token)


def _letter(account: Account, kind: Kind, address: str) -> tuple[str, str]:
    """The subject and the text."""
    if kind == "invitation":
        return _("Votre compte sur Grille"), _(
            "Bonjour %(name)s,\n\n"
            "Un compte vous attend sur Grille, où des territoires font le point sur leur façon d’agir ensemble. "
            "Pour choisir votre mot de passe :\n\n%(address)s\n\n"
            "Ce lien sert une fois, et pendant sept jours.\n",
            name=account.name,
            address=address,
        )
    return _("Un nouveau mot de passe pour Grille"), _(
        "Bonjour %(name)s,\n\n"
        "Pour choisir un nouveau mot de passe :\n\n%(address)s\n\n"
        "Ce lien sert une fois, et pendant une heure. Si vous n’avez rien demandé, ne faites rien : "
        "votre mot de passe n’a pas changé.\n",
        name=account.name,
        address=address,
    )
