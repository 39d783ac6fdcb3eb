"""The language and the hour of the pages: French and Paris, until another language is added."""

from datetime import date, datetime

import flask_babel
from flask import Flask
from flask_babel import Babel

from restitution.text.language import ngettext
from restitution.text.names import first_of_month
from restitution.text.numbers import count


def init_app(app: Flask) -> None:
    """Give templates ``_()``, ``ngettext()``, and the filters for dates and numbers."""
    Babel(app, default_locale="fr", default_timezone="Europe/Paris")
    app.jinja_env.globals["ngettext"] = ngettext
    app.jinja_env.filters |= {"dateformat": _dateformat, "datetimeformat": _datetimeformat, "grouped": count}


def _dateformat(day: date, written: str) -> str:
    """A day in that format, in the hour of Paris; the first of a month is « 1er »."""
    return first_of_month(flask_babel.format_date(day, written))


def _datetimeformat(moment: datetime, written: str) -> str:
    """A moment in that format, in the hour of Paris; the first of a month is « 1er »."""
    return first_of_month(flask_babel.format_datetime(moment, written))
