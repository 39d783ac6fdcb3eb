"""Cursors: where a page of a list begins, as text that readers hand back unchanged."""

import base64
import binascii
from collections.abc import Callable
from typing import TypeVar

from grille.messages import message as _
from storage.core.pages import FIRST, Page, Position, PositionGone
from web.api.blueprint import BadRequest
from web.http.pages.lists import MOST_DIGITS

T = TypeVar("T")

_AFTER, _BEFORE = "a", "b"


def cursor_of(position: Position | None) -> str | None:
    """Return the cursor of a page; None when there is no such page.

    >>> position_of(cursor_of(Position(after=12)))
    Position(after=12, before=None)
    """
    if position is None:
        return None
    text = f"{_AFTER}{position.after}" if position.after is not None else f"{_BEFORE}{position.before}"
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def position_of(cursor: str | None) -> Position:
    """Return where a cursor leads; the first page without one. Raises ``BadRequest`` for what no page has given."""
    if cursor is None:
        return FIRST
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        text = ""
    kind, number = text[:1], text[1:]
    if kind not in {_AFTER, _BEFORE} or not (number.isdigit() and len(number) <= MOST_DIGITS):
        raise _lost()
    return Position(after=int(number)) if kind == _AFTER else Position(before=int(number))


def read_page(read: Callable[[], Page[T]]) -> Page[T]:
    """Return the page that ``read`` finds. Raises ``BadRequest`` for a cursor whose row is gone."""
    try:
        return read()
    except PositionGone as error:
        raise _lost() from error


def _lost() -> BadRequest:
    """What is said of a cursor that leads nowhere."""
    return BadRequest(_("Ce curseur ne mène nulle part : reprenez la liste au début, sans le paramètre « cursor »."))
