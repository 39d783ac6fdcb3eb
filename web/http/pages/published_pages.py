"""The pages and files of a campaign, made once and then served from a file (``published_copies``).

A view finds its campaign with ``campaign_at``, checks who may see it, then answers with ``published``. What is made for
people who are not signed in is the same for all of them; they are answered from memory the next time
(``known_answers``). The copies for signed-in users depend on their rights, and no browser caches them.
"""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

import orjson
from flask import Flask, Response, current_app, g, request, session
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from grille.messages import message as _
from storage.campaigns.campaigns import Campaign, campaign_by_slug
from storage.core.damage import CampaignDamaged, known_damages
from storage.core.database import file_of
from storage.core.revisions import COUNTRY, current_revision, revision_at
from storage.operations.published_copies import CopyNotReady, Name, copies_of
from web.http.database import connection
from web.http.errors import Explained, page
from web.http.heavy_requests import hand_over
from web.http.language import reader
from web.http.pages.compression import accepts_gzip, gzipped, gzipped_page
from web.http.pages.damaged_campaigns import left_out_campaigns
from web.http.pages.known_answers import know_answer

_HERE = Path(__file__).parents[3]
_CODE = ("accounts", "grille", "questionnaires", "restitution", "scoring", "storage", "web")
_FILES = ("app.py", "settings.py", "pyproject.toml", "requirements.txt")
RETRY_AFTER = "3"  # seconds

_DAMAGED = b"damaged\0"
_TOKEN = "<the token of whoever reads>"  # noqa: S105  # where it goes: nothing that is typed is written so


def init_app(app: Flask) -> None:
    """Answer with a waiting page while a copy is still being made."""
    app.register_error_handler(CopyNotReady, not_ready)


def campaign_at(slug: str) -> Campaign | None:
    """Return the campaign of that slug, if there is one.

    The revision is read before the campaign: a change in between makes a copy that is never found again, rather than an
    outdated copy that is found.
    """
    found = revision_at(connection(), slug)
    if found:
        _revisions()[found[0]] = found[1]
    return campaign_by_slug(connection(), slug)


def published(
    campaign: Campaign,
    make: Callable[[], str],
    *shows: object,
    file: str = "",
    still: Callable[[], bool] | None = None,
    light: bool = False,
) -> Response:
    """Return a page of that campaign, compressed, from its copy; as a download named ``file`` when that is given.

    ``shows`` is what the page depends on beside its path and the campaign's territory: what was chosen in the address.
    ``still`` is as in ``validated``, ``light`` as in ``find_or_make``.
    """
    if "_flashes" in session:  # a message for this reader, once
        if not light:
            hand_over()
        return _attached(gzipped_page(gzipped(make())), file)
    name = name_of(campaign, request.path, *shows, *rights(campaign))
    return _attached(_answer(name, make, still, light=light), file)


def published_list(make: Callable[[], str]) -> Response:
    """Return a list of published campaigns. Later pages of it, and searches, are not cached: there are too many."""
    if request.query_string or current_user.is_authenticated or "_flashes" in session:
        return Response(make())
    path = file_of(connection())
    damaged = known_damages(path)  # what the list says beside its rows
    return _answer(
        _name(COUNTRY, request.path, damaged), make, still=lambda: known_damages(path) == damaged, light=True
    )


def _answer(
    name: Name, make: Callable[[], str], still: Callable[[], bool] | None = None, *, light: bool = False
) -> Response:
    if current_user.is_authenticated:
        return gzipped_page(_with_token(find_or_make(name, lambda: _made(make), light=light)))
    if is_fresh(name):
        return unchanged(name, still)
    content = find_or_make(name, lambda: _made(make), light=light)
    return validated(gzipped_page(content), name, still, unpack=not accepts_gzip())


def published_file(
    name: Name,
    make: Callable[[], bytes],
    respond: Callable[[bytes], Response],
    still: Callable[[], bool] | None = None,
) -> Response:
    """Return the file of that name, as ``respond`` sends it; ``still`` is as in ``validated``."""
    if is_fresh(name):
        return unchanged(name, still)
    return validated(respond(find_or_make(name, lambda: (make(), complete()))), name, still)


def find_or_make(name: Name, make: Callable[[], tuple[bytes, bool]], *, light: bool = False) -> bytes:
    """Return the copy of that name, made now if it does not exist. A failure is cached too.

    What is not ``light`` is made by the process that computes, where there is one.

    Raises ``CampaignDamaged``, as it did when it was tried.
    """
    copies = copies_of(connection())
    found = copies.find(name)
    if found is None:
        if not light:
            hand_over()
        found = copies.find_or_make(name, lambda: made_or_damage(make))
    return intact(found)


def intact(content: bytes) -> bytes:
    """What a copy holds. Raises ``CampaignDamaged`` when that is why nothing could be made."""
    if content.startswith(_DAMAGED):
        reason, remedy = orjson.loads(content.removeprefix(_DAMAGED))
        raise CampaignDamaged(reason, remedy)
    return content


