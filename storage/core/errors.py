"""The errors of storage, with sentences that give the remedy."""

from collections.abc import Iterable


class CampaignError(ValueError):
    """A territory or a campaign that cannot be as asked; ``problems`` are French sentences, all of them at once."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))
