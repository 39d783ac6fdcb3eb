"""Personal invitations, links that work once: as a table for mail merge, or sent by the installation's mail server."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from flask import Response as Download
from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from accounts.addresses import Read, addresses_in
from accounts.audit_events import AuditEvent
from accounts.permissions import Action
from restitution.text.language import gettext as _
from restitution.text.language import ngettext, reason
from storage.campaigns.campaigns import Campaign
from storage.campaigns.share_links import (
    MOST_INVITATIONS,
    invitations_of,
    invite,
    restorable_invitations_of,
    restore_invitations,
    revoke_invitations,
    withdraw,
)
from web.campaigns.blueprint import blueprint
from web.campaigns.handouts import message_subject, message_text
from web.campaigns.pages import address_of
from web.http.database import connection
from web.http.forms.submit_once import once, save_outcome, saved_outcome
from web.http.mail import MailRefused, MailUnavailable, Post, configured, post
from web.http.pages.downloads import download
from web.http.security.audit import audited
from web.http.security.guards import for_campaign

MOST_MESSAGES = 200
_TABLES = frozenset({"csv", "xlsx"})
Problems = list[tuple[str, str]]


@blueprint.get("/<slug>/invitations")
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft", "open"))
def invitations(campaign: Campaign) -> str:
    """Show the two ways to invite."""
    found = saved_outcome(f"messages of {campaign.slug}", request.args.get("envoi", ""))
    table = request.args.get("tableau", "")
    return _page(campaign, sent=Sent(**found) if found else None, table=table if _table(campaign, table) else "")


def _table(campaign: Campaign, reference: str) -> dict[str, Any] | None:
    """The table of links drawn within the hour under that reference."""
    found: dict[str, Any] | None = saved_outcome(f"table of {campaign.slug}", reference)
    return found


@dataclass
class Sent:
    """The outcome of sending: how many were sent, the addresses refused and why, those not tried and why."""

    count: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    problem: str = ""


def _page(campaign: Campaign, problems: Problems | None = None, sent: Sent | None = None, table: str = "") -> str:
    return render_template(
        "campaigns/invitations.html",
        campaign=campaign,
        territory=campaign.territory,
        problems=problems or [],
        typed=request.form,
        by_mail=configured(),
        most=MOST_INVITATIONS,
        most_messages=MOST_MESSAGES,
        counts=invitations_of(connection(), campaign),
        revoked=restorable_invitations_of(connection(), campaign),
        labels={college.code: college.label for college in campaign.colleges},
        sent=sent,
        table=table,
    )


@blueprint.post("/<slug>/invitations/tableau")
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft", "open"))
@once("campaigns.invitations")
def invitation_table(campaign: Campaign) -> Response | tuple[str, int]:
    """Create that many invitations; the next page offers their table, for an hour."""
    count, kind = request.form.get("count", "").strip(), request.form.get("kind", "")
    problems = list(_table_problems(campaign, count, kind))
    if problems:
        return _page(campaign, problems), 422
    college = request.form["college"]
    with audited(AuditEvent.INVITATIONS_DRAWN, campaign, college=college or "*", count=int(count)):
        tokens = invite(connection(), campaign, college or None, int(count))
    table = save_outcome(f"table of {campaign.slug}", {"tokens": tokens, "college": college, "kind": kind})
    return redirect(url_for("campaigns.invitations", slug=campaign.slug, tableau=table), 303)


@blueprint.get("/<slug>/invitations/tableau")
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft", "open"))
def download_invitations(campaign: Campaign) -> Download | Response:
    """Download the table of the invitations just created; possible for an hour."""
    from restitution.documents.open_data.mail_merge import mail_merge_csv, mail_merge_xlsx

    table = _table(campaign, request.args.get("tableau", ""))
    if table is None:
        return redirect(url_for("campaigns.invitations", slug=campaign.slug), 303)
    college, kind = table["college"], table["kind"]
    label = campaign.college(college).label if college else ""
    write = mail_merge_csv if kind == "csv" else mail_merge_xlsx
    name = f"invitations-{campaign.slug}-{college or 'tous'}.{kind}"
    response = download(write([address_of(token) for token in table["tokens"]], label), name)
    response.cache_control.no_store = True
    return response


def _table_problems(campaign: Campaign, count: str, kind: str) -> Iterator[tuple[str, str]]:
    yield from _college_problem(campaign)
    if not (count.isascii() and count.isdigit() and 1 <= int(count[:9]) <= MOST_INVITATIONS):
        yield "count", _("Écrivez combien d’invitations il vous faut, de 1 à %(most)s.", most=MOST_INVITATIONS)
    if kind not in _TABLES:
        yield "kind", _("Choisissez le format du tableau.")


def _college_problem(campaign: Campaign) -> Iterator[tuple[str, str]]:
    if request.form.get("college", "-") not in {"", *(college.code for college in campaign.colleges)}:
        yield "college", _("Choisissez l’un des collèges proposés.")


@blueprint.post("/<slug>/invitations/messages")
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft", "open"))
@once("campaigns.invitations")
def send_invitations(campaign: Campaign) -> Response | tuple[str, int]:
    """Send an invitation to each address; nothing is created while the mail server does not answer.

    A refused address uses no invitation.
    """
    read = addresses_in(request.form.get("addresses", ""))
    problems = list(_message_problems(campaign, read))
    if problems:
        return _page(campaign, problems), 422
    sent = Sent(left=list(dict.fromkeys(map(str.lower, read.addresses))))
    try:
        with post() as server:
            while sent.left:
                _send(campaign, server, sent)
    except MailUnavailable as error:
        sent.problem = _already(sent, reason(error))
        if not sent.count:
            return _page(campaign, [("addresses", sent.problem)]), 503
    outcome = save_outcome(f"messages of {campaign.slug}", asdict(sent))
    return redirect(url_for("campaigns.invitations", slug=campaign.slug, envoi=outcome), 303)


def _message_problems(campaign: Campaign, read: Read) -> Iterator[tuple[str, str]]:
    yield from _college_problem(campaign)
    if not configured():
        yield "", _("Cette installation n’a pas de serveur de messagerie : téléchargez le tableau des liens.")
    if not read.addresses and not read.faults:
        yield "addresses", _("Écrivez au moins une adresse électronique.")
    if len(read.addresses) > MOST_MESSAGES:
        yield (
            "addresses",
            _("%(n)s adresses à la fois, c’est trop : %(most)s au plus.", n=len(read.addresses), most=MOST_MESSAGES),
        )
    for word in read.faults[:MOST_MESSAGES]:
        yield "addresses", _("« %(word)s » n’est pas une adresse électronique à laquelle écrire.", word=word[:60])


def _already(sent: Sent, sentence: str) -> str:
    if not sent.count:
        return _("%(sentence)s Aucun message n’est parti.", sentence=sentence)
    gone = ngettext("%(n)s message était déjà parti.", "%(n)s messages étaient déjà partis.", sent.count)
    return f"{sentence} {gone}"


def _send(campaign: Campaign, server: Post, sent: Sent) -> None:
    """Draw one invitation and hand it over to the next address, or withdraw it."""
    address, college = sent.left[0], request.form["college"]
    with audited(AuditEvent.INVITATIONS_DRAWN, campaign, college=college or "*", count=1):
        (token,) = invite(connection(), campaign, college or None, 1)
    subject = message_subject(campaign)
    try:
        server.send(address, subject, message_text(campaign, address_of(token)))
    except MailRefused as error:
        withdraw(connection(), [token])
        sent.refused.append((address, reason(error)))
    except MailUnavailable:
        withdraw(connection(), [token])
        raise
    else:
        sent.count += 1
    sent.left.pop(0)


@blueprint.post("/<slug>/invitations/retirer")
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft", "open"))
def revoke_unused(campaign: Campaign) -> Response | tuple[str, int]:
    """Revoke the invitations of a college that were not used."""
    if problems := list(_college_problem(campaign)):
        return _page(campaign, problems), 422
    college = request.form["college"] or None
    with audited(AuditEvent.INVITATIONS_REVOKED, campaign):
        count = revoke_invitations(connection(), campaign, college)
    flash(ngettext("%(n)s invitation est retirée.", "%(n)s invitations sont retirées.", count))
    return redirect(url_for("campaigns.invitations", slug=campaign.slug), 303)


@blueprint.post("/<slug>/invitations/redonner")
@for_campaign(Action.RUN_CAMPAIGNS, states=("draft", "open"))
def restore_revoked(campaign: Campaign) -> Response | tuple[str, int]:
    """Put back in force the invitations of a college that were revoked within the day."""
    if problems := list(_college_problem(campaign)):
        return _page(campaign, problems), 422
    college = request.form["college"] or None
    with audited(AuditEvent.INVITATIONS_RESTORED, campaign):
        count = restore_invitations(connection(), campaign, college)
    flash(ngettext("%(n)s invitation est redonnée.", "%(n)s invitations sont redonnées.", count))
    return redirect(url_for("campaigns.invitations", slug=campaign.slug), 303)
