"""What invites people to answer, on paper: a poster (PDF/UA or SVG) and a letter, with a QR code and the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from restitution.charts.qr_code import qr_svg
from restitution.documents.pdf.sender import NO_SENDER, Sender
from restitution.documents.pdf.typst_pdf import typst_pdf, typst_svg
from restitution.text.language import gettext as _
from restitution.text.language import ngettext
from restitution.text.names import in_words


@dataclass(frozen=True, slots=True)
class Poster:
    """The content of a poster or a letter. ``college`` is None when everyone may answer; ``minutes``: the duration.

    ``headline`` and ``question`` are what the grid says there, if anything; ``colleges`` names who is asked. ``code``
    is typed at ``entrance`` by who cannot scan; without one the whole address is. ``inked`` is for printers without
    colours.
    """

    territory: str
    campaign: str
    address: str
    minutes: int
    k: int
    college: str | None = None
    headline: str = ""
    closes_on: date | None = None
    warning: str = ""
    sender: Sender = NO_SENDER
    code: str = ""
    entrance: str = ""
    inked: bool = False
    question: str = ""
    colleges: Sequence[str] = ()

    def pdf(self, made: date) -> bytes:
        """Return the poster as PDF/UA-1."""
        return typst_pdf("poster.typ", self._content(), made)

    def svg(self, made: date) -> bytes:
        """Return the poster as SVG, to be used in another layout."""
        return typst_svg("poster.typ", self._content(), made)

    def letter(self, made: date) -> bytes:
        """Return the same as a letter, PDF/UA-1: it is dated, and gives reasons to answer."""
        words = {
            "title": _("Lettre : %(territory)s", territory=self.territory),
            "day": in_words(made),
            "greeting": _("Madame, Monsieur,"),
            "asking": _(
                "%(territory)s fait le point. %(question)s %(everyone)s",
                territory=self.territory,
                question=self.question or _("Où en est-on, ici ?"),
                everyone=self._everyone(),
            ),
            "how": _("Pour répondre, visez ce dessin avec l’appareil photo de votre téléphone, ou allez sur :")
            if self.code
            else _("Pour répondre, visez ce dessin avec l’appareil photo de votre téléphone, ou tapez cette adresse :"),
            "type": _("et écrivez ce code :"),
            "paper": _("Vous préférez le papier, ou de l’aide ? Dites-le à la personne qui vous a remis cette lettre."),
            "thanks": _("Merci de votre avis : il comptera, tel quel."),
        }
        return typst_pdf("letter.typ", {**self._content(), **words}, made)

    def _everyone(self) -> str:
        """Return who says what they see: the colleges by their names, unless they are too many to be read."""
        if not 1 < len(self.colleges) <= _MOST_NAMED:
            return _("Chacun dit ce qu’il voit, de là où il est.")
        return _("%(colleges)s : chacun dit ce qu’il voit, de là où il est.", colleges=", ".join(self.colleges))

    def _scan(self) -> str:
        if self.code:
            return _("Visez avec l’appareil photo de votre téléphone, ou allez à cette adresse et écrivez ce code :")
        return _("Visez avec l’appareil photo de votre téléphone, ou tapez cette adresse :")

    def _content(self) -> dict[str, Any]:
        return {
            "title": _("Participez : %(territory)s", territory=self.territory),
            "territory": _cut(self.territory),
            "campaign": _cut(self.campaign),
            "headline": self.headline or _("Ici, où en est-on ?"),
            "sender": self.sender.content(),
            "contact": _("Une question ? %(contact)s", contact=self.sender.contact) if self.sender.contact else "",
            "lead": self.sender.introduction or _("Dites ce que vous voyez. Votre réponse comptera, telle quelle."),
            "college": _("Pour : %(college)s", college=_cut(self.college)) if self.college else _("Pour tous"),
            "qr": qr_svg(self.address),
            "qr_alt": _("QR code qui mène à l’adresse %(address)s", address=self.address),
            "scan": self._scan(),
            "address": _bare(self.entrance if self.code else self.address),
            "code": self.code,
            "inked": self.inked,
            "facts": [
                ngettext(
                    "Environ %(n)s minute, en une ou plusieurs fois",
                    "Environ %(n)s minutes, en une ou plusieurs fois",
                    self.minutes,
                ),
                _("Anonyme : ni nom, ni compte, ni adresse"),
                _("Aucun résultat sur moins de %(k)s personnes", k=self.k),
                *([_("Jusqu’au %(day)s", day=in_words(self.closes_on))] if self.closes_on else []),
            ],
            "warning": self.warning,
        }


def _bare(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://")


_MOST_NAMED: Final = 7
_LONGEST: Final = 120
"""What fields allow, and a little more: beyond it the page would not hold what leads to the questionnaire."""


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
