"""A trial: complete for whoever tries, absent from whatever counts, erased without a trace."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from accounts.permissions import Action, Role, allowed
from questionnaires import Answer
from storage.accounts.accounts import account_by_email, create_account, grant, revoke
from storage.campaigns.accessible_territories import (
    followed_scope,
    followed_with_trials,
    projected_scope,
    published_scope,
    territories_shown,
    territory_shown,
)
from storage.campaigns.after_opening.cancelled import cancelled_campaign
from storage.campaigns.campaigns import (
    Campaign,
    all_campaigns,
    campaign_by_slug,
    campaigns_of,
    closed_before,
    has_campaigns,
    participation,
)
from storage.campaigns.completion_time import usual_completion_time
from storage.campaigns.drafts import last_campaign
from storage.campaigns.lifecycle import close_campaign, open_campaign, publish_campaign
from storage.campaigns.share_links import share_links_of
from storage.campaigns.territories import (
    Territory,
    all_territories,
    create_territory,
    remove_territory,
    some_territory,
    territory_by_slug,
    territory_page,
    trial_on,
)
from storage.core.database import check, file_of
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.pages import PositionGone
from storage.core.rows import single_value
from storage.core.timestamps import now, paris_day
from storage.core.tokens import fingerprint
from storage.grids.library import campaigns_by_grid
from storage.operations.cancellation import prove_erased
from storage.operations.purge import Periods, purge
from storage.operations.system_status import read_system_status
from storage.operations.trials.erasing import erase_outdated_trials, erase_trial
from storage.operations.trials.opening import LASTS, TrialNames, open_trial
from storage.responses.computed.judged_campaigns import judged_campaigns
from storage.responses.computed.raw_answers import raw_answers
from storage.responses.responses import start_response
from storage.review.parcours import ActionPlan, add_action
from storage.review.snapshots import seal
from tests.saving import save_by_key
from tests.storage.conftest import small_grid

SECRET: Final = "a secret that only tests can know"
SAID: Final = "Madame Dupuis-Lagarde ne répond jamais au téléphone"

NAMES: Final = TrialNames("Saint-Aubin (essai)", "Pour essayer")

ROOT: Final = Path(__file__).parents[3]


@pytest.fixture
def place(db: Database) -> Territory:
    return create_territory(db, "Saint-Aubin", "commune", official_code="35238")


@pytest.fixture
def trial(db: Database, place: Territory) -> Campaign:
    return open_trial(db, place, small_grid(), SECRET, NAMES)


def test_it_is_ready_to_be_answered_and_read(db: Database, place: Territory, trial: Campaign) -> None:
    assert (trial.status, trial.territory.name, trial.territory.slug) == (
        "open",
        "Saint-Aubin (essai)",
        "saint-aubin-essai",
    )
    assert trial.territory.trial_of == place.id
    assert trial.territory.trial_until == paris_day(now()) + LASTS
    assert "Campagne d’essai" in trial.territory.warning
    assert participation(db, trial) == {"eleves": trial.k + 2, "profs": trial.k + 2}
    assert [link.link.college for link in share_links_of(db, trial, SECRET)] == [None]
    assert check(Path(file_of(db))) == []


def test_there_is_one_at_a_time(db: Database, place: Territory, trial: Campaign) -> None:
    for tried in (place, trial.territory):
        with pytest.raises(CampaignError, match="essai est déjà ouvert"):
            open_trial(db, tried, small_grid(), SECRET, NAMES)
    with pytest.raises(CampaignError, match="essai"):
        remove_territory(db, place)


def test_roles_of_the_territory_are_held_there_and_go_away_with_them(
    db: Database, place: Territory, trial: Campaign
) -> None:
    grant(db, create_account(db, "ada@exemple.fr", "Ada"), Role.PILOT, place)

    def may_run() -> bool:
        ada = account_by_email(db, "ada@exemple.fr")
        assert ada is not None
        return allowed(ada.effective_grants, Action.RUN_CAMPAIGNS, trial.territory.id)

    assert may_run()
    ada = account_by_email(db, "ada@exemple.fr")
    assert ada is not None
    assert [one.territory_id for one in ada.grants] == [place.id]  # what is listed, and can be taken back
    revoke(db, ada, Role.PILOT, place)
    assert not may_run()


# What reads campaigns, or territories, without being told which: each function leaves trials out, or says why it need
# not. Whoever writes another one adds it here.
LEAVE_OUT: Final = {
    "storage/campaigns/campaigns.py": {"", "all_campaigns", "has_campaigns"},
    "storage/programme/concerns.py": {"", "followed_territories", "_late", "_late_campaigns", "_without_diagnostic"},
    "storage/programme/published.py": {"last_published"},
    "storage/campaigns/completion_time.py": {"usual_completion_time"},
    "storage/campaigns/territories.py": {"", "all_territories", "some_territory", "territory_page"},
    "storage/grids/library.py": {"campaigns_by_grid"},
    "storage/operations/system_status.py": {""},
    "storage/responses/computed/judged_campaigns.py": {""},
}
NEED_NOT: Final = {
    "storage/campaigns/campaigns.py": {
        *("campaign_by_slug", "campaign_by_id", "current_status"),  # one campaign
        *("campaigns_of", "latest_campaigns", "campaign_page", "campaign_counts"),  # of territories asked for
        *("published_page", "some_published_slug"),  # no trial is published
        "campaign_names",  # of numbers asked for
    },
    "storage/campaigns/college_merges.py": {"_problems"},  # one campaign
    "storage/campaigns/drafts.py": {"discard_draft"},  # as above
    "storage/campaigns/lifecycle.py": {"_free_slug", ""},  # an address and a number that no other one may have
    "storage/campaigns/territories.py": {
        *("territory_by_slug", "territory_by_code", "territory_by_id", "territory_names"),  # of those asked for
        *("name_problems", "remove_territory", "words_of_names"),  # names that are taken, or too easy a password
        *("trial_on", "outdated_trials"),  # trials alone
    },
    "storage/campaigns/participation.py": {"has_collected"},  # one territory
    "storage/core/database.py": {"refuse_unusable"},  # whether the tables are there
    "storage/core/revisions.py": {"revision_at", "revision_behind", "published_revisions"},  # one, or published
    "storage/operations/audit_log.py": {"Wanted", ""},  # the log also says who opened and who erased a trial
    "storage/operations/content_check.py": {"_answers"},  # damage is told wherever it is
    "storage/operations/purge.py": {""},  # what is outdated goes, in trials too
    "storage/programme/concerns.py": {"_answers"},  # by campaign: those of trials are never looked up
    "storage/responses/paper_sheets.py": {"take_back"},  # one campaign
    "storage/responses/responses.py": {""},  # one response
    "storage/responses/workshops.py": {""},  # one workshop
    "storage/review/past_publications.py": {"first_publications"},  # no trial was published
    "storage/review/session_decisions.py": {"decisions_behind"},  # one territory
    "storage/review/sheets.py": {""},  # one territory
    "storage/webhooks/deliveries.py": {"", "delivery_page"},  # nothing is announced of a trial
}
_ALL_OF_THEM: Final = (
    "FROM campaigns",
    "JOIN campaigns",
    "FROM territories",
    "{_CAMPAIGN}",
    "{_TERRITORY}",
    "_LISTING",
)
_LEFT_OUT: Final = ("NOT_A_TRIAL", "OF_A_TRIAL", "trial_of IS NULL")


def _functions(module: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the source of each function that reads campaigns or territories; "" for what is outside."""
    text = module.read_text()
    tree = ast.parse(text)
    outside = text
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            source = ast.get_source_segment(text, node) or ""
            outside = outside.replace(source, "")
            yield node.name, source
    yield "", outside


