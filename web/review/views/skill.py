"""A skill: its figures by college and campaign, what people wrote, and its observable facts."""

from typing import Any

from flask import redirect, url_for

from storage.campaigns.campaigns import Campaign
from storage.review.sheets import Facts, read_sheet
from web.http.database import connection
from web.review.blueprint import blueprint, reviewing
from web.review.pages.skill import skill_of, skill_page
from web.review.sheet_saving import save_form, status


@blueprint.route("/campagnes/<slug>/revue/savoir-faire/<code>", methods=["GET", "POST"])
@reviewing()
def skill(campaign: Campaign, code: str) -> Any:
    """Show the skill's page; save the answers to its observable facts when they are sent."""
    known = skill_of(campaign, code)
    from web.review.forms import facts_form

    sheet = read_sheet(connection(), campaign, Facts, code)
    form = facts_form(known, sheet.content, sheet.version)
    conflict = None
    if form.validate_on_submit() and (conflict := save_form(campaign, form, code)) is None:
        return redirect(url_for("review.skill", slug=campaign.slug, code=code, _anchor="faits"), 303)
    return skill_page(campaign, code, sheet=sheet, form=form, conflict=conflict), status(form, conflict)
