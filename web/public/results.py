"""The campaigns that have results, for those who read them and for those who project them."""

from flask import render_template
from flask_login import current_user

from web.database import connection
from web.places import projected_places, published_places
from web.public.blueprint import blueprint
from web.unshown import mark_damaged


@blueprint.get("/resultats")
def results() -> str:
    """« J’analyse »: every published campaign, by territory."""
    places = published_places(connection())
    mark_damaged(campaign for place in places for campaign in place.campaigns)
    return render_template("public/results.html", places=places)


@blueprint.get("/seances")
def sessions() -> str:
    """« J’anime une séance »: the campaign to project, not yet published for those who prepare its session."""
    places = projected_places(connection(), current_user.grants)
    mark_damaged(campaign for place in places for campaign in place.campaigns)
    return render_template("public/sessions.html", places=places)
