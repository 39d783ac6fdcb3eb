"""More answers than people: the size counts as unknown everywhere until it is corrected."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

import scoring
from questionnaires import Answer
from storage.campaigns.campaigns import Campaign, CampaignCollege, campaign_by_id, participation
from storage.campaigns.college_merges import merge_colleges
from storage.campaigns.college_sizes import correct_sizes, correctable, exceeded
from storage.campaigns.lifecycle import close_campaign, open_campaign
from storage.campaigns.participation import shown_participation, shown_total
from storage.core.database import open_database
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.operations.backups import back_up
from storage.operations.restore import restore
from storage.responses.computed.profiles import campaign_profile
from storage.responses.imports import SentFile, examine, import_answers
from storage.responses.paper_sheets import enter_sheet
from storage.responses.recorded_responses import Recorded, record_responses
from storage.review.snapshot_verification import differences
from storage.review.snapshots import draft
from tests.storage.conftest import small_grid

LEVELS = (1, 2, 3, 3, 2, 1, 2, 3, 1, 2, 3, 1, 2)


def answer(db: Database, campaign: Campaign, **counts: int) -> None:
    """Let that many people of each college answer."""
    people = [
        Recorded(code, {"A-1": Answer(LEVELS[i]), "A-2": Answer(2), "B-1": Answer(LEVELS[-1 - i])})
        for code, count in counts.items()
        for i in range(count)
    ]
    record_responses(db, campaign, people)


def intervals(db: Database, campaign: Campaign) -> list[tuple[float, float]]:
    """The limits of the families seen by « profs »."""
    rows = campaign_profile(db, campaign).families
    return list(rows[rows.college == "profs"][["low", "high"]].itertuples(index=False, name=None))


@pytest.fixture
def outgrown(db: Database, campaign: Campaign) -> Campaign:
    """Closed: 13 answers of « profs », who were said to be 12."""
    answer(db, campaign, eleves=6, profs=13)
    return close_campaign(db, campaign)


def test_one_answer_too_many_makes_the_size_unknown(db: Database, outgrown: Campaign) -> None:
    unsized = replace(outgrown, colleges=tuple(replace(one, size=None) for one in outgrown.colleges))
    assert campaign_profile(db, outgrown).rules.sizes is None
    assert intervals(db, outgrown) == intervals(db, unsized)
    assert [one.code for one in exceeded(outgrown, participation(db, outgrown))] == ["profs"]


def by_table(db: Database, campaign: Campaign) -> None:
    """The thirteenth answer, in an imported table."""
    content = b"college,A-1,A-2,B-1\nprofs,2,2,1\n"
    import_answers(db, campaign, examine(db, campaign, SentFile("la-treizieme.csv", content)))


def on_paper(db: Database, campaign: Campaign) -> None:
    """The same on a sheet of paper."""
    enter_sheet(db, campaign, "PRO-013", "profs", {"A-1": Answer(2), "A-2": Answer(2), "B-1": Answer(1)})


@pytest.mark.parametrize("thirteenth", [by_table, on_paper])
def test_by_whatever_way_it_came(
    db: Database, campaign: Campaign, thirteenth: Callable[[Database, Campaign], None]
) -> None:
    answer(db, campaign, eleves=6, profs=12)
    thirteenth(db, campaign)
    closed = close_campaign(db, campaign)
    assert campaign_profile(db, closed).rules.sizes is None
    assert campaign_profile(db, closed).respondents == {"eleves": 6, "profs": 13}


def test_a_workshop_counts_for_no_college(db: Database, campaign: Campaign) -> None:
    answer(db, campaign, eleves=6, profs=12)
    table = b"college,mode,A-1\n,atelier,3\n"
    import_answers(db, campaign, examine(db, campaign, SentFile("atelier.csv", table)))
    closed = close_campaign(db, campaign)
    assert campaign_profile(db, closed).rules.sizes == {"profs": 12}


def test_a_restored_backup_says_the_same(db: Database, outgrown: Campaign, tmp_path: Path) -> None:
    backup = back_up(db, tmp_path / "backups", version="0.0.1", secret="a secret that only tests know")
    restore(backup, tmp_path / "there" / "grille.db")
    with closing(open_database(tmp_path / "there" / "grille.db")) as there:
        again = campaign_by_id(there, outgrown.id)
        assert again
        assert campaign_profile(there, again).rules.sizes is None
        assert campaign_profile(there, again).respondents == campaign_profile(db, outgrown).respondents


def test_as_many_answers_as_people_is_a_size(db: Database, campaign: Campaign) -> None:
    answer(db, campaign, eleves=6, profs=12)
    closed = close_campaign(db, campaign)
    assert campaign_profile(db, closed).rules.sizes == {"profs": 12}
    assert exceeded(closed, participation(db, closed)) == ()


def test_people_asked_about_the_year_before_are_not_too_many_either(db: Database, campaign: Campaign) -> None:
    colleges = [CampaignCollege("eleves", "Élèves"), CampaignCollege("profs", "Professeurs", size=5)]
    asked = open_campaign(
        db, campaign.territory, small_grid(), name="Recul", year=2027, colleges=colleges, retrospective=True
    )
    person = Recorded("profs", {"A-1": Answer(3)}, retrospective={"A-1": Answer(1)})
    record_responses(db, asked, [person] * 6)
    profile = campaign_profile(db, close_campaign(db, asked))
    assert profile.rules.sizes is None
    assert profile.has_hindsight


def test_what_is_adopted_says_that_the_size_is_unknown(db: Database, outgrown: Campaign) -> None:
    document = draft(db, outgrown)
    assert [one["size"] for one in document["campaign"]["colleges"]] == [None, None]
    assert document["profile"]["rules"]["sizes"] is None


def test_a_corrected_size_counts_again(db: Database, outgrown: Campaign) -> None:
    wide = intervals(db, outgrown)
    assert correct_sizes(db, outgrown, {"profs": 14}) == {"profs": (12, 14)}
    corrected = campaign_by_id(db, outgrown.id)
    assert corrected is not None
    assert campaign_profile(db, corrected).rules.sizes == {"profs": 14}
    assert intervals(db, corrected) != wide
    assert correctable(corrected, participation(db, corrected)) == ()


def test_a_size_may_become_unknown(db: Database, outgrown: Campaign) -> None:
    assert correct_sizes(db, outgrown, {"profs": None}) == {"profs": (12, 0)}


def test_sizes_that_make_no_sense_are_refused_together(db: Database, campaign: Campaign) -> None:
    answer(db, campaign, eleves=3, profs=13)
    with pytest.raises(CampaignError) as refused:
        correct_sizes(db, campaign, {"eleves": 0, "profs": 11})
    assert len(refused.value.problems) == 2
    assert "13 personnes ont répondu" in refused.value.problems[1]


def test_after_the_closing_a_size_that_holds_does_not_change(db: Database, outgrown: Campaign) -> None:
    with pytest.raises(CampaignError, match="ne se change plus"):
        correct_sizes(db, outgrown, {"eleves": 30})


def test_a_hidden_college_tells_nothing_of_its_size(db: Database, campaign: Campaign) -> None:
    correct_sizes(db, campaign, {"profs": 2})
    answer(db, campaign, eleves=6, profs=3)
    running = campaign_by_id(db, campaign.id)
    assert running is not None
    assert [one.code for one in exceeded(running, participation(db, running))] == ["profs"]
    closed = close_campaign(db, running)
    assert exceeded(closed, participation(db, closed)) == ()
    assert shown_participation(db, closed) == {"eleves": 6, "profs": None}
    assert shown_total(shown_participation(db, closed)) is None
    assert campaign_profile(db, closed).respondents == {"eleves": 6, "profs": "<k"}


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_what_is_published_of_a_small_size_does_not_depend_on_who_answered(
    db: Database, campaign: Campaign, size: int
) -> None:
    """With k = 5: a size that disappears when one to four answers pass it would tell how many there are."""
    found = []
    for year, people in ((2030, 1), (2031, 4)):
        colleges = [CampaignCollege("eleves", "Élèves"), CampaignCollege("profs", "Professeurs", size=size)]
        one = open_campaign(db, campaign.territory, small_grid(), name="Taille", year=year, colleges=colleges)
        answer(db, one, eleves=6, profs=people)
        closed = close_campaign(db, one)
        sizes = [college["size"] for college in draft(db, closed)["campaign"]["colleges"]]
        found.append((campaign_profile(db, closed).to_dict(), sizes))
    assert found[0] == found[1]


def test_the_size_of_a_group_does_not_tell_how_many_of_a_hidden_member_answered(
    db: Database, campaign: Campaign
) -> None:
    groups = [(grouped(db, campaign, year, profs=3), people) for year, people in ((2030, 1), (2031, 4))]
    for one, people in groups:
        answer(db, one, eleves=6, profs=people, parents=6)
    assert [close_campaign(db, one).college("eleves-profs").size for one, _ in groups] == [None, None]


def grouped(db: Database, campaign: Campaign, year: int, profs: int) -> Campaign:
    """Three colleges, two of which will be one at the closing: 40 pupils, so many teachers."""
    grid = small_grid()
    parents = grid.colleges[0].model_copy(update={"code": "parents", "label": "Parents"})
    grid = grid.model_copy(update={"colleges": (*grid.colleges, parents)})
    colleges = (("eleves", 40), ("profs", profs), ("parents", None))
    named = [CampaignCollege(code, code.title(), size) for code, size in colleges]
    one = open_campaign(db, campaign.territory, grid, name="Groupe", year=year, colleges=named)
    merge_colleges(db, one, ["eleves", "profs"], "L’école")
    return one


def test_a_group_has_no_size_when_one_of_its_members_is_outgrown(db: Database, campaign: Campaign) -> None:
    one = grouped(db, campaign, 2028, profs=5)
    answer(db, one, eleves=6, profs=6, parents=6)
    closed = close_campaign(db, one)
    assert closed.college("eleves-profs").size is None
    assert campaign_profile(db, closed).rules.sizes is None


def test_the_command_line_s_tables_still_refuse_it(db: Database, outgrown: Campaign) -> None:
    from storage.responses.computed.answer_frames import answers_frame

    with pytest.raises(scoring.AnswersError, match="13 réponses pour un effectif déclaré de 12"):
        scoring.profile(answers_frame(db, outgrown), outgrown.grid, scoring.Rules(sizes={"profs": 12}))


def test_answers_that_no_longer_fit_what_was_adopted_are_said(db: Database, campaign: Campaign) -> None:
    from storage.accounts.accounts import create_account
    from storage.review.snapshots import adopt

    answer(db, campaign, eleves=6, profs=12)
    closed = close_campaign(db, campaign)
    adopted = adopt(db, closed, create_account(db, "a@exemple.fr", "Ada"))
    db.execute("UPDATE responses SET college = 'profs'")
    assert "ne se recalcule plus" in differences(db, closed, adopted)[0]
