"""Hindsight and comments in forms of other software: asked beside each level, they come back without a mapping."""

import io
import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from grille import Grid, current
from questionnaires import Answer
from questionnaires.answers_table import AnswersErrors
from questionnaires.mapped_table import read_foreign, rows_as_answers
from questionnaires.outside.beside import COMMENT, BesideColumn, limesurvey_beside, xlsform_beside
from questionnaires.outside.limesurvey import limesurvey_tsv
from questionnaires.outside.names import limesurvey_names, xlsform_names
from questionnaires.outside.wording import OutsideForm
from questionnaires.outside.xlsform import xlsform_sheets
from restitution.documents.office.xlsform import xlsform_workbook
from tests.questionnaires.outside import exports
from tests.questionnaires.outside.test_outside import form_of
from tests.shapes import signed

GRIDS = {"shipped": current, "-2 to 2": signed}
Names = Callable[[Grid], dict[BesideColumn, str]]


def whole(grid: Grid, *, plain: bool = False) -> OutsideForm:
    return replace(form_of(grid, plain=plain), retrospective=True, comments=True)


def people_of(asked: list[exports.Asked], grid: Grid, named: Names) -> list[dict[str, str]]:
    """People who answer everything now and then, and who comment."""
    people, chosen = exports.answered(asked, 4), random.Random(3)
    written = ["", "Une salle ouverte ;\net « deux » tables", "=1+1"]
    for person in people:
        person |= {name: chosen.choice(written) for one, name in named(grid).items() if one.part == COMMENT}
    return people


def expected(person: dict[str, str], skills: dict[str, str], beside: dict[BesideColumn, str]) -> dict[str, Answer]:
    """The answers of somebody, read from the names of the form."""
    found = {}
    for code, name in skills.items():
        value, before = (person.get(one, "") for one in (name, beside[BesideColumn(code, "avant")]))
        comment = person.get(beside[BesideColumn(code, COMMENT)], "")
        if value or before or comment:
            found[code] = Answer(_value(value), comment=comment, before=_value(before))
    return found


def _value(said: str) -> int | str | None:
    return said if said in ("NSP", "SO") else int(exports.plain_code(said)) if said else None


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("made", GRIDS.values(), ids=[*GRIDS])
def test_an_export_of_kobotoolbox_comes_back_equal(made: Callable[[], Grid], plain: bool) -> None:
    grid = made()
    asked = exports.of_xlsform(xlsform_sheets(whole(grid, plain=plain)))
    people = people_of(asked, grid, xlsform_beside)
    names = xlsform_names(one.code for one in grid.skills)
    for labels, shuffled in ((False, 0), (True, 5)):
        table = read_foreign(exports.kobo(asked, people, labels=labels, shuffled=shuffled), "e.csv", grid)
        back = [one.answers for one in rows_as_answers(table.frame, table.identifiers, table.beside)]
        assert back == [expected(one, names, xlsform_beside(grid)) for one in people]
        assert table.left_out == ("photo_URL",)


@pytest.mark.parametrize("made", GRIDS.values(), ids=[*GRIDS])
def test_an_export_of_limesurvey_comes_back_equal(made: Callable[[], Grid]) -> None:
    grid = made()
    asked = exports.of_limesurvey(limesurvey_tsv(whole(grid)))
    people = people_of(asked, grid, limesurvey_beside)
    names = limesurvey_names(one.code for one in grid.skills)
    for labels in (False, True):
        table = read_foreign(exports.lime(asked, people, labels=labels), "e.csv", grid)
        back = [one.answers for one in rows_as_answers(table.frame, table.identifiers, table.beside)]
        assert back == [expected(one, names, limesurvey_beside(grid)) for one in people]


@pytest.mark.parametrize("made", GRIDS.values(), ids=[*GRIDS])
def test_pyxform_finds_nothing_to_say(made: Callable[[], Grid]) -> None:
    from pyxform.xls2xform import convert

    warnings: list[str] = []
    assert convert(io.BytesIO(xlsform_workbook(xlsform_sheets(whole(made())))), warnings=warnings).xform
    assert warnings == []


@pytest.mark.parametrize("named", [xlsform_beside, limesurvey_beside])
def test_no_name_is_that_of_a_skill_or_of_another(named: Names) -> None:
    grid = current()
    document = grid.model_dump()
    document["families"][0]["skills"][1]["code"] = "COO-1.avant"
    document["correspondence"] = None
    clashing = Grid.model_validate(document)
    names = [*named(clashing).values()]
    spelled = xlsform_names if named is xlsform_beside else limesurvey_names
    names += spelled(one.code for one in clashing.skills).values()
    assert len({one.casefold() for one in names}) == len(names)


def test_our_own_columns_are_read_and_every_mistake_is_said() -> None:
    table = read_foreign(
        b"college;COO-1;COO-1 avant;COO-1 commentaire;COO-2 commentaire\nelus;3;2;Bien;\nelus;;;;Seul\n",
        "t.csv",
        current(),
    )
    back = [one.answers for one in rows_as_answers(table.frame, table.identifiers, table.beside)]
    assert back == [{"COO-1": Answer(3, comment="Bien", before=2)}, {"COO-2": Answer(comment="Seul")}]
    wrong = f"college;COO-1;COO-1 avant;COO-1 commentaire\nelus;9;8;{'x' * 2001}\n"
    with pytest.raises(AnswersErrors) as refusal:
        read_foreign(wrong.encode(), "t.csv", current())
    said = [str(one).replace("\u00a0", " ").replace("\u202f", " ") for one in refusal.value.problems]
    assert {one.partition(" : ")[0] for one in said} == {
        "t.csv:2, colonne COO-1",
        "t.csv:2, colonne COO-1 avant",
        "t.csv:2, colonne COO-1 commentaire",
    }


def test_a_campaign_that_does_not_ask_of_the_year_before_refuses_its_column() -> None:
    content = b"college;COO-1;COO-1 avant\nelus;3;2\n"
    with pytest.raises(AnswersErrors) as refusal:
        read_foreign(content, "t.csv", current(), asked={"COO-1", "COO-1 commentaire"})
    assert "COO-1 avant" in str(refusal.value)
