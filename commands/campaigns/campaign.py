"""``flask --app app campaign``: the life of a campaign, from its opening to the publication of its results."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import click
from flask.cli import AppGroup

from accounts.audit_events import AuditEvent
from commands.addresses import site_link
from commands.database import opened
from commands.errors import Refusal
from commands.grid import new_campaign_grid
from grille.grid import Grid
from grille.messages import counted
from grille.messages import message as _
from questionnaires.questionnaire import Form
from storage.campaigns.campaigns import (
    Campaign,
    CampaignCollege,
    Weighting,
    all_campaigns,
    campaign_by_slug,
    participation,
)
from storage.campaigns.college_sizes import exceeded
from storage.campaigns.drafts import has_earlier_campaign
from storage.campaigns.lifecycle import close_campaign, open_campaign
from storage.campaigns.participation import shown_participation, shown_total
from storage.campaigns.share_links import create_link
from storage.campaigns.territories import Territory, create_territory, slugify, territory_by_slug
from storage.campaigns.validation import DEFAULT_K
from storage.core.database import writing
from storage.core.engine import Database
from storage.operations.audit_log import about, record, recorded

campaign = AppGroup("campaign", help=_("Les campagnes : ouvrir, suivre, clôturer, publier."))

_STATUS = {"draft": _("brouillon"), "open": _("ouverte"), "closed": _("close")}


@campaign.command("open", help=_("Ouvre une campagne sur une copie figée de la grille, et donne son lien."))
@click.option("--territory", "territory_name", required=True, help=_("Nom du territoire, créé s’il n’existe pas."))
@click.option("--kind", type=click.Choice(["commune", "epci", "autre"]), default="commune", show_default=True)
@click.option("--name", required=True, help=_("Nom de la campagne, par exemple « Premier diagnostic »."))
@click.option("--year", type=int, required=True)
@click.option("--form", type=click.Choice(["short", "full"]), default="short", show_default=True)
@click.option(
    "--grid",
    "grid_name",
    default="",
    help=_("ID/VERSION, ou un fichier. Sinon, celle proposée d’abord."),
)
@click.option("--k", type=int, default=DEFAULT_K, show_default=True, help=_("Aucun chiffre sur moins de K personnes."))
@click.option("--weighting", type=click.Choice(["equal", "heads"]), default="equal", show_default=True)
@click.option(
    "--college", "colleges", multiple=True, help=_("CODE ou CODE:EFFECTIF, à répéter. Sinon, ceux de la grille.")
)
@click.option("--retrospective", is_flag=True, help=_("Demande aussi, avec le recul, où l’on en était l’an dernier."))
@click.option("--voluntary", multiple=True, help=_("CODE d’un collège invité par un appel ouvert à tous, à répéter."))
@click.option("--closes-on", type=click.DateTime(["%Y-%m-%d"]), help=_("Dernier jour de la collecte, AAAA-MM-JJ."))
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
    """Open a campaign and print its link for respondents."""
    options: dict[str, Any] = {"name": name, "year": year, "form": form, "k": k, "weighting": weighting}
    with opened() as db, writing(db):
        grid = new_campaign_grid(db, grid_name)
        chosen = _with_volunteers(_colleges(colleges, grid), voluntary, grid)
        place = _territory(db, territory_name, kind)
        if retrospective and not has_earlier_campaign(db, place):
            raise Refusal(_("La question « avec le recul » se pose à partir de la deuxième campagne d’un territoire."))
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
        record(db, AuditEvent.CAMPAIGN_OPENED, None, about(opening))
    click.echo(_("Campagne ouverte : %(slug)s", slug=opening.slug))
    _show_link(token)


@campaign.command("list", help=_("Toutes les campagnes, avec le nombre de répondants de chacune."))
def list_command() -> None:
    """Print one line per campaign."""
    with opened() as db:
        for campaign in all_campaigns(db):
            status = _("publiée") if campaign.published_at else _STATUS[campaign.status]
            click.echo(
                "\t".join([campaign.slug, campaign.territory.name, campaign.name, status, _people(db, campaign)])
            )


@campaign.command("link", help=_("Fait un nouveau lien public, ou le lien d’un collège."))
@click.argument("slug")
@click.option("--college", help=_("Code du collège auquel mène ce lien."))
def link_command(slug: str, college: str | None) -> None:
    """Print a new link to an open campaign; earlier ones still work, but their tokens cannot be read back."""
    with opened() as db:
        campaign = campaign_named(db, slug)
        if campaign.status != "open":
            raise Refusal(_("La campagne « %(slug)s » est close : elle n’a plus besoin de lien.", slug=slug))
        if college is not None and college not in {c.code for c in campaign.colleges}:
            known = ", ".join(c.code for c in campaign.colleges)
            raise Refusal(
                _(
                    "La campagne « %(slug)s » n’a pas de collège « %(college)s ». Choisissez parmi : %(known)s.",
                    slug=slug,
                    college=college,
                    known=known,
                )
            )
        with recorded(db, AuditEvent.LINK_MADE, None, about(campaign), college=college or "*"):
            token = create_link(db, campaign, college, kind="college" if college else "public")
        _show_link(token)


@campaign.command("close", help=_("Clôture la collecte : les réponses ne changent plus."))
@click.argument("slug")
def close_command(slug: str) -> None:
    """Close a campaign; it cannot be opened again."""
    with opened() as db:
        campaign = campaign_named(db, slug)
        with recorded(db, AuditEvent.CAMPAIGN_CLOSED, None, about(campaign)):
            campaign = close_campaign(db, campaign)
        click.echo(_("Campagne close : %(slug)s, %(people)s.", slug=campaign.slug, people=_people(db, campaign)))
        for college in exceeded(campaign, participation(db, campaign)):
            click.echo(
                _(
                    "« %(label)s » : plus de réponses que l’effectif annoncé (%(size)s) ; les résultats se "
                    "calculent comme s’il était inconnu. Corrigez-le sur la page de la campagne.",
                    label=college.label,
                    size=college.size,
                )
            )


@campaign.command("publish", help=_("Publie les résultats d’une campagne close."))
@click.argument("slug")
def publish_command(slug: str) -> None:
    """Publish the results; refused when, beside an earlier publication, they would disclose somebody's answers."""
    from storage.responses.computed.publications import publication_to_come, publish_results  # loads pandas

    with opened() as db:
        campaign = campaign_named(db, slug)
        publication = publication_to_come(db, campaign)
        with recorded(db, AuditEvent.CAMPAIGN_PUBLISHED, None, about(campaign)):
            campaign = publish_results(db, campaign, publication)
    click.echo(_("Résultats publiés : %(site_link)s", site_link=site_link("restitution", campaign.slug)))


