"""The demonstration: fictional, identical each time, with figures that show its stories."""

from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import orjson
import pandas as pd
import pytest
from flask import Flask

import grille
import scoring
from accounts.passwords import matches
from accounts.permissions import Action, allowed
from commands.demo.answers import responses_of
from commands.demo.command import load, newest_grid
from commands.demo.stories import COMMENTS, STORIES
from commands.demo_credentials import DEMO_EMAIL, DEMO_PASSWORD, TRIAL_SLUG, TRIAL_TOKEN
from questionnaires.answers import answers_in
from storage.accounts.accounts import account_by_email
from storage.campaigns.campaigns import all_campaigns, campaign_by_slug, participation
from storage.campaigns.share_links import find_link
from storage.campaigns.territories import all_territories, create_territory
from storage.core.database import migrate, open_database
from storage.core.engine import Database
from storage.grids.library import add_grid, choose_default, find_grid, withdraw_grid
from storage.responses.computed.answer_frames import answers_frame
from storage.responses.computed.profiles import campaign_profile

YEARS = (2023, 2024, 2025, 2026)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path: Path = tmp_path_factory.mktemp("demo") / "grille.db"
    migrate(path)
    with closing(open_database(path)) as db:
        assert load(db)
        yield db


@pytest.fixture(scope="module")
def profile(demo: Database):
    @cache
    def profile(slug: str) -> scoring.Profile:
        campaign = campaign_by_slug(demo, slug)
        assert campaign is not None
        return campaign_profile(demo, campaign)

    return profile


def verdicts(before: scoring.Profile, after: scoring.Profile) -> dict[str, str]:
    """What is said of each family of the territory from one campaign to another."""
    change = scoring.change(before, after)
    rows = change[change.college == "territoire"]
    return dict(zip(rows.family, rows.verdict, strict=True))


def families_with(verdict: str, said: dict[str, str]) -> set[str]:
    return {family for family, word in said.items() if word == verdict}


def test_one_campaign_is_open_to_try_and_one_is_being_prepared(demo: Database) -> None:
    unfinished = {campaign.slug: campaign.status for campaign in all_campaigns(demo) if campaign.status != "closed"}
    assert unfinished == {TRIAL_SLUG: "open", "villeroche-2027": "draft"}


def test_another_framework_of_the_programme_does_not_change_what_the_demonstration_tells(database: Database) -> None:
    shipped = grille.current()
    other = shipped.model_copy(update={"id": "autre", "version": "3000.1", "colleges": shipped.colleges[:1]})
    choose_default(database, add_grid(database, other))
    assert newest_grid(database) == shipped


@pytest.mark.parametrize(("colleges", "version"), [(1, "2026.1"), (5, "3000.1")])
def test_a_newer_version_is_the_one_to_try_when_it_asks_the_same_colleges(
    colleges: int, version: str, database: Database
) -> None:
    shipped = grille.current()
    changes = {"version": "3000.1", "colleges": shipped.colleges[:colleges], "correspondence": None}
    choose_default(database, add_grid(database, shipped.model_copy(update=changes)))
    assert newest_grid(database).version == version


def test_where_its_grid_is_not_in_use_the_demonstration_says_so_and_adds_nothing(
    app: Flask, database: Database
) -> None:
    described = find_grid(database, "territoires-engagement", "2024.1")
    assert described is not None
    withdraw_grid(database, described)
    result = app.test_cli_runner().invoke(args=["demo"])
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "n’est pas dans la bibliothèque, ou en est retirée" in result.stderr
    assert all_territories(database) == []


def test_there_are_three_fictional_territories_of_four_published_campaigns(demo: Database) -> None:
    assert {territory.slug for territory in all_territories(demo)} == {
        "saint-aubin-des-pres",
        "villeroche",
        "val-de-brume",
    }
    assert all(territory.fictional for territory in all_territories(demo))
    by_slug = {campaign.slug: campaign for campaign in all_campaigns(demo) if campaign.status == "closed"}
    assert set(by_slug) == {f"{place.slug}-{year}" for place in all_territories(demo) for year in YEARS}
    assert all(published.published_at for published in by_slug.values())
    versions = {slug: published.grid.version for slug, published in by_slug.items()}
    assert all(version == ("2024.1" if slug[-4:] < "2025" else "2026.1") for slug, version in versions.items())
    assert 1400 <= sum(sum(participation(demo, published).values()) for published in by_slug.values()) <= 1600


def test_one_campaign_is_open_to_try(demo: Database) -> None:
    trial = campaign_by_slug(demo, TRIAL_SLUG)
    link = find_link(demo, TRIAL_TOKEN)
    assert trial is not None
    assert link is not None
    assert (trial.status, link.campaign_id, link.revoked) == ("open", trial.id, False)


def test_the_account_runs_and_reviews_the_fictional_territories_only(demo: Database) -> None:
    account = account_by_email(demo, DEMO_EMAIL)
    assert account is not None
    assert matches(account.password_hash, DEMO_PASSWORD)
    for territory in all_territories(demo):
        assert allowed(account.grants, Action.RUN_CAMPAIGNS, territory.id)
        assert allowed(account.grants, Action.REVIEW_RESULTS, territory.id)
    assert not allowed(account.grants, Action.SEE_CLOSED_RESULTS, 999)
    assert not allowed(account.grants, Action.MANAGE_ACCOUNTS)


