"""Two people who change the same thing at once: neither overwrites the other without seeing it.

A form carries the version of what it showed. When something else has been stored meanwhile, its page comes back with
what was typed, beside what is stored now; sent again, it replaces that knowingly.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import orjson
from flask import request
from markupsafe import Markup
from wtforms import BooleanField, Field, FieldList, Form, HiddenField, RadioField, SelectField

from restitution.text.language import gettext as _
from storage.core.tokens import fingerprint
from web.http.forms.pictures import PictureField

_FIELD = "version_shown"


def version_of(values: Mapping[str, Any]) -> str:
    """Return the version of the values that a form shows: other values, another version.

    >>> version_of({"a": 1, "b": None}) == version_of({"b": None, "a": 1}) != version_of({"a": 2, "b": None})
    True
    """
    return fingerprint(orjson.dumps(values, option=orjson.OPT_SORT_KEYS).decode())[:20]


def version_mark(stored: Mapping[str, Any], *, seen: bool = False) -> Markup:
    """Return the hidden field that carries the version shown: the one that was sent, unless this page shows another.

    ``seen`` says that the page shows what is stored now beside what was typed.
    """
    version = (not seen and request.form.get(_FIELD)) or version_of(stored)
    return Markup('<input type="hidden" name="{}" value="{}">').format(_FIELD, version)


def changed_meanwhile(form: Form, stored: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the label and stored value of each field that the form sent would overwrite unseen.

    Empty if ``stored`` is what the form showed, or what was typed.
    """
    sent = request.form.get(_FIELD)
    return list(_differences(form, stored)) if sent and sent != version_of(stored) else []


def _differences(form: Form, stored: Mapping[str, Any], of: str = "") -> Iterator[tuple[str, str]]:
    for name, field in form._fields.items():
        if isinstance(field, FieldList):
            for row, values in zip(field, stored.get(name, ()), strict=False):
                yield from _differences(row.form, values, str(values.get("label", "")))
        elif name in stored and not isinstance(field, HiddenField) and (field.data or None) != (stored[name] or None):
            label = str(field.label.text)
            yield (_("%(college)s, %(field)s", college=of, field=label) if of else label), _words(field, stored[name])


def _words(field: Field, value: Any) -> str:
    if isinstance(field, BooleanField):
        return _("oui") if value else _("non")
    if isinstance(field, RadioField | SelectField):
        return next((str(label) for one, label, *_more in field.iter_choices() if one == value), str(value))
    if isinstance(field, PictureField) and value:
        return _("une autre image")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(value) if value not in (None, "") else _("rien")
