"""Choosing one thing among many, without script: in a list while there are few, else by typing its name.

A name that only one thing has chooses it. Otherwise the page comes back with the things whose name holds the words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from restitution.text.language import gettext as _
from storage.core.alphabet import name_key, needles
from storage.core.pages import Page
from web.http.pages.lists import MOST_DIGITS


class Named(Protocol):
    """Something with a number and a name."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def name(self) -> str:
        """Its name."""


T = TypeVar("T", bound=Named)


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """The things offered (``searched`` when a name is asked for), the one chosen, and why none is."""

    options: tuple[T, ...]
    searched: bool
    chosen: T | None = None
    problem: str = ""


def choose(number: str, typed: str, find: Callable[[str], Page[T]], by_number: Callable[[int], T | None]) -> Choice[T]:
    """Return the choice made by the submitted number or, without one, by the typed name.

    Nothing is chosen, without a problem, when neither is given. ``find`` returns the first page of the things whose
    name holds these words, or of all.
    """
    found = find(typed)
    searched = bool(typed) or found.next is not None
    options = found.rows if typed or not searched else ()
    named = number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS
    chosen = by_number(int(number)) if named else None
    if named and chosen is None:
        return Choice(options, searched, None, _("Ce choix n’existe pas, ou plus. Choisissez de nouveau."))
    if chosen is None:
        return _named(typed, options, searched=searched, more=found.next is not None)
    if typed and chosen not in options and not all(needle in name_key(chosen.name) for needle in needles(typed)):
        problem = _("« %(name)s » ou « %(typed)s » ? Gardez l’un des deux.", name=chosen.name, typed=typed)
        return Choice((chosen, *options), searched, None, problem)
    return Choice(options if chosen in options else (chosen, *options), searched, chosen)


def _named(typed: str, options: tuple[T, ...], *, searched: bool, more: bool) -> Choice[T]:
    exact = [one for one in options if typed and name_key(one.name) == name_key(typed)]
    if not typed or len(exact) == 1:
        return Choice(options, searched, exact[0] if exact else None)
    if not options:
        words = _("« %(typed)s » ne se trouve pas. Vérifiez l’orthographe, ou tapez le début du nom.", typed=typed)
    elif more:
        words = _("« %(typed)s » : choisissez dans la liste. Seuls les premiers y sont : précisez le nom.", typed=typed)
    else:
        words = _("« %(typed)s » : choisissez dans la liste.", typed=typed)
    return Choice(options, searched, None, words)
