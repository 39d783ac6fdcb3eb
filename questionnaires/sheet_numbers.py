"""Numbers of paper sheets: how they are printed, and the normal form in which they are stored and compared.

A number has the letters of a college and a rank: ``HAB-012``. Whoever enters sheets may type the rank alone, other
spaces, dashes or capitals, « n° », or the college's code: all are brought to the same form.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from grille.messages import message as _
from questionnaires.words import enumeration, printable_cell

HIGHEST: Final = 999_999
_NO_LETTERS: Final = frozenset({"", "N", "NO", "NUM", "NUMERO", "FEUILLE", "FEUILLENO", "FEUILLEN", "FEUILLENUMERO"})


class SheetNumberRefused(ValueError):
    """Raised for a text that is not the number of a sheet; the message is a French sentence."""


class OtherCollege(SheetNumberRefused):
    """Raised for the number of another college than the one chosen; ``college`` is the code of that other one."""

    def __init__(self, number: str, college: str) -> None:
        super().__init__(
            _(
                "La feuille %(number)s est celle d’un autre collège : choisissez-le, ou vérifiez le numéro.",
                number=number,
            )
        )
        self.number, self.college = number, college


def prefixes(codes: Sequence[str]) -> dict[str, str]:
    """Return the prefix of the numbers of each college: its first three letters, unless two would be alike.

    >>> prefixes(["elus", "habitants"]), prefixes(["jeunes", "jeunes-2"])
    ({'elus': 'ELU', 'habitants': 'HAB'}, {'jeunes': 'AA', 'jeunes-2': 'AB'})
    """
    first = [re.sub("[^A-Z]", "", code.upper())[:3] for code in codes]
    if not all(first) or len(set(first)) < len(codes):
        first = [chr(65 + rank // 26) + chr(65 + rank % 26) for rank in range(len(codes))]
    return dict(zip(codes, first, strict=True))


def sheet_number(prefix: str, rank: int) -> str:
    """Return the number of a sheet in its normal form.

    >>> sheet_number("ELU", 8)
    'ELU-008'
    """
    return f"{prefix}-{rank:03d}"


def normal_number(typed: str, college: str, codes: Sequence[str]) -> str:
    """Return the number of a sheet of that college in its normal form; ``codes`` are the colleges of the campaign.

    Raises ``OtherCollege`` for a number printed for another college, and ``SheetNumberRefused`` for any other text.

    >>> [normal_number(text, "elus", ["elus", "agents"]) for text in ("7", "élu 07", "ELU-0007", "n°7", "Elus 7")]
    ['ELU-007', 'ELU-007', 'ELU-007', 'ELU-007', 'ELU-007']
    """
    begins = prefixes(codes)
    letters, rank = _parts(typed)
    owner = college if letters in _NO_LETTERS else _owners(begins).get(letters)
    if owner is None or not 1 <= rank <= HIGHEST:
        raise SheetNumberRefused(
            _(
                "« %(shown)s » n’est pas un numéro de feuille : recopiez celui qui est imprimé, "
                "par exemple %(begins)s-012, ou ses chiffres seuls. "
                "Ses lettres sont %(enumeration)s.",
                shown=printable_cell(typed),
                begins=begins[college],
                enumeration=enumeration(list(begins.values())),
            )
        )
    number = sheet_number(begins[owner], rank)
    if owner != college:
        raise OtherCollege(number, owner)
    return number


def _parts(typed: str) -> tuple[str, int]:
    """Return the letters of a number, without accents, and its rank; 0 unless it has exactly one rank, at its end."""
    plain = unicodedata.normalize("NFKD", typed.replace("°", "o")).upper()
    letters, figures, rest = re.fullmatch(r"([^0-9]*)([0-9]*)(.*)", plain, re.DOTALL).groups()  # type: ignore[union-attr]
    kept = "".join(sign for sign in letters if sign.isalpha())
    usual = len(figures) <= 12 and not rest.strip(" .")
    return kept, int(figures) if figures and usual else 0


def _owners(begins: dict[str, str]) -> dict[str, str]:
    """Return the college meant by each word that may precede a rank: a printed prefix first, else a college's code."""
    codes = {_parts(code)[0]: code for code in begins if not re.search("[0-9]", code)}
    printed = {prefix: code for code, prefix in begins.items()}
    words = codes | printed
    return words | {f"{noise}{word}": code for noise in _NO_LETTERS - {""} for word, code in words.items()} | words


def next_number(number: str) -> str:
    """Return the number that follows; "" when it cannot be guessed.

    >>> next_number("ELU-009"), next_number("ELU")
    ('ELU-010', '')
    """
    prefix, dash, figures = number.rpartition("-")
    return f"{prefix}{dash}{int(figures) + 1:03d}" if re.fullmatch("[0-9]{1,6}", figures) else ""
