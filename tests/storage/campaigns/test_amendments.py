"""What may change of a campaign while people answer, what may not, and what is kept of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from questionnaires import Answer
from storage.campaigns.after_opening.amendments import Amendment, Change, amend_campaign, changes_of
from storage.campaigns.campaigns import Campaign, CampaignCollege, campaign_by_id
from storage.campaigns.college_merges import merges_of
from storage.campaigns.lifecycle import close_campaign
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.timestamps import now, paris_day
from storage.responses.recorded_responses import Recorded, record_responses

TODAY = paris_day(now())


def wanted(campaign: Campaign, **changes: object) -> Amendment:
    """What the campaign says already, but for these changes: ``profs=replace(…)`` is a college."""
    colleges = {one.code: changes.get(one.code, one) for one in campaign.colleges}
    about = {name: changes.get(name, getattr(campaign, name)) for name in ("name", "closes_on")}
    return Amendment(colleges=colleges, **about)  # type: ignore[arg-type]


def again(db: Database, campaign: Campaign) -> Campaign:
    found = campaign_by_id(db, campaign.id)
    assert found is not None
    return found


def test_spelling_end_sizes_and_targets_change_and_are_kept(db: Database, campaign: Campaign) -> None:
    profs = replace(campaign.college("profs"), label=" Enseignants  du lycée", size=None, target=9)
    changes = amend_campaign(db, campaign, wanted(campaign, name="Bilan 2026", closes_on=TODAY, profs=profs), None)
    changed = again(db, campaign)
    assert (changed.name, changed.closes_on, changed.slug) == ("Bilan 2026", TODAY, campaign.slug)
    assert changed.college("profs") == CampaignCollege("profs", "Enseignants du lycée", None, 9)
    assert changed.grid.college("profs").label == "Enseignants du lycée", "results name colleges by the grid"
    assert changed.grid.families == campaign.grid.families
    kept = [replace(one, at=None) for one in changes_of(db, campaign)]
    assert sorted(kept, key=repr) == sorted(changes, key=repr)
    assert Change("size", "profs", "12", None) in changes
    assert {one.subject for one in changes} == {"name", "closes_on", "label", "size", "target"}


def test_what_does_not_change_is_not_noted(db: Database, campaign: Campaign) -> None:
    assert amend_campaign(db, campaign, wanted(campaign), None) == []
    assert changes_of(db, campaign) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "  "}, "n’a pas de nom"),
        ({"closes_on": TODAY - timedelta(days=1)}, "déjà passée"),
        ({"profs": CampaignCollege("profs", " ", 12)}, "Un collège n’a pas de nom"),
        ({"profs": CampaignCollege("profs", "élèves", 12)}, "donnez-leur des noms différents"),
        ({"profs": CampaignCollege("profs", "Profs", 6)}, "7 personnes ont répondu"),
        ({"profs": CampaignCollege("profs", "Profs", 12, 0)}, "espérez au moins une réponse"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_changes(
    db: Database, campaign: Campaign, changes: dict[str, object], said: str
) -> None:
    record_responses(db, campaign, [Recorded("profs", {"A-1": Answer(2)}) for _ in range(7)])
    with pytest.raises(CampaignError, match=said):
        amend_campaign(db, campaign, wanted(campaign, **changes), None)
    assert again(db, campaign) == campaign
    assert changes_of(db, campaign) == []


def test_an_end_already_past_may_stay(db: Database, campaign: Campaign) -> None:
    with db.conn:
        db.conn.execute("UPDATE campaigns SET closes_on = '2020-01-01'")
    late = again(db, campaign)
    assert late.closes_on == date(2020, 1, 1)
    assert amend_campaign(db, late, wanted(late, name="Autrement"), None)


def test_a_group_of_colleges_follows_its_members(db: Database, campaign: Campaign) -> None:
    with db.conn:
        db.conn.execute(
            """INSERT INTO college_merges (campaign_id, member, member_label, code, label, decided_at)
                VALUES (?, 'profs', 'Profs', 'tous', 'Tout le monde', '2026-01-01')""",
            (campaign.id,),
        )
    with pytest.raises(CampaignError, match="déjà le nom d’un groupe"):
        amend_campaign(db, campaign, wanted(campaign, profs=CampaignCollege("profs", "tout le Monde", 12)), None)
    amend_campaign(db, campaign, wanted(campaign, profs=CampaignCollege("profs", "Enseignants", 12)), None)
    (group,) = merges_of(db, campaign)
    assert group.member_labels == ("Enseignants",)


@pytest.mark.parametrize("ended", [close_campaign])
def test_nothing_changes_once_it_is_over(
    db: Database, campaign: Campaign, ended: Callable[[Database, Campaign], Campaign]
) -> None:
    over = ended(db, campaign)
    with pytest.raises(CampaignError, match="n’est plus ouverte"):
        amend_campaign(db, over, wanted(over, name="Autrement"), None)
