"""The page of a campaign: where it stands, what comes next, and who has answered; never what they answered."""

from dataclasses import dataclass

from flask import abort, jsonify, render_template
from werkzeug.wrappers import Response

from accounts.rights import Action
from restitution.language import gettext as _
from storage.campaigns import Campaign, CampaignCollege
from storage.merging import groups_of
from storage.participation import told_participation
from storage.starts import starts_of
from web.access import may, signed_in
from web.campaigns.blueprint import blueprint, managed
from web.database import connection
from web.limits import STARTS_FROM_ONE_PLACE
from web.numbers import grouped


@dataclass(frozen=True, slots=True)
class Share:
    """How many people of a college have answered, against what was hoped for and how many there are.

    ``count`` is ``None`` where it may not be said.
    """

    college: CampaignCollege
    count: int | None
    k: int

    @property
    def aim(self) -> int | None:
        """What a full bar means: the target, else the size; nothing without either."""
        return self.college.target or self.college.size

    @property
    def sentence(self) -> str:
        """Where the college stands, in words."""
        if not self.college.target:
            return _("pas d’objectif fixé")
        missing = self.college.target - (self.count or 0)
        if missing <= 0:
            return _("objectif atteint")
        return _("encore %(n)s pour l’objectif de %(target)s", n=grouped(missing), target=grouped(self.college.target))

    @property
    def share(self) -> str:
        """The estimated share of the college that has answered, where its size is known."""
        size = self.college.size
        if not size:
            return _("effectif inconnu")
        if self.count is None:
            return self.published_count
        if self.count > size:
            return _("plus que l’effectif annoncé (%(size)s)", size=grouped(size))
        return _("environ %(percent)s %% de %(size)s", percent=round(100 * self.count / size), size=grouped(size))

    @property
    def exceeded(self) -> str:
        """What it means that more people answered than the college was said to have; empty when it is not so."""
        size = self.college.size
        if size is None or self.count is None or self.count <= size:
            return ""
        return _(
            "« %(label)s » : plus de réponses que l’effectif annoncé (%(size)s). Tant qu’il n’est pas corrigé, les "
            "résultats se calculent comme si cet effectif était inconnu.",
            label=self.college.label,
            size=grouped(size),
        )

    @property
    def nearly_all(self) -> str:
        """That there are about as many answers as people, which may be odd; empty when there are not."""
        size = self.college.size
        if size is None or self.count is None or not 0.9 * size <= self.count <= size:
            return ""
        return _(
            "« %(label)s » : %(count)s réponses pour un effectif de %(size)s. Si cela vous étonne, vérifiez "
            "l’effectif, et par où l’on répond.",
            label=self.college.label,
            count=grouped(self.count),
            size=grouped(size),
        )

    @property
    def published_count(self) -> str:
        """The count once the campaign is closed, as results give it."""
        return grouped(self.count) if self.count is not None and self.shown else _("moins de %(k)s", k=self.k)

    @property
    def shown(self) -> bool:
        """Whether enough people answered for the college to appear in the results."""
        return self.count is not None and self.count >= self.k


def shares(campaign: Campaign) -> list[Share]:
    """The participation of each college, in order."""
    counts = told_participation(connection(), campaign)
    return [Share(college, counts[college.code], campaign.k) for college in campaign.colleges]


@blueprint.get("/<slug>")
@signed_in
def follow(slug: str) -> str:
    """Where the campaign stands."""
    campaign = managed(slug, Action.FOLLOW_COLLECTION)
    return render_template(
        f"campaigns/{campaign.status}.html",
        campaign=campaign,
        territory=campaign.territory,
        shares=shares(campaign),
        starts=starts_of(connection(), campaign),
        most_starts=STARTS_FROM_ONE_PLACE.most,
        groups=groups_of(connection(), campaign),
        runs=may(Action.RUN_CAMPAIGNS, campaign.territory),
        publishes=may(Action.PUBLISH_RESULTS, campaign.territory),
    )


@blueprint.get("/<slug>/participation")
@signed_in
def follow_live(slug: str) -> Response:
    """The same figures for the page's script: how many have answered, college by college.

    While the collection runs only: once it is closed nobody may know a number below k.
    """
    campaign = managed(slug, Action.FOLLOW_COLLECTION)
    if campaign.status != "open":
        abort(404)
    found = shares(campaign)
    rows = [
        {"college": one.college.code, "count": one.count, "share": one.share, "sentence": one.sentence} for one in found
    ]
    return jsonify(open=True, total=sum(one.count or 0 for one in found), colleges=rows)
