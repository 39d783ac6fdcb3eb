"""``flask --app app demo``: fill an empty database with fictional territories, to see everything at once."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import click
from flask.cli import with_appcontext

from accounts.passwords import hashed
from accounts.permissions import Role
from commands.database import opened
from commands.demo.answers import WINDOW, responses_of
from commands.demo.parcours import record_parcours
from commands.demo.review import record_review
from commands.demo.stories import STORIES, VAL_DE_BRUME, VILLEROCHE, DemoCampaign, Story
from commands.demo_credentials import DEMO_EMAIL, DEMO_PASSWORD, TRIAL_CODE, TRIAL_SLUG, TRIAL_TOKEN
from commands.errors import Refusal
from grille.drafts.beginnings import draft_from
from grille.grid import Grid
from grille.messages import message as _
from questionnaires import Questionnaire
from storage.accounts.accounts import Account, create_account, grant
from storage.campaigns.campaigns import CampaignCollege
from storage.campaigns.drafts import CampaignPlan, PlannedCollege, draft_campaign
from storage.campaigns.lifecycle import close_campaign, open_campaign, publish_campaign
from storage.campaigns.share_links import create_link
from storage.campaigns.territories import Territory, all_territories, create_territory, slugify, territory_by_slug
from storage.core.database import writing
from storage.core.engine import Database
from storage.grids.drafts import add_draft
from storage.grids.library import default_grid, find_grid
from storage.responses.recorded_responses import record_responses
from storage.responses.workshops import open_workshop

# The framework that the stories tell of, whatever other one the programme uses.
FRAMEWORK = "territoires-engagement"

BETWEEN_CLOSING_AND_PUBLICATION = timedelta(days=14)


@click.command("demo", help=_("Remplit une base de données vide avec des territoires fictifs."))
@with_appcontext
def demo() -> None:
    """Load the demonstration, all or nothing; refused when the database holds anything."""
    with opened() as db:
        if load(db):
            click.echo(_("Démonstration chargée : trois territoires fictifs."))
        else:
            click.echo(_("La base de données n’est pas vide : la démonstration n’y a pas été ajoutée."))


def load(db: Database) -> bool:
    """Fill the database with the stories, in one transaction.

    Returns False, and changes nothing, unless the database is empty.
    """
    with writing(db):
        if all_territories(db):
            return False
        for story in STORIES:
            _tell(db, story)
        _open_trial(db)
        _prepare_next(db)
        _write_next_version(db)
        account = _let_in(db)
        record_review(db, account)
        record_parcours(db, account)
    return True


def _tell(db: Database, story: Story) -> None:
    territory = create_territory(db, story.name, story.kind, fictional=True)
    for planned in story.campaigns:
        _record(db, territory, story, planned)


def _record(db: Database, territory: Territory, story: Story, planned: DemoCampaign) -> None:
    grid = _grid(db, planned.grid)
    campaign = open_campaign(
        db,
        territory,
        grid,
        name=planned.name,
        year=planned.closes_on.year,
        form=story.form,
        colleges=_colleges(story, grid),
        opens_on=planned.closes_on - WINDOW,
        closes_on=planned.closes_on,
        retrospective=bool(planned.retrospective),
        local_questions=planned.local,
        opened_at=_at(planned.closes_on - WINDOW, 9),
    )
    record_responses(db, campaign, responses_of(story, planned, grid))
    close_campaign(db, campaign, at=_at(planned.closes_on, 18))
    publish_campaign(db, campaign, at=_at(planned.closes_on + BETWEEN_CLOSING_AND_PUBLICATION, 9))


def _colleges(story: Story, grid: Grid) -> list[CampaignCollege]:
    return [
        CampaignCollege(code, grid.college(code).label, story.sizes.get(code), voluntary=code in story.volunteers)
        for code in story.colleges
    ]


def _open_trial(db: Database) -> None:
    """The campaign that anyone may answer, to try, and a workshop in it."""
    territory = territory_by_slug(db, slugify(VAL_DE_BRUME.name))
    assert territory is not None  # noqa: S101  # told just before
    last = VAL_DE_BRUME.campaigns[-1].closes_on
    trial = open_campaign(
        db,
        territory,
        newest_grid(db),
        name="Essai libre",
        year=last.year + 1,
        slug=TRIAL_SLUG,
        opened_at=_at(last + BETWEEN_CLOSING_AND_PUBLICATION, 9),
    )
    create_link(db, trial, token=TRIAL_TOKEN)
    asked = [question.code for question in Questionnaire(trial.grid, trial.form, "").questions]
    open_workshop(db, trial, name="Atelier d’essai", people=12, skills=asked, code=TRIAL_CODE)


def _prepare_next(db: Database) -> None:
    """A draft, to see how a campaign is prepared."""
    territory = territory_by_slug(db, slugify(VILLEROCHE.name))
    assert territory is not None  # noqa: S101  # told just before
    grid, last = newest_grid(db), VILLEROCHE.campaigns[-1].closes_on
    colleges = tuple(
        PlannedCollege(code, grid.college(code).label, VILLEROCHE.sizes.get(code), like=code)
        for code in VILLEROCHE.colleges
    )
    asked = tuple(VILLEROCHE.campaigns[-1].local)
    plan = CampaignPlan("Bilan de la quatrième année", last.year + 1, grid, VILLEROCHE.form, 5, colleges)
    draft_campaign(db, territory, replace(plan, local_questions=asked))


def _write_next_version(db: Database) -> None:
    """A draft of the next version of the grid, to see how a grid is written."""
    grid = newest_grid(db)
    add_draft(db, draft_from(grid, "next", [grid.version]), None)


def _let_in(db: Database) -> Account:
    """The account to sign in with: pilot and reviewer of the fictional territories, and of nothing that comes later."""
    account = create_account(db, DEMO_EMAIL, "Compte de démonstration", hashed(DEMO_PASSWORD))
    for territory in all_territories(db):
        for role in (Role.PILOT, Role.REVIEWER):
            grant(db, account, role, territory)
    return account


def newest_grid(db: Database) -> Grid:
    """Return the programme's default grid if it is a version of the grid of the stories; else the stories' last one."""
    described, newest = _grid(db, VILLEROCHE.campaigns[-1].grid), default_grid(db).grid
    asked = {college.code for college in newest.colleges}
    return newest if newest.id == described.id and asked.issuperset(VILLEROCHE.colleges) else described


def _grid(db: Database, version: str) -> Grid:
    """That version of the stories' own framework. Raises ``Refusal`` when the library does not have it in use."""
    found = find_grid(db, FRAMEWORK, version)
    if found is None or found.withdrawn:
        raise Refusal(
            _(
                "La démonstration raconte des bilans faits avec la version %(version)s de « %(framework)s », qui n’est "
                "pas dans la bibliothèque, ou en est retirée : elle n’a pas été ajoutée, et rien n’a changé.",
                version=version,
                framework=FRAMEWORK,
            )
        )
    return found.grid


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)
