"""Campaigns that cannot be read: left out of pages about several, with a message, and logged.

``compute_or_leave_out`` is the one way to compute something of each of several campaigns. One that fails is left out,
and every page that extends ``base.html`` says so on top: the campaign, the reason and the remedy to those who follow
it, a reference to everyone. On its own pages, such a campaign is answered by ``damaged_campaign_page``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from flask import Flask, current_app, g, request
from flask_login import current_user

from accounts.permissions import Action
from grille.messages import message as _
from restitution.text.language import gettext
from storage.campaigns.campaigns import Campaign
from storage.core.damage import UNREADABLE, CampaignDamaged, damage_of, known_damage, unreadable_grid
from storage.operations.published_copies import CopyNotReady
from web.http.database import connection
from web.http.errors import Explained, page
from web.http.request_log import reference
from web.http.security.access import may

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LeftOutCampaign:
    """A campaign that is left out of the page, and what the current user may know of it."""

    campaign: Campaign
    sentence: str
    lasts: bool


def init_app(app: Flask) -> None:
    """Give ``left_out_campaigns`` to templates; answer its own pages with ``damaged_campaign_page``."""
    app.jinja_env.globals["left_out_campaigns"] = left_out_campaigns
    app.register_error_handler(CampaignDamaged, damaged_campaign_page)


def left_out_campaigns() -> list[LeftOutCampaign]:
    """Return the campaigns left out of this page."""
    found: dict[int, LeftOutCampaign] = g.get("left_out_campaigns", {})
    return list(found.values())


def compute_or_leave_out(campaign: Campaign, compute: Callable[[], T]) -> T | None:
    """Return ``compute()`` for that campaign; None, with a message on the page, when it fails.

    Errors that are not the campaign's (a busy database, a full disk) are raised.
    """
    try:
        return compute()
    except CopyNotReady:  # others are being made first: the page comes back by itself
        raise
    except Exception as error:  # whatever it is, it must not hide the other campaigns
        leave_out(campaign, damage_of(error), error)
        return None


def leave_out(campaign: Campaign, damage: CampaignDamaged, error: Exception | None = None) -> None:
    """Say on the page that this campaign is left out, and log the reason."""
    found = g.setdefault("left_out_campaigns", {})
    if campaign.id in found:
        return
    current_app.logger.error("campaign %s [%s]: %s", campaign.slug, reference(), damage, exc_info=error)
    found[campaign.id] = LeftOutCampaign(campaign, _sentence(campaign, damage), damage.lasts)


def mark_damaged(campaigns: Iterable[Campaign]) -> None:
    """Leave out the campaigns of a list that are already known to be damaged; computes nothing."""
    db = connection()
    for campaign in campaigns:
        if damage := unreadable_grid() if campaign.grid is UNREADABLE else known_damage(db, campaign.id):
            leave_out(campaign, damage)


def _sentence(campaign: Campaign, damage: CampaignDamaged) -> str:
    words = {"name": campaign.name, "place": campaign.territory.name}
    said = gettext("La campagne « %(name)s » (%(place)s) ne peut pas être montrée pour le moment.", **words)
    more = f"{damage.reason} {damage.remedy}" if may(Action.FOLLOW_COLLECTION, campaign.territory) else ""
    return " ".join(filter(None, [said, more, gettext("Référence : %(reference)s.", reference=reference())]))


def damaged_campaign_page(error: CampaignDamaged) -> tuple[str, int]:
    """Return the page of a campaign that cannot be read, with the reference of the reason in the log."""
    current_app.logger.error("campaign [%s]: %s", reference(), error, exc_info=error)
    answering = request.blueprint in {"respond", "workshop"}  # no session is opened there
    sentence = _("Dites-le à l’équipe : elle peut y remédier, et rien n’est perdu.")
    if not answering and current_user.is_authenticated:
        sentence = _("%(reason)s %(remedy)s", reason=error.reason, remedy=error.remedy)
    explained = Explained(_("Cette campagne ne peut pas être montrée pour le moment"), sentence)
    return page(explained, 503, reference=reference())
