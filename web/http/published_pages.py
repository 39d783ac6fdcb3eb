"""What anyone may read of a published campaign, made once and then served from a file (``published_copies``).

A view checks first who may see the campaign, then answers with ``published``. Copies are for people who are not
signed in: whoever is may see more, and gets a page of their own, which no copy is made of.
"""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, current_app, g, request, session
from flask_babel import get_locale
from flask_login import current_user

from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign
from storage.operations.published_copies import CopyNotReady, Name, copies_of, revision_of
from web.http.compression import accepts_gzip, gzipped, gzipped_page
from web.http.damaged_campaigns import left_out_campaigns
from web.http.database import connection
from web.http.errors import Explained, page

_HERE = Path(__file__).parents[2]
_CODE = ("accounts", "grille", "questionnaires", "restitution", "scoring", "storage", "web")
RETRY_AFTER = "3"  # seconds


def init_app(app: Flask) -> None:
    """Say it gently when a copy is still being made."""
    app.register_error_handler(CopyNotReady, not_ready)


def published(campaign: Campaign, make: Callable[[], str], *shows: object) -> Response:
    """A page of that campaign, compressed; from its copy for people who are not signed in.

    ``shows`` is what the page depends on beside its path and the campaign's territory: what was chosen in the address.
    """
    if not is_public(campaign):
        return gzipped_page(gzipped(make()))
    name = name_of(campaign, request.path, *shows)
    if _is_fresh(name):
        return _unchanged(name)
    content = copies_of(connection()).find_or_make(name, lambda: _made(make))
    return validated(gzipped_page(content), name)


def published_file(
    campaign: Campaign, make: Callable[[], bytes], respond: Callable[[bytes], Response], *shows: object
) -> Response:
    """A file of that campaign, as ``respond`` sends it; ``shows`` is what it depends on beside its path."""
    if not is_public(campaign):
        return respond(make())
    name = name_of(campaign, request.path, *shows)
    if _is_fresh(name):
        return _unchanged(name)
    content = copies_of(connection()).find_or_make(name, lambda: (make(), not left_out_campaigns()))
    return validated(respond(content), name)


def is_public(campaign: Campaign) -> bool:
    """Whether who is asking reads what everyone reads: a published campaign, without an account or a message."""
    anyone = not current_user.is_authenticated and "_flashes" not in session
    return anyone and campaign.published_at is not None


def name_of(campaign: Campaign, *shows: object) -> Name:
    """The copy of what is shown of the campaign now, by this version of the program."""
    db, territory = connection(), campaign.territory
    public = current_app.config["PUBLIC_URL"]
    seen = (code_version(), str(get_locale()), public, *shows)
    revisions: dict[int, str] = g.setdefault("revisions", {})  # one reading for all copies of a page
    if territory.id not in revisions:
        revisions[territory.id] = revision_of(db, territory)
    return Name(territory.id, revisions[territory.id], seen)


@cache
def code_version() -> str:
    """A hash of all that makes pages: programs, templates, styles and the versions of what they rest on."""
    whole = sha256()
    files = (file for room in _CODE for file in (_HERE / room).rglob("*") if "__pycache__" not in file.parts)
    for file in sorted([_HERE / "requirements.txt", *(one for one in files if one.is_file())]):
        whole.update(file.relative_to(_HERE).as_posix().encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()[:16]


def _made(make: Callable[[], str]) -> tuple[bytes, bool]:
    """A page, and whether it is the same for everyone: complete, and written for nobody's session."""
    text = make()
    return gzipped(text), not left_out_campaigns() and not session.modified


def _tag(name: Name) -> str:
    return f"{name.digest}{'-gz' if accepts_gzip() else ''}"


def _is_fresh(name: Name) -> bool:
    """Whether the browser has it already."""
    return request.if_none_match.contains_weak(_tag(name))


def _unchanged(name: Name) -> Response:
    return validated(Response(status=304), name)


def validated(response: Response, name: Name) -> Response:
    """The answer with what a browser needs to ask whether its own is still good."""
    response.set_etag(_tag(name))
    # Asked again each time, for it may have been withdrawn; nobody after somebody signed in reads it on this machine.
    keep = "no-store" if current_user.is_authenticated else "no-cache"
    response.headers["Cache-Control"] = f"private, {keep}"
    response.vary.add("Cookie")
    return response


def not_ready(_error: CopyNotReady) -> tuple[str, int, dict[str, str]]:
    """The page of someone who comes while many results are being prepared: it comes back by itself."""
    words = _("Beaucoup de personnes les demandent en même temps. Cette page s’affichera d’elle-même dans un instant.")
    text, code = page(Explained(_("Ces résultats se préparent"), words), 503)
    return text, code, {"Retry-After": RETRY_AFTER, "Refresh": RETRY_AFTER}
