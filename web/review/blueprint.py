"""The room's blueprint: every address under ``/restitution`` and ``/campagnes/<campaign>/revue``."""

from flask import Blueprint

blueprint = Blueprint("review", __name__)
