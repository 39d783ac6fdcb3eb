"""Parsing of e-mail addresses as people paste them: « Marie Dupont <marie@exemple.fr> », lists from a mailbox."""

import re
from dataclasses import dataclass
from urllib.parse import unquote

_LONGEST, _LONGEST_LOCAL = 254, 64

# A quoted name, an address in angle brackets, a remark in parentheses, a separator, or the text before one of those.
_PIECES = re.compile(r'"(?:[^"\\]|\\.)*"|<[^<>]*>|\([^()]*\)|[,;]|[^,;"<(]+|["<(]')
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_AROUND = "\"'`‘’“”«»<>[].\u00a0\u202f\u200b\ufeff "
_NAME = re.compile(r"[^\W\d_][^\W\d_' ’-]*", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Read:
    """The result of reading a list: ``addresses`` without duplicates, ``faults`` the pieces that hold no address."""

    addresses: tuple[str, ...]
    faults: tuple[str, ...]


def address_in(typed: str) -> str | None:
    """Return the only address typed, with or without a name around it; None when there is none, or several.

    >>> address_in(" Camille@Exemple.fr "), address_in("Marie Dupont <a@exemple.fr>"), address_in("mailto:a@exemple.fr")
    ('Camille@exemple.fr', 'a@exemple.fr', 'a@exemple.fr')
    >>> address_in("camille"), address_in("a@b.fr, c@d.fr"), address_in("a@b.fr\\nBcc: c@d.fr")
    (None, None, None)
    """
    read = addresses_in(typed)
    return read.addresses[0] if len(read.addresses) == 1 and not read.faults else None


def name_in(typed: str) -> str:
    """Return the name before an address in angle brackets; "" when there is none.

    >>> name_in('"Dupont, Marie" <a@exemple.fr>'), name_in("a@exemple.fr")
    ('Dupont, Marie', '')
    """
    before, bracket, _after = typed.partition("<")
    return before.strip().strip('"').strip() if bracket else ""


def addresses_in(text: str) -> Read:
    """Return the addresses of a list separated by commas, semicolons, line breaks or spaces, and what is not one.

    >>> addresses_in('"Dupont, Marie" <a@exemple.fr>; b@exemple.fr c@exemple.fr, personne').addresses
    ('a@exemple.fr', 'b@exemple.fr', 'c@exemple.fr')
    >>> addresses_in("Marie Dupont <a@exemple.fr>\\npersonne, andré@exemple.fr").faults
    ('personne', 'andré@exemple.fr')
    """
    addresses: dict[str, str] = {}
    faults: dict[str, None] = {}
    for entry in (one for line in text.splitlines() for one in _entries(line)):
        for word in _words(entry):
            address = _address(word)
            if address is None:
                faults[word.strip()] = None
            else:
                addresses.setdefault(address.lower(), address)
    return Read(tuple(addresses.values()), tuple(faults))


def _entries(line: str) -> list[str]:
    """Return the entries of a line. The comma of « Dupont, Marie <a@exemple.fr> » separates nothing."""
    entries: list[str] = [""]
    for piece in _PIECES.findall(line.replace("\t", " ")):
        if piece in {",", ";"}:
            entries.append("")
        elif piece.startswith("<") and len(piece) > 1:
            beside = [word for word in re.sub(r'".*?"', "", entries[-1]).split() if "@" in word]
            entries[-1:] = [*beside, piece, ""]
            _drop_surname(entries)
        elif not piece.startswith("("):
            entries[-1] += piece
    return [entry for entry in entries if entry.strip()]


def _drop_surname(entries: list[str]) -> None:
    """Remove the entry before the last address when it can only be the family name of its owner."""
    if len(entries) >= 3 and _NAME.fullmatch(entries[-3].strip()) and entries[-3].strip()[0].isupper():
        del entries[-3]


def _words(entry: str) -> list[str]:
    """Return the words of an entry that may be addresses; names around a single one are dropped."""
    words = entry.split()
    written = [word for word in words if "@" in word]
    if len(written) == 1:
        return written
    return words if written else [entry]


def _address(word: str) -> str | None:
    """Return the address, cleaned, its domain in ASCII; None when no message can be sent to it."""
    plain = re.sub(r"(?i)^mailto:([^?]*).*", lambda found: unquote(found[1]), word.strip(_AROUND)).strip(_AROUND)
    local, _, domain = plain.rpartition("@")
    domain = ascii_domain(domain)
    labels = domain.split(".")
    sound = (
        len(local) <= _LONGEST_LOCAL
        and len(plain) <= _LONGEST
        and _LOCAL.fullmatch(local)
        and len(labels) > 1
        and all(map(_LABEL.fullmatch, labels))
        and not labels[-1].isdigit()
    )
    return f"{local}@{domain}" if sound else None


def ascii_domain(domain: str) -> str:
    """Return a domain in lower case and in ASCII (IDNA); only in lower case when it is no valid domain.

    >>> ascii_domain("Mairie-Évry.fr"), ascii_domain("exemple..fr")
    ('xn--mairie-vry-h7a.fr', 'exemple..fr')
    """
    try:
        return domain.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return domain.lower()
