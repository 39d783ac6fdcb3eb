"""What a campaign says of whoever runs it (introduction, organiser, contact, logo), and what these texts may hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from grille.messages import message as _
from grille.typed import too_long, typed_line, typed_text

LONGEST_INTRODUCTION: Final = 400
LONGEST_LINE: Final = 120

_CODE: Final = r"[a-z][a-z0-9+.-]*://|\bwww\.|\b(?:mailto|javascript):|\]\s*\(|<\s*/?\s*[a-z!]"
# What a reader, a mail program or a telephone turns into a link, whatever the sentence around it says.
_LINK: Final = re.compile(
    _CODE + r"|(?<![\w.@-])(?:[\w-]+\.)+(?:fr|com|org|net|eu|info|io|bzh|alsace|corsica|paris)"
    r"(?![\w-])",
    re.IGNORECASE,
)
_BARE: Final = re.compile(_CODE, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What is shown on the welcome page, posters, letters, paper and messages; ``logo`` is the digest of a picture."""

    introduction: str = ""
    organiser: str = ""
    contact: str = ""
    logo: str = ""

    @property
    def settled(self) -> "Letterhead":
        """The same, as it is stored: an introduction of at most one blank line in a row, the others on one line.

        >>> Letterhead(" Bonjour.\\n\\n\\n\\nMerci. ", "Ville \\n de Villeroche").settled.introduction
        'Bonjour.\\n\\nMerci.'
        """
        said = re.sub(r"[ \t]*\n[ \t]*", "\n", typed_text(self.introduction)).strip()
        return Letterhead(
            re.sub(r"\n{3,}", "\n\n", said), typed_line(self.organiser), typed_line(self.contact), self.logo
        )

    @property
    def problems(self) -> list[str]:
        """The problems of these texts, as French sentences."""
        return [problem for _field, problem in letterhead_problems(self)]


NO_LETTERHEAD: Final = Letterhead()


def letterhead_problems(letterhead: Letterhead) -> Iterator[tuple[str, str]]:
    """Yield the problems of these texts: the name of the field, and a French sentence."""
    limits = (
        ("introduction", _("Cette introduction"), LONGEST_INTRODUCTION),
        ("organiser", _("Ce nom"), LONGEST_LINE),
        ("contact", _("Ce contact"), LONGEST_LINE),
    )
    for field, name, limit in limits:
        text = getattr(letterhead, field)
        if problem := too_long(text, limit, name):
            yield field, problem
        elif link := link_in(text, named=field != "contact"):
            yield field, link_refused(link)


def link_in(text: str, *, named: bool = True) -> str:
    """Return the first piece of a text that could be taken for a link or for code; "" when there is none.

    ``named`` counts the bare name of a site too, which a contact may hold (« participation@exemple.fr »).

    >>> link_in("Bonjour. Voyez www.exemple.fr/a"), link_in("cliquez sur exemple.fr"), link_in("Le 3.2. À vous.Merci")
    ('www.exemple.fr/a', 'exemple.fr', '')
    """
    found = (_LINK if named else _BARE).search(text)
    if found is None:
        return ""
    start = max(text.rfind(blank, 0, found.start()) for blank in " \n\t") + 1
    return re.split(r"\s", text[start:], maxsplit=1)[0] or found[0]


def link_refused(link: str) -> str:
    """Return the sentence that refuses a text for that link."""
    return _(
        "« %(link)s » ressemble à un lien ou à du code : enlevez-le. Le seul lien d’une invitation est celui du "
        "questionnaire, pour que chacun puisse s’y fier.",
        link=link[:60],
    )
