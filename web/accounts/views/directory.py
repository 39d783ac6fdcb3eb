"""The directory of accounts, for those who manage them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from restitution.text.language import reason
from storage.accounts.accounts import (
    Account,
    EmailTaken,
    LastProgramme,
    account_by_email,
    account_by_id,
    create_account,
    disable_account,
    enable_account,
    grant,
    revoke,
)
from storage.accounts.password_links import Kind
from storage.accounts.second_steps import has_second_step, remove_second_step
from storage.campaigns.territories import Territory, territory_by_id
from storage.core.database import writing
from storage.operations.audit_log import About, recorded
from web.accounts.forms import ROLE_HINTS, InviteForm, RoleForm
from web.accounts.pages import account_row, account_rows, role_rows
from web.accounts.password_links import send_link
from web.http.database import connection
from web.http.forms.submit_once import once, save_outcome, saved_outcome
from web.http.pages.lists import show_list, typed_words
from web.http.security.audit import audited, current_account_id
from web.http.security.guards import for_everywhere

blueprint = Blueprint("directory", __name__, url_prefix="/comptes")


def managing(view: Callable[..., Any]) -> Callable[..., Any]:
    """Restrict a view to those who manage accounts; it is given the account that the address names, if any."""

    @for_everywhere(Action.MANAGE_ACCOUNTS)
    @wraps(view)
    def managed(number: int | None = None) -> Any:
        if number is None:
            return view()
        return view(account_by_id(connection(), number) or abort(404))

    return managed


@blueprint.get("")
@managing
def index() -> str:
    """List the accounts, those invited included."""
    accounts = show_list(lambda position: account_rows(connection(), typed_words(), position))
    return render_template("accounts/directory/index.html", accounts=accounts)


@blueprint.route("/nouveau", methods=["GET", "POST"])
@managing
@once("directory.invite")
def invite() -> Any:
    """Invite somebody: their name, their address, a first role."""
    form = InviteForm()
    if form.validate_on_submit():
        try:
            account = _invited(form)
        except EmailTaken:
            known = account_by_email(connection(), form.email.data or "")
            return render_template("accounts/directory/invite.html", form=form, hints=ROLE_HINTS, known=known), 422
        return _given(account, "invitation")
    return render_template("accounts/directory/invite.html", form=form, hints=ROLE_HINTS), 422 if form.errors else 200


def _invited(form: InviteForm) -> Account:
    db = connection()
    with writing(db):
        account = create_account(db, form.email.data or "", (form.name.data or "").strip())
        with audited(AuditEvent.ACCOUNT_CREATED, account):
            _grant(account, form.role.data, form.chosen_territory)
    return account


def _grant(account: Account, role: str, territory: Territory | None) -> None:
    with recorded(connection(), AuditEvent.ROLE_GRANTED, current_account_id(), _on(account, territory), role=role):
        grant(connection(), account, role, territory)


def _on(account: Account, territory: Territory | None) -> About:
    return About(account=account.id, territory=territory.id if territory else None)


def _given(account: Account, kind: Kind) -> Response:
    """Send the link; where that cannot be done, show it this once, to be handed over."""
    address = send_link(account, kind, current_account_id())
    if not address:
        flash(_("Un message est parti à %(email)s.", email=account.email))
        return redirect(url_for("directory.show", number=account.id), 303)
    return redirect(
        url_for("directory.show_link", number=account.id, lien=save_outcome(f"link of {account.id}", [kind, address])),
        303,
    )


@blueprint.get("/<int:number>/lien")
@managing
def show_link(account: Account) -> Response:
    """Show the link just created, for an hour, so that it can be handed over; afterwards, its account."""
    found = saved_outcome(f"link of {account.id}", request.args.get("lien", ""))
    if found is None:
        return redirect(url_for("directory.show", number=account.id), 303)
    kind, address = found
    response = make_response(
        render_template("accounts/directory/link.html", account=account, kind=kind, address=address)
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/<int:number>")
@managing
def show(account: Account) -> str:
    """Show one account: its roles, and what can be done about it."""
    return _page(account, RoleForm(formdata=None))


def _page(account: Account, form: RoleForm, problem: str = "") -> str:
    if problem:
        form.form_errors.append(problem)
    codes = has_second_step(connection(), account)
    row = account_row(connection(), account)
    roles = show_list(lambda position: role_rows(connection(), account, position), endpoint="directory.show")
    shown = {"row": row, "roles": roles, "form": form, "hints": ROLE_HINTS, "codes": codes}
    return render_template("accounts/directory/account.html", **shown)


@blueprint.post("/<int:number>/roles")
@managing
def add_role(account: Account) -> Any:
    """Give a role to an account."""
    form = RoleForm()
    if not form.validate_on_submit():
        return _page(account, form), 422
    _grant(account, form.role.data, form.chosen_territory)
    flash(_("Le rôle est donné."))
    return redirect(url_for("directory.show", number=account.id), 303)


@blueprint.post("/<int:number>/roles/retirer")
@managing
def remove_role(account: Account) -> Any:
    """Take a role back; refused for the last role of programme."""
    where, role = request.form.get("territory", "-"), request.form.get("role", "")
    if (role, where) not in {(one.role, str(one.territory_id or "")) for one in account.grants}:
        sentence = _("Ce rôle n’est pas, ou plus, dans la liste de cette personne : rien n’a été retiré.")
        return _page(account, RoleForm(formdata=None), sentence), 422
    territory = territory_by_id(connection(), int(where)) if where else None
    return _unless_last(account, _("Le rôle est retiré."), lambda: _revoke(account, role, territory))


def _revoke(account: Account, role: str, territory: Territory | None) -> None:
    with recorded(connection(), AuditEvent.ROLE_REVOKED, current_account_id(), _on(account, territory), role=role):
        revoke(connection(), account, role, territory)


def _unless_last(account: Account, done: str, change: Callable[[], None]) -> Any:
    """Make a change that the last account of the programme is refused."""
    try:
        change()
    except LastProgramme as refusal:
        return _page(account, RoleForm(formdata=None), reason(refusal)), 409
    flash(done)
    return redirect(url_for("directory.show", number=account.id), 303)


@blueprint.post("/<int:number>/desactiver")
@managing
def disable(account: Account) -> Any:
    """Disable an account: its sessions end at once."""

    def change() -> None:
        with audited(AuditEvent.ACCOUNT_DISABLED, account):
            disable_account(connection(), account)

    return _unless_last(account, _("Le compte est désactivé, et déconnecté partout."), change)


@blueprint.post("/<int:number>/reactiver")
@managing
def enable(account: Account) -> Response:
    """Enable a disabled account again."""
    with audited(AuditEvent.ACCOUNT_ENABLED, account):
        enable_account(connection(), account)
    flash(_("Le compte est réactivé, avec les rôles qu’il avait."))
    return redirect(url_for("directory.show", number=account.id), 303)


@blueprint.post("/<int:number>/codes/desactiver")
@managing
def remove_codes(account: Account) -> Response:
    """Remove the second step of somebody who lost their phone and their recovery codes."""
    with audited(AuditEvent.CODES_DISABLED, account):
        remove_second_step(connection(), account)
    flash(_("Les codes de ce compte sont désactivés : son mot de passe suffit."))
    return redirect(url_for("directory.show", number=account.id), 303)


@blueprint.post("/<int:number>/lien")
@managing
@once("directory.show")
def give_link(account: Account) -> Any:
    """Create a link: a new invitation for an account without password, else a link to choose another password."""
    if account.disabled:
        abort(404)
    return _given(account, "reset" if account.password_hash else "invitation")
