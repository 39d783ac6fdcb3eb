"""Downloads of the questionnaire as a form of KoboToolbox (XLSForm) or of LimeSurvey, with our codes."""

from flask import Response as Download
from flask import abort, request

from accounts.permissions import Action
from questionnaires.outside.limesurvey import limesurvey_tsv
from questionnaires.outside.wording import OutsideForm
from questionnaires.outside.xlsform import xlsform_sheets
from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign
from web.campaigns.blueprint import blueprint
from web.http.pages.downloads import download
from web.http.security.guards import for_campaign
from web.respond.blueprint import plain_wording
from web.respond.pages.wording import grid_read


@blueprint.get("/<slug>/formulaire.xlsx")
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft", "open"))
def xlsform(campaign: Campaign) -> Download:
    """Download the questionnaire as XLSForm, for one college or for all."""
    from restitution.documents.office.xlsform import xlsform_workbook

    form = outside_form(campaign)
    return download(xlsform_workbook(xlsform_sheets(form)), f"kobo-{form.key}.xlsx")


@blueprint.get("/<slug>/formulaire.txt")
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft", "open"))
def limesurvey(campaign: Campaign) -> Download:
    """Download the questionnaire as LimeSurvey's tab separated values, for one college or for all."""
    form = outside_form(campaign)
    return download(limesurvey_tsv(form), f"limesurvey-{form.key}.txt", "text/tab-separated-values")


def outside_form(campaign: Campaign) -> OutsideForm:
    """Return the form that the query asks for. Aborts with 404 when the campaign has no such college."""
    codes, college = tuple(one.code for one in campaign.colleges), request.args.get("college", "")
    if college and college not in codes:
        abort(404)
    title = f"{campaign.territory.name} – {campaign.name}"
    if college:
        title = _("%(title)s (%(college)s)", title=title, college=campaign.college(college).label)
    key = "-".join(part for part in (campaign.slug, college, "facile" if plain_wording() else "") if part)
    grid, asked = grid_read(campaign, plain=plain_wording()), (college,) if college else codes
    return OutsideForm(key, title, grid, campaign.form, asked, plain_wording(), campaign.retrospective, comments=True)
