"""The pages of whoever looks after the installation: the audit log, the status of the system."""

import hmac
import platform
from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, request
from werkzeug.datastructures import WWWAuthenticate

from accounts.audit_events import EVENTS_OF, TOPICS, Topic
from accounts.permissions import Action
from grille.messages import marked, message
from grille.typed import typed_line
from restitution.text.language import gettext as _
from restitution.text.language import localized
from restitution.text.numbers import count, decimal, level_text
from storage.accounts.accounts import Account, account_by_id, account_page
from storage.campaigns.territories import Territory, territory_by_id, territory_page
from storage.core.database import pending, refuse_unusable
from storage.core.database_errors import DatabaseUnavailable
from storage.core.pages import Page
from storage.operations.audit_log import Wanted, entry_page
from storage.operations.system_status import read_measures, read_system_status
from web.admin.pages import Names, describe_entry
from web.http import mail
from web.http.database import connection
from web.http.pages.choices import Choice, choose
from web.http.pages.lists import show_list
from web.http.security.guards import for_everywhere

blueprint = Blueprint("admin", __name__)


@blueprint.get("/livez")
def alive() -> Response:
    """Answer ``ok`` as long as this process answers; reads nothing."""
    return _plain("ok")


@blueprint.get("/readyz")
def ready() -> Response:
    """Answer ``ok`` if this process may be sent people: the database is up to date, and can be written to now."""
    refuse_unusable(connection())
    if pending(connection()):
        raise DatabaseUnavailable(_("La base de données attend sa mise à jour."))
    return _plain("ok")


@blueprint.get("/metrics")
def metrics() -> Response:
    """Give the measures of the installation to the tool that has the token; without a token set, nothing is there."""
    from web.admin.metrics import CONTENT_TYPE, openmetrics  # loaded where a tool asks

    token = current_app.config["METRICS_TOKEN"]
    if not token:
        abort(404)
    given = request.headers.get("Authorization", "").encode()
    if not hmac.compare_digest(given, f"Bearer {token}".encode()):
        abort(401, www_authenticate=WWWAuthenticate("bearer"))
    content = openmetrics(read_measures(connection()), str(current_app.config["VERSION"]))
    return Response(content, content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})


def _plain(text: str) -> Response:
    return Response(f"{text}\n", mimetype="text/plain", headers={"Cache-Control": "no-store"})


@blueprint.get("/installation")
@for_everywhere(Action.OPERATE)
def system_status() -> str:
    """Show what the installation holds, what deserves attention, and what to do about it."""
    config = current_app.config
    return render_template(
        "admin/system_status.html",
        state=read_system_status(connection()),
        version=config["VERSION"],
        python=platform.python_version(),
        address=config["PUBLIC_URL"],
        read_at=config.get("READ_AT"),
        mail=mail.configured(),
        identity=bool(config.get("OIDC_ISSUER")),
        secure=config["SESSION_COOKIE_SECURE"],
        grouped=count,
        in_bytes=in_bytes,
        how="flask --app app database backup DOSSIER",
    )


def in_bytes(size: int) -> str:
    """Return a size in a readable unit.

    >>> in_bytes(1_234_000), in_bytes(56_000_000_000), in_bytes(640)
    ('1,2\\xa0Mo', '56\\xa0Go', '1\\xa0ko')
    """
    for unit, weight in ((marked("%(figure)s\u00a0Go"), 10**9), (marked("%(figure)s\u00a0Mo"), 10**6)):
        if size >= weight:
            figure = size / weight
            return str(localized(message(unit, figure=level_text(round(figure)) if figure >= 10 else decimal(figure))))
    return _("%(figure)s\u00a0ko", figure=max(1, round(size / 1000)))


AT_ONCE = 50
_FILTERS = ("sujet", "compte", "personne", "territoire", "lieu", "du", "au")


@blueprint.get("/journal")
@for_everywhere(Action.READ_LOG)
def audit_log() -> str:
    """List the entries that match the filters, the latest first, page by page."""
    db = connection()
    person, place = _person(), _place()
    asked = wanted(person.chosen, place.chosen)
    unclear = [problem for problem in (person.problem, place.problem) if problem]
    lines = show_list(lambda position: Page(()) if unclear else entry_page(db, asked, position, AT_ONCE), _FILTERS)
    names = Names(db, lines.rows)
    return render_template(
        "admin/audit_log.html",
        lines=lines,
        described=[describe_entry(entry, names) for entry in lines.rows],
        asked=lines.kept,
        topics=TOPICS,
        person=person,
        place=place,
        unclear=unclear,
    )


def _person() -> Choice[Account]:
    db = connection()
    return choose(*_chosen("compte", "personne"), partial(account_page, db), partial(account_by_id, db))


def _place() -> Choice[Territory]:
    db = connection()
    return choose(*_chosen("territoire", "lieu"), partial(territory_page, db, None), partial(territory_by_id, db))


def _chosen(number: str, name: str) -> tuple[str, str]:
    return request.args.get(number, ""), typed_line(request.args.get(name, ""))


def wanted(person: Account | None, place: Territory | None) -> Wanted:
    """Return the filters of the address; what is wrong in it filters nothing."""
    topic = request.args.get("sujet", "")
    values: dict[str, Any] = {
        "events": EVENTS_OF[Topic(topic)] if topic in list(TOPICS) else None,
        "by": person.id if person else None,
        "territory": place.id if place else None,
        "since": request.args.get("du", type=day),
        "until": request.args.get("au", type=day),
    }
    return Wanted(**values)


def day(text: str) -> date:
    """Return the day that the text says, if it has a beginning in every time zone. Raises ``ValueError``."""
    found = date.fromisoformat(text)
    if not 2000 <= found.year < 3000:
        raise ValueError(text)
    return found
