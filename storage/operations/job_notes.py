"""What a job says of itself, stored as a message with its values: each reader has it in their own language."""

from typing import Any, cast

import orjson

from grille.messages import Count, Message, counted, message


def stored_note(note: str) -> str:
    """Return the text to store for a note; one that is no message is stored as it is.

    >>> stored_note(message("Il reste %(n)s pages.", n=Count(12)))
    '{"code":"Il reste %(n)s pages.","plural":"","values":{"n":{"count":12}}}'
    """
    return orjson.dumps(_described(note)).decode() if isinstance(note, Message) else note


def note_in(text: str) -> str:
    """Return the note of a stored text: a message where one was stored.

    >>> note_in(stored_note(message("Il reste %(n)s pages.", n=Count(1200))))
    'Il reste 1\\u202f200 pages.'
    >>> note_in("Une phrase d’avant")
    'Une phrase d’avant'
    """
    return cast(str, _restored(orjson.loads(text))) if text.startswith('{"code":') else text


def _described(value: object) -> object:
    if isinstance(value, Message):
        values = {name: _described(one) for name, one in value.values.items()}
        return {"code": value.code, "plural": value.plural, "values": values}
    return {"count": int(value)} if isinstance(value, Count) else value


def _restored(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if "count" in value:
        return Count(value["count"])
    values = {name: _restored(one) for name, one in value["values"].items()}
    if not value["plural"]:
        return message(value["code"], **values)
    return counted(value["code"], value["plural"], values.pop("n"), **values)
