"""The pages and files of open data: what there is, one campaign, one file, the catalogue for machines."""

from io import BytesIO

import orjson
from flask import Blueprint, Response, abort, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from restitution.documents.data_files.parquet_files import NotWritten, can_write_parquet
from restitution.text.language import gettext as _
from storage.campaigns.accessible_territories import published_scope
from storage.campaigns.campaigns import Campaign, published_page
from storage.core.pages import PositionGone
from storage.review.past_publications import first_publications
from web.http.database import connection
from web.http.errors import Explained, page
from web.http.pages.compression import compressed
from web.http.pages.lists import asked_position, show_territories
from web.http.pages.published_pages import campaign_at, name_of, published, published_file, published_list
from web.open_data import catalogue as linked
from web.open_data.names import PARQUET, possible_names

DATASETS_PER_PAGE = 100

blueprint = Blueprint("open_data", __name__, url_prefix="/donnees")
blueprint.after_request(compressed)


@blueprint.get("")
def index() -> Response:
    """List the published campaigns whose data may be used again."""
    return published_list(
        lambda: render_template("open_data/index.html", territories=show_territories(published_scope()))
    )


@blueprint.get("/catalogue.jsonld")
def catalogue_file() -> Response:
    """The catalogue for portals of open data, a hundred campaigns at a time; ``avant`` is where a page goes on."""
    try:
        found = published_page(connection(), asked_position(), DATASETS_PER_PAGE)
    except PositionGone:
        abort(404)
    first = first_publications(connection(), found.rows)
    address = url_for(".catalogue_file", avant=found.next.before, _external=True) if found.next else ""
    content = orjson.dumps(linked.catalogue(found.rows, first, address), option=orjson.OPT_INDENT_2)
    response = Response(content, mimetype="application/ld+json")
    response.add_etag()
    response.make_conditional(request)
    return response


@blueprint.get("/<slug>")
def show(slug: str) -> ResponseReturnValue:
    """The data of one campaign; once withdrawn, a page that says so stays at this address (410)."""
    campaign = campaign_at(slug)
    if campaign is None or campaign.published_at is None:
        return _withdrawn(campaign)

    def made() -> str:
        from web.open_data.packages import package_of  # loads pandas, never where people only answer

        sizes = {name: len(content) for name, content in package_of(campaign).items()}
        first = first_publications(connection(), [campaign])[campaign.id]
        parquet = PARQUET if can_write_parquet() else ""
        return render_template(
            "open_data/show.html", campaign=campaign, sizes=sizes, first=first, linked=linked, parquet=parquet
        )

    return published(campaign, made)


@blueprint.get("/<slug>/<table>")
def file(slug: str, table: str) -> ResponseReturnValue:
    """One file of the data of a campaign: of its package, SQLite, or a table as Parquet."""
    campaign = campaign_at(slug)
    if campaign is None or campaign.published_at is None:
        return _withdrawn(campaign)
    if table not in possible_names():
        abort(404)

    def made() -> bytes:
        from web.open_data.packages import file_of  # as above

        return file_of(campaign, table)

    def sent(content: bytes) -> Response:
        return send_file(BytesIO(content), download_name=table) if content else abort(404)

    return published_file(name_of(campaign, request.path), made, sent)


@blueprint.errorhandler(NotWritten)
def not_written(_error: NotWritten) -> tuple[Response | str, int]:
    """What writes Parquet has failed, for want of memory or room: the other files are still there."""
    words = _(
        "Ce fichier Parquet n’a pas pu être écrit. Les autres fichiers de cette campagne restent à votre disposition."
    )
    return page(Explained(_("Ce fichier ne peut pas être préparé"), words), 503)


def _withdrawn(campaign: Campaign | None) -> ResponseReturnValue:
    first = first_publications(connection(), [campaign] if campaign else [])
    if campaign is None or campaign.id not in first:
        abort(404)
    return render_template("open_data/withdrawn.html", campaign=campaign, first=first[campaign.id]), 410
