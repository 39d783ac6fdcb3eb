"""What becomes of the skills of a grid from one version to another, each link in a word and a sentence.

What is compared is what ``grille.correspondence`` says: nothing is decided here but the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from grille import Continuation, Grid, IncomparableGridsError, Skill, continuations
from grille.correspondence import refuse_different_levels
from restitution.text.language import gettext as _
from restitution.text.language import localized, ngettext, reason

Kind = Literal["same", "renamed", "moved", "split", "merged", "rearranged", "new", "retired"]
_SAID_APART = {"code", "title", "core", "weight"}


@dataclass(frozen=True)
class Name:
    """A skill on one side; ``elsewhere`` is the title of its family where it is told with another one."""

    code: str
    title: str
    elsewhere: str = ""

    @property
    def said(self) -> str:
        """Its title, with its family where that is another one."""
        if not self.elsewhere:
            return self.title
        return _("%(title)s (dans %(family)s)", title=self.title, family=self.elsewhere)


@dataclass(frozen=True)
class Link:
    """Skills that continue each other: what happened in a word, what it means for comparison in a sentence."""

    kind: Kind
    before: tuple[Name, ...]
    after: tuple[Name, ...]
    word: str
    meaning: str
    compared: bool

    @property
    def drawn_word(self) -> str:
        """Its word, where no sentence stands beside it."""
        if self.compared or not (self.before and self.after):
            return self.word
        return _("%(word)s, sans comparaison", word=self.word)


def different_levels(before: Grid, after: Grid) -> str:
    """Return why nothing is compared; empty when the levels are the same."""
    try:
        refuse_different_levels(before, after)
    except IncomparableGridsError as error:
        return reason(error)
    return ""


def links_of(before: Grid, after: Grid) -> list[Link]:
    """Return the links of all skills, in the order of ``after``, the retired last."""
    levels = different_levels(before, after)
    return [link_of(before, after, one, levels) for one in continuations(before, after)]


def link_of(before: Grid, after: Grid, one: Continuation, levels: str) -> Link:
    """Return a link in words; ``levels`` says why nothing is compared, where levels differ."""
    old, new = [before.skill(code) for code in one.before], [after.skill(code) for code in one.after]
    kind = _kind(old, new, one.reason)
    was, now = (tuple(Name(skill.code, skill.title) for skill in side) for side in (old, new))
    compared = not one.reason and not levels
    weightless = compared and not any(skill.weight for skill in new)
    meaning = _meaning(kind, after, levels) if compared or not (old and new) else _not_compared(one, levels)
    return Link(kind, was, now, _word(kind, old, new), _weightless(after) if weightless else meaning, compared)


def _kind(old: Sequence[Skill], new: Sequence[Skill], apart: str) -> Kind:
    if not old or not new:
        return "retired" if old else "new"
    if len(old) > 1 or len(new) > 1:
        return "split" if len(old) == 1 else "merged" if len(new) == 1 else "rearranged"
    if apart:
        return "moved"
    return "same" if (old[0].code, old[0].title) == (new[0].code, new[0].title) else "renamed"


def _word(kind: Kind, old: Sequence[Skill], new: Sequence[Skill]) -> str:
    words = {
        "same": _("inchangé"),
        "renamed": _("renommé"),
        "moved": _("changé de famille"),
        "split": _("partagé en %(n)s", n=len(new)),
        "merged": _("%(n)s réunis en un", n=len(old)),
        "rearranged": _("%(old)s refaits en %(new)s", old=len(old), new=len(new)),
        "new": _("nouveau"),
        "retired": _("retiré"),
    }
    if kind == "renamed" and old[0].title == new[0].title:
        return _("nouveau code")
    return _("inchangé, texte revu") if kind == "same" and _reworded(old[0], new[0]) else words[kind]


def _reworded(old: Skill, new: Skill) -> bool:
    return old.model_dump(exclude=_SAID_APART) != new.model_dump(exclude=_SAID_APART)


def _meaning(kind: Kind, after: Grid, levels: str) -> str:
    """What is compared of a link that is one unit, and why there is nothing to compare with where a side is empty."""
    if levels and kind == "new":
        return _("Rien à comparer.")
    return {
        "same": _("Se compare un à un."),
        "renamed": _("Se compare un à un."),
        "moved": "",
        "split": _("L’ancien se compare à la moyenne des nouveaux."),
        "merged": _("La moyenne des anciens se compare au nouveau."),
        "rearranged": _("La moyenne des anciens se compare à celle des nouveaux."),
        "new": _("Sans passé : se comparera entre deux campagnes sur la version %(version)s.", version=after.version),
        "retired": _("Sa courbe s’arrête là."),
    }[kind]


def _not_compared(one: Continuation, levels: str) -> str:
    said = _("les niveaux ne sont pas les mêmes") if levels else localized(one.reason)
    return _("Ne se compare pas : %(reason)s.", reason=said)


def _weightless(after: Grid) -> str:
    return _(
        "Se compare, mais ne compte pas dans la famille : son poids est nul en %(version)s.", version=after.version
    )


def unchanged(skills: int) -> str:
    """Return the words that stand for so many skills, none of which changed."""
    return ngettext("%(n)s inchangé", "%(n)s inchangés", skills)
