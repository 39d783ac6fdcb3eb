"""``flask --app app campaign import|answers``: answers brought into a campaign, or taken out of it."""

import os
from collections.abc import Iterator
from pathlib import Path

import click

import grille
from accounts.audit_events import AuditEvent
from commands.campaigns.campaign import campaign, campaign_named
from commands.database import opened
from commands.errors import Refusal
from grille.messages import counted
from grille.messages import message as _
from questionnaires.workbooks import HEAVIEST
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.operations.audit_log import about, record, recorded
from storage.responses.imports import Examined, SentFile, examine, import_answers, undo_import


@campaign.command(
    "import", help=_("Ajoute un tableau de réponses (CSV ou XLSX) à une campagne ouverte : tout, ou rien.")
)
@click.argument("slug")
@click.argument("table", type=click.Path(path_type=Path))
@click.option("--mapping", type=click.Path(path_type=Path), help=_("Correspondance (CSV : colonne, valeur, devient)."))
@click.option("--college", default="", help=_("Collège de toutes les lignes, si le tableau ne le dit pas."))
@click.option(
    "--known",
    type=click.Choice(["skip", "refuse"]),
    default="skip",
    show_default=True,
    help=_("Les répondants d’un tableau importé avant : laissés de côté, ou tout le tableau est refusé."),
)
@click.option("--dry-run", is_flag=True, help=_("Dit ce que le tableau apporterait, sans rien écrire."))
def import_command(slug: str, table: Path, mapping: Path | None, college: str, known: str, dry_run: bool) -> None:
    """Import a table of answers, or list every problem of it and import nothing."""
    with opened() as db:
        campaign = campaign_named(db, slug)
        _check_open(campaign, college)
        try:
            examined = examine(db, campaign, _sent(table), _sent(mapping) if mapping else None, college)
        except grille.FileErrors as errors:
            raise Refusal(*errors.lines()) from errors
        if examined.known and known == "refuse":
            raise Refusal(
                _("%(known)s Rien n’a été importé ; avec --known skip, les autres le seraient.", known=_known(examined))
            )
        if not dry_run:
            with recorded(db, AuditEvent.ANSWERS_IMPORTED, None, about(campaign), count=len(examined.responses)):
                import_answers(db, campaign, examined)
    for line in _summary(examined):
        click.echo(line)
    click.echo(_("Rien n’a été écrit : relancez sans --dry-run.") if dry_run else _("Réponses importées."))


@campaign.command("undo-import", help=_("Efface ce qu’un tableau a apporté à une campagne ouverte."))
@click.argument("slug")
@click.argument("table", type=click.Path(path_type=Path))
def undo_import_command(slug: str, table: Path) -> None:
    """Remove the answers of an imported file; the very same file must be given."""
    with opened() as db:
        campaign = campaign_named(db, slug)
        _check_open(campaign, "")
        with writing(db):
            count = undo_import(db, campaign, _sent(table).sha256)
            if count:
                record(db, AuditEvent.ANSWERS_ERASED, None, about(campaign), count=count)
    if not count:
        raise Refusal(_("Ce fichier n’a pas été importé dans cette campagne, ou cet import ne peut plus être annulé."))
    click.echo(_("Import annulé, réponses effacées : %(count)s", count=count))


def _known(examined: Examined) -> str:
    return _("Répondants déjà importés, que ce tableau contient encore : %(known)s.", known=examined.known)


def _sent(path: Path) -> SentFile:
    try:
        with path.open("rb") as file:
            return SentFile(path.name, file.read(HEAVIEST + 1))  # what is beyond is refused unread
    except OSError as error:
        raise Refusal(
            _("« %(path)s » ne peut pas être lu : %(strerror)s.", path=path, strerror=error.strerror)
        ) from error


def _check_open(campaign: Campaign, college: str) -> None:
    if campaign.status != "open":
        raise Refusal(_("La campagne « %(slug)s » n’est pas ouverte : rien ne peut y être ajouté.", slug=campaign.slug))
    if college and college not in {one.code for one in campaign.colleges}:
        known = ", ".join(one.code for one in campaign.colleges)
        raise Refusal(
            _(
                "La campagne « %(slug)s » n’a pas de collège « %(college)s ». Choisissez parmi : %(known)s.",
                slug=campaign.slug,
                college=college,
                known=known,
            )
        )


def _summary(examined: Examined) -> Iterator[str]:
    for (college, mode), count in examined.counts.items():
        yield f"{college or 'atelier'}\t{mode}\t{count}"
    if examined.known:
        yield _("%(known)s Leurs premières réponses restent.", known=_known(examined))
    if examined.anonymous:
        yield _("Sans colonne « respondent », les personnes d’un tableau importé avant compteraient deux fois.")
    yield from examined.remarks
    if examined.silent:
        yield _("Lignes sans réponse, non prises : %(silent)s", silent=examined.silent)
    for said, names in (
        (_("Sans aucune réponse"), examined.unanswered),
        (_("Colonnes de la correspondance absentes du tableau"), examined.absent),
        (_("Colonnes non lues"), examined.left_out),
    ):
        if names:
            yield f"{said} : {', '.join(names)}"


@campaign.command(
    "answers", help=_("Sort les réponses une à une d’une campagne close (CSV) ; la sortie est au journal.")
)
@click.argument("slug")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help=_("Le fichier à écrire."))
def answers_command(slug: str, out: Path) -> None:
    """Write the table of raw answers: shuffled, without comments, small colleges merged."""
    from restitution.documents.open_data.csv_and_json import raw_csv
    from storage.responses.computed.profiles import CampaignStillOpen
    from storage.responses.computed.raw_answers import raw_answers  # pandas loads only for this command

    with opened() as db:
        campaign = campaign_named(db, slug)
        try:
            rows = raw_answers(db, campaign)
        except CampaignStillOpen as refusal:
            raise Refusal(refusal) from refusal
        record(db, AuditEvent.ANSWERS_EXPORTED, None, about(campaign), rows=len(rows))
    try:
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(raw_csv([skill.code for skill in campaign.grid.skills], rows))
    except OSError as error:
        raise Refusal(
            _("%(out)s : rien n’y a été écrit ; donnez un fichier qui n’existe pas encore.", out=out)
        ) from error
    said = counted("%(n)s réponse écrite dans %(out)s", "%(n)s réponses écrites dans %(out)s", len(rows), out=out)
    click.echo(said)
