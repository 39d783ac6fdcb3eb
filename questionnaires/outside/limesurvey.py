"""A form as LimeSurvey's « tab separated values »: a line per setting, group, question and answer."""

import csv
import html
import io
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Final

from questionnaires.outside.beside import (
    BEFORE,
    COMMENT_HELP,
    BesideQuestion,
    limesurvey_beside,
    questions_beside,
)
from questionnaires.outside.names import limesurvey_college, limesurvey_level, limesurvey_names
from questionnaires.outside.wording import (
    COLLEGE_QUESTION,
    INTRODUCTION,
    OutsideForm,
    choices_of,
    help_of,
    one_line,
    shortened,
    titled,
)
from questionnaires.questionnaire import Question

COLUMNS: Final = (
    "class", "type/scale", "name", "relevance", "text", "help", "language", "validation", "mandatory", "other",
    "default", "same_default", "hidden",
)  # fmt: skip

_LANGUAGE: Final = "fr"
_LIST, _EQUATION, _LONG_TEXT = "L", "*", "T"
_LONGEST_NAME: Final = 100
_HEAVIEST_TEXT: Final = 65_535
"""The bytes that a text of its MySQL tables holds."""
_SETTINGS: Final = {
    "format": "G",  # a page per family
    "language": _LANGUAGE,
    "anonymized": "Y",
    "ipaddr": "N",
    "refurl": "N",
    "datestamp": "N",
    "allowprev": "Y",
    "shownoanswer": "Y",
}
_ENTITIES: Final = str.maketrans({"{": "&#123;", "}": "&#125;", "\\": "&#92;"})


def limesurvey_tsv(form: OutsideForm) -> bytes:
    """Return the file that LimeSurvey imports as a new survey (UTF-8, tabulations)."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", dialect="excel-tab", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_lines(form))
    return text.getvalue().encode("utf-8-sig")


def _lines(form: OutsideForm) -> Iterator[dict[str, str]]:
    for name, value in {"sid": _survey_number(form.key), **_SETTINGS}.items():
        yield {"class": "S", "name": name, "text": value}
    for name, value in (
        ("surveyls_language", _LANGUAGE),
        ("surveyls_title", _name(form.title)),
        ("surveyls_welcometext", _shown(str(INTRODUCTION))),
    ):
        yield _said("SL", name, value)
    yield from _college_lines(form)
    names = limesurvey_names(skill.code for skill in form.grid.skills)
    beside = questions_beside(form, limesurvey_beside(form.grid))
    for number, (family, questions) in enumerate(form.pages, 1):
        yield _group(number, family.title)
        for worded in questions:
            question = next(iter(worded.values()))
            yield from _question(names[question.code], _stem(form.stems[question.code], titled(question)), question)
            for one in beside[question.code]:
                yield from _beside(one, question)


def _beside(one: BesideQuestion, question: Question) -> Iterator[dict[str, str]]:
    """Yield what is asked beside a level: the year before, with the same answers, or a comment."""
    kind, help_ = (_LIST, "") if one.part == BEFORE else (_LONG_TEXT, _shown(str(COMMENT_HELP)))
    cells = {"type/scale": kind, "relevance": "1", "help": help_}
    yield _said("Q", one.name, _shown(one.label), mandatory="N", **cells)
    for value, text in choices_of(question).items() if one.part == BEFORE else ():
        yield _answer(limesurvey_level(value), text)


def _college_lines(form: OutsideForm) -> Iterator[dict[str, str]]:
    """Yield the first group: which college answers, asked or, when there is one, known."""
    yield _group(0, str(COLLEGE_QUESTION))
    if len(form.colleges) == 1:
        known = html.escape(form.colleges[0])
        yield _said("Q", "college", known, **{"type/scale": _EQUATION, "relevance": "1", "hidden": "1"})
        return
    yield _said("Q", "college", _shown(str(COLLEGE_QUESTION)), **{"type/scale": _LIST, "relevance": "1"}, mandatory="Y")
    for college in form.colleges:
        yield _answer(limesurvey_college(college), form.label_of(college))


def _question(name: str, stem: str, question: Question) -> Iterator[dict[str, str]]:
    yield _said(
        "Q", name, stem, **{"type/scale": _LIST, "relevance": "1"}, help=_shown(help_of(question)), mandatory="N"
    )
    for value, text in choices_of(question).items():
        yield _answer(limesurvey_level(value), text)


def _stem(stems: Mapping[str, str], title: str) -> str:
    """Return the words of a question; an expression where they depend on the college that answers.

    ``title``, where the words of all colleges are more than a text holds.
    """
    *others, (_, words) = stems.items()
    if len(set(stems.values())) == 1:
        return _shown(words)
    expression = f'"{_shown(words)}"'
    for college, said in reversed(others):
        expression = f'if(college.NAOK == "{limesurvey_college(college)}", "{_shown(said)}", {expression})'
    return f"{{{expression}}}" if len(expression.encode()) < _HEAVIEST_TEXT - 2 else _shown(title)


def _group(number: int, title: str) -> dict[str, str]:
    whole = _shown(title)
    name = _name(title)
    description = whole if name != whole else ""
    return _said("G", name, description, **{"type/scale": f"G{number}", "relevance": "1"})


def _answer(code: str, text: str) -> dict[str, str]:
    return _said("A", code, _shown(text), **{"type/scale": "0"})


def _said(kind: str, name: str, text: str, **cells: str) -> dict[str, str]:
    return {"class": kind, "name": name, "text": text, "language": _LANGUAGE, **cells}


def _shown(text: str) -> str:
    """Return a text as HTML that shows it as it is: no markup, no expression, and no formula in a spreadsheet."""
    escaped = html.escape(one_line(text), quote=True).translate(_ENTITIES)
    return f"&#{ord(escaped[0])};{escaped[1:]}" if escaped[:1] in ("=", "+", "-", "@") else escaped


def _name(title: str) -> str:
    """Return a title as LimeSurvey's names hold it: a hundred signs at most, those of the markup included."""
    line, most = one_line(title), _LONGEST_NAME
    while len(_shown(shortened(line, most))) > _LONGEST_NAME:
        most -= 1
    return _shown(shortened(line, most))


def _survey_number(key: str) -> str:
    return str(100_000 + int(sha256(key.encode()).hexdigest(), 16) % 900_000)
