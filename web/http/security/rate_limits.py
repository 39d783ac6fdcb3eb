"""Limits on attempts at what can be guessed: « attendez quelques minutes », then attempts are possible again.

A view counts its attempts before doing anything expensive, and clears them when the attempt was right:

    tried = count_attempts((SIGN_INS_FROM_ONE_PLACE, client_network()), (SIGN_INS_OF_ONE_ACCOUNT, email))
    ...
    tried.clear()

Every limit of the site is here; docs/operations.md gives the same figures. Attempts made elsewhere may slow a network
or an account down; they never lock out someone on a network where nothing was tried (decision 0165).
"""

from datetime import timedelta
from pathlib import Path

from flask import Flask, current_app, request
from werkzeug.exceptions import TooManyRequests

from storage.operations.rate_limits import Counts, Limit, block_of

Try = tuple[Limit, str]

# Wrong passwords, from devices where the account never signed in. The long ones bound what many places try together.
SIGN_INS_FROM_ONE_PLACE = Limit("sign-ins from one place", 100, timedelta(minutes=10))
SIGN_INS_OF_ONE_ACCOUNT_FROM_ONE_PLACE = Limit("sign-ins of one account from one place", 10, timedelta(minutes=30))
SIGN_INS_OF_ONE_ACCOUNT = Limit("sign-ins of one account", 1000, timedelta(days=1))
# Wrong passwords from a device where it did, and of somebody signed in who is asked again.
SIGN_INS_OF_ONE_DEVICE = Limit("sign-ins of one device", 10, timedelta(minutes=10))
PASSWORDS_OF_ONE_SESSION = Limit("passwords asked again", 10, timedelta(minutes=10))
# All sign-ins, right ones too: whoever has an account shall not keep the one thread that hashes for themselves.
ALL_SIGN_INS = Limit("all sign-ins of one account from one place", 60, timedelta(minutes=10))
BLOCKED_NOTICES = Limit("blocked sign-ins told", 1, timedelta(hours=1))

SECOND_STEPS_FROM_ONE_PLACE = Limit("second steps of one account from one place", 5, timedelta(minutes=15))
SECOND_STEPS_OF_ONE_ACCOUNT = Limit("second steps of one account", 60, timedelta(days=1))

RESETS_FROM_ONE_PLACE = Limit("resets from one place", 30, timedelta(hours=1))
RESETS_OF_ONE_ADDRESS_FROM_ONE_PLACE = Limit("resets of one address from one place", 3, timedelta(hours=1))
RESETS_OF_ONE_ADDRESS = Limit("resets of one address", 20, timedelta(days=1))
WRONG_ACCOUNT_LINKS = Limit("wrong account links from one place", 60, timedelta(hours=1))

PROVIDER_FROM_ONE_PLACE = Limit("identity provider from one place", 60, timedelta(minutes=10))
STATES = Limit("states of sign-ins", 1, timedelta(minutes=15))

# Wrong codes that resume answers, and of workshops: a whole hall behind one address may mistype. Nobody is stopped by
# what others try elsewhere: while they try more than the last figure, a place may be wrong less often.
CODES_FROM_ONE_PLACE = Limit("wrong codes from one place", 100, timedelta(minutes=10))
CODES_FROM_ONE_PLACE_IN_A_FLOOD = Limit("wrong codes from one place in a flood", 20, timedelta(minutes=10))
CODES_FROM_EVERYWHERE = Limit("wrong codes from everywhere", 500, timedelta(minutes=10))

# New responses of one campaign, but for invitations, which serve once: sixty phones of a hall pass twice over. The
# second refuses nothing: it leaks one a minute, so that what it holds is how many began within minutes.
STARTS_FROM_ONE_PLACE = Limit("new responses of one campaign from one place", 120, timedelta(minutes=10))
STARTS_NOTICES = Limit("new responses told to the pilot", 240, timedelta(hours=4))

# Phones that join one session: three hundred of a hall behind one address pass twice over.
PHONES_FROM_ONE_PLACE = Limit("phones of one session from one place", 600, timedelta(minutes=10))

DOWNLOADS = Limit("documents from one place or account", 120, timedelta(minutes=10))

# What other software reads: twenty a second for ten minutes.
API_FROM_ONE_PLACE = Limit("requests of other software from one place", 12000, timedelta(minutes=10))
REQUESTS_OF_ONE_KEY = Limit("requests of one key", 6000, timedelta(minutes=10))


def init_app(app: Flask) -> None:
    """Count in a file beside the database, shared by every process of the server."""
    path = Path(app.config["DATABASE"]).with_name("limits.db")
    app.extensions["counts"] = Counts(path, str(app.config["SECRET_KEY"]))


def client_network() -> str:
    """Return the network of the request (a block of addresses), as limits count it; erased with its limit."""
    return block_of(request.remote_addr)


class TooMany(TooManyRequests):
    """One attempt too many: a 429 page, which says when to try again."""

    def __init__(self, limit: Limit, wait: timedelta) -> None:
        self.limit = limit
        super().__init__(retry_after=int(wait.total_seconds()) + 1)


class CountedAttempts:
    """Attempts that were counted."""

    def __init__(self, counts: Counts, tries: tuple[Try, ...]) -> None:
        self._counts, self._tries = counts, tries

    def clear(self) -> None:
        """Give the attempts back: only wrong ones count."""
        for limit, who in self._tries:
            self._counts.refund(limit, who)
        self._tries = ()


def count_attempts(*tries: Try) -> CountedAttempts:
    """Count one attempt under each limit, all or none. Raises ``TooMany`` when one limit is reached."""
    counts, taken = _counts(), list[Try]()
    for limit, who in tries:
        wait = counts.hit(limit, who)
        if wait is not None:
            CountedAttempts(counts, tuple(taken)).clear()
            raise TooMany(limit, wait)
        taken.append((limit, who))
    return CountedAttempts(counts, tries)


def allow_once(limit: Limit, who: str) -> bool:
    """Count one attempt, and return whether it is within the limit."""
    return _counts().hit(limit, who) is None


def attempts_counted(limit: Limit, who: str) -> int:
    """Return how many attempts that limit holds at this moment. Counts nothing."""
    return _counts().level(limit, who)


def refuse_blocked() -> None:
    """Raise ``TooMany`` for a network that has tried too many short codes already. Counts nothing."""
    counts = _counts()
    flooded = counts.wait(CODES_FROM_EVERYWHERE, "")
    limit = CODES_FROM_ONE_PLACE_IN_A_FLOOD if flooded else CODES_FROM_ONE_PLACE
    if wait := counts.wait(limit, client_network()):
        raise TooMany(limit, wait)


def count_code_attempt() -> CountedAttempts:
    """Count one attempt at a short code. Raises ``TooMany``: sooner for a network that tries while many others do."""
    strict, here = (CODES_FROM_ONE_PLACE_IN_A_FLOOD, client_network()), (CODES_FROM_ONE_PLACE, client_network())
    taken = [one for one in (strict, (CODES_FROM_EVERYWHERE, "")) if allow_once(*one)]
    if not taken:
        raise TooMany(strict[0], strict[0].within / strict[0].most)
    try:
        count_attempts(here)
    except TooMany:
        CountedAttempts(_counts(), tuple(taken)).clear()
        raise
    return CountedAttempts(_counts(), (*taken, here))


def _counts() -> Counts:
    counts: Counts = current_app.extensions["counts"]
    return counts
