"""The workshops of a campaign, and the form that opens one."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for

from accounts.deeds import Deed
from questionnaires import Questionnaire
from storage.campaigns import Campaign
from storage.problems import CampaignError
from storage.workshops import LONGEST_NAME, open_workshop, workshops_of
from web.database import connection
from web.facilitation.blueprint import Answer, blueprint, leading
from web.once import once
from web.trace import traced

LAST_RANK = 999


@dataclass(frozen=True, slots=True)
class Choice:
    """A skill that a workshop may go through: ticked or not, and before which others."""

    code: str
    title: str
    family: str
    ticked: bool
    rank: str


@blueprint.get("")
@leading
def workshops(campaign: Campaign) -> Answer:
    """Every workshop of the campaign, and the form for one more."""
    asked = {question.code for question in Questionnaire(campaign.grid, campaign.form, "").questions}
    return _page(campaign, asked, {})


def _page(campaign: Campaign, ticked: set[str], ranks: dict[str, str], problems: tuple[str, ...] = ()) -> str:
    grid = campaign.grid
    return render_template(
        "facilitation/workshops.html",
        campaign=campaign,
        territory=campaign.territory,
        workshops=workshops_of(connection(), campaign),
        choices=[
            Choice(skill.code, skill.title, family.title, skill.code in ticked, ranks.get(skill.code, ""))
            for family in grid.families
            for skill in family.skills
        ],
        longest=LONGEST_NAME,
        typed=request.form,
        problems=[("", problem) for problem in problems],
    )


@blueprint.post("")
@leading
@once("facilitation.workshops")
def start(campaign: Campaign) -> Answer:
    """Open a workshop, then project it."""
    ticked = request.form.getlist("savoir")
    ranks = {code: request.form.get(f"rang:{code}", "").strip() for code in ticked}
    people = request.form.get("people", "").strip()
    try:
        with traced(Deed.WORKSHOP_OPENED, campaign):
            workshop = open_workshop(
                connection(),
                campaign,
                name=request.form.get("name", ""),
                people=int(people) if people.isascii() and people.isdigit() and len(people) < 5 else None,
                skills=_in_order(campaign, ticked, ranks),
            )
    except CampaignError as refusal:
        return _page(campaign, set(ticked), ranks, refusal.problems), 422
    return redirect(url_for("facilitation.project", slug=campaign.slug, number=workshop.id), 303)


def _in_order(campaign: Campaign, ticked: list[str], ranks: dict[str, str]) -> list[str]:
    """The skills ticked: those that were given a rank first, then the others as the grid has them."""
    place = {skill.code: position for position, skill in enumerate(campaign.grid.skills)}

    def rank(code: str) -> tuple[int, int]:
        typed = ranks[code]
        given = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else LAST_RANK
        return given, place.get(code, len(place))

    return sorted(ticked, key=rank)
