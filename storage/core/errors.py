"""The errors of storage, with sentences that give the remedy."""

from collections.abc import Iterable


class CampaignError(ValueError):
    """A request about a territory or a campaign is refused; ``problems`` are all the reasons, in French."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))
