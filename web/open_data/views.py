"""The pages and files of open data: what there is, one campaign, one file, the catalogue for machines."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePath

import orjson
from flask import Blueprint, Response, abort, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from storage.campaigns.accessible_territories import published_scope
from storage.campaigns.campaigns import Campaign, campaign_by_slug, published_page
from storage.core.pages import FIRST, Page, Position, PositionGone
from storage.review.past_publications import first_publications
from web.http.database import connection
from web.http.pages.compression import compressed
from web.http.pages.lists import show_territories
from web.http.pages.published_pages import campaign_at, name_of, published, published_file, published_list
from web.open_data import catalogue as linked

DATASETS_PER_PAGE = 100
MEDIA_TYPES: Mapping[str, str] = {".json": "application/json", ".csv": "text/csv; charset=utf-8"}

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
    page = _asked_page()
    first = first_publications(connection(), page.rows)
    address = url_for(".catalogue_file", avant=page.next.before, _external=True) if page.next else ""
    content = orjson.dumps(linked.catalogue(page.rows, first, address), option=orjson.OPT_INDENT_2)
    response = Response(content, mimetype="application/ld+json")
    response.add_etag()
    response.make_conditional(request)
    return response


def _asked_page() -> Page[Campaign]:
    before = request.args.get("avant", "")
    position = Position(before=int(before)) if before.isascii() and before.isdigit() and len(before) < 19 else FIRST
    if before and position == FIRST:
        abort(404)
    try:
        return published_page(connection(), position, DATASETS_PER_PAGE)
    except PositionGone:
        abort(404)


@blueprint.get("/<slug>")
def show(slug: str) -> ResponseReturnValue:
    """The data of one campaign; once withdrawn, a page that says so stays at this address (410)."""
    campaign = campaign_at(slug)
    if campaign is None or campaign.published_at is None:
        return _withdrawn(slug)

    def made() -> str:
        from web.open_data.packages import package_of  # loads pandas, never where people only answer

        sizes = {name: len(content) for name, content in package_of(campaign).items()}
        first = first_publications(connection(), [campaign])[campaign.id]
        return render_template("open_data/show.html", campaign=campaign, sizes=sizes, first=first, linked=linked)

    return published(campaign, made)


@blueprint.get("/<slug>/<table>")
def file(slug: str, table: str) -> ResponseReturnValue:
    """One file of the package of a campaign."""
    campaign = campaign_at(slug)
    suffix = PurePath(table).suffix
    if campaign is None or campaign.published_at is None:
        return _withdrawn(slug)
    if suffix not in MEDIA_TYPES:
        abort(404)

    def made() -> bytes:
        from web.open_data.packages import package_of  # as above

        return package_of(campaign).get(table, b"")

    def sent(content: bytes) -> Response:
        return send_file(BytesIO(content), MEDIA_TYPES[suffix], download_name=table) if content else abort(404)

    return published_file(name_of(campaign, request.path), made, sent)


def _withdrawn(slug: str) -> ResponseReturnValue:
    campaign = campaign_by_slug(connection(), slug)
    first = first_publications(connection(), [campaign] if campaign else [])
    if campaign is None or campaign.id not in first:
        abort(404)
    return render_template("open_data/withdrawn.html", campaign=campaign, first=first[campaign.id]), 410
