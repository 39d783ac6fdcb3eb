"""Passwords: hashed with argon2id, checked in the same time whether the account exists or not.

A password is refused for its length or because it is easily guessed, never for the kinds of characters it lacks.
"""

import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from accounts.guessing import ENOUGH, guesses_needed, plain
from grille.messages import message as _

SHORTEST, LONGEST = 12, 512

T = TypeVar("T")

# OWASP's argon2id (19 MiB, 2 passes, 1 lane), about 30 ms.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# A single thread hashes: a flood of sign-ins then uses the memory of one hash only (each hashing thread would keep its
# own). Few tasks may wait for it: the server's other threads remain free to answer.
_worker = ThreadPoolExecutor(1, "passwords")
_MOST_WAITING, _MOST_OF_ONE = 4, 2
_waiting: list[str] = []
_lock = Lock()

# Checked when there is no account, so that the answer takes as long; no password matches it.
_NOBODY = _hasher.hash("no password hashes to this one, whose text nobody keeps")

# The words of the commonest passwords, in French and in English, and the rows of keyboards.
_COMMONEST = """administrateur administrator admin amour anniversaire azerty azertyuiop bienvenue bonjour changeme
    chocolat coucou democratie doudou dragon engagement football france iloveyou jetaime letmein login loulou mairie
    marseille master mdp monamour motdepasse motdepass mypassword nicolas participation pass passe passw0rd password
    poiuytreza princesse qsdfghjklm qwerty qwertyuiop secret soleil superman territoire territoires toto user
    utilisateur welcome wxcvbn"""
_ROWS = ("0123456789" * 3, "abcdefghijklmnopqrstuvwxyz" * 2, "azertyuiopqsdfghjklmwxcvbn", "qwertyuiopasdfghjklzxcvbnm")
_OURS = ("grille", "savoirfaire")
_LEFT_TO_GUESS = 6


class TooManyAtOnce(Exception):
    """Raised when too many passwords are being checked at this moment; try again in a few seconds."""


def _in_turn(task: Callable[[], T], of: str = "") -> T:
    """Run the task after those already waiting, and return its result.

    ``of`` names the account, if any. Raises ``TooManyAtOnce`` when too many tasks wait.
    """
    _enter(of)
    try:
        return _worker.submit(task).result()
    finally:
        with _lock:
            _waiting.remove(of)


def _enter(of: str) -> None:
    """Join the waiting tasks. Raises ``TooManyAtOnce``, earlier for one account, so that others can still sign in."""
    with _lock:
        if len(_waiting) >= _MOST_WAITING or (of and _waiting.count(of) >= _MOST_OF_ONE):
            raise TooManyAtOnce
        _waiting.append(of)


def hashed(password: str) -> str:
    """Return the hash to store for a password.

    Raises ``ValueError`` (a French sentence) unless it has 1 to 512 characters, and ``TooManyAtOnce`` when too many
    others wait.

    >>> hashed("une phrase assez longue")[:9]
    '$argon2id'
    """
    if not password or len(password) > LONGEST:
        raise ValueError(_("Choisissez de 1 à %(longest)s caractères.", longest=LONGEST))
    return _in_turn(lambda: _hasher.hash(_bytes(password)))


def weakness(password: str, own: Iterable[str] = (), places: Iterable[str] = ()) -> str:
    """Return why a password is refused, as a French sentence; "" if it is accepted.

    ``own`` are words that others know of its owner (name, address); ``places`` are the names of communes.

    >>> weakness("court")[:32], weakness("une phrase assez longue")
    ('Choisissez au moins 12 caractère', '')
    >>> weakness("Motdepasse2026!")[:33], weakness("camille.durand.1987", ["Camille Durand"])[:33]
    ('Ce mot de passe est trop facile à', 'Ce mot de passe est trop facile à')
    """
    if len(password) < SHORTEST:
        return _(
            "Choisissez au moins %(shortest)s caractères\u00a0: une phrase de quelques mots est facile à retenir.",
            shortest=SHORTEST,
        )
    if len(password) > LONGEST:
        return _("Choisissez au plus %(longest)s caractères.", longest=LONGEST)
    own = [word for text in own for word in (text, *_words(text))]
    if _is_guessed(password, own) or guesses_needed(password, own, places) < ENOUGH:
        return _("Ce mot de passe est trop facile à deviner. Choisissez quelques mots qui n’ont rien à voir entre eux.")
    return ""


def _is_guessed(password: str, own: Iterable[str]) -> bool:
    """Return whether it repeats a few signs, or is too short once common words, its owner's and digits are out."""
    letters = plain(password)
    if len(set(password)) < 5 or any(letters and (letters in row or letters in row[::-1]) for row in _ROWS):
        return True
    words = {*_COMMONEST.split(), *_OURS, *(word for text in own for word in _words(text))}
    left = re.sub("|".join(sorted(map(re.escape, words), key=len, reverse=True)), "", letters)
    repeats = re.fullmatch(r"(.{1,8})\1+", letters) is not None
    return repeats or (left.isascii() and len(re.sub(r"\d", "", left)) < _LEFT_TO_GUESS)


def _words(text: str) -> list[str]:
    return [word for word in map(plain, re.split(r"[\W_\d]+", text)) if len(word) > 3]


def matches(stored: str | None, password: str, of: str = "") -> bool:
    """Return whether the password matches the stored hash. Without a hash (no account), False after the same time.

    ``of`` names the account: two checks of the same account may wait at most.

    Raises ``TooManyAtOnce`` when too many checks wait.

    >>> matches(hashed("une phrase assez longue"), "une phrase assez longue"), matches(None, "une phrase assez longue")
    (True, False)
    """
    try:
        right = _in_turn(lambda: _hasher.verify(stored or _NOBODY, _bytes(password[:LONGEST])), of)
    except (VerificationError, InvalidHashError):
        return False
    return right and stored is not None


def outdated(stored: str) -> bool:
    """Return whether a hash was made with older parameters, and should be replaced at the next sign-in."""
    return _hasher.check_needs_rehash(stored)


def _bytes(password: str) -> bytes:
    """Return the password in UTF-8; lone surrogates, which a broken browser may send, are accepted."""
    return password.encode("utf-8", "surrogatepass")
