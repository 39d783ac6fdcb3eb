"""Sending to other software: to an address resolved once, never inside, ten seconds in all, and nothing read back.

A name is resolved, its addresses are judged, and the connection goes to one of those: a name that leads elsewhere a
moment later leads nowhere. Nothing follows a redirection; of the answer, only the code counts.
"""

import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Timer
from typing import Final
from urllib.parse import SplitResult, urlsplit

from restitution.text.language import gettext as _

PATIENCE: Final = 10.0
"""Seconds for all of it, once the name is resolved."""

_NAT64: Final = IPv6Network("64:ff9b::/96")
_PORTS: Final = {"https": 443, "http": 80}


class ReceiverUnusable(Exception):
    """Nothing arrived; the message is a French sentence, ``code`` what was answered, if anything was."""

    def __init__(self, sentence: str, code: int | None = None) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where to send: an address, its parts, and the numeric address to connect to."""

    address: str
    parts: SplitResult
    port: int
    number: str


def problem_of(address: str, *, inside: bool) -> str:
    """Return why an address cannot be that of a receiver, as a sentence; "" when it can, as far as it can be read.

    ``inside`` allows http, and the machines of this network.
    """
    try:
        parts = urlsplit(address)
        usable = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return _("Cette adresse n’est pas lisible : écrivez-la ainsi, https://logiciel.exemple.fr/recevoir")
    if parts.scheme not in (("https", "http") if inside else ("https",)) or not usable:
        return _("Écrivez une adresse complète, en https : https://logiciel.exemple.fr/recevoir")
    if parts.username is not None or parts.fragment or not address.isprintable() or not address.isascii():
        return _("Cette adresse a un mot de passe, un « # » ou des signes rares : retirez-les.")
    return ""


def resolved(address: str, *, inside: bool) -> Receiver:
    """Return where that address leads at this moment. Raises ``ReceiverUnusable``."""
    if problem := problem_of(address, inside=inside):
        raise ReceiverUnusable(problem)
    parts = urlsplit(address)
    port = parts.port or _PORTS[parts.scheme]
    try:
        found = [str(where[0]) for *_kind, where in socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise ReceiverUnusable(_("Ce nom ne mène à aucune machine : vérifiez l’adresse.")) from error
    if not inside and not all(is_outside(ip_address(one.partition("%")[0])) for one in found):
        raise ReceiverUnusable(_("Cette adresse mène à l’intérieur du réseau : l’installation ne le permet pas."))
    return Receiver(address, parts, port, found[0])


def is_outside(number: IPv4Address | IPv6Address) -> bool:
    """Whether a numeric address is one of the public Internet, and of one machine.

    >>> [is_outside(ip_address(one)) for one in ("8.8.8.8", "127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1")]
    [True, False, False, False]
    """
    if isinstance(number, IPv6Address):
        within = number.ipv4_mapped or number.sixtofour or (number.teredo and number.teredo[1])
        if number in _NAT64:
            within = IPv4Address(int(number) & 0xFFFFFFFF)
        if within:
            return is_outside(within)
    return number.is_global and not number.is_multicast


def post(receiver: Receiver, headers: Mapping[str, str], body: bytes) -> int:
    """Send, and return the code of the answer, a success. Raises ``ReceiverUnusable`` for anything else."""
    try:
        with _connected(receiver) as sender:
            path = receiver.parts.path or "/"
            target = f"{path}?{receiver.parts.query}" if receiver.parts.query else path
            sender.request("POST", target, body, {"Host": receiver.parts.netloc, **headers})
            with closing(sender.getresponse()) as answer:
                code = answer.status
    except (OSError, HTTPException, ValueError) as error:
        raise ReceiverUnusable(_("Ce logiciel n’a pas répondu à temps, ou pas comme il faut.")) from error
    if not 200 <= code < 300:
        raise ReceiverUnusable(_refusal(code), code)
    return code


def _refusal(code: int) -> str:
    if 300 <= code < 400:
        return _("Ce logiciel renvoie ailleurs (%(code)s) : donnez l’adresse où il reçoit.", code=code)
    return _("Ce logiciel a répondu %(code)s : il n’a pas pris le message.", code=code)


@contextmanager
def _connected(receiver: Receiver) -> Iterator[HTTPConnection]:
    """A connection to that very machine, cut once its time is over, however slowly it answers."""
    host = receiver.parts.hostname or ""
    with ExitStack() as opened:
        link = opened.enter_context(closing(socket.create_connection((receiver.number, receiver.port), PATIENCE)))
        if receiver.parts.scheme == "https":
            link = opened.enter_context(closing(_secured(link, host)))
        end = Timer(PATIENCE, _cut, [link])
        opened.callback(end.cancel)
        end.start()
        if isinstance(link, ssl.SSLSocket):
            link.do_handshake()
        sender = opened.enter_context(closing(HTTPConnection(host, receiver.port)))
        sender.sock = link
        yield sender


def _secured(plain: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)


def _cut(link: socket.socket) -> None:
    with suppress(OSError):
        link.shutdown(socket.SHUT_RDWR)
