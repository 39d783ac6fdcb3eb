"""The list of a campaign's documents, and each of them."""

from __future__ import annotations

from collections.abc import Hashable
from io import BytesIO
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, render_template, send_file
from flask_login import current_user

from storage.campaigns import Campaign, campaign_by_slug
from storage.database import file_of
from storage.moments import now
from storage.reviews import review_state
from web.access import may_see
from web.database import connection
from web.documents.kept import kept, kept_or_made
from web.limits import DOWNLOADS, limited, place
from web.review.views import chosen

if TYPE_CHECKING:
    from restitution.documents.catalogue import Document

blueprint = Blueprint("documents", __name__, url_prefix="/restitution/<slug>/documents")


@blueprint.get("")
def index(slug: str) -> str:
    """What can be taken away of a campaign whose results the reader may see."""
    campaign = _visible(slug)
    from restitution.documents.catalogue import catalogue  # scoring loads here, never where people only answer

    found = [(one, _size(campaign, one)) for one in catalogue()]
    return render_template("documents/index.html", campaign=campaign, documents=found)


@blueprint.get("/<suffix>")
def download(slug: str, suffix: str) -> Response:
    """One document, made on the day it is asked for."""
    limited((DOWNLOADS, _reader()))
    campaign = _visible(slug)
    from restitution.documents.catalogue import catalogue
    from web.documents.content import report_of

    document = next((one for one in catalogue() if one.suffix == suffix), None)
    if document is None:
        abort(404)
    today = now().date()
    content = kept_or_made(_key(campaign, suffix), lambda: document.make(report_of(campaign, today)))
    name = f"grille-{campaign.slug}.{suffix}"
    response = send_file(BytesIO(content), document.media_type, as_attachment=True, download_name=name)
    response.cache_control.private = True
    return response


def _reader() -> str:
    """A colleague who downloads a lot stops nobody else behind the same address."""
    return f"account {current_user.account.id}" if current_user.is_authenticated else place()


def _visible(slug: str) -> Campaign:
    campaign = campaign_by_slug(connection(), slug)
    if campaign is None or not may_see(campaign):
        abort(404)
    return campaign


def _key(campaign: Campaign, suffix: str) -> Hashable:
    """Everything that the bytes of a document depend on: what it shows, to whom, and the day."""
    from web.documents.content import may_read_drafts

    db = connection()
    waves = tuple((wave.id, wave.closed_at) for wave in chosen(campaign).trajectory)
    state = (review_state(db, campaign), may_read_drafts(campaign))
    return (file_of(db), campaign.id, suffix, now().date(), waves, state)


def _size(campaign: Campaign, document: Document) -> int | None:
    """How many bytes it weighs, once it has been made."""
    content = kept(_key(campaign, document.suffix))
    return None if content is None else len(content)
