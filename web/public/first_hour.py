"""The first hour of an installation: how the first account is made, told to whoever sits at its machine only."""

from ipaddress import ip_address

from flask import current_app, request

from storage.accounts.accounts import has_accounts
from web.http.database import connection

_OF_A_PROXY = ("X-Forwarded-", "Forwarded", "X-Real-Ip", "Via", "Cf-Connecting-Ip")


def first_account() -> str:
    """Return the command that makes the first account; empty once there is one, and for whoever is elsewhere."""
    return str(current_app.config["FIRST_ACCOUNT"]) if _is_at_the_machine() and not has_accounts(connection()) else ""


def _is_at_the_machine() -> bool:
    """Whether the request comes from this very machine, straight: behind a proxy, everybody seems to.

    A proxy shows by its headers (``grille.forwarded`` when the server has dropped them), or by the name asked for.
    """
    forwarded = request.environ.get("grille.forwarded") or any(
        name.title().startswith(_OF_A_PROXY)
        for name in request.headers.keys()  # noqa: SIM118  # headers are pairs
    )
    return not forwarded and _is_loopback(request.remote_addr or "") and _is_loopback(_host())


def _host() -> str:
    name = request.host.rpartition(":")[0] if request.host.rpartition("]")[2].count(":") else request.host
    return name.strip("[]")


def _is_loopback(name: str) -> bool:
    try:
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False
