"""Forms for KoboToolbox and LimeSurvey, taken from the page of paper; their exports come back by « Importer »."""

import io
import re

from flask.testing import FlaskClient
from openpyxl import load_workbook

from storage.campaigns.campaigns import Campaign, participation
from storage.core.engine import Database
from tests.questionnaires.outside import exports
from tests.web.campaigns.test_paper import confirm, send
from tests.web.markup import problems_in


def sheets_of(content: bytes) -> dict[str, list[list[str]]]:
    book = load_workbook(io.BytesIO(content))
    return {name: [[str(cell or "") for cell in row] for row in book[name].values] for name in book.sheetnames}


def test_what_kobotoolbox_exports_week_after_week_needs_no_mapping(
    pilot: FlaskClient, running: Campaign, database: Database
) -> None:
    page = pilot.get(f"/campagnes/{running.slug}/papier").text
    assert problems_in(page) == []
    assert f'formaction="/campagnes/{running.slug}/formulaire.txt"' in page
    answer = pilot.get(f"/campagnes/{running.slug}/formulaire.xlsx")
    assert "kobo-" in answer.headers["Content-Disposition"]
    asked = exports.of_xlsform(sheets_of(answer.data))
    people = exports.answered(asked, 3)
    confirm(pilot, running, send(pilot, running, exports.kobo(asked, people[:2], labels=True)).text)
    look = send(pilot, running, exports.kobo(asked, people, shuffled=2)).text
    assert problems_in(look) == []
    assert "Export de KoboToolbox reconnu" in look
    assert "2 personnes de ce tableau ont déjà été importées" in look
    assert "_submission_time" not in look
    assert "photo_URL" in look, "what nobody expects is said"
    confirm(pilot, running, look)
    assert sum(participation(database, running).values()) == 3


def test_a_survey_of_limesurvey_for_one_college_comes_back(
    pilot: FlaskClient, running: Campaign, database: Database
) -> None:
    address = f"/campagnes/{running.slug}/formulaire.txt"
    (jeunes,) = [one.code for one in running.colleges if one.label == "Jeunes"]
    asked = exports.of_limesurvey(pilot.get(f"{address}?college={jeunes}&lecture=facile").data)
    people = exports.answered(asked, 2, fixed=jeunes)
    look = send(pilot, running, exports.lime(asked, people)).text
    assert re.search("Export de LimeSurvey reconnu", look)
    confirm(pilot, running, look)
    assert participation(database, running)[jeunes] == 2
    assert pilot.get(f"{address}?college=martiens").status_code == 404