def test_every_reader_of_all_campaigns_leaves_trials_out() -> None:
    leaving: dict[str, set[str]] = {}
    others: dict[str, set[str]] = {}
    for room in ("storage", "web", "commands"):
        for module in sorted((ROOT / room).rglob("*.py")):
            if "migrations" in module.parts:
                continue
            for name, source in _functions(module):
                if not any(words in source for words in _ALL_OF_THEM):
                    continue
                path = module.relative_to(ROOT).as_posix()
                if any(words in source for words in _LEFT_OUT):
                    leaving.setdefault(path, set()).add(name)
                else:
                    others.setdefault(path, set()).add(name)
    assert leaving == LEAVE_OUT
    assert others == NEED_NOT  # a new one: does it read trials too?


def test_nothing_that_counts_knows_of_it(db: Database, place: Territory, trial: Campaign) -> None:
    closed = close_campaign(db, trial)
    db.execute("UPDATE campaigns SET pace_seconds = 9 WHERE id = ?", [closed.id])
    status = read_system_status(db)
    assert (status.open_campaigns, status.respondents) == (0, 0)
    assert not has_campaigns(db)
    assert all_campaigns(db) == []
    assert judged_campaigns(db, closed.grid) == []
    assert campaigns_by_grid(db) == {}
    assert usual_completion_time(db, closed.grid.id, closed.form, retrospective=False) is None
    assert [one.id for one in all_territories(db)] == [place.id]
    assert [one.id for one in territory_page(db, None).rows] == [place.id]
    assert some_territory(db) == place
    assert campaigns_of(db, place) == []
    assert last_campaign(db, place) is None
    real = open_campaign(db, place, small_grid(), name="Rentrée", year=closed.year + 1)
    assert closed_before(db, real) == []


