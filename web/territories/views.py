"""The page of the territories that someone has to do with."""

from flask import Blueprint, render_template
from flask_login import current_user

from web.access import signed_in
from web.database import connection
from web.places import places_of
from web.unshown import mark_damaged

blueprint = Blueprint("territories", __name__, url_prefix="/territoires")


@blueprint.get("")
@signed_in
def index() -> str:
    """Where each territory stands, then families × territories for those whose results one may see."""
    from web.territories.page import standings, tables  # scoring loads here, never where people only answer

    places = places_of(connection(), current_user.grants)
    mark_damaged(campaign for place in places for campaign in place.campaigns)
    found = standings(connection(), places)
    return render_template("territories/index.html", standings=found, tables=tables(connection(), found))
