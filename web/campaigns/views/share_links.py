"""The share links of a campaign: created with their QR codes and posters, listed, revoked."""

from typing import TYPE_CHECKING

from flask import Response as Download
from flask import abort, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign
from storage.campaigns.share_links import (
    ShareLink,
    create_share_link,
    restorable_links_of,
    restore_link,
    revoke_link,
)
from storage.core.timestamps import now, paris_day
from web.campaigns.blueprint import blueprint
from web.campaigns.handouts import codes_of, poster_of, ready_texts
from web.campaigns.pages import address_of, campaign_share_links, code_entrance, link_secret
from web.http.database import connection
from web.http.forms.submit_once import once
from web.http.pages.downloads import download
from web.http.security.audit import audited
from web.http.security.guards import ANY_STATE, for_campaign

if TYPE_CHECKING:
    from restitution.documents.pdf.poster import Poster


@blueprint.get("/<slug>/liens")
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft", "open"))
def share_links(campaign: Campaign) -> str:
    """List every link in force, with the college that it leads to."""
    from restitution.charts.qr_code import qr_svg

    found = campaign_share_links(campaign)
    made = {link.link.college for link in found if link.token and not link.link.lent}
    return render_template(
        "campaigns/share_links.html",
        campaign=campaign,
        territory=campaign.territory,
        links=found,
        labels={college.code: college.label for college in campaign.colleges},
        missing=[college.code for college in campaign.colleges if college.code not in made],
        everyone=None in made,
        address=address_of,
        codes=codes_of(found),
        entrance=code_entrance(),
        qr=lambda token: Markup(qr_svg(address_of(token))),  # noqa: S704  # made of our own address
        revoked=restorable_links_of(connection(), campaign, link_secret()),
    )


@blueprint.post("/<slug>/liens")
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft", "open"))
@once("campaigns.share_links")
def create_share_links(campaign: Campaign) -> Response:
    """Create the links asked for: ``*`` is for all colleges, the others are codes of colleges."""
    known = {"*", *(college.code for college in campaign.colleges)}
    wanted = [code for code in dict.fromkeys(request.form.getlist("pour")) if code in known]
    lent = request.form.get("appareil") == "prete"
    for code in wanted:
        with audited(AuditEvent.LINK_MADE, campaign, college=code):
            create_share_link(connection(), campaign, None if code == "*" else code, link_secret(), lent=lent)
    flash(
        [_("Cochez au moins un lien à faire."), _("Le lien est prêt."), _("Les liens sont prêts.")][min(len(wanted), 2)]
    )
    return redirect(url_for("campaigns.share_links", slug=campaign.slug), 303)


@blueprint.get("/<slug>/liens/<int:number>/retirer")
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft", "open"))
def confirm_revocation(campaign: Campaign, number: int) -> str:
    """Say what stops working, posters included, before a link is revoked."""
    link = _share_link(campaign, number)
    address = address_of(link.token) if link.token else ""
    return render_template("campaigns/revoke_link.html", campaign=campaign, link=link, address=address)


@blueprint.post("/<slug>/liens/<int:number>/retirer")
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft", "open"))
def revoke_share_link(campaign: Campaign, number: int) -> Response:
    """Revoke a link; responses begun through it can go on, and it can be given again for a day."""
    link = _share_link(campaign, number)
    with audited(AuditEvent.LINK_REVOKED, campaign, number=number):
        revoke_link(connection(), link.link)
    flash(
        _(
            "Ce lien est retiré : il n’ouvre plus rien. Les réponses déjà commencées peuvent continuer. Pendant un "
            "jour, vous pouvez le redonner, au bas de cette page."
        )
    )
    return redirect(url_for("campaigns.share_links", slug=campaign.slug), 303)


@blueprint.post("/<slug>/liens/<int:number>/redonner")
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft", "open"))
def restore_share_link(campaign: Campaign, number: int) -> Response:
    """Put back in force a link revoked within the day: what was printed with it works again."""
    with audited(AuditEvent.LINK_RESTORED, campaign, number=number):
        restored = restore_link(connection(), campaign, number)
    if restored:
        flash(_("Ce lien est redonné : les affiches qui le portent mènent de nouveau au questionnaire."))
    else:
        flash(_("Ce lien n’est plus à redonner : il marche déjà, ou il a été retiré depuis plus d’un jour."))
    return redirect(url_for("campaigns.share_links", slug=campaign.slug), 303)


def _share_link(campaign: Campaign, number: int) -> ShareLink:
    found = next((link for link in campaign_share_links(campaign) if link.link.id == number), None)
    return found or abort(404)


def _given_link(campaign: Campaign, number: int) -> tuple[ShareLink, str]:
    """A link that can be handed out, and its address. Aborts with 404 when this installation cannot write it."""
    link = _share_link(campaign, number)
    return (link, address_of(link.token)) if link.token else abort(404)


def _poster(campaign: Campaign, number: int, *, inked: bool = False) -> "tuple[Poster, str]":
    """The poster of a link, and for whom it is, as the names of files say it."""
    link, address = _given_link(campaign, number)
    code = codes_of([link]).get(number, "")
    return poster_of(campaign, address, link.link.college, code, inked=inked), _file_name(campaign, link)


def _file_name(campaign: Campaign, link: ShareLink) -> str:
    return f"{campaign.slug}-{link.link.college or 'tous'}"


@blueprint.get("/<slug>/liens/<int:number>/affiche.<kind>")
@for_campaign(Action.RUN_CAMPAIGNS, states=ANY_STATE)
def poster(campaign: Campaign, number: int, kind: str) -> Download:
    """Download the poster of a link, as PDF or SVG."""
    if kind not in {"pdf", "svg"}:
        abort(404)
    drawn, name = _poster(campaign, number, inked="encre" in request.args)
    today = paris_day(now())
    return download(drawn.pdf(today) if kind == "pdf" else drawn.svg(today), f"affiche-{name}.{kind}")


@blueprint.get("/<slug>/liens/<int:number>/lettre.pdf")
@for_campaign(Action.RUN_CAMPAIGNS, states=ANY_STATE)
def letter(campaign: Campaign, number: int) -> Download:
    """Download the letter that leads to a link, as PDF."""
    drawn, name = _poster(campaign, number)
    return download(drawn.letter(paris_day(now())), f"lettre-{name}.pdf")


@blueprint.get("/<slug>/liens/<int:number>/qr.<image>")
@for_campaign(Action.RUN_CAMPAIGNS, states=ANY_STATE)
def qr_picture(campaign: Campaign, number: int, image: str) -> Download:
    """Download the QR code of a link, as PNG or SVG, to be placed in another document."""
    from restitution.charts.qr_code import qr_png, qr_svg

    if image not in {"png", "svg"}:
        abort(404)
    link, address = _given_link(campaign, number)
    body: bytes | str = qr_png(address) if image == "png" else qr_svg(address, title=campaign.territory.name)
    return download(body, f"qr-{_file_name(campaign, link)}.{image}")


@blueprint.get("/<slug>/liens/<int:number>/textes")
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft", "open"))
def texts(campaign: Campaign, number: int) -> str:
    """Show the texts that invite people by a link, ready to be copied."""
    link, address = _given_link(campaign, number)
    college = link.link.college
    return render_template(
        "campaigns/ready_texts.html",
        campaign=campaign,
        territory=campaign.territory,
        label=campaign.college(college).label if college else _("Tous les collèges"),
        address=address,
        texts=ready_texts(campaign, address, college, codes_of([link]).get(number, "")),
    )
