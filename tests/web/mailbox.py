"""A real mail server that stores the messages received."""

from email.message import Message
from typing import Any

from aiosmtpd.smtp import Envelope, Session


class Mailbox:
    """What a mail server does with what it is given: refuses some, drops the line for others, keeps the rest."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def handle_RCPT(  # noqa: N802  # the names that the server calls
        self, _server: Any, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith("inconnu"):
            return "550 no such user"
        if address.startswith("panne"):
            return "421 shutting down"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # as above
        from email import message_from_bytes, policy

        content = envelope.content
        assert isinstance(content, bytes)
        self.messages.append(message_from_bytes(content, policy=policy.default))
        return "250 OK"
