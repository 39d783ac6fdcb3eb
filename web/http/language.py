"""The language and the hour of the pages: French and Paris, until another language is added."""

from flask import Flask
from flask_babel import Babel


def init_app(app: Flask) -> None:
    """Give templates ``_()`` and the filters for dates and numbers."""
    Babel(app, default_locale="fr", default_timezone="Europe/Paris")
