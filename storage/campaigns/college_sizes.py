"""The declared sizes of colleges: those contradicted by the number of answers, and their correction.

A size below the number of answers is wrong: figures are computed as if it were unknown (``CampaignCollege.known_size``)
and the pilot is told. It can be corrected, even after the closing.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from grille.messages import message as _
from storage.campaigns.campaigns import Campaign, CampaignCollege, campaign_by_id, participation
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError

LARGEST_SIZE: Final = 99_999_999


def exceeded(campaign: Campaign, counts: Mapping[str, int]) -> tuple[CampaignCollege, ...]:
    """Return the colleges with more answers than people.

    Once the campaign is closed, only those with k answers or more: nobody may know how many people of the others
    answered, and their size enters no figure.
    """
    least = campaign.k if campaign.status == "closed" else 0
    return tuple(
        one
        for one in campaign.colleges
        if one.size is not None and one.known_size(counts[one.code]) is None and counts[one.code] >= least
    )


def correctable(campaign: Campaign, counts: Mapping[str, int]) -> tuple[CampaignCollege, ...]:
    """Return the colleges whose size may be changed: all of them until the closing, then the wrong ones only."""
    if campaign.status == "open":
        return campaign.colleges
    return exceeded(campaign, counts) if campaign.status == "closed" else ()


def correct_sizes(db: Database, campaign: Campaign, sizes: Mapping[str, int | None]) -> dict[str, tuple[int, int]]:
    """Change the sizes of these colleges (``None`` for unknown) and return what changed.

    The result gives the sizes before and after of each college that changed, 0 where unknown. Raises ``CampaignError``
    with every problem, and then nothing is written.
    """
    with writing(db) as conn:
        campaign = campaign_by_id(db, campaign.id) or campaign
        if problems := list(size_problems(campaign, participation(db, campaign), sizes)):
            raise CampaignError(problems)
        changed = _changed(campaign, sizes)
        conn.executemany(
            "UPDATE campaign_colleges SET size = ? WHERE campaign_id = ? AND code = ?",
            [(size, campaign.id, code) for code, size in changed.items()],
        )
        return {code: (campaign.college(code).size or 0, size or 0) for code, size in changed.items()}


def _changed(campaign: Campaign, sizes: Mapping[str, int | None]) -> dict[str, int | None]:
    return {code: size for code, size in sizes.items() if campaign.college(code).size != size}


def size_problems(campaign: Campaign, counts: Mapping[str, int], sizes: Mapping[str, int | None]) -> Iterator[str]:
    """Yield why these sizes, where they are new, cannot be those of the campaign's colleges."""
    allowed = {one.code for one in correctable(campaign, counts)}
    for code, size in _changed(campaign, sizes).items():
        label = campaign.college(code).label
        if code not in allowed:
            yield _(
                "« %(label)s » : l’effectif ne se change plus après la clôture, sauf s’il est dépassé.", label=label
            )
        elif size is not None and not 1 <= size <= LARGEST_SIZE:
            yield _(
                "« %(label)s » : un effectif compte au moins une personne. Laissez vide si vous ne le connaissez pas.",
                label=label,
            )
        elif size is not None and size < counts[code]:
            yield (
                _(
                    "« %(label)s » : %(counts)s personnes ont répondu, l’effectif ne peut pas être de %(size)s. "
                    "Corrigez-le, ou laissez vide si vous ne le connaissez pas.",
                    label=label,
                    counts=counts[code],
                    size=size,
                )
            )
