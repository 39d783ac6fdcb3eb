"""Preparing a campaign: described in one form, saved as a draft, changed until it opens."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from grille import Grid
from questionnaires import Questionnaire
from questionnaires.questionnaire import Form
from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign
from storage.campaigns.completion_time import usual_completion_time
from storage.campaigns.drafts import discard_draft, draft_campaign, has_earlier_campaign, last_campaign, revise_draft
from storage.campaigns.lifecycle import open_draft, reload_campaign
from storage.campaigns.territories import Territory
from storage.core.database import writing
from storage.core.errors import CampaignError
from storage.grids.library import usable_grids
from web.campaigns.blueprint import back_to, blueprint
from web.campaigns.forms import MOST_COLLEGES, SetupForm
from web.campaigns.setup_values import draft_values, first_values, next_values
from web.http.database import connection
from web.http.forms.pictures import LARGEST_FORM
from web.http.forms.simultaneous_edits import changed_meanwhile, version_mark
from web.http.forms.submit_once import once
from web.http.security.audit import audit, audited
from web.http.security.guards import for_campaign, for_territory


@blueprint.url_value_preprocessor
def let_pictures_in(endpoint: str | None, values: dict[str, Any] | None) -> None:  # noqa: ARG001  # Flask gives both
    """Raise the limit of the request's size for forms with a logo: 2 MB elsewhere. Runs before anything is read."""
    if endpoint in {"campaigns.plan", "campaigns.settings", "campaigns.amend"}:
        request.max_content_length = LARGEST_FORM


@blueprint.route("/territoires/<place>/nouvelle", methods=["GET", "POST"])
@for_territory(Action.RUN_CAMPAIGNS)
@once("campaigns.plan")
def plan(place: Territory) -> ResponseReturnValue:
    """Create a draft for that territory, prepared from its last campaign if it had one; nothing opens yet."""
    grids = usable_grids(connection())
    last = None if "vide" in request.args else last_campaign(connection(), place)
    start = next_values(last, grids) if last else first_values(next(iter(grids.values())))
    return _filled(place, None, grids, start, last)


@blueprint.route("/<slug>/reglages", methods=["GET", "POST"])
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft",))
def settings(campaign: Campaign) -> ResponseReturnValue:
    """Change a draft."""
    grids = usable_grids(connection())
    return _filled(campaign.territory, campaign, grids, draft_values(campaign, grids))


def _filled(
    place: Territory,
    draft: Campaign | None,
    grids: Mapping[str, Grid],
    start: dict[str, Any],
    last: Campaign | None = None,
) -> ResponseReturnValue:
    form = SetupForm(grids, has_past=has_earlier_campaign(connection(), place), data=start)
    if "ajouter" in request.form:
        if len(form.colleges) < MOST_COLLEGES:
            form.add_row()
        return _page(place, draft, form)
    if "question" in request.form:
        form.arrange_questions(request.form["question"])
        return _page(place, draft, form)
    if request.method == "POST" and form.take_colleges():
        said = _("Cette grille a d’autres collèges : les voici. Vérifiez-les, puis enregistrez.")
        return _page(place, draft, form, (said,)), 422
    if not form.validate_on_submit():
        return _page(place, draft, form, last=last), 422 if request.method == "POST" else 200
    try:
        with writing(connection()):
            current = draft and reload_campaign(connection(), draft)
            if current and (theirs := changed_meanwhile(form, draft_values(current, grids))):
                return _page(place, current, form, theirs=theirs), 409
            kept = _kept(place, current, form)
    except CampaignError as refusal:
        return _page(place, draft, form, refusal.problems), 422
    return back_to(kept, _("Brouillon enregistré. Regardez l’aperçu, puis ouvrez la collecte."))


def _kept(place: Territory, draft: Campaign | None, form: SetupForm) -> Campaign:
    kept = revise_draft(connection(), draft, form.plan) if draft else draft_campaign(connection(), place, form.plan)
    audit(AuditEvent.CAMPAIGN_REVISED if draft else AuditEvent.CAMPAIGN_DRAFTED, kept)
    return kept


def _page(
    place: Territory,
    draft: Campaign | None,
    form: SetupForm,
    more: tuple[str, ...] = (),
    theirs: Sequence[tuple[str, str]] = (),
    last: Campaign | None = None,
) -> str:
    problems = [*form.mistakes(), *(("", sentence) for sentence in more)]
    grid = form.grid
    asked = {name: Questionnaire(grid, name, grid.colleges[0].code) for name in ("short", "full")}
    return render_template(
        "campaigns/setup.html",
        territory=place,
        draft=draft,
        form=form,
        last=last,
        problems=problems,
        theirs=theirs,
        version=version_mark(draft_values(draft, form.grids), seen=bool(theirs)) if draft else "",
        asked=asked,
        minutes={name: _minutes(grid, one.form) for name, one in asked.items()},
        grid=grid,
    )


def _minutes(grid: Grid, form: Form) -> int:
    """How long answering takes, as the welcome page will say it: the longest of the colleges of the grid."""
    seconds = usual_completion_time(connection(), grid.id, form, retrospective=False)
    return max(Questionnaire(grid, form, college.code).minutes_at(seconds) for college in grid.colleges)


@blueprint.post("/<slug>/ouvrir")
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft", "open"))
def start(campaign: Campaign) -> Response:
    """Open a draft to answers."""
    with audited(AuditEvent.CAMPAIGN_OPENED, campaign):
        open_draft(connection(), campaign)
    flash(_("La collecte est ouverte. Donnez maintenant les liens, ou imprimez les affiches."))
    return redirect(url_for("campaigns.follow", slug=campaign.slug), 303)


@blueprint.get("/<slug>/supprimer")
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft",))
def confirm_discard(campaign: Campaign) -> str:
    """Ask for confirmation before a draft is erased."""
    return render_template("campaigns/discard.html", campaign=campaign, territory=campaign.territory)


@blueprint.post("/<slug>/supprimer")
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft",))
def discard(campaign: Campaign) -> Response:
    """Erase a draft."""
    with audited(AuditEvent.CAMPAIGN_DISCARDED, campaign, slug=campaign.slug):
        discard_draft(connection(), campaign)
    flash(_("Le brouillon « %(name)s » est supprimé.", name=campaign.name))
    return redirect(url_for("campaigns.index"), 303)
