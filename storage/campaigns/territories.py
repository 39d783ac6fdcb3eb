"""The territories that campaigns assess, year after year."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, count
from typing import Any, Final

from grille.messages import message as _
from grille.typed import too_long, typed_line
from storage.core.alphabet import name_key, needles
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.pages import FIRST, PAGE_SIZE, Listing, Page, Position, as_json, read_page
from storage.core.rows import single_value
from storage.core.timestamps import parse_day
from storage.core.tokens import storable

_COMMUNE_CODE = 5  # signs: an intercommunality's number has nine


@dataclass(frozen=True, slots=True)
class Territory:
    """A commune, an intercommunality or any other place; every page about a ``fictional`` one says that it is.

    ``trial_of`` is the number of the territory whose pilots try everything on this fictional one, erased after the day
    ``trial_until``; None for all others.
    """

    id: int
    slug: str
    name: str
    kind: str
    fictional: bool = False
    official_code: str | None = None
    trial_of: int | None = None
    trial_until: date | None = None

    @property
    def warning(self) -> str:
        """What every page and document about a fictional territory says; empty for a real one."""
        if self.trial_of is not None:
            return _("Campagne d’essai — elle ne compte nulle part")
        return _("Territoire fictif — données de démonstration") if self.fictional else ""

    @property
    def brief_warning(self) -> str:
        """The same in two words, for the foot of slides and of minutes."""
        if self.trial_of is not None:
            return _("Campagne d’essai")
        return _("Territoire fictif") if self.fictional else ""

    @property
    def label(self) -> str:
        """Its name, with its département when the official code gives it, to distinguish equal names.

        >>> Territory(1, "montreuil", "Montreuil", "commune", official_code="93048").label
        'Montreuil (93)'
        >>> Territory(2, "saint-paul", "Saint-Paul", "commune", official_code="97415").label
        'Saint-Paul (974)'
        """
        code = self.official_code or ""
        department = re.match(r"(97\d|98\d|\d[\dAB])[\dA-Z]{2,3}$", code)
        if department is None or len(code) != _COMMUNE_CODE or self.name.endswith(f"({department[1]})"):
            return self.name
        return f"{self.name} ({department[1]})"


NOT_A_TRIAL: Final = "trial_of IS NULL"
"""The SQL condition of the territories that are no trial."""

OF_A_TRIAL: Final = "territory_id IN (SELECT id FROM territories WHERE trial_of IS NOT NULL)"
"""The SQL condition of the campaigns that count nowhere."""

# A number that no territory ever had: the audit log knows them by it.
_UNUSED_ID = """(SELECT 1 + max(coalesce((SELECT max(id) FROM territories), 0),
    coalesce((SELECT max(territory_id) FROM audit), 0)))"""

LONGEST_NAME = 100


def create_territory(
    db: Database,
    name: str,
    kind: str,
    *,
    slug: str | None = None,
    fictional: bool = False,
    official_code: str | None = None,
) -> Territory:
    """Add a territory; its slug comes from its name when none is given.

    Raises ``CampaignError`` when the name is empty or the slug is taken.
    """
    name = typed_line(name)
    slug = slug or slugify(name) or free_slug(db, name)  # a name may have no Latin letter
    if not name:
        raise CampaignError([_("Le territoire n’a pas de nom : donnez-lui-en un.")])
    with writing(db) as conn:
        if territory_by_slug(db, slug):
            raise CampaignError([_("Le territoire « %(slug)s » existe déjà : choisissez un autre nom.", slug=slug)])
        cursor = conn.execute(
            f"""INSERT INTO territories (id, slug, name, kind, fictional, official_code, name_key)
                VALUES ({_UNUSED_ID}, ?, ?, ?, ?, ?, ?)""",  # noqa: S608  # ours
            (slug, name, kind, int(fictional), official_code, name_key(name)),
        )
    return Territory(int(cursor.lastrowid or 0), slug, name, kind, fictional, official_code)


def free_slug(db: Database, name: str, more: str = "") -> str:
    """Return a slug for that name that no territory has; ``more`` distinguishes it before a number does."""
    wanted = slugify(name) or "territoire"
    numbered = (f"{wanted}-{number}" for number in count(2))
    tries = chain((wanted,), (f"{wanted}-{more.lower()}",) if more else (), numbered)
    return next(slug for slug in tries if territory_by_slug(db, slug) is None)


def name_problems(db: Database, name: str, but: Territory | None = None) -> list[str]:
    """Return why a territory cannot have this name, as French sentences; ``but`` is the territory that has it now."""
    if not name_key(name):
        return [_("Le territoire n’a pas de nom : donnez-lui-en un.")]
    if problem := too_long(name, LONGEST_NAME, _("Ce nom")):
        return [problem]
    sql = "SELECT 1 FROM territories WHERE name_key = ? AND id IS NOT ?"
    if db.conn.execute(sql, (name_key(name), but and but.id)).fetchone():
        said = _(
            "Un territoire s’appelle déjà « %(name)s » : ajoutez ce qui les distingue, par exemple sa ville.", name=name
        )
        return [said]
    return []


def rename_territory(db: Database, territory: Territory, name: str) -> Territory:
    """Mend the spelling of a territory; its address stays. Raises ``CampaignError``."""
    name = typed_line(name)
    with writing(db) as conn:
        if problems := name_problems(db, name, territory):
            raise CampaignError(problems)
        if name != territory.name:
            conn.execute(
                "UPDATE territories SET name = ?, name_key = ? WHERE id = ?", (name, name_key(name), territory.id)
            )
    return replace(territory, name=name)


def remove_territory(db: Database, territory: Territory) -> None:
    """Remove a territory added by mistake, with the roles held there.

    Raises ``CampaignError`` when it has a campaign or an action: then only its spelling can be mended.
    """
    with writing(db) as conn:
        used = """SELECT EXISTS (SELECT 1 FROM campaigns WHERE territory_id = :id)
            OR EXISTS (SELECT 1 FROM actions WHERE territory_id = :id)"""
        if single_value(conn.execute(used, {"id": territory.id})):
            raise CampaignError(
                [_("« %(name)s » a une campagne ou un parcours : seul son nom peut être corrigé.", name=territory.name)]
            )
        if trial_on(db, territory):
            said = _("« %(name)s » a une campagne d’essai : effacez-la d’abord.", name=territory.name)
            raise CampaignError([said])
        conn.execute("DELETE FROM territories WHERE id = ?", (territory.id,))


_COLUMNS = "territories.id, slug, name, kind, fictional, official_code, trial_of, trial_until"
_TERRITORY = f"SELECT {_COLUMNS} FROM territories"  # noqa: S608  # ours

_LISTING = Listing("territories", _COLUMNS, ("name_key", "territories.id"))
# The territories of someone's roles are read first, whatever SQLite would choose, so that others cost nothing.
_HELD = "json_each(?) AS held CROSS JOIN territories ON territories.id = held.value"


def territory_by_slug(db: Database, slug: str) -> Territory | None:
    """Return the territory of that slug, if there is one."""
    row = db.conn.execute(f"{_TERRITORY} WHERE slug = ?", (storable(slug),)).fetchone()
    return row and territory_in(*row)


def all_territories(db: Database) -> list[Territory]:
    """Return every territory, by name, those of trials left out."""
    rows = db.conn.execute(f"{_TERRITORY} WHERE {NOT_A_TRIAL} ORDER BY name_key, id")
    return [territory_in(*row) for row in rows]


def territory_by_code(db: Database, official_code: str) -> Territory | None:
    """Return the territory of that official code, the oldest if there are several; None if there is none."""
    sql = f"{_TERRITORY} WHERE official_code = ? ORDER BY id LIMIT 1"
    row = db.conn.execute(sql, (storable(official_code),)).fetchone()
    return row and territory_in(*row)


def territory_by_id(db: Database, id_: int) -> Territory | None:
    """Return the territory of that number, if there is one."""
    row = db.conn.execute(f"{_TERRITORY} WHERE id = ?", (id_,)).fetchone()
    return row and territory_in(*row)


def trial_on(db: Database, territory: Territory) -> Territory | None:
    """Return the fictional territory on which the pilots of that one try everything, if there is one."""
    row = db.conn.execute(f"{_TERRITORY} WHERE trial_of = ?", (territory.id,)).fetchone()
    return row and territory_in(*row)


def outdated_trials(db: Database, day: date) -> list[Territory]:
    """Return the territories of trials whose last day is before that one."""
    rows = db.conn.execute(f"{_TERRITORY} WHERE trial_of IS NOT NULL AND trial_until < ? ORDER BY id", (str(day),))
    return [territory_in(*row) for row in rows.fetchall()]


def some_territory(db: Database) -> Territory | None:
    """Return the first territory that was added, if there is one; never one of a trial."""
    row = db.conn.execute(f"{_TERRITORY} WHERE {NOT_A_TRIAL} ORDER BY id LIMIT 1").fetchone()
    return row and territory_in(*row)


def words_of_names(db: Database) -> set[str]:
    """Return the words of four letters or more of the names of territories, without accents or capitals."""
    keys = db.conn.execute("SELECT name_key FROM territories")
    return {word for (key,) in keys for word in key.split() if len(word) > 3 and word.isalpha()}


def territory_names(db: Database, numbers: Iterable[int]) -> dict[int, str]:
    """Return the names of the territories of these numbers, with their département, where there are any."""
    sql = f"{_TERRITORY} WHERE territories.id IN (SELECT value FROM json_each(?))"  # noqa: S608  # ours
    rows = db.conn.execute(sql, (as_json(numbers),))
    return {one.id: one.label for one in (territory_in(*row) for row in rows)}


def territory_page(
    db: Database,
    where: frozenset[int] | None,
    typed: str = "",
    position: Position = FIRST,
    size: int = PAGE_SIZE,
    shown: str = NOT_A_TRIAL,
) -> Page[Territory]:
    """Return a page of the territories of these ids (None means all) by name; ``typed`` filters by name.

    ``shown`` is one more SQL condition; by default it leaves out the territories of trials. Raises ``PositionGone``.
    """
    listing = _LISTING if where is None else replace(_LISTING, source=_HELD, values=(as_json(where),))
    for needle in needles(typed):
        listing = listing.where("instr(name_key, ?)", needle)
    if typed.strip() and not needles(typed):
        listing = listing.where("FALSE")
    return read_page(db, listing.where(shown), position, size).map(lambda row: territory_in(*row))


def territory_in(id_: int, slug: str, name: str, kind: str, fictional: int, *more: Any) -> Territory:
    """Return the territory of a row."""
    official_code, trial_of, trial_until = more
    return Territory(id_, slug, name, kind, bool(fictional), official_code, trial_of, parse_day(trial_until))


def slugify(name: str) -> str:
    """Return the name as used in an address: lower case, no accents, words joined by hyphens.

    >>> slugify("Saint-Aubin-des-Prés"), slugify("L’Île d’Œuvre"), slugify("!")
    ('saint-aubin-des-pres', 'l-ile-d-oeuvre', '')
    """
    plain = unicodedata.normalize("NFKD", name.lower().replace("œ", "oe").replace("æ", "ae"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")
