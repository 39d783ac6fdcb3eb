"""The table of rights, case by case, and the rules that hold for every role."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.permissions import GRANTED, LABELS, RIGHTS, Action, Role, allowed, may_see_results, roles_on

HERE, ELSEWHERE = 7, 8


class Held(NamedTuple):
    """A grant, as storage gives them."""

    role: str
    territory_id: int | None


grants = st.lists(st.builds(Held, st.sampled_from([*GRANTED, "unknown", ""]), st.none() | st.sampled_from([7, 8])))


def test_every_action_has_its_line_and_every_role_its_words() -> None:
    assert set(RIGHTS) == set(Action)
    assert set(LABELS) == set(Role)


@pytest.mark.parametrize(
    ("role", "may_not"),
    [
        ("programme", {Action.ANSWER, Action.KEEP_PRIVATE_NOTES}),
        (
            "pilot",
            {
                Action.ANSWER,
                Action.REVIEW_RESULTS,
                Action.KEEP_PRIVATE_NOTES,
                Action.EXPORT_ANSWERS,
                Action.ERASE_ANSWERS,
                Action.FOLLOW_PROGRAMME,
                Action.JUDGE_GRID,
                Action.KEEP_GRIDS,
                Action.WRITE_GRIDS,
                Action.MANAGE_ACCOUNTS,
                Action.READ_LOG,
                Action.OPERATE,
            },
        ),
        (
            "reviewer",
            {
                Action.ANSWER,
                Action.RUN_CAMPAIGNS,
                Action.PUBLISH_RESULTS,
                Action.EXPORT_ANSWERS,
                Action.ERASE_ANSWERS,
                Action.FOLLOW_PROGRAMME,
                Action.JUDGE_GRID,
                Action.KEEP_GRIDS,
                Action.WRITE_GRIDS,
                Action.MANAGE_ACCOUNTS,
                Action.READ_LOG,
                Action.OPERATE,
            },
        ),
        (
            "reader",
            set(Action)
            - {Action.SEE_PUBLISHED_RESULTS, Action.SEE_CLOSED_RESULTS, Action.FOLLOW_COLLECTION, Action.SEE_PARCOURS},
        ),
        ("author", set(Action) - {Action.SEE_PUBLISHED_RESULTS, Action.WRITE_GRIDS}),
    ],
)
def test_what_each_role_may_not_do_on_its_own_territory(role: str, may_not: set[Action]) -> None:
    assert {action for action in Action if not allowed([Held(role, HERE)], action, HERE)} == may_not


@pytest.mark.parametrize("role", GRANTED)
def test_a_role_on_one_territory_gives_nothing_on_another(role: Role) -> None:
    elsewhere = {action for action in Action if allowed([Held(role, HERE)], action, ELSEWHERE)}
    assert (
        elsewhere == {action for action in Action if allowed([], action, ELSEWHERE)} == {Action.SEE_PUBLISHED_RESULTS}
    )


@pytest.mark.parametrize("role", GRANTED)
def test_a_role_held_everywhere_counts_everywhere(role: Role) -> None:
    for action in Action:
        assert allowed([Held(role, None)], action, HERE) == allowed([Held(role, HERE)], action, HERE)


def test_a_role_on_a_territory_gives_nothing_on_what_belongs_to_none() -> None:
    assert not allowed([Held("programme", HERE)], Action.MANAGE_ACCOUNTS, None)
    assert allowed([Held("programme", None)], Action.MANAGE_ACCOUNTS, None)


@given(grants, st.sampled_from(list(Action)))
def test_more_grants_never_take_a_right_away(held: list[Held], action: Action) -> None:
    for number in range(len(held)):
        assert allowed(held, action, HERE) >= allowed(held[:number], action, HERE)


@given(grants)
def test_nobody_becomes_a_respondent_or_nobody_by_a_grant(held: list[Held]) -> None:
    assert roles_on([*held, Held("respondent", None), Held("anyone", None)], HERE) == roles_on(held, HERE)
    assert Role.RESPONDENT not in roles_on(held, HERE)
    assert Role.ANYONE in roles_on(held, HERE)


@given(grants, st.booleans())
def test_an_open_campaign_has_no_result_for_anyone(held: list[Held], published: bool) -> None:
    assert not may_see_results(held, HERE, closed=False, published=published)


@given(grants)
def test_a_closed_campaign_is_seen_by_its_own_people_until_it_is_published(held: list[Held]) -> None:
    people = set(GRANTED) - {Role.AUTHOR}  # who writes grids has no part in campaigns
    concerned = any(grant.role in people and grant.territory_id in (None, HERE) for grant in held)
    assert may_see_results(held, HERE, closed=True, published=False) == concerned
    assert may_see_results(held, HERE, closed=True, published=True)
