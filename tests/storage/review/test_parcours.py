"""Actions of a parcours: stored whole, refused with every reason, protected from conflicting changes, restored."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from storage.accounts.accounts import Account, create_account
from storage.campaigns.territories import Territory, create_territory
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.review.parcours import (
    ActionChanged,
    ActionPlan,
    Indicator,
    Measure,
    Note,
    Rating,
    Step,
    actions_of,
    add_action,
    find_action,
    rate_action,
    ratings_of,
    remove_action,
    restore_action,
    save_action,
)

PLAN = ActionPlan("formation", "Animer", ("FAC-2", "COO-1"), "Savoir faire seuls", date(2026, 1, 5), date(2026, 6, 30))


@pytest.fixture
def here(database: Database) -> Territory:
    return create_territory(database, "Ici", "commune")


@pytest.fixture
def author(database: Database) -> Account:
    return create_account(database, "camille@ici.example", "Camille Essai")


def test_an_action_is_kept_as_it_was_planned(database: Database, here: Territory, author: Account) -> None:
    plan = replace(PLAN, provider="Atelier", supports=("vta",), status="en-cours")
    action = add_action(database, here, plan, author)
    assert find_action(database, here, action.id) == action
    assert (action.plan, action.version) == (plan, 1)


def test_actions_come_in_the_order_of_time(database: Database, here: Territory) -> None:
    later = add_action(database, here, replace(PLAN, starts_on=date(2026, 3, 1), title="Après"))
    undated = add_action(database, here, replace(PLAN, starts_on=None, title="Sans début"))
    first = add_action(database, here, PLAN)
    assert [one.id for one in actions_of(database, here)] == [first.id, later.id, undated.id]
    elsewhere = create_territory(database, "Ailleurs", "commune")
    assert actions_of(database, elsewhere) == []
    assert find_action(database, elsewhere, first.id) is None


def test_everything_wrong_is_said_at_once_and_nothing_is_written(database: Database, here: Territory) -> None:
    wrong = ActionPlan("autre", " ", (), starts_on=date(2026, 6, 1), ends_on=date(2026, 1, 1))  # type: ignore[arg-type]
    with pytest.raises(CampaignError) as refused:
        add_action(database, here, wrong)
    said = str(refused.value)
    assert all(word in said for word in ("titre", "savoir-faire", "avant de commencer", "« autre »"))
    with pytest.raises(CampaignError, match="ni date ni vague"):
        add_action(database, here, replace(PLAN, starts_on=None, ends_on=None))
    assert actions_of(database, here) == []


def test_nobody_overwrites_another_unseen(database: Database, here: Territory, author: Account) -> None:
    read = add_action(database, here, PLAN, author)
    theirs = save_action(database, read, replace(PLAN, title="La leur", skills=("INT-2",)), author, expected=1)
    with pytest.raises(ActionChanged) as changed:
        save_action(database, read, replace(PLAN, title="La mienne"), author, expected=1)
    assert changed.value.current == theirs
    mine = save_action(database, read, replace(PLAN, title="La mienne"), author, expected=2)
    assert find_action(database, here, read.id) == mine


def test_the_same_again_makes_no_version(database: Database, here: Territory, author: Account) -> None:
    action = add_action(database, here, PLAN, author)
    assert save_action(database, action, PLAN, author, expected=1) == action


def test_an_action_taken_out_can_be_put_back(database: Database, here: Territory, author: Account) -> None:
    action = add_action(database, here, PLAN, author)
    assert not restore_action(database, here, action.id)
    remove_action(database, action)
    assert actions_of(database, here) == []
    with pytest.raises(ActionChanged):
        save_action(database, action, replace(PLAN, title="Autre"), author, expected=1)
    assert not restore_action(database, create_territory(database, "Ailleurs", "commune"), action.id)
    assert restore_action(database, here, action.id)
    assert actions_of(database, here) == [action]


def test_a_year_is_assessed_once_the_last_word_counts(database: Database, here: Territory) -> None:
    action = add_action(database, here, PLAN)
    for rating in (Rating(action.id, 2027, 2, 2), Rating(action.id, 2026, 1, 1, "Dur"), Rating(action.id, 2027, 4, 3)):
        rate_action(database, rating)
    assert ratings_of(database, here) == {
        action.id: [Rating(action.id, 2026, 1, 1, "Dur"), Rating(action.id, 2027, 4, 3)]
    }


MANAGED = replace(
    PLAN,
    pilot="Camille Essai",
    partners="Caisse, foyer",
    budget=24_000,
    funders="Ville",
    priority="haute",
    supports=("cifre", "vta"),
    targets=(("COO-1", 3), ("FAC-2", 2)),
    indicator=Indicator("Venus", Decimal("12.5"), (Measure(date(2026, 2, 1), Decimal(4)),)),
    steps=(Step("Écrire", date(2026, 1, 9), date(2026, 1, 8)), Step("Tirer au sort", date(2026, 2, 1), None, 1)),
    notes=(Note(date(2026, 2, 2), "Une salle\nest trouvée"),),
    status="en-pause",
)


def test_all_that_is_managed_is_kept(database: Database, here: Territory, author: Account) -> None:
    action = add_action(database, here, MANAGED, author)
    assert action.plan == MANAGED
    assert find_action(database, here, action.id) == action


def test_what_a_damaged_document_says_is_left_out(database: Database, here: Territory) -> None:
    action = add_action(database, here, MANAGED)
    database.execute("UPDATE actions SET details = '{damaged' WHERE id = ?", [action.id])
    (read,) = actions_of(database, here)
    assert (read.plan.title, read.plan.steps) == ("Animer", ())


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((Step("a", after=2), Step("b", after=1)), "Les étapes 1 → 2 → 1 s’attendent en rond"),
        ((Step("a"), Step("b", after=2)), "Les étapes 2 → 2 s’attendent en rond"),
        ((Step("a", after=3), Step("b", after=1), Step("c", after=2)), "1 → 3 → 2 → 1"),
        ((Step("a", after=9),), "l’étape 9, qui n’existe pas"),
        ((Step("a", date(2026, 3, 1)), Step("b", date(2026, 2, 1), after=1)), "avant l’étape 1, qu’elle attend"),
        ((Step(" "),), "n’a pas de titre"),
    ],
)
def test_steps_that_cannot_be_are_refused(
    database: Database, here: Territory, steps: tuple[Step, ...], said: str
) -> None:
    with pytest.raises(CampaignError, match=said):
        add_action(database, here, replace(PLAN, steps=steps))
    assert actions_of(database, here) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"budget": -1}, "nombre d’euros"),
        ({"supports": ("autre",)}, "« autre »"),
        ({"priority": "urgente"}, "« urgente »"),
        ({"indicator": Indicator(target=Decimal(3))}, "sans indicateur"),
        ({"indicator": Indicator("Venus", None, (Measure(date(2026, 2, 1), Decimal(4)),) * 2)}, "le même jour"),
        ({"steps": (Step("a"),) * 41}, "plus de 40 étapes"),
        ({"notes": (Note(date(2026, 2, 1), "a"),) * 61}, "plus de 60"),
        ({"pilot": "a" * 121}, "Le nom du pilote compte 121"),
    ],
)
def test_what_no_action_has_is_refused(database: Database, here: Territory, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(CampaignError, match=said):
        add_action(database, here, replace(PLAN, **wrong))


def test_late_is_said_of_what_should_be_done_by_now() -> None:
    day = date(2026, 5, 1)
    assert PLAN.late_on(day)
    assert not PLAN.late_on(date(2026, 1, 5))
    begun = replace(PLAN, status="en-cours")
    assert not begun.late_on(day)
    assert begun.late_on(date(2026, 7, 1))
    steps = (Step("a", date(2026, 4, 1)), Step("b", date(2026, 4, 1), date(2026, 4, 20)), Step("c", day))
    assert replace(begun, steps=steps).late_steps(day) == steps[:1]
    for status in ("en-pause", "terminee", "abandonnee"):
        waiting = replace(PLAN, status=status, steps=steps)  # type: ignore[arg-type]
        assert not waiting.late_on(date(2030, 1, 1))
        assert waiting.late_steps(date(2030, 1, 1)) == ()
