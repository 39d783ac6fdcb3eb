"""``flask --app app database``: migrate, check, back up and restore the database file."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from commands.errors import Refusal, refusals
from grille.messages import counted
from grille.messages import message as _
from storage.core.database import MIGRATE, RESTORE, migrate, open_database
from storage.core.engine import Database
from storage.operations.backup_check import Manifest, read_manifest, verify
from storage.operations.backups import back_up, key_mark
from storage.operations.content_check import check_all
from storage.operations.restore import restore

database = AppGroup("database", help=_("La base de données : la créer, la mettre à jour, la vérifier."))


def database_path() -> Path:
    """Return where the application keeps its database."""
    return Path(current_app.config["DATABASE"])


@contextmanager
def opened() -> Iterator[Database]:
    """Open the application's database for a ``with`` block; errors of storage become a ``Refusal``."""
    with refusals(), closing(open_database(database_path())) as db:
        yield db


@database.command("migrate", help=_("Crée la base de données ou met sa structure à jour."))
def migrate_command() -> None:
    """Run the pending migrations."""
    with refusals():
        done = migrate(database_path())
    steps = _(" Étapes faites : %(done)s.", done=", ".join(done)) if done else ""
    click.echo(_("La base de données est à jour.%(steps)s", steps=steps))


@database.command("check", help=_("Lit toute la base de données et dit si elle est saine."))
def check_command() -> None:
    """Look for damage in the file; exits with 2 and lists the first problems when there is any."""
    with refusals():
        problems = check_all(database_path())
    if problems:
        rest = len(problems) - MOST_LISTED
        more = [counted("… et %(n)s autre.", "… et %(n)s autres.", rest)] if rest > 0 else []
        raise Refusal(*problems[:MOST_LISTED], *more, _("La base de données est abîmée. %(restore)s", restore=RESTORE))
    click.echo(_("La base de données est saine."))


MOST_LISTED = 20

FOLDER = click.Path(file_okay=False, path_type=Path)


@database.command("backup", help=_("Sauvegarde la base de données et les preuves, serveur en marche ou non."))
@click.argument("into", metavar="DOSSIER", type=FOLDER)
@click.option("--keep", type=click.IntRange(min=1), help=_("Ne garde dans DOSSIER que ce nombre de sauvegardes."))
def backup_command(into: Path, keep: int | None) -> None:
    """Make a backup, verify it, print where it is."""
    with opened() as db:
        made = back_up(db, into, version=_version(), secret=_secret(), keep=keep)
    manifest = read_manifest(made)
    click.echo(_("Sauvegarde faite et vérifiée : %(made)s (%(held)s).", made=made, held=_held(manifest)))
    if manifest.lost:
        click.echo(
            _("Preuves déjà perdues ou abîmées, absentes de la sauvegarde : %(lost)s", lost=", ".join(manifest.lost)),
            err=True,
        )


@database.command("verify", help=_("Relit toute une sauvegarde et la compare avec ce qu’elle dit contenir."))
@click.argument("backup", metavar="SAUVEGARDE", type=FOLDER)
def verify_command(backup: Path) -> None:
    """Print whether a backup is complete and unaltered; exits with 2 when it is not."""
    if problems := verify(backup):
        raise Refusal(*problems, _("Cette sauvegarde ne peut pas être remise en place : prenez-en une autre."))
    manifest = read_manifest(backup)
    click.echo(
        _("La sauvegarde du %(made_at)s est entière (%(held)s).", made_at=manifest.made_at, held=_held(manifest))
    )


_COME_BACK = _("""\
Tout le monde est déconnecté, et les liens de mot de passe donnés ne valent plus rien. Le reste est comme ce jour-là.
À revoir, si cela a changé depuis : les rôles retirés et les comptes désactivés sont de nouveau donnés (flask --app app
account list) ; les mots de passe et les codes de connexion sont ceux d’alors ; les invitations à répondre qui ont
servi depuis resservent, et les liens retirés aussi ; ce qui a été supprimé est revenu.""")


@database.command("restore", help=_("Remet une sauvegarde en place, serveur arrêté."))
@click.argument("backup", metavar="SAUVEGARDE", type=FOLDER)
@click.option("--replace", is_flag=True, help=_("Remplace la base de données qui est là ; elle est gardée à côté."))
def restore_command(backup: Path, replace: bool) -> None:
    """Restore a backup; ``--replace`` is required where there is a database already."""
    with refusals():
        restored = restore(backup, database_path(), replace=replace)
    click.echo(_("La sauvegarde du %(made_at)s est en place.", made_at=restored.manifest.made_at))
    click.echo(_("Remis : %(counted)s.", counted=_counted(restored.counts, restored.evidence)))
    if restored.aside:
        click.echo(_("Ce qu’elle remplace est gardé dans %(aside)s.", aside=restored.aside))
    if restored.manifest.secret_key != key_mark(_secret()):
        click.echo(
            _(
                "La clé secrète n’est pas celle de la sauvegarde. Remettez celle d’alors (SECRET_KEY, ou le fichier "
                "secret-key), si vous l’avez : sans elle, les codes pour reprendre "
                "et ceux de la connexion en deux temps "
                "ne marchent plus, et les pages ne peuvent plus montrer les liens déjà diffusés, qui marchent toujours."
            )
        )
    click.echo(_COME_BACK)
    click.echo(_("Ensuite : %(migrate)s, puis relancez le serveur.", migrate=MIGRATE))


def _held(manifest: Manifest) -> str:
    return _counted(manifest.counts, len(manifest.files) - 1)


def _counted(rows: Mapping[str, int], evidence: int) -> str:
    """How much of what people look for is there; a backup of an early version has fewer tables."""
    return _(
        "territoires : %(territories)s, campagnes : %(campaigns)s, réponses : %(responses)s, comptes : %(accounts)s, "
        "preuves : %(evidence)s",
        **{table: rows.get(table, 0) for table in ("territories", "campaigns", "responses", "accounts")},
        evidence=evidence,
    )


def _version() -> str:
    return str(current_app.config["VERSION"])


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])
