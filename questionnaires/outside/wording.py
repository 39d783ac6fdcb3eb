"""The questions and answers of a campaign as forms of other software show them, and as their exports repeat them."""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from flask_babel import lazy_gettext

from grille import Family, Grid
from questionnaires.answers import DONT_KNOW, NOT_APPLICABLE, Value
from questionnaires.questionnaire import Form, Question, Questionnaire

LONGEST_TEXT: Final = 4_000
"""The longest text of a form: two of them, escaped, fit in a cell of a workbook and in a text of LimeSurvey."""
COLLEGE_QUESTION: Final = lazy_gettext("À quel titre répondez-vous ?")
INTRODUCTION: Final = lazy_gettext(
    "Répondez selon ce que vous voyez, sans écrire le nom de personne. Aucune question n’est obligatoire."
)


@dataclass(frozen=True)
class OutsideForm:
    """What a form asks: the questions of a grid, to one college or to several, in the words of each.

    ``key`` tells this form from others in the other software; ``title`` is what respondents read first.
    ``retrospective`` also asks how the year before seems now, ``comments`` for a comment, skill by skill.
    """

    key: str
    title: str
    grid: Grid
    form: Form
    colleges: tuple[str, ...]
    plain: bool = False
    retrospective: bool = False
    comments: bool = False

    @cached_property
    def questionnaires(self) -> dict[str, Questionnaire]:
        """The questionnaire of each college."""
        return {code: Questionnaire(self.grid, self.form, code, self.plain) for code in self.colleges}

    @property
    def pages(self) -> Iterator[tuple[Family, list[dict[str, Question]]]]:
        """The families that have questions, each question with its wording by college."""
        for pages in zip(*(one.pages for one in self.questionnaires.values()), strict=True):
            questions = zip(*(page.questions for page in pages), strict=True)
            yield pages[0].family, [dict(zip(self.colleges, worded, strict=True)) for worded in questions]

    @cached_property
    def stems(self) -> dict[str, dict[str, str]]:
        """The question about each skill by college, with its code where two questions would read the same."""
        by_college = {code: dict(stems_of(one.questions)) for code, one in self.questionnaires.items()}
        first = next(iter(by_college.values()))
        return {skill: {code: stems[skill] for code, stems in by_college.items()} for skill in first}

    def label_of(self, college: str) -> str:
        """Return the name of a college of the form."""
        return self.grid.college(college).label


def stems_of(questions: Sequence[Question]) -> Iterator[tuple[str, str]]:
    """Yield each skill with its question; its code follows where two questions would read the same."""
    same = Counter(read_as(one_line(question.stem)) for question in questions)
    for question in questions:
        stem = one_line(question.stem)
        yield question.code, stem if same[read_as(stem)] == 1 else _coded(stem, question.code)


def titled(question: Question) -> str:
    """Return what stands for a question whose words, of all colleges together, are more than a form holds."""
    return _coded(question.skill.title, question.code)


def _coded(text: str, code: str) -> str:
    return f"{shortened(one_line(text), LONGEST_TEXT - len(code) - 3)} ({code})"


def choices_of(question: Question) -> dict[Value, str]:
    """Return the text of every answer to a question: the name of the level, and what it looks like.

    Levels that would read the same have their value before.
    """
    texts: dict[Value, str] = {one.value: _choice(one.label, one.sentence) for one in question.levels}
    if len({read_as(text) for text in texts.values()}) < len(texts):
        texts = {value: one_line(f"{value} – {text}") for value, text in texts.items()}
    return texts | {value: question.label_of(value) for value in (DONT_KNOW, NOT_APPLICABLE)}


def _choice(label: str, sentence: str) -> str:
    label, sentence = one_line(label), one_line(sentence)
    if not sentence:
        return label
    joined = one_line(f"{label}\u00a0: {sentence}")
    return label if read_as(label) == read_as(sentence) and not label.lstrip("+-").isdigit() else joined


def help_of(question: Question) -> str:
    """Return what explains a question: its definition, and what can be observed."""
    if not question.explained:
        return ""
    return one_line(" ".join(one for one in (one_line(question.skill.definition), _facts(question)) if one))


def _facts(question: Question) -> str:
    listed = " ; ".join(one_line(fact) for fact in question.facts)
    return str(lazy_gettext("Par exemple : %(facts)s", facts=listed)) if listed else ""


def one_line(text: str) -> str:
    """Return a text on one line, as forms and tables need it, of no more signs than they hold."""
    line = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text).split(" ")).strip()
    return shortened(line, LONGEST_TEXT)


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many signs, the last one « … » where some are left out.

    >>> shortened("Coopérer", 8), shortened("Coopérer ici", 10)
    ('Coopérer', 'Coopérer…')
    """
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def read_as(text: str) -> str:
    """Return what two writings of a text have in common: no space, case, markup or invisible sign.

    >>> read_as("Qui\\u202f? <b>Vous &amp; moi</b>") == read_as("qui ? Vous & moi")
    True
    """
    bare = html.unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", text))
    composed = unicodedata.normalize("NFKC", bare).casefold()
    return "".join(sign for sign in composed if not sign.isspace() and sign not in "\\\u200b\u2060\ufeff\u00ad*_")
