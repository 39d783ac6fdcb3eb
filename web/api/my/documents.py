"""What is stored, as the documents that are answered to who has a key."""

from flask import url_for

from accounts.permissions import GRANTED, roles_on
from storage.campaigns.campaigns import Campaign
from storage.campaigns.participation import shown_total
from storage.campaigns.territories import Territory
from web.api.documents import grid_reference
from web.api.models import CollegeReference
from web.api.my import models
from web.campaigns.pages import Share
from web.http.security.api_keys import KeyHolder


def key_document(holder: KeyHolder) -> models.KeyDocument:
    """Return the document of a key."""
    key = holder.key
    return models.KeyDocument(name=key.name, scopes=sorted(key.scopes), expires_at=key.expires_at)


def territory_document(territory: Territory, holder: KeyHolder) -> models.FollowedTerritory:
    """Return the document of a territory that the account follows."""
    held = roles_on(holder.grants, territory.id)
    return models.FollowedTerritory(
        slug=territory.slug,
        name=territory.name,
        kind=territory.kind,
        code=territory.official_code,
        fictional=territory.fictional,
        roles=[str(role) for role in GRANTED if role in held],
    )


def campaign_document(campaign: Campaign) -> models.FollowedCampaign:
    """Return the document of a campaign that the account follows."""
    return models.FollowedCampaign(
        slug=campaign.slug,
        name=campaign.name,
        year=campaign.year,
        territory=campaign.territory.slug,
        status=campaign.status,
        form=campaign.form,
        k=campaign.k,
        grid=grid_reference(campaign.grid),
        opens_on=campaign.opens_on,
        closes_on=campaign.closes_on,
        closed_on=campaign.closed_on,
        published_at=campaign.published_at,
        colleges=[
            CollegeReference(code=one.code, label=one.label, voluntary=one.voluntary) for one in campaign.colleges
        ],
        links=_links(campaign),
    )


def _links(campaign: Campaign) -> models.FollowedLinks:
    slug = campaign.slug
    return models.FollowedLinks(
        participation=url_for("api.my_participation", slug=slug, _external=True),
        results=url_for("api.my_results", slug=slug, _external=True),
        page=url_for("campaigns.follow", slug=slug, _external=True),
    )


def participation_document(campaign: Campaign, shares: list[Share]) -> models.Participation:
    """Return who has answered, with what the page of the campaign shows, and no more."""
    counts = {one.college.code: one.count for one in shares}
    status = "closed" if campaign.status == "closed" else "open"
    return models.Participation(
        status=status, total=shown_total(counts), colleges=[_college(one, campaign) for one in shares]
    )


def _college(share: Share, campaign: Campaign) -> models.CollegeParticipation:
    hidden = campaign.status == "closed" and share.count is None
    return models.CollegeParticipation(
        code=share.college.code,
        label=share.college.label,
        count=share.count,
        size=None if hidden else share.college.size,
        target=None if hidden else share.college.target,
    )