def test_villeroche_moves_forward(profile) -> None:
    last_year = verdicts(profile("villeroche-2025"), profile("villeroche-2026"))
    assert families_with("hausse nette", last_year) == {"CON", "FAC", "OUV"}
    since_the_start = verdicts(profile("villeroche-2023"), profile("villeroche-2026"))
    assert families_with("hausse nette", since_the_start) >= {"COO", "CON", "FAC", "OUV"}
    for year in YEARS[:-1]:
        assert not families_with("baisse nette", verdicts(profile(f"villeroche-{year}"), profile("villeroche-2026")))


def test_val_de_brume_falls_after_training_then_recovers_in_part(profile) -> None:
    before, trained, after = (profile(f"val-de-brume-{year}") for year in (2024, 2025, 2026))
    assert families_with("baisse nette", verdicts(before, trained)) == {"FAC", "OUV"}
    assert families_with("hausse nette", verdicts(trained, after)) >= {"FAC"}
    for family in ("FAC", "OUV"):
        assert trained.score(family) < after.score(family) < before.score(family)


def test_in_retrospect_val_de_brume_sees_its_progress(profile) -> None:
    trained, before = profile("val-de-brume-2025"), profile("val-de-brume-2024")
    rows = trained.hindsight.query("college == 'territoire'").set_index("family")
    for family in ("FAC", "OUV"):
        assert rows["delta"][family] > 0
        assert trained.score(family) < before.score(family)
    assert "FAC" in set(rows[rows["verdict"] == "hausse nette"].index)


def test_those_who_were_trained_changed_their_minds_most(profile) -> None:
    change = scoring.change(profile("val-de-brume-2024"), profile("val-de-brume-2025"))
    delta = change.set_index(["family", "college"]).delta
    assert delta["FAC", "agents"] < delta["FAC", "elus"] + 0.3 < delta["FAC", "habitants"]


def test_saint_aubin_hides_a_college_each_year_and_nearly_everything_once(profile) -> None:
    for year in YEARS:
        assert "<k" in profile(f"saint-aubin-des-pres-{year}").respondents.values()
    silent = profile("saint-aubin-des-pres-2024")
    assert not silent.territory.published.any()
    assert 0 < silent.skills.published.mean() < 0.2
    for year in (2023, 2025, 2026):
        assert profile(f"saint-aubin-des-pres-{year}").territory.published.any()


def test_colleges_see_differently_and_decisions_are_hard_to_see_from_outside(profile) -> None:
    for slug in ("villeroche-2026", "val-de-brume-2023"):
        families = profile(slug).families.set_index(["family", "college"])
        assert all(families.score[family, "elus"] > families.score[family, "habitants"] for family in ("COO", "CON"))
        skills = profile(slug).skills
        unknown = skills[skills.published].groupby(["family", "college"]).unknown.mean()
        assert unknown["INT", "habitants"] > 0.25 > unknown["CON", "habitants"]
        assert unknown["INT", "elus"] < 0.1


def test_answers_of_one_person_go_together(demo: Database) -> None:
    campaign = campaign_by_slug(demo, "villeroche-2026")
    assert campaign
    answers = answers_frame(demo, campaign).query("college == 'habitants'").drop(columns=["college", "mode"])
    levels = answers.astype(object).apply(pd.to_numeric, errors="coerce")
    correlations = levels.corr().to_numpy()
    assert 0.2 < correlations[correlations < 0.999].mean() < 0.7


def test_every_state_and_mode_is_there(demo: Database) -> None:
    counts = {
        name: demo.execute(f"SELECT count(*) FROM {query}").fetchone()[0]
        for name, query in {
            "NSP": "answers_long WHERE state = 'NSP'",
            "SO": "answers_long WHERE state = 'SO'",
            "papier": "responses WHERE mode = 'papier'",
            "atelier": "responses WHERE mode = 'atelier'",
            "reasons": "responses, json_each(document, '$.reasons')",
            "comments": "responses, json_each(document, '$.comments')",
        }.items()
    }
    assert min(counts.values()) > 10
    assert counts["comments"] >= 36


def test_no_territory_reads_the_same_comment_twice(demo: Database) -> None:
    sql = "SELECT territories.slug, document FROM responses JOIN campaigns ON campaigns.id = campaign_id"
    rows = demo.execute(f"{sql} JOIN territories ON territories.id = territory_id").fetchall()
    said = [
        (slug, answer.comment)
        for slug, document in rows
        for answer in answers_in(orjson.loads(document)).values()
        if answer.comment
    ]
    assert len(said) == len(set(said))
    assert {comment for _, comment in said} <= {text for _, _, text in COMMENTS}


def test_stories_are_said_the_same_each_time(demo: Database) -> None:
    story = STORIES[0]
    campaign = campaign_by_slug(demo, "saint-aubin-des-pres-2023")
    assert campaign is not None
    once, again = (responses_of(story, story.campaigns[0], campaign.grid) for _ in range(2))
    assert once == again


def test_two_loads_hold_the_same_responses(demo: Database, database: Database) -> None:
    assert load(database)
    for table in ("territories", "campaigns", "campaign_colleges", "grids", "responses"):
        assert list(database[table].rows) == list(demo[table].rows)


def test_a_database_that_holds_anything_is_left_alone(app: Flask, database: Database) -> None:
    create_territory(database, "Un vrai territoire", "commune")
    result = app.test_cli_runner().invoke(args=["demo"])
    assert (result.exit_code, "n’est pas vide" in result.stdout) == (0, True)
    assert [territory.name for territory in all_territories(database)] == ["Un vrai territoire"]
    assert account_by_email(database, DEMO_EMAIL) is None