def made_or_damage(make: Callable[[], tuple[bytes, bool]]) -> tuple[bytes, bool]:
    """What was made, and whether it may be kept; a damage that lasts is kept in its place."""
    try:
        return make()
    except CampaignDamaged as error:
        if not error.lasts:
            raise
        return _DAMAGED + orjson.dumps([str(error.reason), str(error.remedy)]), True


def rights(campaign: Campaign) -> tuple[object, ...]:
    """Return the rights on which the page shown to the user depends; empty for people who are not signed in."""
    if not current_user.is_authenticated:
        return ()
    own = {None, campaign.territory.id}
    here = {(one.role, one.territory_id is None) for one in current_user.grants if one.territory_id in own}
    return ("signed in", *sorted(here))


def name_of(campaign: Campaign, *shows: object) -> Name:
    """Return the name of the copy of what is shown of the campaign now, by this version of the program.

    ``shows`` tells it from whatever else is shown of this campaign; no other campaign has that name.
    """
    return _name(campaign.territory.id, campaign.slug, *shows)


def _name(territory: int, *shows: object) -> Name:
    revisions = _revisions()
    if territory not in revisions:
        revisions[territory] = current_revision(connection(), territory)
    where = (current_app.config["PUBLIC_URL"], request.script_root)
    return Name(territory, revisions[territory], (code_version(), reader(), *where, *shows))


def _revisions() -> dict[int, str]:
    """One reading for all that a request shows."""
    found: dict[int, str] = g.setdefault("revisions", {})
    return found


@cache
def code_version() -> str:
    """Return a hash of everything that makes pages: programs, templates, styles and the versions of libraries."""
    whole = sha256()
    files = (file for room in _CODE for file in (_HERE / room).rglob("*") if "__pycache__" not in file.parts)
    for file in sorted([*(_HERE / one for one in _FILES), *(one for one in files if one.is_file())]):
        whole.update(file.relative_to(_HERE).as_posix().encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()[:16]


def complete() -> bool:
    """Whether the page just made leaves out nothing for a temporary reason."""
    return all(one.lasts for one in left_out_campaigns())


def _made(make: Callable[[], str]) -> tuple[bytes, bool]:
    """A page, and whether it may be kept: written for nobody's session, but for the token of its forms."""
    text = make()
    token = g.get("csrf_token") if current_user.is_authenticated else None
    if token and token in text:
        return text.replace(token, _TOKEN).encode(), complete()
    return gzipped(text), complete() and (current_user.is_authenticated or not session.modified)


def _with_token(content: bytes) -> bytes:
    """The page as who is signed in gets it: their forms carry a token of theirs, which no copy holds."""
    if content.startswith(b"\x1f\x8b"):  # gzip: a page without forms
        return content
    return gzipped(content.decode().replace(_TOKEN, generate_csrf()))


def _tag(name: Name) -> str:
    return f"{name.digest}{'-gz' if accepts_gzip() else ''}"


def is_fresh(name: Name) -> bool:
    """Whether the browser's own copy is still valid."""
    return request.if_none_match.contains_weak(_tag(name))


def unchanged(name: Name, still: Callable[[], bool] | None) -> Response:
    """Return a 304 response."""
    return validated(Response(status=304), name, still)


def validated(
    response: Response, name: Name, still: Callable[[], bool] | None = None, *, unpack: bool = False
) -> Response:
    """Return the response with its ``ETag`` and ``Cache-Control`` headers.

    ``still`` says, the next time, whether the address still stands for that copy; by default until the next revision.
    """
    response.set_etag(_tag(name))
    # Asked again each time, for it may have been withdrawn; nobody after somebody signed in reads it on this machine.
    keep = "no-store" if current_user.is_authenticated else "no-cache"
    response.headers["Cache-Control"] = f"private, {keep}"
    response.vary.add("Cookie")
    know_answer(name, still, unpack=unpack)
    return response


def _attached(response: Response, file: str) -> Response:
    if file and response.status_code == 200:
        response.headers["Content-Disposition"] = f"attachment; filename={file}"
    return response


def not_ready(_error: CopyNotReady) -> tuple[str, int, dict[str, str]]:
    """Return the page of someone who comes while much is being prepared; it reloads by itself, unless it was a form."""
    if request.method == "POST":
        words = _(
            "Beaucoup de personnes travaillent en même temps. Revenez à la page précédente avec votre navigateur : ce "
            "que vous aviez tapé y est encore. Regardez si votre envoi n’a pas été pris en compte, puis réessayez."
        )
        text, code = page(Explained(_("La réponse tarde trop"), words), 503)
        return text, code, {"Retry-After": RETRY_AFTER}
    words = _("Beaucoup de personnes les demandent en même temps. Cette page s’affichera d’elle-même dans un instant.")
    text, code = page(Explained(_("Ces résultats se préparent"), words), 503)
    return text, code, {"Retry-After": RETRY_AFTER, "Refresh": RETRY_AFTER}
