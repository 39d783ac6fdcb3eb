"""A draft as its respondents will meet it, on the real pages and on paper, and beside the version that it continues."""

from flask import Response as Download
from flask import abort, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from grille.drafts.reading import draft_grid
from questionnaires import Questionnaire
from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign, CampaignCollege
from storage.campaigns.territories import Territory
from storage.core.timestamps import now, paris_day
from storage.grids.drafts import GridDraft
from storage.grids.library import find_grid
from web.http.database import connection
from web.http.pages.downloads import download
from web.http.pages.grid_versions import missing_version, shown_versions, why_not_shown
from web.respond.blueprint import PLAIN, plain_wording
from web.respond.pages.previews import filled_preview, found_preview, led_to, page_asked_for
from web.studio.blueprint import blueprint, for_draft
from web.studio.pages import DraftView


def imagined_campaign(draft: GridDraft) -> Campaign:
    """Return a campaign on that draft, which is nowhere: enough to show what its respondents would see."""
    grid = draft_grid(draft.document)
    today = paris_day(now())
    return Campaign(
        id=0,
        slug="",
        territory=Territory(0, "", _("Votre territoire"), "commune"),
        name=_("Aperçu d’un brouillon"),
        year=today.year,
        form="full",
        k=5,
        weighting="equal",
        status="draft",
        opens_on=None,
        closes_on=None,
        retrospective=False,
        opened_at=None,
        closed_at=None,
        published_at=None,
        colleges=tuple(CampaignCollege(one.code, one.label) for one in grid.colleges),
        grid=grid,
    )


@blueprint.get("/<int:number>/apercu")
@for_draft
def previews(draft: GridDraft) -> str:
    """Show the ways to look at a draft: each college, on a phone and on paper, in the usual or the easy wording."""
    campaign = imagined_campaign(draft)
    return render_template(
        "studio/previews.html",
        view=DraftView(draft),
        draft=draft,
        colleges=campaign.colleges,
        ready=bool(campaign.grid.skills),
        easy=any(skill.falc for skill in campaign.grid.skills),
        plain=PLAIN,
    )


@blueprint.get("/<int:number>/comparer")
@for_draft
def compare(draft: GridDraft) -> str:
    """Show a draft beside the version that it continues or corrects, with what of them will be compared."""
    before = draft.document.get("previous", {}).get("version") or draft.document.get("correction") or abort(404)
    grid, earlier = draft_grid(draft.document), find_grid(connection(), draft.grid, before)
    refusal = why_not_shown(earlier.grid, grid) if earlier else missing_version(before)
    shown = None if refusal or earlier is None else shown_versions(earlier.grid, grid)
    return render_template("studio/compare.html", view=DraftView(draft), draft=draft, refusal=refusal, shown=shown)


@blueprint.get("/<int:number>/apercu/<college>/<int:page>")
@for_draft
def preview(draft: GridDraft, college: str, page: int) -> str:
    """Show one page of the questionnaire, for one college."""
    campaign = imagined_campaign(draft)
    ready = found_preview(campaign, college, page)
    banner = render_template("studio/preview_banner.html", draft=draft, college=campaign.college(college))
    return filled_preview(ready, Markup(banner))  # noqa: S704  # a template of ours, which escapes


@blueprint.post("/<int:number>/apercu/<college>/<int:page>")
@for_draft
def try_preview(draft: GridDraft, college: str, page: int) -> Response:
    """Follow the button that was pressed; the answers chosen are discarded."""
    asked = page_asked_for(found_preview(imagined_campaign(draft), college, page), page)
    if asked is None:
        return led_to(url_for("studio.previews", number=draft.id))
    following, reading = asked
    return led_to(url_for("studio.preview", number=draft.id, college=college, page=following, lecture=reading))


@blueprint.get("/<int:number>/apercu/<college>/college")
@for_draft
def leave_preview(draft: GridDraft, college: str) -> Response:  # noqa: ARG001  # in the address of the page left
    """« Changer » of college, in a preview: go back to the list of colleges."""
    return redirect(url_for("studio.previews", number=draft.id), 303)


@blueprint.get("/<int:number>/apercu/<college>/papier.pdf")
@for_draft
def preview_paper(draft: GridDraft, college: str) -> Download:
    """Show the questionnaire of a college on paper, as PDF, without a number."""
    from restitution.documents.pdf.paper_form import PaperForm, PaperForms

    campaign = imagined_campaign(draft)
    if college not in {one.code for one in campaign.colleges} or not campaign.grid.skills:
        abort(404)
    questionnaire = Questionnaire(campaign.grid, campaign.form, college, plain_wording())
    form = PaperForm(questionnaire, campaign.college(college).label, ["…"])
    forms = PaperForms([form], campaign.territory.name, campaign.name, campaign.k)
    return download(forms.pdf(paris_day(now())), f"apercu-{draft.id}-{college}.pdf")
