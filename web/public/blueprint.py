"""The addresses that anyone may open."""

from flask import Blueprint

from web.compression import compressed

blueprint = Blueprint("public", __name__)
blueprint.after_request(compressed)
