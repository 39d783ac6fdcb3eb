"""The last documents that this process made: asked for again, they are there at once and their size is known."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

REMEMBERED = 24

_kept: OrderedDict[Hashable, bytes] = OrderedDict()
_lock = Lock()


def kept(key: Hashable) -> bytes | None:
    """The document of that key, if it is still there."""
    with _lock:
        return _kept.get(key)


def kept_or_made(key: Hashable, make: Callable[[], bytes]) -> bytes:
    """The document of that key, made now when it is not there."""
    content = kept(key) or make()
    with _lock:
        _kept[key] = content
        _kept.move_to_end(key)
        while len(_kept) > REMEMBERED:
            _kept.popitem(last=False)
    return content
