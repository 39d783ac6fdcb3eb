"""Lists on pages: searched by words, read page by page (``storage.core.pages``), without script.

The address says everything: the words (``q``), the other choices of the page, and the row after (``apres``) or before
(``avant``) which it stands. A view gives ``show_list`` what reads a page; its template uses ``lists.html``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request, url_for

from grille.typed import typed_line
from storage.campaigns.accessible_territories import AccessibleTerritory, Scope, territories_shown, territory_shown
from storage.core.pages import FIRST, Page, Position, PositionGone
from web.http.damaged_campaigns import mark_damaged
from web.http.database import connection

T = TypeVar("T")

SHORT = 5
"""Rows that are found at a glance: such a list needs no search."""

MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class ShownList(Generic[T]):
    """A page of a list, as its template shows it; ``lost`` when the address names a page that is not there."""

    page: Page[T]
    typed: str
    kept: Mapping[str, str]
    lost: bool
    endpoint: str

    @property
    def rows(self) -> tuple[T, ...]:
        """What stands on this page."""
        return self.page.rows

    @property
    def searched(self) -> bool:
        """Whether the page offers a search."""
        return bool(self.typed or self.previous or self.next or len(self.rows) > SHORT)

    @property
    def previous(self) -> str:
        """The address of the page before; empty on the first."""
        return self._at(self.page.previous)

    @property
    def next(self) -> str:
        """The address of the page after; empty on the last."""
        return self._at(self.page.next)

    def _at(self, position: Position | None) -> str:
        if position is None:
            return ""
        where = {"apres": position.after, "avant": position.before, "q": self.typed or None}
        return url_for(self.endpoint, **{**(request.view_args or {}), **where, **self.kept})


def typed_words() -> str:
    """What is searched, on one line; empty when nothing is."""
    return typed_line(request.args.get("q", ""))


def show_list(read: Callable[[Position], Page[T]], kept: tuple[str, ...] = (), *, endpoint: str = "") -> ShownList[T]:
    """The page of the list that the address asks for; the first one when that page is not there.

    ``kept`` names the other choices of the address, which the links between pages repeat. ``endpoint`` is where these
    lead, unless here.
    """
    endpoint = endpoint or str(request.endpoint)
    choices = {name: request.args[name] for name in kept if request.args.get(name)}
    try:
        return ShownList(read(_asked()), typed_words(), choices, lost=False, endpoint=endpoint)
    except PositionGone:
        return ShownList(_first(read), typed_words(), choices, lost=True, endpoint=endpoint)


def show_territories(scope: Scope) -> ShownList[AccessibleTerritory]:
    """The page of these territories and their campaigns that the address asks for; of one alone if it names one.

    Says on the page which campaigns cannot be read.
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


def _asked() -> Position:
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
