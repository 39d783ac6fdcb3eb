"""The weekly digest: the territories that may need a hand, by mail, for those of the programme who asked for it.

It tells no number of answers: a message stays in a mailbox long after the page has hidden it.
"""

from __future__ import annotations

from typing import Final

from flask import current_app

from accounts.permissions import Action, allowed
from grille.messages import marked, message
from restitution.text.language import gettext as _
from restitution.text.language import ngettext, reason
from storage.accounts.accounts import Account, account_by_id
from storage.operations.jobs import Job
from storage.programme.digests import give_digest_back, take_digest, without_digest
from web.http.addresses import public_address
from web.http.database import connection
from web.http.mail import MailRefused, MailUnavailable, Post, configured, post
from web.http.pages.jobs import Tell
from web.programme.attention import Attention, attention_now

MOST_TERRITORIES: Final = 25
"""Territories that a digest names; the others are on the page."""


def send_digests(job: Job, tell: Tell) -> bytes:
    """Send the digest of that week to those who wait for it and still may read the page.

    Raises ``MailUnavailable`` when the mail server does not answer: who has it keeps it, the others wait.
    """
    db, week = connection(), job.parameters["week"]
    waiting = [account for number in without_digest(db, week) if (account := account_by_id(db, number))]
    readers = [one for one in waiting if _may_read(one)]
    if not readers or not configured():
        return b"0"
    attention = attention_now(tell)
    with post() as server:
        for done, account in enumerate(readers):
            tell(done, len(readers), message(marked("Les lettres partent.")))
            _send(server, account, attention, week)
    return str(len(readers)).encode()


def _send(server: Post, account: Account, attention: Attention, week: str) -> None:
    """Send the digest of that week to that account, unless it has it. Raises ``MailUnavailable``."""
    if not take_digest(connection(), account.id, week):
        return
    try:
        server.send(account.email, *letter(account, attention))
    except (MailRefused, MailUnavailable) as error:
        give_digest_back(connection(), account.id)
        if isinstance(error, MailUnavailable):
            raise
        current_app.logger.warning("digest not sent to account %s: %s", account.id, reason(error))


def _may_read(account: Account) -> bool:
    return not account.disabled and allowed(account.grants, Action.FOLLOW_PROGRAMME)


def letter(account: Account, attention: Attention) -> tuple[str, str]:
    """Return the subject and the text of the digest for that account."""
    count = len(attention.needy)
    if not count:
        subject = _("Aucun territoire n’attend de coup de main")
    else:
        subject = ngettext(
            "%(n)s territoire attend un coup de main", "%(n)s territoires attendent un coup de main", count
        )
    named = [
        f"{one.name}\n" + "\n".join(f"– {why.without_numbers(attention.day)}" for why in one.reasons)
        for one in attention.first(MOST_TERRITORIES)
    ]
    more = count - MOST_TERRITORIES
    if more > 0:
        named.append(ngettext("Et %(n)s autre, sur la page.", "Et %(n)s autres, sur la page.", more))
    parts = [
        _("Bonjour %(name)s,", name=account.name),
        *(named or [_("Rien à signaler cette semaine.")]),
        _("Toute la liste, et ce qu’il y a à faire :\n%(address)s", address=public_address("/programme")),
        _("Vous recevez ce message chaque semaine parce que vous l’avez demandé ; la même page permet de l’arrêter."),
    ]
    return subject, "\n\n".join(parts) + "\n"
