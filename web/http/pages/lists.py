"""Lists searched by words and read page by page (``storage.core.pages``), without script.

The address holds the whole state: the words (``q``), the page's other choices, and the row after (``apres``) or before
(``avant``) which the page stands. A view gives ``show_list`` the function that reads a page; its template uses
``lists.html``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request, url_for

from grille.typed import typed_line
from storage.campaigns.accessible_territories import AccessibleTerritory, Scope, territories_shown, territory_shown
from storage.core.pages import FIRST, Page, Position, PositionGone
from web.http.database import connection
from web.http.pages.damaged_campaigns import mark_damaged

T = TypeVar("T")

SHORT = 5
"""Rows that are found at a glance: such a list needs no search."""

MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class ShownList(Generic[T]):
    """A page of a list, as its template shows it; ``lost`` when the address names a page that does not exist."""

    page: Page[T]
    typed: str
    kept: Mapping[str, str]
    lost: bool
    endpoint: str

    @property
    def rows(self) -> tuple[T, ...]:
        """The rows of this page."""
        return self.page.rows

    @property
    def searched(self) -> bool:
        """Whether the page offers a search."""
        return bool(self.typed or self.previous or self.next or len(self.rows) > SHORT)

    @property
    def previous(self) -> str:
        """The address of the previous page; empty on the first."""
        return self._at(self.page.previous)

    @property
    def next(self) -> str:
        """The address of the next page; empty on the last."""
        return self._at(self.page.next)

    def _at(self, position: Position | None) -> str:
        if position is None:
            return ""
        where = {"apres": position.after, "avant": position.before, "q": self.typed or None}
        return url_for(self.endpoint, **{**(request.view_args or {}), **where, **self.kept})


def typed_words() -> str:
    """Return the words searched, on one line; empty without a search."""
    return typed_line(request.args.get("q", ""))


def show_list(read: Callable[[Position], Page[T]], kept: tuple[str, ...] = (), *, endpoint: str = "") -> ShownList[T]:
    """Return the page of the list that the address asks for; the first one when that page does not exist.

    ``kept`` names the other parameters of the address, which the links between pages repeat. ``endpoint`` is where
    these links lead, by default here.
    """
    endpoint = endpoint or str(request.endpoint)
    choices = {name: request.args[name] for name in kept if request.args.get(name)}
    try:
        return ShownList(read(asked_position()), typed_words(), choices, lost=False, endpoint=endpoint)
    except PositionGone:
        return ShownList(_first(read), typed_words(), choices, lost=True, endpoint=endpoint)


def show_territories(scope: Scope) -> ShownList[AccessibleTerritory]:
    """Return the asked page of these territories with their campaigns; of one alone if the address names it.

    Campaigns that cannot be read are left out, with a message.
    """
    db, slug = connection(), request.args.get("territoire", "")
    if slug:
        shown = show_list(lambda position: territory_shown(db, scope, slug, position), kept=("territoire",))
    else:
        shown = show_list(lambda position: territories_shown(db, scope, typed_words(), position))
    mark_damaged(campaign for accessible in shown.rows for campaign in accessible.campaigns)
    return shown


def _first(read: Callable[[Position], Page[T]]) -> Page[T]:
    try:
        return read(FIRST)
    except PositionGone:
        return Page(())


def asked_position() -> Position:
    """Return where the page of a list that the address asks for stands. Raises ``PositionGone`` for what is no row."""
    after, before = request.args.get("apres"), request.args.get("avant")
    if after is not None and before is not None:
        raise PositionGone
    return Position(_number(after), _number(before))


def _number(text: str | None) -> int | None:
    """The number of a row. Raises ``PositionGone`` when it can be none's."""
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise PositionGone
    return int(text)
