"""The pages of the audit log."""

from datetime import date
from typing import Any

from flask import Blueprint, render_template, request

from accounts.deeds import DEEDS_OF, TOPICS, Topic
from accounts.rights import Action
from storage.accounts import all_accounts
from storage.audit import Wanted, entries
from storage.campaigns import all_territories
from web.access import require, signed_in
from web.database import connection
from web.journal.words import Names, told

blueprint = Blueprint("journal", __name__, url_prefix="/journal")

AT_ONCE = 50


@blueprint.get("")
@signed_in
def index() -> str:
    """The latest lines that answer what was asked, and the way to the ones before."""
    require(Action.READ_LOG)
    db = connection()
    found = entries(db, wanted(), before=request.args.get("avant", type=number), limit=AT_ONCE + 1)
    shown, names = found[:AT_ONCE], Names(db)
    return render_template(
        "journal/index.html",
        lines=[told(entry, names) for entry in shown],
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
        "deeds": DEEDS_OF[Topic(topic)] if topic in list(TOPICS) else None,
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
