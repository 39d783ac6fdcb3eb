"""Text typed by people, normalised the same way in every form and every address."""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from functools import cached_property
from typing import IO, Any, Final

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict, iter_multi_items
from werkzeug.routing import IntegerConverter, Map

from grille.typed import typed_text


class Typed(ImmutableMultiDict[str, Any]):
    """The fields of a form or of an address, normalised by ``grille.typed``; a password is left unchanged."""

    def __init__(self, mapping: Mapping[str, Any] | Iterable[tuple[str, Any]] | None = None) -> None:
        super().__init__([(name, _kept(name, value)) for name, value in iter_multi_items(mapping or ())])


def _kept(name: str, value: Any) -> Any:
    return typed_text(value) if isinstance(value, str) and "password" not in name else value


class TypedRequest(Request):
    """A request whose form and arguments are ``Typed``; every file sent with it is closed when it ends."""

    parameter_storage_class = Typed

    @cached_property
    def _opened(self) -> ExitStack:
        return ExitStack()

    def _get_file_stream(self, *args: Any, **kwargs: Any) -> IO[bytes]:
        """Where a file is kept while it arrives: werkzeug forgets it when the rest of the form cannot be read."""
        return self._opened.enter_context(super()._get_file_stream(*args, **kwargs))

    def close(self) -> None:
        """Close the files of the form, even of a form that was refused half-way. Idempotent."""
        super().close()
        self._opened.close()


LARGEST_NUMBER: Final = 2**63 - 1
"""The largest number that a table holds."""


def row_number(text: str) -> int:
    """Return the number of a row that a form names. Raises ``ValueError``, also for one too large for any table.

    For ``request.form.get(…, type=row_number)``.
    """
    number = int(text)
    if abs(number) > LARGEST_NUMBER:
        raise ValueError(text[:20])
    return number


class Number(IntegerConverter):
    """A number in an address; one too large for any table answers 404."""

    def __init__(self, map: Map) -> None:  # noqa: A002  # werkzeug's name
        super().__init__(map, max=LARGEST_NUMBER)


def init_app(app: Flask) -> None:
    """Use these requests."""
    app.url_map.converters["int"] = Number
    app.url_map.converters["rank"] = IntegerConverter  # a place in a list: no table is asked, so none can refuse it
    app.request_class = TypedRequest
