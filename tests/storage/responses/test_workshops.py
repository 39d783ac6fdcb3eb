"""Workshops: what the screen shows, the consensus, and what is erased at the closing."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grille
from questionnaires import Answer
from storage.campaigns.campaigns import Campaign, participation
from storage.campaigns.lifecycle import close_campaign, open_campaign
from storage.campaigns.territories import create_territory
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.tokens import ROOM_CODE_LETTERS
from storage.responses.computed.profiles import campaign_profile
from storage.responses.responses import find_response, start_response
from storage.responses.workshop_reveals import NotRevealed, reveal, revealed, showable, why_not_yet
from storage.responses.workshops import (
    Attendance,
    ConsensusChanged,
    Workshop,
    WorkshopOver,
    attendance,
    consensus_of,
    end_workshop,
    go_to,
    join_workshop,
    open_workshop,
    record_consensus,
    workshop_by_code,
    workshop_by_id,
    workshops_of,
)
from storage.review.comments import comments_of
from tests.saving import save_by_key

FIRST, SECOND = "COO-1", "CON-1"


@pytest.fixture
def campaign(db: Database) -> Campaign:
    """An open campaign under k = 5."""
    return open_campaign(db, create_territory(db, "Le Bourg", "commune"), grille.current(), name="Bilan", year=2026)


@pytest.fixture
def workshop(db: Database, campaign: Campaign) -> Workshop:
    """A workshop on two skills."""
    return open_workshop(db, campaign, name=" Réunion ", people=12, skills=[SECOND, FIRST, SECOND])


def fresh(db: Database, workshop: Workshop) -> Workshop:
    """The workshop as it is now."""
    found = workshop_by_code(db, workshop.code)
    assert found is not None
    return found


def phone(db: Database, campaign: Campaign, workshop: Workshop | None, college: str, *answers: Answer) -> str:
    """Somebody answers the two skills, in a workshop or at home; the key of their response."""
    key = start_response(db, campaign, college)
    save_by_key(db, key, dict(zip((SECOND, FIRST), answers, strict=False)))
    if workshop:
        response = find_response(db, key)
        assert response is not None
        join_workshop(db, workshop, response.id)
    return key


def room(db: Database, campaign: Campaign, workshop: Workshop, *levels: int, college: str = "habitants") -> list[str]:
    """People of one college who each answer a level."""
    return [phone(db, campaign, workshop, college, Answer(level)) for level in levels]


def test_a_workshop_is_found_by_its_code_however_it_is_typed(
    db: Database, campaign: Campaign, workshop: Workshop
) -> None:
    assert set(workshop.code) <= set(ROOM_CODE_LETTERS)
    typed = f" {workshop.code[:3].lower()}-{workshop.code[3:]} "
    assert workshop_by_code(db, typed) == workshop == workshop_by_id(db, campaign, workshop.id)
    assert (workshop.name, workshop.skills, workshop.current) == ("Réunion", (SECOND, FIRST), SECOND)
    assert workshop_by_code(db, "\ud800\0") is None
    assert workshops_of(db, campaign) == [workshop]


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"name": " "}, "Donnez un nom"),
        ({"name": "x" * 81}, "81 caractères.* la limite est de 80.*enlevez-en 1"),
        ({"people": 4}, "au moins 5 personnes"),
        ({"people": None}, "au moins 5 personnes"),
        ({"skills": []}, "au moins un savoir-faire"),
        ({"skills": ["ZZZ-1"]}, "ZZZ-1"),
    ],
)
def test_what_cannot_be_a_workshop_is_said(
    db: Database, campaign: Campaign, options: dict[str, object], word: str
) -> None:
    with pytest.raises(CampaignError, match=word):
        open_workshop(db, campaign, **{"name": "Réunion", "people": 9, "skills": [FIRST], **options})  # type: ignore[arg-type]
    assert workshops_of(db, campaign) == []


def test_a_workshop_needs_an_open_campaign(db: Database, campaign: Campaign) -> None:
    close_campaign(db, campaign)
    with pytest.raises(CampaignError, match="n’est pas ouverte"):
        open_workshop(db, campaign, name="Réunion", people=9, skills=[FIRST])


def test_the_reason_why_nothing_is_revealed_is_the_true_one(
    db: Database, campaign: Campaign, workshop: Workshop
) -> None:
    """Colleges are not blamed when an answer is missing, nor when another workshop has shown some already."""

    def reason(one: Workshop) -> str:
        said = why_not_yet(db, campaign, one, SECOND)
        if said:
            with pytest.raises(NotRevealed) as refusal:
                reveal(db, campaign, one, SECOND)
            assert refusal.value.problems == (said,)
        return said

    assert "au moins 5 réponses" in reason(workshop)
    for _someone_at_home in range(5):
        phone(db, campaign, None, "habitants", Answer(1))
    first = room(db, campaign, workshop, 1, 2, 3)
    room(db, campaign, workshop, 4, college="elus")
    assert "au moins 5 réponses" in reason(workshop)  # four answers, one of a small college: a number is missing
    first += room(db, campaign, workshop, 0)
    assert "collèges trop peu nombreux" in reason(workshop)
    first += room(db, campaign, workshop, 2)
    assert reason(workshop) == ""
    reveal(db, campaign, workshop, SECOND)
    other = open_workshop(db, campaign, name="L’autre", people=12, skills=[SECOND])
    for key in first:
        response = find_response(db, key)
        assert response is not None
        join_workshop(db, other, response.id)
    assert "dans un autre atelier" in reason(other)
    room(db, campaign, other, *[3] * 5)
    assert reason(other) == ""


def test_phones_are_counted_once_and_the_deleted_no_more(db: Database, campaign: Campaign, workshop: Workshop) -> None:
    first, *_ = room(db, campaign, workshop, 1, 2)
    phone(db, campaign, workshop, "elus")
    phone(db, campaign, None, "elus", Answer(3))
    response = find_response(db, first)
    assert response is not None
    join_workshop(db, workshop, response.id)
    assert attendance(db, workshop, SECOND) == Attendance(joined=3, answered=2)
    assert attendance(db, workshop, FIRST) == Attendance(joined=3, answered=0)
    assert participation(db, campaign)["habitants"] == 2


def test_a_distribution_is_shown_from_k_levels_on(db: Database, campaign: Campaign, workshop: Workshop) -> None:
    room(db, campaign, workshop, 0, 1, 1, 4)
    phone(db, campaign, workshop, "habitants", Answer.dont_know())
    with pytest.raises(NotRevealed, match="au moins 5 réponses"):
        reveal(db, campaign, workshop, SECOND)
    assert revealed(db, workshop, SECOND) is None
    room(db, campaign, workshop, 4)
    shown = reveal(db, campaign, workshop, SECOND)
    assert shown.counts == {0: 1, 1: 2, 4: 2, "NSP": 1}
    assert shown.held_back == 0


def test_what_was_shown_never_moves(db: Database, campaign: Campaign, workshop: Workshop) -> None:
    keys = room(db, campaign, workshop, 0, 1, 1, 4, 4)
    shown = reveal(db, campaign, workshop, SECOND)
    save_by_key(db, keys[0], {SECOND: Answer(4)})
    room(db, campaign, workshop, 3)
    assert reveal(db, campaign, workshop, SECOND) == shown == revealed(db, workshop, SECOND)


def test_an_answer_is_shown_once_in_a_campaign(db: Database, campaign: Campaign, workshop: Workshop) -> None:
    """Ending and opening again with one phone more would else tell what that phone answered."""
    keys = room(db, campaign, workshop, 0, 1, 1, 4, 4)
    reveal(db, campaign, workshop, SECOND)
    end_workshop(db, workshop)
    again = open_workshop(db, campaign, name="Encore", people=9, skills=[SECOND])
    for key in keys:
        response = find_response(db, key)
        assert response is not None
        join_workshop(db, again, response.id)
    room(db, campaign, again, 2)
    with pytest.raises(NotRevealed):
        reveal(db, campaign, again, SECOND)
    room(db, campaign, again, 2, 2, 3, 3)
    assert reveal(db, campaign, again, SECOND).counts == {2: 3, 3: 2}


def test_a_college_that_will_be_hidden_is_held_back(db: Database, campaign: Campaign, workshop: Workshop) -> None:
    """Else the published inhabitants, subtracted from the room, would leave the one elected member."""
    room(db, campaign, workshop, 1, 1, 2, 2, 2)
    room(db, campaign, workshop, 4, college="elus")
    shown = reveal(db, campaign, workshop, SECOND)
    assert (shown.counts, shown.held_back) == ({1: 2, 2: 3}, 1)


SAID = st.lists(
    st.tuples(
        st.sampled_from(["elus", "agents", "habitants"]),
        st.sampled_from([0, 1, 2, 3, 4, "NSP"]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=30,
)


@given(SAID, st.integers(3, 7))
def test_published_colleges_subtracted_from_a_drawing_leave_nobody_or_k(said: list[tuple], k: int) -> None:  # type: ignore[type-arg]
    """The attack of decision 0110, played on any campaign: no hidden college is left alone in what was shown."""
    shown, held = showable(said, k)
    room = [(college, value) for college, value, here, _ in said if here]
    assert len(shown) + held == len(room)
    assert not Counter(shown) - Counter(value for _, value in room)
    levels = Counter(college for college, value, *_ in said if value != "NSP")
    published = Counter(
        value for college, value, here, elsewhere in said if here and not elsewhere and levels[college] >= k
    )
    left = Counter(shown) - published
    assert left.total() == len(shown) - published.total()
    assert left.total() == 0 or left.total() >= k


@given(SAID, st.sampled_from([0, 4, "NSP"]), st.integers(3, 7))
def test_the_content_of_a_held_back_answer_changes_nothing(said: list[tuple], other: object, k: int) -> None:  # type: ignore[type-arg]
    """Non-interference, as in decision 0020: a lone small college may answer anything."""
    lone = ("associations", 2, True, False)
    same = ("associations", other if other != "NSP" else 0, True, False)
    assert showable([*said, lone], k) == showable([*said, same], k) or _shows(said, k)


def _shows(said: list[tuple], k: int) -> bool:  # type: ignore[type-arg]
    """Whether the small colleges of the room are k together once one more person joins them."""
    levels = Counter(college for college, value, *_ in said if value != "NSP")
    return 1 + sum(levels[college] < k for college, _, here, elsewhere in said if here and not elsewhere) >= k


def test_a_group_goes_on_and_back_and_phones_keep_what_was_met(db: Database, workshop: Workshop) -> None:
    assert workshop.reached_skills == (SECOND,)
    for position in (1, 1, 99):
        go_to(db, workshop, position)
    assert fresh(db, workshop).current == FIRST
    assert fresh(db, workshop).version == workshop.version + 1, "pressed three times, it went there once"
    go_to(db, workshop, -3)
    assert (fresh(db, workshop).current, fresh(db, workshop).reached_skills) == (SECOND, (SECOND, FIRST))


def test_a_skill_not_met_is_not_revealed(db: Database, campaign: Campaign, workshop: Workshop) -> None:
    with pytest.raises(KeyError):
        reveal(db, campaign, workshop, FIRST)


def test_a_consensus_is_noted_changed_and_never_overwritten_unseen(db: Database, workshop: Workshop) -> None:
    record_consensus(db, workshop, FIRST, Answer(2, comment="Ensemble"), seen=Answer().fingerprint)
    version = fresh(db, workshop).version
    record_consensus(db, workshop, FIRST, Answer(2, comment="Ensemble"), seen="")
    assert fresh(db, workshop).version == version, "the same again is nothing new"
    with pytest.raises(ConsensusChanged):
        record_consensus(db, workshop, FIRST, Answer(4), seen=Answer().fingerprint)
    record_consensus(db, workshop, FIRST, Answer(4), seen=Answer(2, comment="Ensemble").fingerprint)
    assert consensus_of(db, workshop) == {FIRST: Answer(4)}


def test_a_consensus_is_of_this_workshop_and_on_the_scale(db: Database, workshop: Workshop) -> None:
    with pytest.raises(KeyError):
        record_consensus(db, workshop, "OUV-1", Answer(2), seen="")
    with pytest.raises(ValueError, match="n’est pas dans l’échelle"):
        record_consensus(db, workshop, FIRST, Answer(5), seen="")
    assert consensus_of(db, workshop) == {}


@pytest.mark.parametrize("how", ["ended", "closed"])
def test_after_the_end_nothing_changes(db: Database, campaign: Campaign, workshop: Workshop, how: str) -> None:
    key = room(db, campaign, workshop, 1, 2, 3, 4, 4)[0]
    record_consensus(db, workshop, FIRST, Answer(2), seen="")
    for _twice in range(2):
        end_workshop(db, workshop) if how == "ended" else close_campaign(db, campaign)
    response = find_response(db, key)
    assert response is not None
    assert fresh(db, workshop).ended
    for act in (
        lambda: go_to(db, workshop, 1),
        lambda: reveal(db, campaign, workshop, SECOND),
        lambda: join_workshop(db, workshop, response.id),
        lambda: record_consensus(db, workshop, FIRST, Answer(3), seen=Answer(2).fingerprint),
    ):
        with pytest.raises(WorkshopOver):
            act()
    assert consensus_of(db, workshop) == {FIRST: Answer(2)}


def test_closing_forgets_who_was_in_the_room_and_what_it_saw(
    db: Database, campaign: Campaign, workshop: Workshop
) -> None:
    room(db, campaign, workshop, 0, 1, 2, 3, 4)
    reveal(db, campaign, workshop, SECOND)
    close_campaign(db, campaign)
    for table in ("workshop_phones", "workshop_reveals"):
        assert db[table].count == 0


def test_consensus_is_a_series_of_its_own_and_its_comments_are_moderated(db: Database, campaign: Campaign) -> None:
    for name, level in (("Mairie", 1), ("École", 3)):
        one = open_workshop(db, campaign, name=name, people=8, skills=[FIRST])
        record_consensus(db, one, FIRST, Answer(level, comment=f"Vu à {name}"), seen="")
    open_workshop(db, campaign, name="Muet", people=8, skills=[FIRST])
    for _ in range(5):
        phone(db, campaign, None, "habitants", Answer(4), Answer(4))
    closed = close_campaign(db, campaign)
    rows = campaign_profile(db, closed).skills.query(f"skill == '{FIRST}'").set_index("college")
    assert rows.loc["atelier", "n"] == 2
    assert rows.loc["atelier", "mean"] == 2
    assert rows.loc["habitants", "mean"] == 4
    comments = {(one.text, one.college, one.decision) for one in comments_of(db, closed)}
    assert comments == {("Vu à École", "atelier", None), ("Vu à Mairie", "atelier", None)}


def test_versions_tell_every_act_apart(db: Database, campaign: Campaign, workshop: Workshop) -> None:
    """What phones and screens compare: each act of the facilitator makes it grow."""
    room(db, campaign, workshop, 0, 1, 2, 3, 4)
    versions = [fresh(db, workshop).version]
    for act in (
        lambda: reveal(db, campaign, workshop, SECOND),
        lambda: record_consensus(db, workshop, SECOND, Answer(2), seen=""),
        lambda: go_to(db, workshop, 1),
        lambda: end_workshop(db, workshop),
    ):
        act()
        versions.append(fresh(db, workshop).version)
    assert all(before < after for before, after in pairwise(versions))
