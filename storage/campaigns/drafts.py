"""Drafts of campaigns: created, revised, deleted."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import date

from grille.colleges import free_code, with_college, with_labels
from grille.grid import Grid
from grille.messages import message as _
from grille.typed import typed_line
from grille.validation import RESERVED_COLLEGES
from questionnaires.local.questions import LocalQuestion, as_stored
from questionnaires.questionnaire import Form
from storage.campaigns.campaigns import Campaign, CampaignCollege, campaigns_of, keep_colleges
from storage.campaigns.frozen_grids import freeze_on
from storage.campaigns.lifecycle import open_campaign, reload_campaign
from storage.campaigns.territories import Territory, slugify
from storage.campaigns.validation import (
    campaign_problems,
    college_problems,
    form_problems,
    label_problems,
    local_question_problems,
)
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.grids.library import refuse_withdrawn
from storage.site.letterhead import NO_LETTERHEAD, Letterhead
from storage.site.pictures import known_picture


@dataclass(frozen=True, slots=True)
class PlannedCollege:
    """A college as its pilot plans it; a new one has no code yet, and is asked the questions of ``like``."""

    code: str
    label: str
    size: int | None = None
    target: int | None = None
    like: str = ""
    voluntary: bool = False


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """The plan of a campaign, on one of the grids of the library."""

    name: str
    year: int
    grid: Grid
    form: Form
    k: int
    colleges: tuple[PlannedCollege, ...]
    opens_on: date | None = None
    closes_on: date | None = None
    retrospective: bool = False
    letterhead: Letterhead = NO_LETTERHEAD
    local_questions: tuple[LocalQuestion, ...] = ()

    @property
    def problems(self) -> list[str]:
        """The problems of the plan, as French sentences."""
        return [
            *campaign_problems(self.name, self.year, self.k, self.opens_on, self.closes_on),
            *form_problems(self.grid, self.form),
            *self.letterhead.problems,
            *(sentence for _place, _field, sentence in local_question_problems(self.settled_questions)),
            *label_problems([typed_line(college.label) for college in self.colleges]),
        ]

    @property
    def settled_questions(self) -> tuple[LocalQuestion, ...]:
        """The local questions, as they are stored."""
        return tuple(one.settled for one in self.local_questions)

    def settled(self, own: Iterable[str] = ()) -> tuple[Grid, tuple[CampaignCollege, ...]]:
        """Return the grid with the names and colleges of this plan, and these colleges with their final codes.

        A code that is unknown both to the grid and to the campaign (``own``), or that is given twice, is replaced by a
        new one. Raises ``CampaignError`` with every problem.
        """
        if self.problems:
            raise CampaignError(self.problems)
        known = {*own, *(one.code for one in self.grid.colleges)} - RESERVED_COLLEGES
        colleges = _recognised(self.colleges, known)
        grid = with_labels(self.grid, {one.code: one.label for one in colleges if one.code})
        chosen, models = [], [one.code for one in grid.colleges]
        for college in colleges:
            code = college.code or free_code(slugify(college.label), known)
            known.add(code)
            if not any(one.code == code for one in grid.colleges):
                like = college.like if college.like in models else models[-1]
                grid = with_college(grid, code, college.label, like=like)
            chosen.append(CampaignCollege(code, college.label, college.size, college.target, college.voluntary))
        if problems := list(college_problems(tuple(chosen), grid)):
            raise CampaignError(problems)
        return grid, tuple(chosen)


def _recognised(colleges: Iterable[PlannedCollege], known: Container[str]) -> list[PlannedCollege]:
    """Return the colleges; a code that is unknown or given twice is removed."""
    seen: set[str] = set()
    found = []
    for college in colleges:
        ours = college.code in known and college.code not in seen
        seen.add(college.code)
        found.append(replace(college, code=college.code if ours else "", label=typed_line(college.label)))
    return found


def draft_campaign(db: Database, territory: Territory, plan: CampaignPlan) -> Campaign:
    """Store a plan as a draft: it has an address, but takes no answers. Raises ``CampaignError`` with every problem."""
    last = last_campaign(db, territory)
    grid, colleges = plan.settled(college.code for college in (last.colleges if last else ()))
    _refuse_groundless(db, territory, plan)
    refuse_withdrawn(db, grid)
    with writing(db) as conn:
        opened = open_campaign(db, territory, grid, colleges=colleges, **_described(plan))  # type: ignore[arg-type]
        conn.execute("UPDATE campaigns SET status = 'draft', opened_at = NULL WHERE id = ?", (opened.id,))
        write_letterhead(db, opened, kept_letterhead(db, plan.letterhead))
        _write_questions(db, opened, plan)
        return reload_campaign(db, opened)


def _write_questions(db: Database, campaign: Campaign, plan: CampaignPlan) -> None:
    sql = "UPDATE campaigns SET local_questions = ? WHERE id = ?"
    db.conn.execute(sql, (as_stored(plan.settled_questions), campaign.id))


def kept_letterhead(db: Database, letterhead: Letterhead) -> Letterhead:
    """Return what a campaign says of whoever runs it, as it is stored; a logo that is not stored is left out."""
    return replace(letterhead.settled, logo=known_picture(db, letterhead.logo))


def write_letterhead(db: Database, campaign: Campaign, kept: Letterhead) -> None:
    """Write what a campaign says of whoever runs it, as ``kept_letterhead`` gives it, in the current transaction."""
    db.conn.execute(
        "UPDATE campaigns SET introduction = ?, organiser = ?, contact = ?, logo = ? WHERE id = ?",
        (kept.introduction, kept.organiser, kept.contact, kept.logo, campaign.id),
    )


def last_campaign(db: Database, territory: Territory) -> Campaign | None:
    """Return the latest campaign of a territory that was opened, from which the next is prepared; None at first."""
    return next((one for one in reversed(campaigns_of(db, territory)) if one.status != "draft"), None)


def _described(plan: CampaignPlan) -> dict[str, object]:
    names = ("year", "form", "k", "opens_on", "closes_on", "retrospective")
    return {"name": typed_line(plan.name), **{name: getattr(plan, name) for name in names}}


def has_earlier_campaign(db: Database, territory: Territory) -> bool:
    """Return whether the territory has a closed campaign, so that people can be asked about that year."""
    return any(campaign.status == "closed" for campaign in campaigns_of(db, territory))


def _refuse_groundless(db: Database, territory: Territory, plan: CampaignPlan) -> None:
    if plan.retrospective and not has_earlier_campaign(db, territory):
        said = _(
            "La question « avec le recul » se pose à partir de la deuxième campagne d’un territoire : décochez-la."
        )
        raise CampaignError([said])


def revise_draft(db: Database, campaign: Campaign, plan: CampaignPlan) -> Campaign:
    """Replace the content of a draft, and delete the links to colleges that it no longer has.

    Raises ``CampaignError`` with every problem, or when the collection has begun.
    """
    grid, colleges = plan.settled(college.code for college in campaign.colleges)
    _refuse_groundless(db, campaign.territory, plan)
    refuse_withdrawn(db, grid)
    with writing(db) as conn:
        _refuse_begun(db, campaign)
        conn.execute(
            """UPDATE campaigns SET name = ?, year = ?, form = ?, k = ?, retrospective = ?, opens_on = ?, closes_on = ?,
                grid_id = ? WHERE id = ?""",
            (
                *(typed_line(plan.name), plan.year, plan.form, plan.k, int(plan.retrospective)),
                *(plan.opens_on and plan.opens_on.isoformat(), plan.closes_on and plan.closes_on.isoformat()),
                *(freeze_on(conn, grid), campaign.id),
            ),
        )
        write_letterhead(db, campaign, kept_letterhead(db, plan.letterhead))
        _write_questions(db, campaign, plan)
        conn.execute("PRAGMA defer_foreign_keys = ON")
        conn.execute("DELETE FROM campaign_colleges WHERE campaign_id = ?", (campaign.id,))
        keep_colleges(conn, campaign.id, colleges)
        conn.execute(
            """DELETE FROM links WHERE campaign_id = ? AND college NOT IN
                (SELECT code FROM campaign_colleges WHERE campaign_id = links.campaign_id)""",
            (campaign.id,),
        )
        return reload_campaign(db, campaign)


def _refuse_begun(db: Database, campaign: Campaign) -> None:
    if reload_campaign(db, campaign).status != "draft":
        raise CampaignError([_("La collecte a commencé : ce qui a été annoncé aux répondants ne change plus.")])


def discard_draft(db: Database, campaign: Campaign) -> None:
    """Delete a draft and its links. Raises ``CampaignError`` when the collection has begun."""
    with writing(db) as conn:
        _refuse_begun(db, campaign)
        for table in ("links", "campaign_colleges"):
            conn.execute(f"DELETE FROM {table} WHERE campaign_id = ?", (campaign.id,))  # noqa: S608  # two names of ours
        conn.execute("DELETE FROM campaigns WHERE id = ?", (campaign.id,))
