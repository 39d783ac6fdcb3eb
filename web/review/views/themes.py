"""The themes of comments: proposed by a job, then named, merged and split by the team."""

from collections.abc import Iterable, Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.audit_events import AuditEvent
from storage.campaigns.campaigns import Campaign
from storage.core.errors import CampaignError
from storage.review.comments import Comment, comments_of
from storage.review.desk.themes import ThemesChanged, arrangement_of, save_themes, shown
from web.http.database import connection
from web.http.pages import jobs
from web.http.security.audit import audit, audited
from web.review import theme_jobs
from web.review.blueprint import blueprint, reviewing
from web.review.theme_jobs import KIND, make_themes

jobs.register(blueprint, KIND, make_themes)

Themes = Mapping[str, list[str]]


@blueprint.get("/campagnes/<slug>/revue/themes")
@reviewing()
def themes(campaign: Campaign) -> ResponseReturnValue:
    """Show the themes that the team keeps or, before it keeps any, those that are proposed."""
    audit(AuditEvent.COMMENTS_READ, campaign)
    comments = comments_of(connection(), campaign)
    known = arrangement_of(connection(), campaign)
    if known.themes:
        kept = {one.name: list(one.marks) for one in known.themes}
        return _page(campaign, comments, kept, known.version, kept=True)
    read = theme_jobs.find_or_ask(campaign, comments)
    if read is None:
        return waiting(campaign, comments, url_for("review.themes", slug=campaign.slug))
    proposed = {one.name: list(one.marks) for one in shown(campaign, known.authors, read.groups)}
    return _page(campaign, comments, proposed, known.version)


@blueprint.post("/campagnes/<slug>/revue/themes")
@reviewing()
def arrange(campaign: Campaign) -> ResponseReturnValue:
    """Keep the themes as they were named and arranged; what cannot be kept is shown again, with why."""
    wanted = _wanted(request.form.getlist("name"), request.form.getlist("marks"), set(request.form.getlist("mark")))
    try:
        with audited(AuditEvent.COMMENTS_THEMED, campaign):
            expected = request.form.get("version", "")
            save_themes(connection(), campaign, wanted, current_user.account, expected=expected)
    except CampaignError as refused:
        return _again(campaign, wanted, refused.problems), 422
    except ThemesChanged:
        words = _(
            "Quelqu’un a rangé les thèmes entre-temps. Voici les vôtres : enregistrez-les de nouveau pour les garder."
        )
        return _again(campaign, wanted, [words]), 409
    flash(_("Les thèmes sont enregistrés."))
    return redirect(url_for("review.themes", slug=campaign.slug), 303)


def _wanted(names: list[str], marks: list[str], moved: set[str]) -> dict[str, list[str]]:
    """What the form asks for: two themes of one name are one; the comments ticked go where the form says."""
    found: dict[str, list[str]] = {}
    for name, own in zip(names, marks, strict=False):
        found.setdefault(name.strip(), []).extend(mark for mark in own.split() if mark not in moved)
    to, new = request.form.get("to", ""), request.form.get("new", "").strip()
    if moved and (to == "new" or (to.isdigit() and int(to) < len(names))):
        found.setdefault(new if to == "new" else names[int(to)].strip(), []).extend(sorted(moved))
    return {name: some for name, some in found.items() if some}


def _again(campaign: Campaign, wanted: Themes, problems: Iterable[object]) -> str:
    comments, known = comments_of(connection(), campaign), arrangement_of(connection(), campaign)
    return _page(campaign, comments, wanted, known.version, problems=[str(one) for one in problems])


def _page(
    campaign: Campaign,
    comments: list[Comment],
    found: Themes,
    version: str,
    *,
    problems: Iterable[str] = (),
    kept: bool = False,
) -> str:
    by_mark = {one.mark: one for one in comments if not one.is_local}
    arranged = [(name, [by_mark[mark] for mark in marks if mark in by_mark]) for name, marks in found.items()]
    placed = {mark for marks in found.values() for mark in marks}
    return render_template(
        "review/themes.html",
        campaign=campaign,
        arranged=arranged,
        left=[one for mark, one in by_mark.items() if mark not in placed],
        problems=list(problems),
        version=version,
        kept=kept,
    )


def waiting(campaign: Campaign, comments: list[Comment], here: str) -> ResponseReturnValue:
    """Return the page that says how far the reading is."""
    progress = jobs.asked(theme_jobs.demand(campaign, comments))
    if progress.state == "ready":  # meanwhile
        return redirect(here, 303)
    back = url_for("review.comments", slug=campaign.slug)
    return jobs.page(progress, _("La lecture des commentaires"), campaign=campaign, address=here, back=back)
