"""A form as XLSForm, the tables of rows that KoboToolbox and ODK read: ``survey``, ``choices`` and ``settings``.

A question keeps its name whatever the college: where colleges read different words, a calculation chooses them.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from questionnaires.outside.beside import (
    BEFORE,
    COMMENT_HELP,
    BesideQuestion,
    questions_beside,
    xlsform_beside,
)
from questionnaires.outside.names import xlsform_names
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

Rows = list[tuple[str, ...]]

SURVEY: Final = ("type", "name", "label", "hint", "required", "relevant", "calculation", "appearance")
CHOICES: Final = ("list_name", "name", "label")
LONGEST_CELL: Final = 32_767
"""The longest text that a cell of a workbook holds."""
_LONGEST_TITLE: Final = 120
"""Twice as many signs, once escaped, are a name that KoboToolbox holds (255)."""
SETTINGS: Final = ("form_title", "form_id", "version", "style")


def xlsform_sheets(form: OutsideForm) -> dict[str, Rows]:
    """Return the three sheets of a form, each with its header."""
    grid = form.grid
    version = f"{grid.id} {grid.version}"
    settings = (
        shown(shortened(form.title, _LONGEST_TITLE)),
        f"grille_{re.sub('[^A-Za-z0-9_-]', '_', form.key)}"[:90],
        version,
        "pages",
    )
    return {
        "survey": [SURVEY, *_survey(form)],
        "choices": [CHOICES, *_choices(form)],
        "settings": [SETTINGS, settings],
    }


def _survey(form: OutsideForm) -> Iterator[tuple[str, ...]]:
    names = xlsform_names(skill.code for skill in form.grid.skills)
    families = xlsform_names(family.code for family in form.grid.families)
    beside = questions_beside(form, xlsform_beside(form.grid))
    yield from _college_rows(form)
    yield from _wordings(form, names)
    for family, questions in form.pages:
        yield _row("begin_group", f"f_{families[family.code]}", shown(family.title), appearance="field-list")
        for worded in questions:
            question = next(iter(worded.values()))
            name = names[question.code]
            label = _label(name, form.stems[question.code], titled(question))
            yield _row(f"select_one c_{name}", name, label, hint=shown(help_of(question)))
            yield from (_beside_row(one, name) for one in beside[question.code])
        yield _row("end_group")


def _beside_row(one: BesideQuestion, name: str) -> tuple[str, ...]:
    """Return what is asked beside the level of that name: the year before, with the same answers, or a comment."""
    if one.part == BEFORE:
        return _row(f"select_one c_{name}", one.name, shown(one.label), appearance="minimal")
    return _row("text", one.name, shown(one.label), hint=shown(str(COMMENT_HELP)), appearance="multiline")


def _college_rows(form: OutsideForm) -> Iterator[tuple[str, ...]]:
    yield _row("note", "intro", shown(str(INTRODUCTION)))
    if len(form.colleges) == 1:
        yield _row("calculate", "college", calculation=_text(form.colleges[0]))
    else:
        yield _row("select_one colleges", "college", shown(str(COLLEGE_QUESTION)), required="yes")


def _wordings(form: OutsideForm, names: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Yield a calculation for each question whose words depend on the college."""
    for code, stems in form.stems.items():
        if _chosen(stems):
            yield _row("calculate", f"t_{names[code]}", calculation=_chosen(stems))


def _label(name: str, stems: Mapping[str, str], title: str) -> str:
    """Return the words of a question, or what refers to them; ``title`` when there are too many of them."""
    if len(set(stems.values())) == 1:
        return shown(next(iter(stems.values())))
    return f"${{t_{name}}}" if _chosen(stems) else shown(title)


def _chosen(stems: Mapping[str, str]) -> str:
    """Return the expression of the words for the college that answers; "" with nothing to choose, or too much."""
    *others, (_, words) = stems.items()
    expression = _text(shown(words))
    for college, said in reversed(others):
        expression = f"if(${{college}} = {_text(college)}, {_text(shown(said))}, {expression})"
    return expression if len(set(stems.values())) > 1 and len(expression) < LONGEST_CELL else ""


def _choices(form: OutsideForm) -> Iterator[tuple[str, ...]]:
    names = xlsform_names(skill.code for skill in form.grid.skills)
    if len(form.colleges) > 1:
        for college in form.colleges:
            yield "colleges", college, shown(form.label_of(college))
    for question in form.questionnaires[form.colleges[0]].questions:
        for value, text in choices_of(question).items():
            yield f"c_{names[question.code]}", str(value), shown(text)


def _row(kind: str, name: str = "", label: str = "", **cells: str) -> tuple[str, ...]:
    return (kind, name, label, *(cells.get(column, "") for column in SURVEY[3:]))


def shown(text: str) -> str:
    """Return a text that a form shows as it is: neither markup nor a reference to another question.

    >>> shown("*Ici*, ${college}") == "\\\\*Ici\\\\*, $\\u2060{college}"
    True
    """
    return re.sub(r"([*_\\]|^#)", r"\\\1", one_line(text)).replace("${", "$\u2060{")


def _text(text: str) -> str:
    """Return a text as a literal of XPath, which cannot hold both kinds of quotes."""
    for quote in ("'", '"'):
        if quote not in text:
            return f"{quote}{text}{quote}"
    parts = re.split("(')", text)
    return f"concat({', '.join(_text(part) for part in parts if part)})"
