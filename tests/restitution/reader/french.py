"""What a reader of French needs: numbers, percentages, lists, names; and how sentences follow one another."""

import re
from fractions import Fraction

SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})
COUNTED = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10}


def plain(text: str) -> str:
    """The text with ordinary spaces."""
    return text.translate(SPACES)


def number(text: str) -> Fraction:
    """« −0,50 », « +1,2 » or « 2 100 » as a fraction. Raises ``ValueError`` for a hyphen or a decimal point."""
    if "-" in text or "." in text:
        raise ValueError(text)
    return Fraction(text.replace("−", "-").replace(",", ".").replace(" ", "").removeprefix("+"))


def places(text: str) -> int:
    """How many decimals a number is written with."""
    return len(text.partition(",")[2])


def percentage(text: str) -> Fraction:
    """« 46 % » as a share."""
    return number(text.removesuffix("%").strip()) / 100


def listed(text: str) -> list[str]:
    """« A, B et C » as names."""
    *first, last = text.split(" et ")
    return [*(name for part in first for name in part.split(", ")), last]


def counted(text: str) -> int:
    """« trois » or « 12 »."""
    return COUNTED.get(text) or int(text)


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph."""
    return re.split(r"(?<=[.!?]) (?=[A-ZÉÀ«])", text)


# What is counted on pages, in the singular: its plural is for two and more.
_COUNTED = (
    *("personne", "réponse", "collège", "famille", "niveau", "question", "minute", "campagne", "jour"),
    *(
        "territoire",
        "action",
        "atelier",
        "commentaire",
        "preuve",
        "case",
        "absent",
        "comparaison",
        "version",
        "feuille",
    ),
)
_COUNT = re.compile(rf"(?<![\d,])(\d[\d ]*(?:,\d+)?) ({'|'.join(_COUNTED)})([sx]?)\b")
# A verb after families, or families after one: how many they must be.
_SINGULAR = (
    r"\{(famil\w+|said)\} (?:a|est|remonte|changerait)\b",
    r"(?:La famille [^{]+ est|ce serait) \{(said|families)\}",
)
_PLURAL = (
    r"\{(famil\w+|said)\} (?:ont|sont|remontent|changeraient)\b",
    r"(?:Les familles [^{]+ sont|ce seraient) \{(said|families)\}",
)


def of_levels(text: str) -> str:
    """« 2,5 niveaux » without its noun."""
    return text.partition(" niveau")[0]


def misnumbered(text: str) -> str:
    """The number and the noun of a text that do not agree: « 1 personnes », « 2,5 niveau »; empty when all do."""
    for found in _COUNT.finditer(text):
        if (number(found[1]) >= 2) != bool(found[3]):
            return found[0]
    return ""


def numbered(skeleton: str) -> dict[str, bool]:
    """The names of a skeleton whose verb is in the singular (False) or in the plural (True)."""
    return {
        found[1]: several
        for several, patterns in ((False, _SINGULAR), (True, _PLURAL))
        for pattern in patterns
        for found in re.finditer(pattern, skeleton)
    }


def is_several(words: str) -> bool:
    """Whether these words name more than one family."""
    return " et " in words or words.startswith("Les ") or " familles sur " in words


_NUMBER = r"[+−]?\d[\d ]*(?:,\d+)?"
_SHARE = r"\d+(?:,\d+)? %"
# What may stand at some names of skeletons; anything at the others.
_FORMS = {
    **dict.fromkeys(
        ("delta", "demand", "by", "more", "expected", "margin", "n", "of", "gap", "most", "limit"), _NUMBER
    ),
    **dict.fromkeys(("low", "high", "before", "after", "up", "down", "x", "y", "mean", "score", "size"), _NUMBER),
    **dict.fromkeys(("sure", "share", "blind", "was", "became"), _SHARE),
    "amount": f"{_NUMBER} niveaux?",
    "sign": r"\S",
    "verb": "est|sont|reste|restent",
    "what": r"(?:le|les) (?:points?|moins|plus) \w+",
    "end": r"(?:le|les) (?:points?|moins|plus) \w+",
    "otherwise": r"Si chaque \w+ comptait autant, et non chaque \w+",
}


def regex(skeleton: str) -> re.Pattern[str]:
    """A skeleton, whose ``{names}`` stand for what changes, as an expression that matches a whole text."""
    parts = re.split(r"\{(\w+)\}", plain(skeleton))
    return re.compile("".join(_placeholder(part) if place % 2 else re.escape(part) for place, part in enumerate(parts)))


def _placeholder(name: str) -> str:
    return f"(?P<{name}>{_FORMS.get(name, '.+?')})"


def skeleton_of(template: str) -> str:
    """A template of gettext (``%(names)s``) as a skeleton."""
    return re.sub(r"%\(\w+\)s", "{}", plain(template)).replace("%%", "%")


def anonymous(skeleton: str) -> str:
    """A skeleton without the names of what changes: that of the template that it reads."""
    return re.sub(r"\{\w+\}", "{}", plain(skeleton))
