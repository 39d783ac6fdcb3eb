"""``flask --app app account``: manage accounts from the command line, the first of an installation included."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup

from accounts.addresses import address_in, name_in
from accounts.audit_events import AuditEvent
from accounts.permissions import GRANTED, LABELS, Role
from commands.addresses import site_link
from commands.database import opened
from commands.errors import Refusal
from grille.messages import message as _
from storage.accounts.accounts import (
    Account,
    EmailTaken,
    LastProgramme,
    account_by_email,
    all_accounts,
    create_account,
    disable_account,
    enable_account,
    grant,
    revoke,
)
from storage.accounts.password_links import Kind, make_account_link
from storage.campaigns.territories import Territory, all_territories, territory_by_slug
from storage.core.database import writing
from storage.core.engine import Database
from storage.operations.audit_log import About, about, recorded

account = AppGroup("account", help=_("Les comptes : inviter, donner un rôle, désactiver."))

_PATHS: dict[Kind, str] = {"invitation": "invitation", "reset": "connexion/nouveau"}
LONGEST_NAME = 120
_ROLE = click.Choice([str(role) for role in GRANTED])


@account.command("invite", help=_("Crée un compte et donne le lien par lequel la personne choisit son mot de passe."))
@click.argument("email")
@click.option("--name", help=_("Nom de la personne, tel que les autres le liront. Sinon, celui qui précède l’adresse."))
@click.option("--role", type=_ROLE, default="programme", show_default=True)
@click.option("--territory", "slug", help=_("Territoire du rôle, par son nom court. Sinon, partout."))
def invite_command(email: str, name: str | None, role: str, slug: str | None) -> None:
    """Create an account with a role and print the link of its invitation."""
    address, called = address_in(email), (name if name is not None else name_in(email)).strip()
    with opened() as db, _explained(), writing(db):
        place = _territory(db, slug)
        if problems := list(_invite_problems(email, address, called)):
            raise Refusal(*problems)
        made = create_account(db, address or "", called)
        with recorded(db, AuditEvent.ACCOUNT_CREATED, None, about(made)):
            grant(db, made, role, place)
        address = _link(db, made, "invitation")
    click.echo(
        _(
            "Compte créé pour %(email)s. Lien à lui donner, à noter maintenant : il n’est gardé nulle part.",
            email=made.email,
        )
    )
    click.echo(address)


def _invite_problems(email: str, address: str | None, name: str) -> Iterator[str]:
    if address is None:
        yield _(
            "« %(email)s » n’est pas une adresse électronique complète : il en faut une, par exemple nom@exemple.fr.",
            email=email,
        )
    if not name or not name.isprintable() or len(name) > LONGEST_NAME:
        yield _(
            "Donnez un nom avec --name : une ligne, %(longest_name)s caractères au plus.", longest_name=LONGEST_NAME
        )


@account.command("link", help=_("Refait le lien d’un compte : son invitation, ou un nouveau mot de passe à choisir."))
@click.argument("email")
def link_command(email: str) -> None:
    """Print a new link to choose a password; earlier links of the account stop working."""
    with opened() as db:
        found = _account(db, email)
        if found.disabled:
            raise Refusal(_("Le compte %(email)s est désactivé : réactivez-le d’abord.", email=found.email))
        click.echo(_link(db, found, "reset" if found.password_hash else "invitation"))


@account.command("list", help=_("Tous les comptes, avec leurs rôles."))
def list_command() -> None:
    """Print one line per account."""
    with opened() as db:
        places: dict[int | None, str] = {None: "partout", **{one.id: one.slug for one in all_territories(db)}}
        for one in all_accounts(db):
            state = _("désactivé") if one.disabled else _("actif") if one.password_hash else _("invité")
            roles = ", ".join(f"{held.role} ({places.get(held.territory_id, '?')})" for held in one.grants)
            click.echo("\t".join([one.email, one.name, state, roles]))


@account.command("grant", help=_("Donne un rôle à un compte."))
@click.argument("email")
@click.argument("role", type=_ROLE)
@click.option("--territory", "slug", help=_("Territoire du rôle, par son nom court. Sinon, partout."))
def grant_command(email: str, role: str, slug: str | None) -> None:
    """Give a role."""
    with opened() as db:
        found, place = _account(db, email), _territory(db, slug)
        with recorded(db, AuditEvent.ROLE_GRANTED, None, _on(found, place), role=role):
            grant(db, found, role, place)
    where = place.name if place else _("partout")
    click.echo(_("%(email)s\u00a0: %(role)s, %(where)s.", email=found.email, role=LABELS[Role(role)], where=where))


@account.command("revoke", help=_("Retire un rôle à un compte."))
@click.argument("email")
@click.argument("role", type=_ROLE)
@click.option("--territory", "slug", help=_("Territoire du rôle, par son nom court. Sinon, partout."))
def revoke_command(email: str, role: str, slug: str | None) -> None:
    """Take a role back."""
    with opened() as db, _explained():
        found, place = _account(db, email), _territory(db, slug)
        with recorded(db, AuditEvent.ROLE_REVOKED, None, _on(found, place), role=role):
            revoke(db, found, role, place)
    click.echo(
        _(
            "%(email)s n’est plus : %(labels)s, %(place)s.",
            email=found.email,
            labels=LABELS[Role(role)],
            place=place.name if place else _("partout"),
        )
    )


@account.command("disable", help=_("Désactive un compte et le déconnecte partout."))
@click.argument("email")
def disable_command(email: str) -> None:
    """Disable an account: its owner can no longer sign in."""
    with opened() as db, _explained():
        found = _account(db, email)
        with recorded(db, AuditEvent.ACCOUNT_DISABLED, None, about(found)):
            disable_account(db, found)
    click.echo(_("Le compte %(email)s est désactivé.", email=found.email))


@account.command("enable", help=_("Réactive un compte."))
@click.argument("email")
def enable_command(email: str) -> None:
    """Enable a disabled account again."""
    with opened() as db:
        found = _account(db, email)
        with recorded(db, AuditEvent.ACCOUNT_ENABLED, None, about(found)):
            enable_account(db, found)
    click.echo(_("Le compte %(email)s est actif.", email=found.email))


def _on(found: Account, place: Territory | None) -> About:
    return About(account=found.id, territory=place.id if place else None)


def _link(db: Database, found: Account, kind: Kind) -> str:
    with recorded(
        db, AuditEvent.ACCOUNT_INVITED if kind == "invitation" else AuditEvent.RESET_ASKED, None, about(found)
    ):
        token = make_account_link(db, found, kind)
    return site_link(_PATHS[kind], token)


def _account(db: Database, email: str) -> Account:
    found = account_by_email(db, address_in(email) or email)
    if found is None:
        raise Refusal(
            _(
                "Aucun compte n’a l’adresse « %(email)s ». Pour les voir tous : flask --app app account list",
                email=email,
            )
        )
    return found


def _territory(db: Database, slug: str | None) -> Territory | None:
    if slug is None:
        return None
    found = territory_by_slug(db, slug)
    if found is None:
        known = ", ".join(one.slug for one in all_territories(db)) or _("aucun pour le moment")
        raise Refusal(
            _("Aucun territoire ne s’appelle « %(slug)s ». Ceux qui existent : %(known)s.", slug=slug, known=known)
        )
    return found


@contextmanager
def _explained() -> Iterator[None]:
    """Turn what storage refuses into a ``Refusal``."""
    try:
        yield
    except (EmailTaken, LastProgramme) as error:
        raise Refusal(error) from error
