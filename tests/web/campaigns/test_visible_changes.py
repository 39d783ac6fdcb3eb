"""The smallest change that the expected numbers of answers can show, by college, before opening."""

from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient

from storage.campaigns.campaigns import Campaign
from web.campaigns.visible_changes import VisibleChanges, visible_changes


def visible(app: Flask, draft: Campaign, **expected: int | None) -> VisibleChanges:
    """What is told of the draft, when so many are expected of each college."""
    codes = [one.code for one in draft.colleges]
    colleges = tuple(replace(one, target=expected.get(one.code), size=None) for one in draft.colleges)
    assert set(expected) <= set(codes)
    with app.test_request_context():
        found = visible_changes(replace(draft, colleges=colleges))
    assert found is not None
    return found


def test_more_answers_show_smaller_changes_down_to_half_a_level(app: Flask, draft: Campaign) -> None:
    few, many = (
        visible(app, draft, elus=8, agents=8, habitants=8),
        visible(app, draft, elus=40, agents=40, habitants=40),
    )
    # By the method's own table (§ 6), 20 answers and more show half a level where the territory moves too.
    assert dict(many.colleges)["Conseil municipal"].startswith("0,50 niveau si le territoire bouge")
    assert few.territory > many.territory == "0,50 niveau"


def test_a_college_of_which_too_few_are_expected_or_nobody_knows_has_none(app: Flask, draft: Campaign) -> None:
    found = dict(visible(app, draft, elus=12, agents=4).colleges)
    assert found["Agents"].startswith("aucun\u00a0: trop peu")
    assert found["Habitants"].startswith("aucun\u00a0: trop peu")
    assert "si le collège bouge seul" in dict(visible(app, draft, elus=12, agents=12, habitants=9).colleges)["Agents"]


def test_a_college_beside_no_territory_never_moves_with_it(app: Flask, draft: Campaign) -> None:
    found = visible(app, draft, elus=12, agents=12)
    assert found.territory == "aucun\u00a0: moins de 3 collèges dont on attend assez de réponses"
    assert dict(found.colleges)["Agents"].replace(",", "").removesuffix(" niveau").isdigit()
    alone = visible(app, replace(draft, colleges=draft.colleges[:1]), elus=12)
    assert alone.colleges == (("Conseil municipal", alone.territory),)


def test_a_territory_of_volunteers_alone_has_none(app: Flask, draft: Campaign) -> None:
    colleges = tuple(replace(one, voluntary=True) for one in draft.colleges)
    found = visible(app, replace(draft, colleges=colleges), elus=12, agents=40, habitants=30)
    assert found.territory == "aucun\u00a0: des volontaires ne disent pas le changement de tous"


def test_volunteers_have_none(app: Flask, draft: Campaign) -> None:
    colleges = tuple(replace(one, voluntary=one.code == "agents") for one in draft.colleges)
    found = dict(visible(app, replace(draft, colleges=colleges), elus=12, agents=40, habitants=30).colleges)
    assert found["Agents"].startswith("aucun\u00a0: des volontaires")


def test_the_page_before_opening_tells_it(pilot: FlaskClient, draft: Campaign) -> None:
    page = pilot.get(f"/campagnes/{draft.slug}").text
    assert "Ce que ces nombres pourront montrer" in page
    assert "si le territoire bouge dans le même sens" in page


def test_nothing_is_said_when_no_number_is_known(app: Flask, draft: Campaign) -> None:
    colleges = tuple(replace(one, target=None, size=None) for one in draft.colleges)
    with app.test_request_context():
        assert visible_changes(replace(draft, colleges=colleges)) is None


def test_the_short_form_shows_less_than_the_full_one(app: Flask, draft: Campaign) -> None:
    short, full = (
        visible(app, replace(draft, form=form), elus=12, agents=12, habitants=12) for form in ("short", "full")
    )
    assert draft.form == "short"
    assert short.territory > full.territory
