"""``flask --app app campaign editions``: the campaigns whose words change with edition 2 of the method."""

import click
from flask.cli import with_appcontext

from commands.addresses import site_link
from commands.database import opened
from grille.messages import message as _
from storage.campaigns.campaigns import Campaign
from storage.campaigns.recomputed_publications import recomputed_campaigns
from storage.core.damage import CampaignDamaged
from storage.core.engine import Database


@click.command("editions", help=_("Dit les territoires dont des mots changent avec l’édition 2 de la méthode."))
@with_appcontext
def editions_command() -> None:
    """List the campaigns published under edition 1 whose words differ under edition 2, with their pages."""
    found = False
    with opened() as db:
        for one in recomputed_campaigns(db):
            try:
                words = _words(db, one)
            except CampaignDamaged as damaged:
                click.echo(f"{one.territory.name}, {one.slug}\u00a0: {damaged}", err=True)
                continue
            if any(words):
                found = True
                click.echo(_sentence(one, *words))
    if not found:
        click.echo(_("Aucune campagne publiée avec l’édition 1 ne change de mots."))


def _words(db: Database, campaign: Campaign) -> tuple[int, int, int]:
    from restitution.findings.method.editions import Editions, edition_changes  # loads pandas
    from storage.responses.computed.first_edition import profiles_in_both_editions

    labels = {college.code: college.label for college in campaign.colleges}
    return edition_changes(Editions(*profiles_in_both_editions(db, campaign)), labels).words


def _sentence(campaign: Campaign, levels: int, verdicts: int, agreements: int) -> str:
    return _(
        "%(territory)s, %(slug)s : mots qui changent : niveaux lus %(levels)s, évolutions %(verdicts)s, "
        "accords %(agreements)s. %(link)s",
        territory=campaign.territory.name,
        slug=campaign.slug,
        levels=levels,
        verdicts=verdicts,
        agreements=agreements,
        link=site_link("campagnes", campaign.slug, "revue", "edition-2"),
    )
