"""The list of a campaign's documents, and each of them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, render_template, request, send_file
from flask_login import current_user

from storage.campaigns import Campaign, campaign_by_slug
from storage.copies import Name, copies_of
from storage.moments import now
from web.access import may_see
from web.database import connection
from web.limits import DOWNLOADS, limited, place
from web.published import name_of, validated
from web.review.views import chosen
from web.unshown import unshown

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
    file = f"grille-{campaign.slug}.{suffix}"

    def made() -> tuple[bytes, bool]:
        return document.make(report_of(campaign, now().date())), not unshown()

    name = _name(campaign, suffix)
    content = copies_of(connection()).find_or_make(name, made)
    response = send_file(BytesIO(content), document.media_type, as_attachment=True, download_name=file)
    validated(response, name)
    response.make_conditional(request)
    return response


def _reader() -> str:
    """A colleague who downloads a lot stops nobody else behind the same address."""
    return f"account {current_user.account.id}" if current_user.is_authenticated else place()


def _visible(slug: str) -> Campaign:
    campaign = campaign_by_slug(connection(), slug)
    if campaign is None or not may_see(campaign):
        abort(404)
    return campaign


def _name(campaign: Campaign, suffix: str) -> Name:
    """The copy of a document: what it shows, to whom, and on which day. Those who may read more have another."""
    from web.documents.content import may_read_drafts

    seen = tuple(wave.id for wave in chosen(campaign).trajectory)
    return name_of(campaign, "document", campaign.slug, suffix, now().date(), seen, may_read_drafts(campaign))


def _size(campaign: Campaign, document: Document) -> int | None:
    """How many bytes it weighs, once it has been made."""
    return copies_of(connection()).size(_name(campaign, document.suffix))
