"""Where a session is, told from one computer to another: the presenter's, and that of the room's projector."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, jsonify, request
from flask_wtf.csrf import generate_csrf

from storage.audience.places import Place, leave_session, move_session, place_of
from storage.campaigns.campaigns import Campaign
from web.http.database import connection
from web.session.views import blueprint, leading

LARGEST_BODY = 4_000
LONGEST_WAIT = 24 * 3600 * 1000  # milliseconds


@blueprint.get("/<slug>/place")
@leading
def place(campaign: Campaign) -> Response:
    """Return where the session is; 304 when nobody has moved it since."""
    return _reply(place_of(connection(), campaign))


def _reply(here: Place | None) -> Response:
    tag = str(here.version) if here else "nowhere"
    if request.method == "GET" and request.if_none_match.contains_weak(tag):
        reply = Response(status=304)  # asked twice a second: nothing is made for it
    else:
        where = {"at": here.at, "black": here.black, "query": here.query} if here else None
        reply = jsonify(token=generate_csrf(), place=where)
    reply.set_etag(tag)
    return reply


@blueprint.post("/<slug>/place")
@leading
def move(campaign: Campaign) -> Response:
    """Note a gesture, unless another computer has made a later one, or unlink them; returns where the session is."""
    request.max_content_length = LARGEST_BODY
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or not isinstance(sent.get("query"), str):
        abort(400)
    at, ago = _whole(sent.get("at")), _whole(sent.get("ago"))
    if sent.get("end") is True:
        leave_session(connection(), campaign)
    else:
        black, ago = sent.get("black") is True, min(ago, LONGEST_WAIT)
        move_session(connection(), campaign, at, sent["query"], black=black, ago=ago)
    return _reply(place_of(connection(), campaign))


def _whole(sent: Any) -> int:
    """A whole number that a script sent. Aborts with 400 for anything else."""
    return sent if isinstance(sent, int) and 0 <= sent < 2**53 else abort(400)
