"""Territories: what campaigns assess, wave after wave."""

import re
import unicodedata
from dataclasses import dataclass

from grille.messages import message as _
from grille.typed import typed_line
from storage.core.alphabet import alphabetical
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.core.tokens import storable


@dataclass(frozen=True, slots=True)
class Territory:
    """A commune, an intercommunality… ``fictional`` ones say so on every page."""

    id: int
    slug: str
    name: str
    kind: str
    fictional: bool = False
    official_code: str | None = None


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
    slug = slug or slugify(name)
    if not slug:
        raise CampaignError([_("Le territoire n’a pas de nom : donnez-lui-en un.")])
    with writing(db) as conn:
        if territory_by_slug(db, slug):
            raise CampaignError([_("Le territoire « %(slug)s » existe déjà : choisissez un autre nom.", slug=slug)])
        cursor = conn.execute(
            "INSERT INTO territories (slug, name, kind, fictional, official_code) VALUES (?, ?, ?, ?, ?)",
            (slug, name, kind, int(fictional), official_code),
        )
    return Territory(int(cursor.lastrowid or 0), slug, name, kind, fictional, official_code)


_TERRITORY = "SELECT id, slug, name, kind, fictional, official_code FROM territories"


def territory_by_slug(db: Database, slug: str) -> Territory | None:
    """The territory of that slug, if there is one."""
    row = db.conn.execute(f"{_TERRITORY} WHERE slug = ?", (storable(slug),)).fetchone()
    return row and territory_in(*row)


def all_territories(db: Database) -> list[Territory]:
    """Every territory, by name."""
    found = (territory_in(*row) for row in db.conn.execute(f"{_TERRITORY} ORDER BY id"))
    return sorted(found, key=lambda one: alphabetical(one.name))


def territory_in(id_: int, slug: str, name: str, kind: str, fictional: int, official_code: str | None) -> Territory:
    """The territory that a row holds."""
    return Territory(id_, slug, name, kind, bool(fictional), official_code)


def slugify(name: str) -> str:
    """The name as it can stand in an address.

    >>> slugify("Saint-Aubin-des-Prés"), slugify("L’Île d’Œuvre"), slugify("!")
    ('saint-aubin-des-pres', 'l-ile-d-oeuvre', '')
    """
    plain = unicodedata.normalize("NFKD", name.lower().replace("œ", "oe").replace("æ", "ae"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")
