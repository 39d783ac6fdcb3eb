"""Moving slides and whole parts in the order of a session.

An order is a list of keys. The key of a part stands before those of its slides, up to the next part.
"""

from collections.abc import Sequence
from typing import Final

PART: Final = "partie-"
"""What the key of a part begins with."""


def is_part(key: str) -> bool:
    """Whether a key is that of a part, not of a slide."""
    return key.startswith(PART)


def put_before(keys: Sequence[str], key: str, target: str) -> list[str]:
    """Return the keys with one slide, or one part and its slides, moved before ``target``; at the end without target.

    A part goes before the part in which the target is. Nothing goes before the first part but a part.

    >>> put_before(["partie-1", "a", "b", "partie-2", "c"], "c", "b")
    ['partie-1', 'a', 'c', 'b', 'partie-2']
    >>> put_before(["partie-1", "a", "b", "partie-2", "c"], "partie-2", "b")
    ['partie-2', 'c', 'partie-1', 'a', 'b']
    """
    block = _block(keys, key)
    if not block or target in block:
        return list(keys)
    wanted = _part_of(keys, target) if is_part(key) else target
    others = [one for one in keys if one not in block]
    at = others.index(wanted) if wanted in others else len(others)
    if at == 0 and not is_part(key) and others and is_part(others[0]):
        at = 1
    return [*others[:at], *block, *others[at:]]


def step(keys: Sequence[str], key: str, by: int) -> list[str]:
    """Return the keys with a slide, or a part, moved by one place; a slide goes from one part to the next.

    >>> step(["partie-1", "a", "partie-2", "b"], "b", -1)
    ['partie-1', 'a', 'b', 'partie-2']
    >>> step(["partie-1", "a", "partie-2", "b"], "partie-1", 1)
    ['partie-2', 'b', 'partie-1', 'a']
    """
    peers = [one for one in keys if is_part(one)] if is_part(key) else list(keys)
    if key not in peers:
        return list(keys)
    place = peers.index(key)
    if by < 0:
        return put_before(keys, key, peers[max(place - 1, 0)])
    return put_before(keys, key, peers[place + 2] if place + 2 < len(peers) else "")


def place_at(keys: Sequence[str], key: str, place: int) -> list[str]:
    """Return the keys with a slide at that place among the slides, from 1, in the part of the slide that was there.

    The same for a part, among the parts.

    >>> place_at(["partie-1", "a", "b", "partie-2", "c"], "a", 3)
    ['partie-1', 'b', 'partie-2', 'c', 'a']
    """
    peers = [one for one in keys if is_part(one) == is_part(key)]
    if key not in peers:
        return list(keys)
    wanted = min(max(place, 1), len(peers)) - 1
    there = peers[wanted]
    if wanted <= peers.index(key):
        return put_before(keys, key, there)
    after = list(keys).index(_block(keys, there)[-1]) + 1
    return put_before(keys, key, keys[after] if after < len(keys) else "")


def _block(keys: Sequence[str], key: str) -> list[str]:
    """The keys that move with this one."""
    if key not in keys:
        return []
    start = list(keys).index(key)
    end = start + 1
    while is_part(key) and end < len(keys) and not is_part(keys[end]):
        end += 1
    return list(keys[start:end])


def _part_of(keys: Sequence[str], key: str) -> str:
    """The part in which a key is, itself when it is one."""
    before = list(keys)[: list(keys).index(key) + 1] if key in keys else []
    return next((one for one in reversed(before) if is_part(one)), key)
