"""What people will see and receive: the real pages, marked as a preview and saving nothing; poster, letter, message."""

from flask import Response as Download
from flask import abort, redirect, render_template, request, url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from werkzeug.wrappers import Response

from accounts.permissions import Action
from storage.campaigns.campaigns import Campaign
from storage.core.timestamps import now, paris_day
from web.campaigns.blueprint import blueprint
from web.campaigns.handouts import message_subject, message_text, poster_of
from web.campaigns.pages import address_of
from web.http.security.guards import ANY_STATE, for_campaign
from web.respond.blueprint import PLAIN, plain_wording
from web.respond.pages.previews import filled_preview, found_preview, led_to, page_asked_for
from web.respond.pages.welcome import welcome_preview


@blueprint.get("/<slug>/apercu")
@for_campaign(Action.RUN_CAMPAIGNS, states=ANY_STATE)
def received(campaign: Campaign) -> str:
    """Show all that people will receive: the welcome page, the poster, the letter, the paper, the message."""
    return render_template(
        "campaigns/received.html",
        campaign=campaign,
        territory=campaign.territory,
        subject=message_subject(campaign),
        text=message_text(campaign, _example()),
        copies=[(one.code, one.label) for one in campaign.colleges],
    )


def _example() -> str:
    """An address that leads nowhere: no link is made for a preview."""
    return address_of("EXEMPLE-EXEMPLE-EXEMPL")


@blueprint.get("/<slug>/apercu/accueil")
@for_campaign(Action.RUN_CAMPAIGNS, states=ANY_STATE)
def preview_welcome(campaign: Campaign) -> str:
    """Show the welcome page of everyone's link."""
    action = url_for("campaigns.leave_welcome", slug=campaign.slug, lecture=PLAIN if plain_wording() else None)
    return welcome_preview(campaign, banner=_banner(campaign), action=action, csrf_token=generate_csrf())


@blueprint.post("/<slug>/apercu/accueil")
@for_campaign(Action.RUN_CAMPAIGNS, states=ANY_STATE)
def leave_welcome(campaign: Campaign) -> Response:
    """Go on to the questions of the college that was pressed."""
    codes = [one.code for one in campaign.colleges]
    wanted = request.form.get("college", "")
    college, reading = wanted if wanted in codes else codes[0], PLAIN if plain_wording() else None
    target = url_for("campaigns.preview", slug=campaign.slug, college=college, number=1, lecture=reading)
    return redirect(target, 303)


@blueprint.get("/<slug>/apercu/affiche.<kind>")
@for_campaign(Action.RUN_CAMPAIGNS, states=ANY_STATE)
def preview_poster(campaign: Campaign, kind: str) -> Download:
    """Show the poster for all, with an address that leads nowhere: as SVG in the page, as PDF to print."""
    today = paris_day(now())
    poster = poster_of(campaign, _example(), None)
    if kind == "svg":
        return Download(poster.svg(today), mimetype="image/svg+xml")
    if kind != "pdf":
        abort(404)
    return Download(poster.pdf(today), mimetype="application/pdf")


@blueprint.get("/<slug>/apercu/lettre.pdf")
@for_campaign(Action.RUN_CAMPAIGNS, states=ANY_STATE)
def preview_letter(campaign: Campaign) -> Download:
    """Show the letter for all, with an address that leads nowhere."""
    return Download(poster_of(campaign, _example(), None).letter(paris_day(now())), mimetype="application/pdf")


@blueprint.get("/<slug>/apercu/<college>/<int:number>")
@for_campaign(Action.RUN_CAMPAIGNS, states=ANY_STATE)
def preview(campaign: Campaign, college: str, number: int) -> str:
    """Show one page of the questionnaire, for one college."""
    return filled_preview(found_preview(campaign, college, number), _banner(campaign, college))


def _banner(campaign: Campaign, college: str = "") -> Markup:
    """What says on top of a page that it is a preview, for one college or for all."""
    shown = campaign.college(college) if college else None
    html = render_template("campaigns/preview_banner.html", campaign=campaign, college=shown)
    return Markup(html)  # noqa: S704  # a template of ours, which escapes


@blueprint.post("/<slug>/apercu/<college>/<int:number>")
@for_campaign(Action.RUN_CAMPAIGNS, states=ANY_STATE)
def try_preview(campaign: Campaign, college: str, number: int) -> Response:
    """Follow the button that was pressed; the answers chosen are discarded."""
    asked = page_asked_for(found_preview(campaign, college, number), number)
    if asked is None:
        return led_to(url_for("campaigns.follow", slug=campaign.slug))
    page, reading = asked
    return led_to(url_for("campaigns.preview", slug=campaign.slug, college=college, number=page, lecture=reading))


@blueprint.get("/<slug>/apercu/<college>/college")
@for_campaign(Action.RUN_CAMPAIGNS, states=ANY_STATE)
def leave_preview(campaign: Campaign, college: str) -> Response:  # noqa: ARG001  # in the address of the page left
    """« Changer » of college, in a preview: go back to the campaign, which has a preview per college."""
    return redirect(url_for("campaigns.follow", slug=campaign.slug), 303)
