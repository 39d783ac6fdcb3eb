"""The addresses under ``/api/v1``: territories, campaigns, their results and files, grids."""

from flask import Response, abort
from flask.typing import ResponseReturnValue

from grille.messages import message as _
from storage.campaigns.campaigns import Campaign, campaign_page, published_page
from storage.campaigns.territories import territory_by_slug, territory_page
from storage.grids.library import find_grid, library
from storage.review.past_publications import first_publications
from web.api import models
from web.api.blueprint import PREFIX, answer, asked, blueprint, described
from web.api.cursors import cursor_of, position_of, read_page
from web.api.documents import campaign_document, file_document, grid_document, grid_reference, territory_reference
from web.http.database import connection
from web.http.pages.published_pages import campaign_at, name_of, published_file
from web.open_data.catalogue import files_of

ROWS = 25
"""Of a page of a list."""


@blueprint.get(f"{PREFIX}/territories")
@described(
    _("Les territoires qui ont publié, par nom"),
    models.Territories,
    models.TerritoryQuery,
    errors=(400,),
)
def territories() -> Response:
    """List the territories that have published results; those of the demonstration are left out."""
    query = asked(models.TerritoryQuery)
    position = position_of(query.cursor)
    real = "published AND NOT fictional"
    found = read_page(lambda: territory_page(connection(), None, query.q, position, ROWS, shown=real))
    return answer(
        models.Territories(items=[territory_reference(one) for one in found.rows], next=cursor_of(found.next))
    )


@blueprint.get(f"{PREFIX}/territories/<place>")
@described(_("Un territoire"), models.TerritoryReference, errors=(404,))
def territory(place: str) -> Response:
    """Return a territory that has published results."""
    found = territory_by_slug(connection(), place)
    if found is None or not campaign_page(connection(), found, "published_at IS NOT NULL").rows:
        abort(404)
    return answer(territory_reference(found))


@blueprint.get(f"{PREFIX}/campaigns")
@described(
    _("Les campagnes publiées, la plus récente d’abord"),
    models.Campaigns,
    models.CampaignQuery,
    errors=(400, 404),
)
def campaigns() -> Response:
    """List published campaigns, the latest year first; of one territory alone if it is named."""
    query = asked(models.CampaignQuery)
    position = position_of(query.cursor)
    if query.territory is None:
        found = read_page(lambda: published_page(connection(), position, ROWS))
    else:
        place = territory_by_slug(connection(), query.territory) or abort(404)
        found = read_page(lambda: campaign_page(connection(), place, "published_at IS NOT NULL", position))
    return answer(models.Campaigns(items=[campaign_document(one) for one in found.rows], next=cursor_of(found.next)))


@blueprint.get(f"{PREFIX}/campaigns/<slug>")
@described(_("Une campagne"), models.CampaignDocument, errors=(404, 410))
def campaign(slug: str) -> Response:
    """Return a published campaign."""
    return answer(campaign_document(_published(slug)))


@blueprint.get(f"{PREFIX}/campaigns/<slug>/results")
@described(_("Les chiffres publiés d’une campagne"), models.Results, errors=(404, 410, 503))
def results(slug: str) -> ResponseReturnValue:
    """Return the figures of a campaign: those of its page, and nothing that it hides."""
    shown = _published(slug)

    def made() -> bytes:
        from web.results.profile_files import profile_document  # loads pandas, never where people only answer

        return profile_document(shown, "profile.json", 2)

    def sent(content: bytes) -> Response:
        return Response(content, mimetype="application/json")

    return published_file(name_of(shown, "api results"), made, sent)


@blueprint.get(f"{PREFIX}/campaigns/<slug>/files")
@described(_("Les fichiers d’une campagne"), models.Files, errors=(404, 410))
def files(slug: str) -> Response:
    """List the files of a campaign, to download."""
    return answer(models.Files(items=[file_document(*one) for one in files_of(_published(slug))]))


@blueprint.get(f"{PREFIX}/grids")
@described(_("Les grilles"), models.Grids)
def grids() -> Response:
    """List every grid of the library."""
    return answer(models.Grids(items=[grid_reference(one.grid) for one in library(connection())]))


@blueprint.get(f"{PREFIX}/grids/<grid>/<version>")
@described(_("Une grille, son échelle et ses savoir-faire"), models.GridDocument, errors=(404,))
def grid_version(grid: str, version: str) -> Response:
    """Return a grid: its scale, its families and their savoir-faire."""
    found = find_grid(connection(), grid, version) or abort(404)
    return answer(grid_document(found))


def _published(slug: str) -> Campaign:
    """Return the published campaign of that slug: 410 once it was withdrawn, 404 when it never was there."""
    found = campaign_at(slug)
    if found is None or not found.published_at:
        abort(410 if found and first_publications(connection(), [found]) else 404)
    return found
