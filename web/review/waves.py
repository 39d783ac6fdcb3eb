"""Which waves of a territory are read together on a page: this one, and up to two earlier ones."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from storage.campaigns import Campaign

MOST_EARLIER = 2


@dataclass(frozen=True)
class Choice:
    """The campaign of the page, the earlier ones compared with it (newest first), and all that could be."""

    campaign: Campaign
    compared: tuple[Campaign, ...]
    earlier: tuple[Campaign, ...]

    @property
    def shown(self) -> tuple[Campaign, ...]:
        """The waves of the radar, newest first."""
        return (self.campaign, *self.compared)

    @property
    def trajectory(self) -> tuple[Campaign, ...]:
        """Every wave up to this one, oldest first."""
        return (*reversed(self.earlier), self.campaign)

    def among(self, known: Container[int]) -> "Choice":
        """The same choice without the waves that are not known, by their ids."""
        compared, earlier = ([one for one in some if one.id in known] for some in (self.compared, self.earlier))
        return Choice(self.campaign, tuple(compared), tuple(earlier))


def choose(campaign: Campaign, visible: Sequence[Campaign], wanted: Sequence[str]) -> Choice:
    """The waves asked for (``["2025,2023"]`` or ``["2025", "2023"]``), by default the last one and the first.

    What is not a visible earlier wave is left out; ``["aucune"]`` asks for none.
    """
    earlier = tuple(sorted((one for one in visible if _before(one, campaign)), key=_age, reverse=True))
    asked = {label for text in wanted for label in text.split(",") if label}
    if not asked:
        compared = earlier[:1] + earlier[1:][-1:]
    else:
        compared = tuple(one for one in earlier if label_of(one, earlier) in asked)[:MOST_EARLIER]
    return Choice(campaign, compared, earlier)


def label_of(campaign: Campaign, among: Sequence[Campaign]) -> str:
    """How a wave is called: its year, or its address when several share the year."""
    same = [one for one in among if one.year == campaign.year]
    return str(campaign.year) if len(same) <= 1 else campaign.slug


def _before(one: Campaign, other: Campaign) -> bool:
    return _age(one) < _age(other)


def _age(campaign: Campaign) -> tuple[int, int]:
    return campaign.year, campaign.id