def test_only_the_list_of_campaigns_shows_it(db: Database, place: Territory, trial: Campaign) -> None:
    everywhere = create_account(db, "ada@exemple.fr", "Ada")
    grant(db, everywhere, Role.PROGRAMME)
    found = account_by_email(db, "ada@exemple.fr")
    assert found is not None
    grants = found.effective_grants
    close_campaign(db, trial)
    assert [one.territory.name for one in territories_shown(db, followed_with_trials(grants)).rows] == [
        "Saint-Aubin",
        "Saint-Aubin (essai)",
    ]
    for scope in (followed_scope(grants), published_scope(), projected_scope(grants)):
        assert trial.territory not in [one.territory for one in territories_shown(db, scope).rows]
        with pytest.raises(PositionGone):
            territory_shown(db, scope, trial.territory.slug)


def test_it_is_neither_published_nor_adopted_nor_exported(db: Database, trial: Campaign) -> None:
    closed = close_campaign(db, trial)
    author = create_account(db, "ada@exemple.fr", "Ada")
    with pytest.raises(CampaignError, match="se publient pas"):
        publish_campaign(db, closed)
    with pytest.raises(CampaignError, match="ne s’adopte pas"):
        seal(db, closed, author)
    with pytest.raises(CampaignError, match="ne sortent pas"):
        raw_answers(db, closed)


def test_it_is_erased_whatever_was_done_with_it(db: Database, place: Territory, trial: Campaign) -> None:
    key = start_response(db, trial, "profs", nonce="somebody who tries")
    save_by_key(db, key, {"A-1": Answer(2, comment=SAID)})
    closed = close_campaign(db, trial)
    author = create_account(db, "ada@exemple.fr", "Ada")
    add_action(db, closed.territory, ActionPlan("formation", "Se former", ("A-1",), campaign_id=closed.id), author)
    erased = erase_trial(db, closed.territory, author.id)
    assert SAID in erased.traces
    assert prove_erased(db, closed.territory, erased) == ()
    assert campaign_by_slug(db, trial.slug) is None
    assert territory_by_slug(db, trial.territory.slug) is None
    assert trial_on(db, place) is None
    for table in ("campaigns", "responses", "links", "actions", "action_skills"):
        assert single_value(db.conn.execute(f"SELECT count(*) FROM {table}")) == 0, table
    told = cancelled_campaign(db, fingerprint(key))
    assert told is not None
    assert told.territory == "Saint-Aubin"
    assert check(Path(file_of(db))) == []
    again = open_trial(db, place, small_grid(), SECRET, NAMES)
    assert again.id != trial.id
    assert again.territory.id != trial.territory.id


def test_a_real_territory_is_never_erased(db: Database, place: Territory) -> None:
    with pytest.raises(ValueError, match="saint-aubin"):
        erase_trial(db, place)


def test_it_goes_by_itself_after_its_last_day(db: Database, trial: Campaign) -> None:
    last = trial.territory.trial_until
    assert last is not None
    assert erase_outdated_trials(db, last) == ()
    assert campaign_by_slug(db, trial.slug) is not None
    assert erase_outdated_trials(db, last + timedelta(days=1)) == ()
    assert campaign_by_slug(db, trial.slug) is None


def test_the_purge_takes_it_too(db: Database, trial: Campaign) -> None:
    done = purge(db, Periods(), now() + LASTS + timedelta(days=1))
    assert (done.before["trials"], done.after["trials"], done.problems) == (1, 0, ())
    assert campaign_by_slug(db, trial.slug) is None
