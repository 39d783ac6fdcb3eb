"""The home page: three doors, one sentence, a chart; and what a machine asks for."""

from flask import Response, render_template, url_for

import grille
from restitution.radar import axes_of
from storage.campaigns import campaign_by_id, campaign_by_slug, find_link
from storage.database import refuse_unusable
from web.database import connection
from web.public.blueprint import blueprint
from web.public.example import example

TRIAL_TOKEN = "essai"  # noqa: S105  # the demonstration's link, printed for all to see


@blueprint.get("/")
def home() -> str:
    """What this is, and where to go."""
    grid = grille.current()
    content = {"example": example(), "showcase": _showcase(), "trial": _trial()}
    return render_template("public/home.html", grid=grid, axes=axes_of(grid), **content)


def _showcase() -> str:
    """The address of the results that the chart of the page comes from; empty where they are not."""
    campaign = campaign_by_slug(connection(), example().campaign)
    shown = campaign and campaign.territory.fictional and campaign.published_at
    return url_for("review.restitution", slug=example().campaign) if shown else ""


def _trial() -> str:
    """The address of the campaign that anyone may answer to try; empty when there is none."""
    link = find_link(connection(), TRIAL_TOKEN)
    campaign = campaign_by_id(connection(), link.campaign_id) if link and not link.revoked else None
    return url_for("respond.welcome", token=TRIAL_TOKEN) if campaign and campaign.status == "open" else ""


@blueprint.get("/healthz")
def health() -> Response:
    """``ok`` when an answer given now would be kept; the error page, 503, when it would not."""
    refuse_unusable(connection())
    return Response("ok\n", mimetype="text/plain", headers={"Cache-Control": "no-store"})


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Search engines may read what is public, and nothing that belongs to someone."""
    closed = ("repondre", "campagnes", "connexion", "compte")
    lines = ["User-agent: *", *(f"Disallow: /{path}" for path in closed)]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
