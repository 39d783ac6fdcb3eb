"""Correcting the sizes of colleges: while the campaign is open, and afterwards where more people answered than that."""

from collections.abc import Sequence

from flask import abort, render_template, request
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from restitution.text.language import gettext as _
from storage.campaigns.after_opening.amendments import Change, note_changes
from storage.campaigns.campaigns import Campaign, CampaignCollege, participation
from storage.campaigns.college_sizes import correct_sizes, correctable, exceeded
from storage.campaigns.lifecycle import reload_campaign
from storage.core.database import writing
from storage.core.errors import CampaignError
from web.campaigns.blueprint import back_to, blueprint
from web.campaigns.pages import answer_count
from web.http.database import connection
from web.http.forms.fields import WholeField
from web.http.forms.simultaneous_edits import changed_meanwhile, version_mark
from web.http.security.audit import audit, current_account_id
from web.http.security.guards import for_campaign


@blueprint.route("/<slug>/effectifs", methods=["GET", "POST"])
@for_campaign(Action.RUN_CAMPAIGNS, states=("open", "closed"))
def sizes(campaign: Campaign) -> Response | str | tuple[str, int]:
    """Change the sizes of colleges; figures computed with a wrong one are computed again."""
    counts = participation(connection(), campaign)
    colleges = correctable(campaign, counts)
    if not colleges:
        abort(404)
    form = _form(campaign, colleges)
    if request.method == "GET":
        return _page(campaign, form, colleges, counts)
    if not form.validate_on_submit():
        return _page(campaign, form, colleges, counts), 422
    with writing(connection()):
        current = reload_campaign(connection(), campaign)
        if theirs := changed_meanwhile(form, _values(current, colleges)):
            return _page(current, form, colleges, counts, theirs=theirs), 409
        try:
            _correct(current, {one.code: form[_name(campaign, one)].data for one in colleges})
        except CampaignError as refusal:
            return _page(campaign, form, colleges, counts, refusal.problems), 422
    return back_to(campaign, _("Les effectifs sont enregistrés."))


def _correct(campaign: Campaign, sizes: dict[str, int | None]) -> None:
    changed = correct_sizes(connection(), campaign, sizes)
    for code, (before, after) in changed.items():
        audit(AuditEvent.SIZE_CORRECTED, campaign, college=code, before=before, after=after)
    changes = [
        Change("size", code, str(before) if before else None, str(after) if after else None)
        for code, (before, after) in changed.items()
    ]
    note_changes(connection(), campaign, changes, current_account_id())


def _name(campaign: Campaign, college: CampaignCollege) -> str:
    """The field of a college: its place, so that no code is read from the form."""
    return f"effectif-{[one.code for one in campaign.colleges].index(college.code) + 1}"


def _form(campaign: Campaign, colleges: tuple[CampaignCollege, ...]) -> FlaskForm:
    fields = {_name(campaign, one): WholeField(one.label) for one in colleges}
    form: FlaskForm = type("SizesForm", (FlaskForm,), fields)(data=_values(campaign, colleges))
    return form


def _values(campaign: Campaign, colleges: tuple[CampaignCollege, ...]) -> dict[str, int | None]:
    return {_name(campaign, one): campaign.college(one.code).size for one in colleges}


def _page(
    campaign: Campaign,
    form: FlaskForm,
    colleges: tuple[CampaignCollege, ...],
    counts: dict[str, int],
    more: tuple[str, ...] = (),
    theirs: Sequence[tuple[str, str]] = (),
) -> str:
    wrong = exceeded(campaign, counts)
    rows = [(form[_name(campaign, one)], answer_count(counts[one.code]) if one in wrong else "") for one in colleges]
    mistakes = [(field.id, error) for field, _count in rows for error in field.errors]
    return render_template(
        "campaigns/college_sizes.html",
        campaign=campaign,
        rows=rows,
        exceeded=wrong,
        form=form,
        theirs=theirs,
        version=version_mark(_values(campaign, colleges), seen=bool(theirs)),
        problems=[*mistakes, *(("", problem) for problem in more)],
    )
