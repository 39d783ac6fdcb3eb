"""Themes of comments, as a team named and arranged them; none is shown on fewer than k people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from grille.messages import message as _
from grille.typed import too_long, typed_line
from storage.accounts.accounts import Account
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.timestamps import now, to_text

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme: its name, the marks of its comments, how many people wrote them."""

    name: str
    marks: tuple[str, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The themes kept; what changes whenever somebody arranges them; the response behind each mark, to count people."""

    themes: list[Theme]
    version: str
    authors: Mapping[str, int]


class ThemesChanged(Exception):
    """Somebody arranged the themes since they were read. Nothing was written."""


def themes_of(db: Database, campaign: Campaign) -> list[Theme]:
    """Return the themes that a team keeps, by name; those that fewer than k people speak of are left out."""
    return list(arrangement_of(db, campaign).themes)


def arrangement_of(db: Database, campaign: Campaign) -> Arrangement:
    """Return the themes that a team keeps, as ``themes_of``, and who wrote each comment."""
    kept, authors = _read(db, campaign)
    return Arrangement(shown(campaign, authors, list(kept.items())), _version(kept), authors)


def shown(campaign: Campaign, authors: Mapping[str, int], groups: Sequence[tuple[str, Sequence[str]]]) -> list[Theme]:
    """Return the groups of comments that at least k people wrote, with their names."""
    known = [(name, tuple(mark for mark in marks if mark in authors)) for name, marks in groups]
    themes = [Theme(name, marks, len({authors[mark] for mark in marks})) for name, marks in known]
    return [one for one in themes if one.people >= campaign.k]


def _version(kept: Mapping[str, Sequence[str]]) -> str:
    return sha256(repr(sorted(kept.items())).encode()).hexdigest()[:16]


def save_themes(
    db: Database, campaign: Campaign, themes: Mapping[str, Sequence[str]], author: Account, *, expected: str
) -> list[Theme]:
    """Replace the themes of a campaign over version ``expected``; comments of none of them have no theme.

    Raises ``ThemesChanged``, or ``CampaignError`` with every problem: a name too long or missing, fewer than k people.
    """
    named = {typed_line(name): tuple(marks) for name, marks in themes.items() if marks}
    with writing(db) as conn:
        kept, authors = _read(db, campaign)
        if _version(kept) != expected:
            raise ThemesChanged
        if problems := _problems(campaign, authors, named):
            raise CampaignError(problems)
        conn.execute("DELETE FROM comment_themes WHERE campaign_id = ?", (campaign.id,))
        for name, marks in named.items():
            cursor = conn.execute(
                "INSERT INTO comment_themes (campaign_id, name, author_id, saved_at) VALUES (?, ?, ?, ?)",
                (campaign.id, name, author.id, to_text(now())),
            )
            conn.executemany(
                "INSERT INTO comment_theme_members (mark, theme_id) VALUES (?, ?)",
                [(mark, cursor.lastrowid) for mark in marks],
            )
        return themes_of(db, campaign)


def _problems(campaign: Campaign, authors: Mapping[str, int], named: Mapping[str, Sequence[str]]) -> list[str]:
    problems = [too_long(name, LONGEST_NAME, _("Le nom d’un thème")) for name in named]
    if "" in named:
        problems.append(_("Donnez un nom à chaque thème."))
    enough = {one.name for one in shown(campaign, authors, list(named.items()))}
    few = [name for name in named if name and name not in enough]
    problems += [
        _("« %(name)s » : moins de %(k)s personnes. Réunissez-le avec un autre.", name=name, k=campaign.k)
        for name in few
    ]
    return [one for one in problems if one]


def _read(db: Database, campaign: Campaign) -> tuple[dict[str, tuple[str, ...]], dict[str, int]]:
    """The marks of each theme, and the response behind each mark."""
    sql = """SELECT name, comments.mark, response_id FROM comments
        LEFT JOIN comment_theme_members ON comment_theme_members.mark = comments.mark
        LEFT JOIN comment_themes ON comment_themes.id = theme_id
        WHERE comments.campaign_id = ? ORDER BY name, comments.mark"""
    kept: dict[str, tuple[str, ...]] = {}
    authors: dict[str, int] = {}
    for name, mark, author in db.conn.execute(sql, (campaign.id,)):
        authors[mark] = author
        if name:
            kept[name] = (*kept.get(name, ()), mark)
    return kept, authors
