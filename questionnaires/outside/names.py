"""The names of our questions and answers in KoboToolbox and LimeSurvey, which refuse some signs of our codes.

A name depends on its code and, when two codes would get the same name, on a digest of the code: never on an order, so
that a form made yesterday is read by the grid of today.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from hashlib import sha256
from typing import Final

_XLSFORM_RESERVED: Final = frozenset({"college", "intro", "start", "end", "today", "meta", "formhub", "instanceid"})
_LIMESURVEY_RESERVED: Final = frozenset(
    {"college", "id", "submitdate", "lastpage", "startlanguage", "seed", "token", "startdate", "datestamp", "ipaddr"}
    | {"refurl", "sid", "gid", "qid", "self", "that", "this", "other", "time", "comment", "question", "group"}
)
_LIMESURVEY_LONGEST: Final = 20
_ANSWER_LONGEST: Final = 5


def xlsform_names(codes: Iterable[str]) -> dict[str, str]:
    """Return the name in an XLSForm of each code: letters, digits and underscores, the first one a letter.

    >>> xlsform_names(["COO-1", "1.10"])
    {'COO-1': 'COO_1', '1.10': 'q_1_10'}
    """
    return _names(codes, _xlsform_name, lambda name, code: f"{name}_{_digest(code)}", _XLSFORM_RESERVED)


def limesurvey_names(codes: Iterable[str]) -> dict[str, str]:
    """Return the name in LimeSurvey of each code: letters and digits, the first one a letter, twenty at most.

    >>> limesurvey_names(["COO-1", "1.10"])
    {'COO-1': 'COO1', '1.10': 'Q110'}
    """
    return _names(codes, _limesurvey_name, lambda name, code: f"{name[:13]}x{_digest(code)}", _LIMESURVEY_RESERVED)


def limesurvey_level(value: object) -> str:
    """Return the code of an answer in LimeSurvey, which knows no sign minus.

    >>> limesurvey_level(3), limesurvey_level(-2), limesurvey_level("NSP")
    ('3', 'M2', 'NSP')
    """
    return f"M{-value}" if isinstance(value, int) and value < 0 else str(value)


def limesurvey_college(code: str) -> str:
    """Return the code of a college as an answer in LimeSurvey: five letters and digits at most.

    >>> limesurvey_college("elus"), len(limesurvey_college("habitants"))
    ('elus', 5)
    """
    plain = _ascii(code)
    short = len(code) <= _ANSWER_LONGEST and plain == code and plain.isalnum()
    return code if short else f"c{_digest(code)[: _ANSWER_LONGEST - 1]}"


def _names(
    codes: Iterable[str], spell: Callable[[str], str], tagged: Callable[[str, str], str], reserved: Collection[str]
) -> dict[str, str]:
    spelled = {code: spell(code) for code in codes}
    shared = Counter(name.casefold() for name in spelled.values())
    return {
        code: tagged(name, code) if shared[name.casefold()] > 1 or name.casefold() in reserved else name
        for code, name in spelled.items()
    }


def _xlsform_name(code: str) -> str:
    name = re.sub(r"[^A-Za-z0-9_]", "_", _ascii(code))
    lossless = len(name) == len(code) and name.strip("_")
    name = name if lossless else f"{name.strip('_')}_{_digest(code)}"
    # f_ and t_ begin the names of groups and of wordings
    return name if re.match(r"(?![ft]_)[A-Za-z]", name) else f"q_{name}"


def _limesurvey_name(code: str) -> str:
    name = re.sub(r"[^A-Za-z0-9]", "", _ascii(code))
    name = name if name[:1].isalpha() else f"Q{name}"
    return name if len(name) <= _LIMESURVEY_LONGEST and len(name) > 1 else f"{name[:13]}x{_digest(code)}"


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _digest(code: str) -> str:
    return sha256(code.encode()).hexdigest()[:6]