@campaign.command("verify", help=_("Recalcule un diagnostic adopté depuis les réponses, et dit s’il est identique."))
@click.argument("slug")
@click.option("--number", type=click.IntRange(min=1), help=_("Numéro de la version adoptée. Sinon, toutes."))
def verify_command(slug: str, number: int | None) -> None:
    """Print, for each adopted version, whether its files are unchanged; exits with 2 when one differs."""
    with opened() as db:
        problems = [*_discrepancies(db, campaign_named(db, slug), number)]
    if problems:
        raise Refusal(*problems)


def _discrepancies(db: Database, campaign: Campaign, number: int | None) -> list[str]:
    from storage.review.snapshot_verification import differences  # pandas loads only for this command
    from storage.review.snapshots import snapshots_of

    adopted = [one for one in snapshots_of(db, campaign) if number in (None, one.number)]
    if not adopted:
        which = _("adoptée") if number is None else f"n° {number}"
        raise Refusal(_("La campagne « %(slug)s » n’a pas de version %(which)s.", slug=campaign.slug, which=which))
    problems = []
    for one in adopted:
        found = differences(db, campaign, one)
        name = _(
            "%(slug)s, version %(number)s du %(adopted_at)s",
            slug=campaign.slug,
            number=one.number,
            adopted_at=f"{one.adopted_at:%d/%m/%Y}",
        )
        if not found:
            click.echo(_("%(name)s : identique (%(sha256)s).", name=name, sha256=one.sha256))
        problems += [f"{name} : {sentence}" for sentence in found]
    return problems


def _people(db: Database, campaign: Campaign) -> str:
    """How many people answered in all; once closed, unsaid when a college is hidden."""
    count = shown_total(shown_participation(db, campaign))
    if count is None:
        return _("total masqué, un collège a moins de %(k)s répondants", k=campaign.k)
    return counted("%(n)s répondant", "%(n)s répondants", count)


def campaign_named(db: Database, slug: str) -> Campaign:
    found = campaign_by_slug(db, slug)
    if found is None:
        raise Refusal(
            _(
                "Aucune campagne ne s’appelle « %(slug)s ». Pour les voir toutes : flask --app app campaign list",
                slug=slug,
            )
        )
    return found


def _territory(db: Database, name: str, kind: str) -> Territory:
    return territory_by_slug(db, slugify(name)) or create_territory(db, name, kind)


def _colleges(texts: tuple[str, ...], grid: Grid) -> list[CampaignCollege] | None:
    """``elus:7`` as a college with its size; None, every college of the grid, when nothing was said."""
    labels = {college.code: college.label for college in grid.colleges}
    parts = [text.partition(":") for text in texts]
    problems = [
        _(
            "« %(code)s%(colon)s%(size)s » : après les deux-points, donnez l’effectif du collège en chiffres.",
            code=code,
            colon=colon,
            size=size,
        )
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
        raise Refusal(
            _(
                "--voluntary %(unknown)s : choisissez parmi %(known)s.",
                unknown=", ".join(unknown),
                known=", ".join(known),
            )
        )
    return [replace(one, voluntary=one.code in voluntary) for one in chosen]


def _show_link(token: str) -> None:
    click.echo(_("Lien pour répondre, à noter maintenant : il n’est gardé nulle part."))
    click.echo(site_link("repondre", token))
