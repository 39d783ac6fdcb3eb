"""The end of a collection: what will stay hidden, colleges to be read together, closing, publishing."""

from collections.abc import Iterator

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from accounts.deeds import Deed
from accounts.rights import Action
from restitution.language import gettext as _
from storage.campaigns import Campaign, CampaignCollege, CampaignError, close_campaign, publish_campaign
from storage.copies import copies_of
from storage.life import unpublish_campaign
from storage.merging import Group, groups_of, merge_colleges, undo_merge
from storage.workshops import workshops_of
from web.access import signed_in
from web.campaigns.blueprint import back_to, blueprint, managed, managed_in
from web.campaigns.following import Share, shares
from web.database import connection
from web.trace import traced


@blueprint.get("/<slug>/cloture")
@signed_in
def confirm_closing(slug: str) -> str:
    """What closing will do and hide, before it is done."""
    return _page(managed_in(slug, "open"))


def _page(campaign: Campaign, problems: tuple[str, ...] = ()) -> str:
    groups, apart = groups_of(connection(), campaign), shares(campaign)
    read = read_together(apart, groups, campaign.k)
    grouped_codes = {code for group in groups for code in group.members}
    return render_template(
        "campaigns/closing.html",
        campaign=campaign,
        territory=campaign.territory,
        read=read,
        shares=apart,
        groups=groups,
        free=[college for college in campaign.colleges if college.code not in grouped_codes],
        warnings=list(warnings(read, campaign.k)),
        going_on=[workshop for workshop in workshops_of(connection(), campaign) if not workshop.ended],
        problems=[("", problem) for problem in problems],
        typed=request.form,
    )


def read_together(apart: list[Share], groups: list[Group], k: int) -> list[Share]:
    """The participation that closing will leave: each group counted as one college, where its first member stood."""
    group_of = {code: group for group in groups for code in group.members}
    result: dict[str, Share] = {}
    for share in apart:
        group = group_of.get(share.college.code)
        college = CampaignCollege(group.code, group.label) if group else share.college
        before = result[college.code].count if college.code in result else 0
        result[college.code] = Share(college, (before or 0) + (share.count or 0), k)
    return list(result.values())


def warnings(read: list[Share], k: int) -> Iterator[str]:
    """What will not appear in the results, one sentence each."""
    for share in read:
        if not share.shown:
            yield _(
                "%(college)s : %(count)s. Ce collège n’apparaîtra pas.",
                college=share.college.label,
                count=said(share.count or 0),
            )
    needed = 2 if len(read) < 4 else 3
    if sum(share.shown for share in read) < needed:
        yield _(
            "Le profil du territoire n’apparaîtra pas : il faut au moins %(needed)s collèges de %(k)s réponses.",
            needed=needed,
            k=k,
        )


def said(count: int) -> str:
    """A number of answers in words."""
    return [_("aucune réponse"), _("1 réponse")][count] if count < 2 else _("%(n)s réponses", n=count)


@blueprint.post("/<slug>/regroupements")
@signed_in
def merge(slug: str) -> Response | tuple[str, int]:
    """Decide that some colleges will be read as one."""
    campaign = managed_in(slug, "open")
    try:
        with traced(Deed.COLLEGES_MERGED, campaign):
            colleges, label = request.form.getlist("college"), request.form.get("label", "")[:60]
            merge_colleges(connection(), campaign, colleges, label)
    except CampaignError as refusal:
        return _page(campaign, refusal.problems), 422
    return redirect(url_for("campaigns.confirm_closing", slug=slug, _anchor="regrouper"), 303)


@blueprint.post("/<slug>/regroupements/<code>/defaire")
@signed_in
def unmerge(slug: str, code: str) -> Response:
    """Take such a decision back."""
    campaign = managed_in(slug, "open")
    with traced(Deed.COLLEGES_UNMERGED, campaign):
        undo_merge(connection(), campaign, code)
    return redirect(url_for("campaigns.confirm_closing", slug=slug, _anchor="regrouper"), 303)


@blueprint.post("/<slug>/cloture")
@signed_in
def close(slug: str) -> Response | tuple[str, int]:
    """Close the collection for good, once its pilot has said that they know it."""
    campaign = managed_in(slug, "open", "closed")
    if not request.form.get("sure"):
        return _page(campaign, (_("Cochez la case : une collecte close ne se rouvre pas."),)), 422
    with traced(Deed.CAMPAIGN_CLOSED, campaign):
        closed = close_campaign(connection(), campaign)
    return back_to(closed, _("La collecte est close. Les résultats peuvent maintenant être lus."))


@blueprint.post("/<slug>/publier")
@signed_in
def publish(slug: str) -> Response:
    """Let anyone see the results."""
    campaign = managed(slug, Action.PUBLISH_RESULTS)
    with traced(Deed.CAMPAIGN_PUBLISHED, campaign):
        publish_campaign(connection(), campaign)
    return back_to(campaign, _("Les résultats sont publiés : tout le monde peut les lire."))


@blueprint.post("/<slug>/depublier")
@signed_in
def unpublish(slug: str) -> Response:
    """Take the results back from the public."""
    campaign = managed(slug, Action.PUBLISH_RESULTS)
    with traced(Deed.CAMPAIGN_UNPUBLISHED, campaign):
        unpublish_campaign(connection(), campaign)
    copies_of(connection()).forget(campaign.territory)
    return back_to(campaign, _("Les résultats ne sont plus publics : seules les personnes du territoire les voient."))
