"""``flask --app app campaign form``: the questionnaire of a campaign as a form of another software."""

from pathlib import Path

import click

from commands.campaigns.campaign import campaign, campaign_named
from commands.database import opened
from commands.errors import Refusal, write_file
from grille import Grid
from grille.messages import message as _
from questionnaires.outside.limesurvey import limesurvey_tsv
from questionnaires.outside.wording import OutsideForm
from questionnaires.outside.xlsform import xlsform_sheets
from storage.campaigns.campaigns import Campaign
from storage.grids.additions import with_easy_words


@campaign.command("form", help=_("Écrit le questionnaire d’une campagne pour KoboToolbox, ODK ou LimeSurvey."))
@click.argument("slug")
@click.option("--tool", type=click.Choice(["xlsform", "limesurvey"]), required=True, help=_("Pour quel outil."))
@click.option("--college", default="", help=_("Code du collège qui répond. Sinon, chacun dit le sien."))
@click.option("--easy", is_flag=True, help=_("Dans les mots faciles à lire."))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help=_("Le fichier à écrire."))
def form_command(slug: str, tool: str, college: str, easy: bool, out: Path) -> None:
    """Write a form whose exports are imported without a mapping."""
    with opened() as db:
        asked = campaign_named(db, slug)
        form = _form(asked, with_easy_words(db, asked.grid) if easy else asked.grid, college, easy)
    write_file(out, limesurvey_tsv(form) if tool == "limesurvey" else _workbook(form))
    click.echo(_("Formulaire écrit : %(path)s", path=out))


def _workbook(form: OutsideForm) -> bytes:
    from restitution.documents.office.xlsform import xlsform_workbook  # restitution loads only for this command

    return xlsform_workbook(xlsform_sheets(form))


def _form(campaign: Campaign, grid: Grid, college: str, easy: bool) -> OutsideForm:
    codes = tuple(one.code for one in campaign.colleges)
    if college and college not in codes:
        raise Refusal(
            _(
                "La campagne « %(slug)s » n’a pas de collège « %(college)s ». Choisissez parmi : %(known)s.",
                slug=campaign.slug,
                college=college,
                known=", ".join(codes),
            )
        )
    title = f"{campaign.territory.name} – {campaign.name}"
    if college:
        title = f"{title} ({campaign.college(college).label})"
    key = "-".join(part for part in (campaign.slug, college, "facile" if easy else "") if part)
    return OutsideForm(
        key, title, grid, campaign.form, (college,) if college else codes, easy, campaign.retrospective, comments=True
    )
