"""Campaigns published under edition 1 of the method: what edition 2 changes, for their team."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from restitution.findings.method.recomputed import RecomputedCampaign, RecomputedNotice
from restitution.text.language import ngettext
from storage.campaigns.campaigns import Campaign
from storage.campaigns.recomputed_publications import recomputed, recomputed_among
from storage.core.damage import CampaignDamaged
from storage.core.database import file_of
from storage.core.revisions import current_revision
from web.http.database import connection
from web.http.heavy_requests import hand_over

if TYPE_CHECKING:
    from restitution.findings.method.editions import EditionChanges

_REMEMBERED = 256
_words: OrderedDict[tuple[str, int, str], int] = OrderedDict()


def notice_of(campaign: Campaign, labels: Mapping[Campaign, str]) -> RecomputedNotice:
    """The notice of a campaign and of those shown beside it; ``labels`` says how each is called, the oldest first."""
    days = recomputed_among(connection(), list(labels))
    found = {
        one.id: RecomputedCampaign(label, days[one.id].published, days[one.id].recomputed)
        for one, label in reversed(list(labels.items()))
        if one.id in days
    }
    own = found.pop(campaign.id, None)
    return RecomputedNotice(own, tuple(found.values()), own is not None and _adopted_in_first_edition(campaign))


def _adopted_in_first_edition(campaign: Campaign) -> bool:
    hand_over()
    from restitution.adopted_diagnostic import AdoptedDiagnostic
    from storage.review.snapshots import latest_snapshot  # loads pandas

    snapshot = latest_snapshot(connection(), campaign)
    return snapshot is not None and AdoptedDiagnostic(snapshot.document).edition == 1


def changes_of(campaign: Campaign) -> "EditionChanges | None":
    """Return both editions side by side; None for a campaign that was never published under edition 1."""
    if recomputed(connection(), campaign) is None:
        return None
    hand_over()
    from restitution.findings.method.editions import Editions, edition_changes  # loads pandas, as what follows
    from storage.responses.computed.first_edition import profiles_in_both_editions

    labels = {college.code: college.label for college in campaign.colleges}
    return edition_changes(Editions(*profiles_in_both_editions(connection(), campaign)), labels)


def changed_words(campaign: Campaign) -> str:
    """Return a sentence on how many words differ between editions; empty if none or if it is damaged."""
    key = file_of(connection()), campaign.id, current_revision(connection(), campaign.territory.id)
    if key not in _words:
        _words[key] = _count(campaign)
        while len(_words) > _REMEMBERED:
            _words.popitem(last=False)
    if not _words[key]:
        return ""
    return ngettext(
        "Un mot de ces résultats diffère de ce que disait l’édition 1 de la méthode.",
        "%(n)s mots de ces résultats diffèrent de ce que disait l’édition 1 de la méthode.",
        _words[key],
    )


def _count(campaign: Campaign) -> int:
    try:
        changes = changes_of(campaign)
    except CampaignDamaged:  # said on its own pages
        return 0
    return sum(changes.words) if changes else 0
