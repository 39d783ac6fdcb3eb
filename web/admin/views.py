"""The pages of whoever looks after the installation: the audit log, the state of the system."""

import platform
from datetime import date
from typing import Any

from flask import Blueprint, current_app, render_template, request

from accounts.audit_events import EVENTS_OF, TOPICS, Topic
from accounts.permissions import Action
from restitution.text.numbers import grouped
from storage.accounts.accounts import all_accounts
from storage.campaigns.territories import all_territories
from storage.operations.audit_log import Wanted, entries
from storage.operations.system_status import read_system_status
from web.admin.pages import Names, describe_entry
from web.http import mail
from web.http.access import require
from web.http.database import connection
from web.http.guards import signed_in

blueprint = Blueprint("admin", __name__)


@blueprint.get("/installation")
@signed_in
def system_status() -> str:
    """What there is, what is worth a look, and what to do about it."""
    require(Action.OPERATE)
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
        grouped=grouped,
        in_bytes=in_bytes,
        how="flask --app app database backup DOSSIER",
    )


def in_bytes(size: int) -> str:
    """A size in the unit that people know.

    >>> in_bytes(1_234_000), in_bytes(56_000_000_000), in_bytes(640)
    ('1,2\\xa0Mo', '56\\xa0Go', '1\\xa0ko')
    """
    for unit, weight in (("Go", 10**9), ("Mo", 10**6)):
        if size >= weight:
            figure = size / weight
            return f"{figure:.0f}\u00a0{unit}" if figure >= 10 else f"{figure:.1f}\u00a0{unit}".replace(".", ",")
    return f"{max(1, round(size / 1000))}\u00a0ko"


AT_ONCE = 50


@blueprint.get("/journal")
@signed_in
def audit_log() -> str:
    """The latest lines that answer what was asked, and the way to the ones before."""
    require(Action.READ_LOG)
    db = connection()
    found = entries(db, wanted(), before=request.args.get("avant", type=number), limit=AT_ONCE + 1)
    shown, names = found[:AT_ONCE], Names(db)
    return render_template(
        "admin/audit_log.html",
        lines=[describe_entry(entry, names) for entry in shown],
        older=shown[-1].id if len(found) > AT_ONCE else None,
        asked=_asked(),
        topics=TOPICS,
        accounts=all_accounts(db),
        territories=all_territories(db),
    )


def _asked() -> dict[str, str]:
    """What the filters say, but for the page that one is on."""
    return {name: text for name, text in request.args.items() if name != "avant" and text}


def wanted() -> Wanted:
    """The lines that the address asks for; what it says wrong asks for nothing."""
    topic = request.args.get("sujet", "")
    values: dict[str, Any] = {
        "events": EVENTS_OF[Topic(topic)] if topic in list(TOPICS) else None,
        "by": request.args.get("compte", type=number),
        "territory": request.args.get("territoire", type=number),
        "since": request.args.get("du", type=day),
        "until": request.args.get("au", type=day),
    }
    return Wanted(**values)


def day(text: str) -> date:
    """A day that has a beginning in every time zone. Raises ``ValueError``."""
    found = date.fromisoformat(text)
    if not 2000 <= found.year < 3000:
        raise ValueError(text)
    return found


def number(text: str) -> int:
    """A number that the database can hold. Raises ``ValueError``."""
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise ValueError(text)
    return int(text)
