"""The addresses of signing in and of one's own account."""

from flask import Blueprint

blueprint = Blueprint("account", __name__)
