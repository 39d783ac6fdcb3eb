"""The questionnaire on paper, one form per college: large type, boxes to tick, numbered pages, PDF/UA."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from questionnaires import Questionnaire
from questionnaires.questionnaire import Question
from questionnaires.sheet_numbers import sheet_number
from restitution.chart_data.colours import LIGHT
from restitution.chart_data.radar import axes_asked
from restitution.documents.pdf.sender import NO_SENDER, Sender
from restitution.documents.pdf.typst_pdf import typst_pdf
from restitution.text.language import gettext as _
from restitution.text.names import in_words
from restitution.text.numbers import level_text

DONT_KNOW_KEY, NOT_APPLICABLE_KEY = "N", "S"
"""What is printed beside the two boxes, and typed on the page where sheets are entered."""

_LINES_OF_FREE_ANSWER = 4


@dataclass(frozen=True, slots=True)
class PaperForm:
    """The copies for one college: ``numbers`` has one per copy, and each can be entered only once.

    ``code`` opens the same questionnaire online, for who prefers it; "" when the college has no link.
    """

    questionnaire: Questionnaire
    college: str
    numbers: Sequence[str]
    code: str = ""

    def content(self, running: str, entrance: str = "") -> dict[str, Any]:
        """Return the values for the template; ``running`` is printed at the top of every page."""
        return {
            "online": self._online(entrance),
            "college": self.college,
            "running": f"{running} · {self.college}",
            "numbers": list(self.numbers),
            "families": self._families(),
        }

    def _online(self, entrance: str) -> list[str]:
        """The sentences about answering online, in pieces: the address and the code are printed apart."""
        if not (self.code and entrance):
            return []
        return [
            _("Plutôt en ligne ? Sur"),
            entrance,
            _("écrivez le code"),
            self.code,
            _("Sur papier ou en ligne : une seule fois."),
        ]

    def _families(self) -> list[dict[str, Any]]:
        axes = axes_asked(self.questionnaire.grid)
        return [
            {
                "title": page.family.title,
                "description": (self.questionnaire.plain and page.family.falc) or page.family.description,
                "badge": axes[page.family.code].badge,
                "hue": LIGHT[axes[page.family.code].hue],
                "questions": [_printed(question) for question in page.questions],
            }
            for page in self.questionnaire.pages
        ]


@dataclass(frozen=True, slots=True)
class PaperForms:
    """The printed forms of a campaign: those of one college, or of several one after the other."""

    forms: Sequence[PaperForm]
    territory: str
    campaign: str
    k: int
    return_by: date | None = None
    warning: str = ""
    sender: Sender = NO_SENDER
    entrance: str = ""

    def pdf(self, made: date) -> bytes:
        """Return the PDF of every copy, each beginning on a new sheet."""
        return typst_pdf("paper.typ", self._content(), made)

    def _content(self) -> dict[str, Any]:
        grid = self.forms[0].questionnaire.grid
        running = f"{self.territory} · {self.campaign}"
        return {
            "title": _("Questionnaire : %(colleges)s", colleges=", ".join(form.college for form in self.forms)),
            "territory": self.territory,
            "campaign": self.campaign,
            "forms": [form.content(running, self.entrance) for form in self.forms],
            "warning": self.warning,
            "version": _("%(title)s, version %(version)s", title=grid.title, version=grid.version)
            + (_(" · proposition du projet") if grid.status == "proposition" else ""),
            "sender": self.sender.content(),
            "contact": _("Une question ? %(contact)s", contact=self.sender.contact) if self.sender.contact else "",
            "keys": [DONT_KNOW_KEY, NOT_APPLICABLE_KEY],
            "words": self._words(),
        }

    def _words(self) -> dict[str, str | int]:
        back = ""
        if self.return_by:
            back = _("À rendre avant le %(day)s.", day=in_words(self.return_by))
        return {
            "form": _("Feuille"),
            "of": _("sur"),
            "page": _("page"),
            "lead": _("Dites ce que vous voyez"),
            "how": _(
                "Pour chaque question, cochez la phrase qui ressemble le plus à ce que vous voyez. Une seule case. "
                "Aucune ne va ? Laissez vide et passez à la suite."
            ),
            "privacy": _(
                "N’écrivez pas votre nom, ni celui de quelqu’un d’autre. Le numéro de cette feuille ne sert qu’à ne "
                "pas la compter deux fois. Aucun résultat n’est montré sur moins de %(k)s personnes.",
                k=self.k,
            ),
            "back": back,
            "comment": _("Un exemple, un commentaire ? Écrivez le numéro de la question, puis votre phrase."),
            "quotable": _("Mes commentaires peuvent être cités"),
            "quoted": _(
                "Lus ou montrés à la séance annuelle et dans ses documents, si la personne qui les relit l’accepte, "
                "sans votre nom ni votre collège. Rien d’obligatoire."
            ),
            "lines": 2,
            "thanks": _("Merci. Glissez cette feuille dans l’urne, ou rendez-la à la personne qui vous l’a donnée."),
        }


def _printed(question: Question) -> dict[str, Any]:
    levels = [[level_text(one.value), one.label, one.sentence] for one in question.levels]
    silent = [str(label) for label in question.silent.values()]
    lines = _LINES_OF_FREE_ANSWER if "text" in question.asks else 0
    return {"stem": question.stem, "levels": levels, "silent": silent, "lines": lines}


def numbers_from(prefix: str, first: int, count: int) -> list[str]:
    """Return numbers for copies: a prefix, then three digits or more.

    >>> numbers_from("ELU", 8, 3)
    ['ELU-008', 'ELU-009', 'ELU-010']
    """
    return [sheet_number(prefix, rank) for rank in range(first, first + count)]
