"""Saves answers to a response by its key as pages do, for tests without pages."""

from collections.abc import Mapping

from questionnaires import Answer
from questionnaires.answers import NO_MOMENTS
from storage.core.engine import Database
from storage.responses.responses import Response, UnknownResponse, find_response, save_answers


def save_by_key(
    db: Database, key: str, changes: Mapping[str, Answer], moments: Mapping[str, int] = NO_MOMENTS
) -> Response:
    """Read the response and save these answers. Raises ``UnknownResponse``, and as ``save_answers`` does."""
    response = find_response(db, key)
    if response is None:
        raise UnknownResponse
    return save_answers(db, response, changes, moments)
