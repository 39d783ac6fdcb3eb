"""The addresses that anyone may open."""

from flask import Blueprint

blueprint = Blueprint("public", __name__)
