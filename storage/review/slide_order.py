"""The order of a session's slides as the team set it, with hidden slides and slides of text."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace

import orjson

from grille.typed import typed_line, typed_text
from storage.accounts.accounts import Account
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.rows import single_value
from storage.core.timestamps import now, to_text


@dataclass(frozen=True, slots=True)
class TextSlide:
    """A slide of text that the team added, identified by its key."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class SlideOrder:
    """The keys of the slides in order, the hidden ones, the slides of text; whether the parcours is shown."""

    order: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    texts: tuple[TextSlide, ...] = ()
    parcours: bool = False

    def moved(self, keys: Sequence[str], key: str, step: int) -> "SlideOrder":
        """Return the order with one slide moved by ``step`` positions among ``keys``, the current slides.

        >>> SlideOrder().moved(["a", "b", "c"], "c", -1).order
        ('a', 'c', 'b')
        """
        order = list(keys)
        if key not in order:
            return self
        place = order.index(key)
        order.insert(max(0, min(place + step, len(order) - 1)), order.pop(place))
        return replace(self, order=tuple(order))

    def toggled(self, key: str) -> "SlideOrder":
        """Return the order with a slide hidden, or shown again."""
        return replace(self, hidden=self.hidden ^ {key})

    def added(self, keys: Sequence[str], title: str, text: str) -> "SlideOrder":
        """Return the order with a new slide of text before the last of ``keys``: decisions stay last."""
        number = 1 + max((int(one.key.rpartition("-")[2]) for one in self.texts), default=0)
        slide = TextSlide(f"texte-{number}", typed_line(title), typed_text(text).strip())
        return replace(self, order=(*keys[:-1], slide.key, *keys[-1:]), texts=(*self.texts, slide))

    def without(self, key: str) -> "SlideOrder":
        """Return the order without that slide of text."""
        kept = tuple(one for one in self.texts if one.key != key)
        return replace(self, texts=kept, order=tuple(one for one in self.order if one != key))


def ordered_slides(made: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """Return the slides of ``made`` in the order ``wanted``; one missing there follows its predecessor in ``made``.

    >>> ordered_slides(["a", "new", "b", "c"], ["c", "a", "gone", "b"])
    ['c', 'a', 'new', 'b']
    """
    order = [key for key in wanted if key in made]
    for place, key in enumerate(made):
        if key not in order:
            order.insert(order.index(made[place - 1]) + 1 if place else 0, key)
    return order


def read_slide_order(db: Database, campaign: Campaign) -> SlideOrder:
    """Return the stored slide order of a campaign; the default order if none is stored."""
    stored = single_value(db.conn.execute("SELECT document FROM sequences WHERE campaign_id = ?", (campaign.id,)))
    if stored is None:
        return SlideOrder()
    document = orjson.loads(stored)
    texts = tuple(TextSlide(**one) for one in document["texts"])
    shared = document.get("parcours", False)  # older arrangements say nothing of it
    return SlideOrder(tuple(document["order"]), frozenset(document["hidden"]), texts, shared)


def change_slide_order(
    db: Database, campaign: Campaign, author: Account, change: Callable[[SlideOrder], SlideOrder]
) -> SlideOrder:
    """Apply ``change`` to the stored order in one transaction, so that concurrent changes add up."""
    with writing(db) as conn:
        new = change(read_slide_order(db, campaign))
        document = orjson.dumps({**asdict(new), "hidden": sorted(new.hidden)}).decode()
        conn.execute(
            """INSERT INTO sequences (campaign_id, document, author_id, saved_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (campaign_id) DO UPDATE SET document = excluded.document,
                author_id = excluded.author_id, saved_at = excluded.saved_at""",
            (campaign.id, document, author.id, to_text(now())),
        )
        return new
