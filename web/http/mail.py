"""Messages by SMTP, where the installation has a mail server. Addresses are stored nowhere."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import unquote, urlsplit

from flask import current_app

from restitution.text.language import gettext as _
from storage.core.timestamps import now

_PATIENCE = 15.0
_PORTS = {"smtp": 587, "smtps": 465}


class MailUnavailable(Exception):  # reads as the sentence it carries
    """The mail server cannot be used: nothing was sent; the message is a French sentence."""


class MailRefused(Exception):  # as above
    """The mail server refuses that address; the message is a French sentence."""


def configured() -> bool:
    """Whether this installation has a mail server."""
    return bool(current_app.config["SMTP"] and current_app.config["MAIL_FROM"])


class Post:
    """An open connection to the mail server."""

    def __init__(self, server: smtplib.SMTP, sender: str) -> None:
        self._server, self._sender = server, sender

    def send(self, to: str, subject: str, text: str) -> None:
        """Send one message. Raises ``MailRefused`` for this address alone, ``MailUnavailable`` for all further ones."""
        try:
            message = self._message(to, subject, text)
        except (MessageError, ValueError, IndexError) as error:  # nothing that a header cannot hold is sent
            raise MailRefused(_("cette adresse ne peut pas recevoir de message")) from error
        try:
            self._server.send_message(message, self._sender, [to])
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError) as error:
            with suppress(smtplib.SMTPException, OSError):
                self._server.rset()
            raise MailRefused(_("le serveur de messagerie la refuse")) from error
        except (smtplib.SMTPException, OSError) as error:
            raise MailUnavailable(_unavailable(error)) from error

    def _message(self, to: str, subject: str, text: str) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, to, " ".join(subject.split())
        message["Date"] = format_datetime(now())
        message["Message-ID"] = make_msgid(domain=self._sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        return message


@contextmanager
def post() -> Iterator[Post]:
    """Connect to the configured server, encrypted unless it is this machine. Raises ``MailUnavailable``."""
    url = urlsplit(current_app.config["SMTP"])
    host, port = url.hostname or "", url.port or _PORTS[url.scheme]
    try:
        server = _opened(url.scheme, host, port)
    except (smtplib.SMTPException, OSError) as error:
        raise MailUnavailable(_unavailable(error)) from error
    try:
        if url.username:
            _sign_in(server, unquote(url.username), unquote(url.password or ""))
        yield Post(server, current_app.config["MAIL_FROM"])
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.quit()


def _opened(scheme: str, host: str, port: int) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=_PATIENCE, context=context)
    server = smtplib.SMTP(host, port, timeout=_PATIENCE)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=context)
        server.ehlo()
    elif host not in {"localhost", "127.0.0.1", "::1"}:
        server.close()
        raise smtplib.SMTPNotSupportedError("no STARTTLS")
    return server


def _sign_in(server: smtplib.SMTP, user: str, password: str) -> None:
    try:
        server.login(user, password)
    except (smtplib.SMTPException, OSError) as error:
        raise MailUnavailable(_("Le serveur de messagerie refuse le compte de Grille : vérifiez SMTP=…")) from error


def _unavailable(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return _("Le serveur de messagerie ne chiffre pas ses échanges : rien ne lui est confié.")
    return _("Le serveur de messagerie ne répond pas. Réessayez plus tard, ou téléchargez le tableau des liens.")
