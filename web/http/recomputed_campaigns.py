"""Campaigns published under the first edition of the method: what the second changes, told to their team."""

from collections import OrderedDict
from typing import TYPE_CHECKING

from restitution.text.language import ngettext
from storage.campaigns.campaigns import Campaign
from storage.core.damage import CampaignDamaged
from storage.core.database import file_of
from storage.operations.published_copies import revision_of
from web.http.database import connection

if TYPE_CHECKING:
    from restitution.findings.editions import EditionChanges

_REMEMBERED = 256
_words: OrderedDict[tuple[str, int, str], int] = OrderedDict()


def changes_of(campaign: Campaign) -> "EditionChanges | None":
    """Both editions side by side; None for a campaign that was never published under the first."""
    from restitution.findings.editions import Editions, edition_changes  # loads pandas, as what follows
    from storage.responses.first_edition import profiles_in_both_editions, recomputed

    if recomputed(connection(), campaign) is None:
        return None
    labels = {college.code: college.label for college in campaign.colleges}
    return edition_changes(Editions(*profiles_in_both_editions(connection(), campaign)), labels)


def changed_words(campaign: Campaign) -> str:
    """That words of this campaign differ from one edition to the other; empty when none does, or it is damaged."""
    key = file_of(connection()), campaign.id, revision_of(connection(), campaign.territory)
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
