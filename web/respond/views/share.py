"""Having somebody else answer: the link that anybody may be given, and never one's own address."""

from flask import render_template, url_for

from storage.campaigns.campaigns import campaign_by_id
from storage.campaigns.share_links import INVITATION, find_link
from web.http.addresses import reached_address
from web.http.database import connection
from web.respond.blueprint import blueprint
from web.respond.pages.qr import qr_code
from web.respond.views.welcome import refuse_unknown


@blueprint.get("/<token>/partager")
def share(token: str) -> str:
    """Show a share link to scan, copy or send; the address of this page holds nothing else."""
    link = find_link(connection(), token)
    campaign = campaign_by_id(connection(), link.campaign_id) if link else None
    if link is None or campaign is None or link.revoked or link.kind == INVITATION:
        refuse_unknown(token)
    address = reached_address(url_for("respond.welcome", token=token, lecture=None))
    return render_template(
        "respond/share.html", campaign=campaign, token=token, address=address, picture=qr_code(address)
    )
