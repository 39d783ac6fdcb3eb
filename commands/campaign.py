"""``flask --app app campaign``: the life of a campaign, from its opening to the publication of its results."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

import grille
from accounts.deeds import Deed
from commands.addresses import site_link
from commands.database import opened
from commands.refusals import Refusal
from grille.model import Grid
from questionnaires.workbooks import HEAVIEST
from storage.audit import about, record, recorded
from storage.campaigns import (
    Campaign,
    CampaignCollege,
    Form,
    Territory,
    Weighting,
    all_campaigns,
    campaign_by_slug,
    close_campaign,
    create_link,
    create_territory,
    open_campaign,
    participation,
    publish_campaign,
    slugify,
    territory_by_slug,
)
from storage.database import writing
from storage.engine import Database
from storage.imports import Examined, SentFile, examine, import_answers, undo_import
from storage.life import has_earlier_wave
from storage.participation import told_participation, told_total
from storage.sizes import exceeded

campaign = AppGroup("campaign", help="Les campagnes : ouvrir, suivre, clôturer, publier.")

_STATUS = {"draft": "brouillon", "open": "ouverte", "closed": "close"}


@campaign.command("open", help="Ouvre une campagne sur une copie figée de la grille, et donne son lien.")
@click.option("--territory", "territory_name", required=True, help="Nom du territoire, créé s’il n’existe pas.")
@click.option("--kind", type=click.Choice(["commune", "epci", "autre"]), default="commune", show_default=True)
@click.option("--name", required=True, help="Nom de la campagne, par exemple « Premier diagnostic ».")
@click.option("--year", type=int, required=True)
@click.option("--form", type=click.Choice(["short", "full"]), default="short", show_default=True)
@click.option("--grid", "grid_name", default="", help="Un fichier de grille ou une version livrée. Sinon, la dernière.")
@click.option("--k", type=int, default=5, show_default=True, help="Aucun chiffre sur moins de K personnes.")
@click.option("--weighting", type=click.Choice(["equal", "heads"]), default="equal", show_default=True)
@click.option(
    "--college", "colleges", multiple=True, help="CODE ou CODE:EFFECTIF, à répéter. Sinon, ceux de la grille."
)
@click.option("--retrospective", is_flag=True, help="Demande aussi, avec le recul, où l’on en était l’an dernier.")
@click.option("--voluntary", multiple=True, help="CODE d’un collège invité par un appel ouvert à tous, à répéter.")
@click.option("--closes-on", type=click.DateTime(["%Y-%m-%d"]), help="Dernier jour de la collecte, AAAA-MM-JJ.")
def open_command(
    territory_name: str,
    kind: str,
    name: str,
    year: int,
    form: Form,
    grid_name: str,
    k: int,
    weighting: Weighting,
    colleges: tuple[str, ...],
    voluntary: tuple[str, ...],
    closes_on: datetime | None,
    retrospective: bool,
) -> None:
    """Open a campaign and print the way in."""
    grid = _grid(grid_name)
    options: dict[str, Any] = {"name": name, "year": year, "form": form, "k": k, "weighting": weighting}
    chosen = _with_volunteers(_colleges(colleges, grid), voluntary, grid)
    with opened() as db, writing(db):
        place = _territory(db, territory_name, kind)
        if retrospective and not has_earlier_wave(db, place):
            raise Refusal("La question « avec le recul » se pose à partir de la deuxième campagne d’un territoire.")
        opening = open_campaign(
            db,
            place,
            grid,
            colleges=chosen,
            closes_on=closes_on.date() if closes_on else None,
            retrospective=retrospective,
            **options,
        )
        token = create_link(db, opening)
        record(db, Deed.CAMPAIGN_OPENED, None, about(opening))
    click.echo(f"Campagne ouverte : {opening.slug}")
    _show_link(token)


@campaign.command("list", help="Toutes les campagnes, avec le nombre de répondants de chacune.")
def list_command() -> None:
    """Print one line per campaign."""
    with opened() as db:
        for wave in all_campaigns(db):
            status = "publiée" if wave.published_at else _STATUS[wave.status]
            click.echo("\t".join([wave.slug, wave.territory.name, wave.name, status, _people(db, wave)]))


@campaign.command("link", help="Fait un nouveau lien public, ou le lien d’un collège.")
@click.argument("slug")
@click.option("--college", help="Code du collège auquel mène ce lien.")
def link_command(slug: str, college: str | None) -> None:
    """Print a new way into an open campaign: earlier ones still work, but nobody can read them back."""
    with opened() as db:
        wave = _campaign(db, slug)
        if wave.status != "open":
            raise Refusal(f"La campagne « {slug} » est close : elle n’a plus besoin de lien.")
        if college is not None and college not in {c.code for c in wave.colleges}:
            known = ", ".join(c.code for c in wave.colleges)
            raise Refusal(f"La campagne « {slug} » n’a pas de collège « {college} ». Choisissez parmi : {known}.")
        with recorded(db, Deed.LINK_MADE, None, about(wave), college=college or "*"):
            token = create_link(db, wave, college, kind="college" if college else "public")
        _show_link(token)


@campaign.command("close", help="Clôture la collecte : les réponses ne changent plus.")
@click.argument("slug")
def close_command(slug: str) -> None:
    """Close a campaign for good."""
    with opened() as db:
        wave = _campaign(db, slug)
        with recorded(db, Deed.CAMPAIGN_CLOSED, None, about(wave)):
            wave = close_campaign(db, wave)
        click.echo(f"Campagne close : {wave.slug}, {_people(db, wave)}.")
        for college in exceeded(wave, participation(db, wave)):
            click.echo(
                f"« {college.label} » : plus de réponses que l’effectif annoncé ({college.size}) ; les résultats se "
                "calculent comme s’il était inconnu. Corrigez-le sur la page de la campagne."
            )


@campaign.command("publish", help="Publie les résultats d’une campagne close.")
@click.argument("slug")
def publish_command(slug: str) -> None:
    """Let anyone see the results."""
    with opened() as db:
        wave = _campaign(db, slug)
        with recorded(db, Deed.CAMPAIGN_PUBLISHED, None, about(wave)):
            wave = publish_campaign(db, wave)
    click.echo(f"Résultats publiés : {site_link('restitution', wave.slug)}")


@campaign.command("import", help="Ajoute un tableau de réponses (CSV ou XLSX) à une campagne ouverte : tout, ou rien.")
@click.argument("slug")
@click.argument("table", type=click.Path(path_type=Path))
@click.option("--mapping", type=click.Path(path_type=Path), help="Correspondance (CSV : colonne, valeur, devient).")
@click.option("--college", default="", help="Collège de toutes les lignes, si le tableau ne le dit pas.")
@click.option(
    "--known",
    type=click.Choice(["skip", "refuse"]),
    default="skip",
    show_default=True,
    help="Les répondants d’un tableau importé avant : laissés de côté, ou tout le tableau est refusé.",
)
@click.option("--dry-run", is_flag=True, help="Dit ce que le tableau apporterait, sans rien écrire.")
def import_command(slug: str, table: Path, mapping: Path | None, college: str, known: str, dry_run: bool) -> None:
    """Take a table in, or list everything that is wrong with it."""
    with opened() as db:
        wave = _campaign(db, slug)
        _check_open(wave, college)
        try:
            examined = examine(db, wave, _sent(table), _sent(mapping) if mapping else None, college)
        except grille.FileErrors as errors:
            raise Refusal(*errors.lines()) from errors
        if examined.known and known == "refuse":
            raise Refusal(f"{_known(examined)} Rien n’a été importé ; avec --known skip, les autres le seraient.")
        if not dry_run:
            with recorded(db, Deed.ANSWERS_IMPORTED, None, about(wave), count=len(examined.responses)):
                import_answers(db, wave, examined)
    for line in _summary(examined):
        click.echo(line)
    click.echo("Rien n’a été écrit : relancez sans --dry-run." if dry_run else "Réponses importées.")


@campaign.command("undo-import", help="Efface ce qu’un tableau a apporté à une campagne ouverte.")
@click.argument("slug")
@click.argument("table", type=click.Path(path_type=Path))
def undo_import_command(slug: str, table: Path) -> None:
    """Take back the very file that was imported."""
    with opened() as db:
        wave = _campaign(db, slug)
        _check_open(wave, "")
        with writing(db):
            count = undo_import(db, wave, _sent(table).sha256)
            if count:
                record(db, Deed.ANSWERS_ERASED, None, about(wave), count=count)
    if not count:
        raise Refusal("Ce fichier n’a pas été importé dans cette campagne, ou cet import ne peut plus être annulé.")
    click.echo(f"Import annulé, réponses effacées : {count}")


def _known(examined: Examined) -> str:
    return f"Répondants déjà importés, que ce tableau contient encore : {examined.known}."


def _sent(path: Path) -> SentFile:
    try:
        with path.open("rb") as file:
            return SentFile(path.name, file.read(HEAVIEST + 1))  # what is beyond is refused unread
    except OSError as error:
        raise Refusal(f"« {path} » ne peut pas être lu : {error.strerror}.") from error


def _check_open(wave: Campaign, college: str) -> None:
    if wave.status != "open":
        raise Refusal(f"La campagne « {wave.slug} » n’est pas ouverte : rien ne peut y être ajouté.")
    if college and college not in {one.code for one in wave.colleges}:
        known = ", ".join(one.code for one in wave.colleges)
        raise Refusal(f"La campagne « {wave.slug} » n’a pas de collège « {college} ». Choisissez parmi : {known}.")


def _summary(examined: Examined) -> Iterator[str]:
    for (college, mode), count in examined.counts.items():
        yield f"{college or 'atelier'}\t{mode}\t{count}"
    if examined.known:
        yield f"{_known(examined)} Leurs premières réponses restent."
    if examined.anonymous:
        yield "Sans colonne « respondent », les personnes d’un tableau importé avant compteraient deux fois."
    yield from examined.remarks
    if examined.silent:
        yield f"Lignes sans réponse, non prises : {examined.silent}"
    for said, names in (
        ("Sans aucune réponse", examined.unanswered),
        ("Colonnes de la correspondance absentes du tableau", examined.absent),
        ("Colonnes non lues", examined.left_out),
    ):
        if names:
            yield f"{said} : {', '.join(names)}"


@campaign.command("answers", help="Sort les réponses une à une d’une campagne close (CSV) ; la sortie est au journal.")
@click.argument("slug")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Le fichier à écrire.")
def answers_command(slug: str, out: Path) -> None:
    """Write the table that the programme may take out: shuffled, without comments, small colleges put together."""
    from restitution.documents.raw import raw_csv
    from storage.raw import raw_answers  # pandas loads only for this command
    from storage.results import CampaignStillOpen

    with opened() as db:
        wave = _campaign(db, slug)
        try:
            rows = raw_answers(db, wave)
        except CampaignStillOpen as refusal:
            raise Refusal(refusal) from refusal
        record(db, Deed.ANSWERS_EXPORTED, None, about(wave), rows=len(rows))
    try:
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(raw_csv([skill.code for skill in wave.grid.skills], rows))
    except OSError as error:
        raise Refusal(f"{out} : rien n’y a été écrit ; donnez un fichier qui n’existe pas encore.") from error
    click.echo(f"{len(rows)} réponses écrites dans {out}")


@campaign.command("verify", help="Recalcule un diagnostic adopté depuis les réponses, et dit s’il est identique.")
@click.argument("slug")
@click.option("--number", type=click.IntRange(min=1), help="Numéro de la version adoptée. Sinon, toutes.")
def verify_command(slug: str, number: int | None) -> None:
    """Say of each adopted version whether it is identical; exits with 2 when something differs."""
    with opened() as db:
        problems = [*_discrepancies(db, _campaign(db, slug), number)]
    if problems:
        raise Refusal(*problems)


def _discrepancies(db: Database, wave: Campaign, number: int | None) -> list[str]:
    from storage.snapshots import differences, snapshots_of  # pandas loads only for this command

    adopted = [one for one in snapshots_of(db, wave) if number in (None, one.number)]
    if not adopted:
        which = "adoptée" if number is None else f"n° {number}"
        raise Refusal(f"La campagne « {wave.slug} » n’a pas de version {which}.")
    problems = []
    for one in adopted:
        found = differences(db, wave, one)
        name = f"{wave.slug}, version {one.number} du {one.adopted_at:%d/%m/%Y}"
        if not found:
            click.echo(f"{name} : identique ({one.sha256}).")
        problems += [f"{name} : {sentence}" for sentence in found]
    return problems


def _people(db: Database, wave: Campaign) -> str:
    """How many people answered in all; once closed, unsaid when a college is hidden."""
    count = told_total(told_participation(db, wave))
    if count is None:
        return f"total masqué, un collège a moins de {wave.k} répondants"
    return f"{count} répondant" if count < 2 else f"{count} répondants"


def _campaign(db: Database, slug: str) -> Campaign:
    found = campaign_by_slug(db, slug)
    if found is None:
        raise Refusal(f"Aucune campagne ne s’appelle « {slug} ». Pour les voir toutes : flask --app app campaign list")
    return found


def _territory(db: Database, name: str, kind: str) -> Territory:
    return territory_by_slug(db, slugify(name)) or create_territory(db, name, kind)


def _grid(name: str) -> Grid:
    """The grid of that file, or of that shipped version; the current one when there is no name."""
    if not name:
        return grille.current()
    shipped = {path.stem: path for path in grille.shipped()}
    path = shipped.get(name) or Path(name)
    if not path.is_file():
        raise Refusal(f"« {name} » n’est ni un fichier ni une version livrée ({', '.join(sorted(shipped))}).")
    try:
        return grille.load(path)
    except grille.GridErrors as errors:
        raise Refusal(*errors.problems) from errors


def _colleges(texts: tuple[str, ...], grid: Grid) -> list[CampaignCollege] | None:
    """``elus:7`` as a college with its size; None, every college of the grid, when nothing was said."""
    labels = {college.code: college.label for college in grid.colleges}
    parts = [text.partition(":") for text in texts]
    problems = [
        f"« {code}{colon}{size} » : après les deux-points, donnez l’effectif du collège en chiffres."
        for code, colon, size in parts
        if colon and not (size.isascii() and size.isdigit())
    ]
    if problems:
        raise Refusal(*problems)
    return [
        CampaignCollege(code, labels.get(code, code), int(size) if size else None) for code, _, size in parts
    ] or None


def _with_volunteers(
    colleges: list[CampaignCollege] | None, voluntary: tuple[str, ...], grid: Grid
) -> list[CampaignCollege]:
    """The colleges of the campaign, by default the grid's, those that are invited by an open call being marked."""
    chosen = colleges or [CampaignCollege(one.code, one.label) for one in grid.colleges]
    known = [one.code for one in chosen]
    if unknown := [code for code in voluntary if code not in known]:
        raise Refusal(f"--voluntary {', '.join(unknown)} : choisissez parmi {', '.join(known)}.")
    return [replace(one, voluntary=one.code in voluntary) for one in chosen]


def _show_link(token: str) -> None:
    click.echo("Lien pour répondre, à noter maintenant : il n’est gardé nulle part.")
    click.echo(site_link("repondre", token))
