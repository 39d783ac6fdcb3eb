"""The grid that people can read, search and print, and what changed between its versions."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from flask import abort, render_template, request

import grille
from grille import Family, Grid, Skill
from restitution.language import gettext as _
from restitution.radar import axes_of
from web.public.blueprint import blueprint


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs from an earlier version: the skills before, those after, and the words that say it."""

    before: tuple[Skill, ...]
    after: tuple[Skill, ...]
    words: str


@blueprint.get("/grille")
def grid() -> str:
    """The grid in use."""
    return _page(grille.current())


@blueprint.get("/grille/<version>")
def grid_version(version: str) -> str:
    """One version of the grid."""
    return _page(grille.versions().get(version) or abort(404))


def _page(shown: Grid) -> str:
    query = request.args.get("q", "").strip()[:200]
    sections = list(_sections(shown, query))
    changes = list(_changes(shown))
    return render_template(
        "public/grid.html",
        grid=shown,
        current=grille.current(),
        versions=grille.versions(),
        axes={axis.code: axis for axis in axes_of(shown)},
        query=query,
        sections=sections,
        found=sum(len(skills) for _family, skills in sections),
        earlier=_earlier(shown),
        changes=changes,
        unchanged=len(shown.skills) - sum(len(change.after) for change in changes),
    )


def _earlier(shown: Grid) -> Grid | None:
    """The version that this one continues, when it is shipped too."""
    return grille.versions().get(shown.correspondence.from_version) if shown.correspondence else None


def _changes(shown: Grid) -> Iterator[Change]:
    """What is new, renamed, split, merged or retired since the version that this one continues."""
    earlier = _earlier(shown)
    if earlier is None:
        return
    for unit in grille.comparable_units(earlier, shown):
        before, after = tuple(map(earlier.skill, unit.before)), tuple(map(shown.skill, unit.after))
        if words := _continued(before, after):
            yield Change(before, after, words)
    for apart in grille.not_comparable(earlier, shown):
        if apart.side == "before":
            yield Change((earlier.skill(apart.code),), (), apart.reason)
        else:
            yield Change((), (shown.skill(apart.code),), apart.reason)


def _continued(before: tuple[Skill, ...], after: tuple[Skill, ...]) -> str:
    """How skills became others; empty when one went on as it was."""
    if len(before) > 1:
        return _("réunis")
    if len(after) > 1:
        return _("partagé en %(n)s", n=len(after))
    same = before[0].code == after[0].code and before[0].title == after[0].title
    return "" if same else _("renommé")


def _sections(shown: Grid, query: str) -> Iterator[tuple[Family, list[Skill]]]:
    """The families with the skills that hold every word searched for; a family without any is left out."""
    words = folded(query).split()
    for family in shown.families:
        found = [skill for skill in family.skills if all(word in folded(searched(skill, family)) for word in words)]
        if found:
            yield family, found


def searched(skill: Skill, family: Family) -> str:
    """The text of a skill in which words are looked for."""
    levels = (*skill.levels.values(), *skill.falc_levels.values())
    parts = (skill.code, family.title, skill.title, skill.definition, *levels, skill.falc, *skill.facts)
    return " ".join(parts)


def folded(text: str) -> str:
    """The text without accents, capitals and typographic marks, as people type when they search.

    >>> folded("Où l’Œuvre ÉCRITE ?")
    "ou l'oeuvre ecrite ?"
    """
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return plain.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
