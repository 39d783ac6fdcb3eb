"""The script of a session as its team prepared it: parts with their durations, order, own slides and own notes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import orjson

from grille.typed import typed_line, typed_text
from storage.accounts.accounts import Account
from storage.campaigns.campaigns import Campaign
from storage.core.database import writing
from storage.core.engine import Database
from storage.core.rows import single_value
from storage.core.timestamps import now, to_text
from storage.review.comments import Passages, excerpt, quoted_comments
from storage.review.slide_moves import place_at, put_before, step


@dataclass(frozen=True, slots=True)
class OwnSlide:
    """A slide that the team added, identified by its key: words, and a picture or the QR code of ``link``.

    ``picture`` is the digest of a stored picture. ``quote`` is the mark of the comment that the slide quotes: its words
    are read from it each time, never kept here; ``passages``, those that are shown, empty for the whole of it.
    """

    key: str
    title: str
    text: str
    picture: str = ""
    link: str = ""
    quote: str = ""
    passages: Passages = ()

    @property
    def words(self) -> str:
        """Its text as it is shown: what is quoted stands between quotation marks."""
        return quoted(self.text) if self.quote else self.text


def quoted(text: str) -> str:
    """Return words between quotation marks."""
    return f"«\u00a0{text}\u00a0»"


@dataclass(frozen=True, slots=True)
class SlideOrder:
    """The keys of parts and slides in order, the hidden ones, the slides of the team; whether the parcours is shown.

    ``minutes`` are the planned durations by the key of a part, ``notes`` the team's own by the key of a slide: what is
    not there is as the product gives it. ``audience`` is the code by which phones join, empty while the room does not
    take part; ``words`` is the question that it answers with words.
    """

    order: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    texts: tuple[OwnSlide, ...] = ()
    parcours: bool = False
    minutes: Mapping[str, int] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    audience: str = ""
    words: str = ""

    def moved(self, keys: Sequence[str], key: str, by: int) -> "SlideOrder":
        """Return the order with a slide or a part moved by one place among ``keys``, the current ones.

        >>> SlideOrder().moved(["a", "b", "c"], "c", -1).order
        ('a', 'c', 'b')
        """
        return replace(self, order=tuple(step(keys, key, by))) if key in keys else self

    def placed(self, keys: Sequence[str], key: str, place: int) -> "SlideOrder":
        """Return the order with a slide, or a part, at that place among its like."""
        return replace(self, order=tuple(place_at(keys, key, place)))

    def dropped(self, keys: Sequence[str], key: str, target: str) -> "SlideOrder":
        """Return the order with a slide, or a part, before another."""
        return replace(self, order=tuple(put_before(keys, key, target)))

    def toggled(self, key: str) -> "SlideOrder":
        """Return the order with a slide or a part hidden, or shown again."""
        return replace(self, hidden=self.hidden ^ {key})

    def timed(self, key: str, minutes: int) -> "SlideOrder":
        """Return the order with another duration of a part."""
        return replace(self, minutes={**self.minutes, key: minutes})

    def noted(self, key: str, note: str) -> "SlideOrder":
        """Return the order with the team's note on a slide; none when it is empty."""
        others = {name: text for name, text in self.notes.items() if name != key}
        clean = typed_text(note).strip()
        return replace(self, notes={**others, key: clean} if clean else others)

    def added(self, keys: Sequence[str], title: str, text: str) -> "SlideOrder":
        """Return the order with a new slide of the team before the last of ``keys``."""
        return self.with_slide(keys, OwnSlide(self.next_key, title, text))

    def with_slide(self, keys: Sequence[str], own: OwnSlide) -> "SlideOrder":
        """Return the order with that new slide before the last of ``keys``."""
        slide = _clean(own)
        return replace(self, order=(*keys[:-1], slide.key, *keys[-1:]), texts=(*self.texts, slide))

    @property
    def next_key(self) -> str:
        """The key of the next slide that the team adds."""
        return f"texte-{1 + max((int(one.key.rpartition('-')[2]) for one in self.texts), default=0)}"

    def changed(self, slide: OwnSlide) -> "SlideOrder":
        """Return the order with a slide of the team in the place of the one that has its key."""
        clean = _clean(slide)
        return replace(self, texts=tuple(clean if one.key == slide.key else one for one in self.texts))

    def own(self, key: str) -> OwnSlide | None:
        """Return the slide of the team of that key; None when it is not theirs."""
        return next((one for one in self.texts if one.key == key), None)

    def without(self, key: str) -> "SlideOrder":
        """Return the order without that slide of the team."""
        kept = tuple(one for one in self.texts if one.key != key)
        return replace(self.noted(key, ""), texts=kept, order=tuple(one for one in self.order if one != key))


def _clean(slide: OwnSlide) -> OwnSlide:
    text = typed_text(slide.text).strip()
    return replace(slide, title=typed_line(slide.title), text=text, link=typed_line(slide.link))


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


_ALSO = ("parcours", "minutes", "notes", "audience", "words")


def read_slide_order(db: Database, campaign: Campaign) -> SlideOrder:
    """Return the stored slide order of a campaign; the default order if none is stored."""
    stored = single_value(db.conn.execute("SELECT document FROM sequences WHERE campaign_id = ?", (campaign.id,)))
    if stored is None:
        return SlideOrder()
    document = orjson.loads(stored)
    texts = tuple(map(_stored_slide, document["texts"]))
    # Older arrangements do not say everything.
    others = {name: document[name] for name in _ALSO if name in document}
    order = SlideOrder(tuple(document["order"]), frozenset(document["hidden"]), texts, **others)
    return _with_quotes(db, campaign, order) if any(one.quote for one in texts) else order


def _stored_slide(stored: dict[str, Any]) -> OwnSlide:
    return OwnSlide(**{**stored, "passages": tuple((start, end) for start, end in stored.get("passages", ()))})


def _with_quotes(db: Database, campaign: Campaign, order: SlideOrder) -> SlideOrder:
    """The same with the words of its quotes, without those that may no longer be quoted."""
    said = {one.mark: one.text for one in quoted_comments(db, campaign)}
    for one in order.texts:
        if one.quote and one.quote not in said:
            order = order.without(one.key)
        elif one.quote:
            order = order.changed(replace(one, text=excerpt(said[one.quote], one.passages)))
    return order


def change_slide_order(
    db: Database, campaign: Campaign, author: Account, change: Callable[[SlideOrder], SlideOrder]
) -> SlideOrder:
    """Apply ``change`` to the stored order in one transaction, so that concurrent changes add up."""
    with writing(db) as conn:
        new = change(read_slide_order(db, campaign))
        texts = [asdict(replace(one, text="") if one.quote else one) for one in new.texts]
        document = orjson.dumps({**asdict(new), "hidden": sorted(new.hidden), "texts": texts}).decode()
        conn.execute(
            """INSERT INTO sequences (campaign_id, document, author_id, saved_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (campaign_id) DO UPDATE SET document = excluded.document,
                author_id = excluded.author_id, saved_at = excluded.saved_at""",
            (campaign.id, document, author.id, to_text(now())),
        )
        return new
