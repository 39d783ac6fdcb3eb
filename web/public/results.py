"""The published campaigns, for those who read results and for those who project them."""

from flask import render_template

from web.database import connection
from web.places import published_places
from web.public.blueprint import blueprint


@blueprint.get("/resultats")
def results() -> str:
    """« J’analyse »: every published campaign, by territory."""
    return render_template("public/results.html", places=published_places(connection()))


@blueprint.get("/seances")
def sessions() -> str:
    """« J’anime une séance »: the campaign to project."""
    return render_template("public/sessions.html", places=published_places(connection()))
