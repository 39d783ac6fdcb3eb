"""Permissions: the table of actions and roles, and the functions that read it.

A role is held on one territory, or everywhere. Two roles are never granted: everybody has ``ANYONE``, and whoever has
the secret address of a response is its ``RESPONDENT``.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Protocol

from grille.messages import message as _


class Role(StrEnum):
    """A role on a territory, or everywhere."""

    PROGRAMME = "programme"
    PILOT = "pilot"
    REVIEWER = "reviewer"
    READER = "reader"
    AUTHOR = "author"
    RESPONDENT = "respondent"
    ANYONE = "anyone"


GRANTED = (Role.PROGRAMME, Role.PILOT, Role.REVIEWER, Role.READER, Role.AUTHOR)
EVERYWHERE = frozenset({Role.PROGRAMME, Role.AUTHOR})
"""Roles that are about no territory: they are held everywhere."""


class Action(StrEnum):
    """An action on the objects of a territory."""

    ANSWER = "answer"
    SEE_PUBLISHED_RESULTS = "see published results"
    SEE_CLOSED_RESULTS = "see closed results"
    FOLLOW_COLLECTION = "follow the collection"
    RUN_CAMPAIGNS = "run campaigns"
    PUBLISH_RESULTS = "publish results"
    CHECK_DISCLOSURE = "check what publishing discloses"
    REVIEW_RESULTS = "review results"
    KEEP_PRIVATE_NOTES = "keep private notes"
    ADOPT_DIAGNOSTIC = "adopt the diagnostic"
    LEAD_SESSIONS = "lead sessions"
    SEE_PARCOURS = "see the parcours"
    PLAN_PARCOURS = "plan the parcours"
    EXPORT_ANSWERS = "export answers"
    ERASE_ANSWERS = "erase answers"
    FOLLOW_PROGRAMME = "follow the programme"
    JUDGE_GRID = "judge the grid"
    KEEP_GRIDS = "keep the library of grids"
    WRITE_GRIDS = "write grids"
    MANAGE_ACCOUNTS = "manage accounts"
    READ_LOG = "read the audit log"
    OPERATE = "look after the installation"


_PROGRAMME = frozenset({Role.PROGRAMME})
_RUNS = _PROGRAMME | {Role.PILOT}
_REVIEWS = _PROGRAMME | {Role.REVIEWER}
_WORKS = _RUNS | _REVIEWS
_READS = _WORKS | {Role.READER}

RIGHTS: Mapping[Action, frozenset[Role]] = {
    Action.ANSWER: frozenset({Role.RESPONDENT}),
    Action.SEE_PUBLISHED_RESULTS: frozenset(Role),
    Action.SEE_CLOSED_RESULTS: _READS,
    Action.FOLLOW_COLLECTION: _READS,
    Action.RUN_CAMPAIGNS: _RUNS,
    Action.PUBLISH_RESULTS: _RUNS,
    Action.CHECK_DISCLOSURE: _WORKS,
    Action.REVIEW_RESULTS: _REVIEWS,
    Action.KEEP_PRIVATE_NOTES: frozenset({Role.REVIEWER}),  # the programme is the funder: it must not read them
    Action.ADOPT_DIAGNOSTIC: _WORKS,
    Action.LEAD_SESSIONS: _WORKS,
    Action.SEE_PARCOURS: _READS,
    Action.PLAN_PARCOURS: _WORKS,
    Action.EXPORT_ANSWERS: _PROGRAMME,
    Action.ERASE_ANSWERS: _PROGRAMME,
    Action.FOLLOW_PROGRAMME: _PROGRAMME,
    Action.JUDGE_GRID: _PROGRAMME,
    Action.KEEP_GRIDS: _PROGRAMME,
    Action.WRITE_GRIDS: _PROGRAMME | {Role.AUTHOR},
    Action.MANAGE_ACCOUNTS: _PROGRAMME,
    Action.READ_LOG: _PROGRAMME,
    Action.OPERATE: _PROGRAMME,
}

LABELS: Mapping[Role, str] = {
    Role.PROGRAMME: _("équipe du programme"),
    Role.PILOT: _("pilote"),
    Role.REVIEWER: _("prestataire"),
    Role.READER: _("lecture"),
    Role.AUTHOR: _("atelier des grilles"),
    Role.RESPONDENT: _("répondant"),
    Role.ANYONE: _("tout le monde"),
}


class HeldRole(Protocol):
    """A role held on a territory, or everywhere (``territory_id`` None)."""

    @property
    def role(self) -> str:
        """The role's name."""

    @property
    def territory_id(self) -> int | None:
        """The territory's id; None means everywhere."""


def roles_on(grants: Iterable[HeldRole], territory_id: int | None) -> frozenset[Role]:
    """Return the roles held on a territory, ``ANYONE`` included. Roles that this version does not know are ignored.

    With ``territory_id`` None (what belongs to no territory), only roles held everywhere count.
    """
    held = {
        Role(grant.role) for grant in grants if grant.role in GRANTED and grant.territory_id in (None, territory_id)
    }
    return frozenset(held | {Role.ANYONE})


def allowed(grants: Iterable[HeldRole], action: Action, territory_id: int | None = None) -> bool:
    """Return whether these grants allow the action on that territory.

    >>> from collections import namedtuple
    >>> Held = namedtuple("Held", "role territory_id")
    >>> allowed([Held("pilot", 7)], Action.RUN_CAMPAIGNS, 7), allowed([Held("pilot", 7)], Action.RUN_CAMPAIGNS, 8)
    (True, False)
    >>> allowed([Held("programme", None)], Action.EXPORT_ANSWERS, 8), allowed([], Action.SEE_PUBLISHED_RESULTS, 8)
    (True, True)
    """
    return not RIGHTS[action].isdisjoint(roles_on(grants, territory_id))


def territories_where(grants: Iterable[HeldRole], action: Action) -> frozenset[int] | None:
    """Return the ids of the territories where these grants allow the action; None when they allow it everywhere.

    >>> from collections import namedtuple
    >>> Held = namedtuple("Held", "role territory_id")
    >>> held = [Held("pilot", 7), Held("reader", 8)]
    >>> territories_where(held, Action.RUN_CAMPAIGNS), territories_where([], Action.RUN_CAMPAIGNS)
    (frozenset({7}), frozenset())
    >>> territories_where([*held, Held("programme", None)], Action.RUN_CAMPAIGNS)
    """
    where = {grant.territory_id for grant in grants if grant.role in GRANTED and grant.role in RIGHTS[action]}
    return None if None in where else frozenset(where - {None})  # type: ignore[arg-type]  # only ids are left


def may_see_results(grants: Iterable[HeldRole], territory_id: int, *, closed: bool, published: bool) -> bool:
    """Return whether a campaign's results may be seen.

    Nobody sees them before the campaign is closed, and everybody once they are published. In between, it takes a role
    on the territory.

    >>> may_see_results([], 7, closed=True, published=True), may_see_results([], 7, closed=True, published=False)
    (True, False)
    """
    if not closed:
        return False
    action = Action.SEE_PUBLISHED_RESULTS if published else Action.SEE_CLOSED_RESULTS
    return allowed(grants, action, territory_id)
