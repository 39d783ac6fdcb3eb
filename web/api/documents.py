"""What is stored, as the documents of the API."""

from flask import url_for

from grille import Grid
from grille.grid import Family
from storage.campaigns.campaigns import Campaign
from storage.campaigns.territories import Territory
from storage.grids.library import LibraryGrid
from web.api import models
from web.open_data.catalogue import address_of


def territory_reference(territory: Territory) -> models.TerritoryReference:
    """Return the document of a territory."""
    return models.TerritoryReference(
        slug=territory.slug,
        name=territory.name,
        kind=territory.kind,
        code=territory.official_code,
        fictional=territory.fictional,
        address=_address("territory", place=territory.slug),
    )


def grid_reference(grid: Grid) -> models.GridReference:
    """Return which grid it is, and where."""
    return models.GridReference(**_reference(grid))


def _reference(grid: Grid) -> dict[str, str]:
    address = _address("grid_version", grid=grid.id, version=grid.version)
    return {"id": grid.id, "version": grid.version, "title": grid.title, "address": address}


def grid_document(found: LibraryGrid) -> models.GridDocument:
    """Return the document of a grid of the library."""
    grid = found.grid
    return models.GridDocument(
        **_reference(grid),
        author=grid.author,
        licence=grid.licence,
        status=grid.status,
        withdrawn=found.withdrawn,
        levels=[models.Level(value=one.value, label=one.label) for one in grid.levels],
        families=[_family(one) for one in grid.families],
    )


def _family(family: Family) -> models.FamilyDocument:
    skills = [
        models.SkillDocument(code=one.code, title=one.title, definition=one.definition, core=one.core)
        for one in family.skills
    ]
    return models.FamilyDocument(code=family.code, title=family.title, skills=skills)


def campaign_document(campaign: Campaign) -> models.CampaignDocument:
    """Return the document of a published campaign."""
    assert campaign.published_at is not None  # noqa: S101  # views give no other
    return models.CampaignDocument(
        slug=campaign.slug,
        name=campaign.name,
        year=campaign.year,
        territory=territory_reference(campaign.territory),
        grid=grid_reference(campaign.grid),
        form=campaign.form,
        k=campaign.k,
        opens_on=campaign.opens_on,
        closed_on=campaign.closed_on,
        published_at=campaign.published_at,
        colleges=[
            models.CollegeReference(code=one.code, label=one.label, voluntary=one.voluntary)
            for one in campaign.colleges
        ],
        links=_links(campaign),
    )


def _links(campaign: Campaign) -> models.CampaignLinks:
    slug = campaign.slug
    return models.CampaignLinks(
        results=_address("results", slug=slug),
        files=_address("files", slug=slug),
        page=url_for("results.show", slug=slug, _external=True),
        data=address_of(campaign),
    )


def file_document(title: str, address: str) -> models.File:
    """Return the document of a file to download."""
    return models.File(title=title, address=address)


def _address(view: str, **values: str) -> str:
    return url_for(f"api.{view}", _external=True, **values)
