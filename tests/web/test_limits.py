"""Limits on the length of texts: nothing is cut; a text too long is returned whole, with the excess."""

import html
import re
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from wtforms import StringField
from wtforms.form import BaseForm
from wtforms.validators import Length

import grille
from storage.review.sheets import Facts
from tests.web.forms import post_form
from tests.web.markup import problems_in
from tests.web.test_typed import all_forms, text_fields
from web.http.forms.fields import AtMost
from web.review.forms import facts_form

WEB = Path("web")


def test_no_field_of_any_template_or_script_lets_browsers_cut_what_is_pasted() -> None:
    pages = [*WEB.rglob("*.html"), *(WEB / "static" / "js").glob("*.js"), *WEB.rglob("*.py")]
    assert len(pages) > 100
    written = {str(page): page.read_text().replace('"maxLength":', "") for page in pages}  # a key of JSON schemas
    assert [page for page, text in written.items() if re.search(r"maxlength(?!``)", text, re.IGNORECASE)] == []


def test_no_form_gives_a_field_a_limit_that_cuts(app: Flask) -> None:
    with app.test_request_context():
        for form in all_forms():
            for name, field in text_fields(form).items():
                made = BaseForm({name: field})[name]
                made.process(None)
                assert not any(isinstance(check, Length) for check in made.validators), (form, name)
                assert "maxlength" not in made(), (form, name)


def test_each_limit_of_each_form_says_by_how_much_and_gives_the_text_back(app: Flask) -> None:
    checked = set()
    for form in all_forms():
        for name, field in text_fields(form).items():
            limits = [one for one in BaseForm({name: field})[name].validators if isinstance(one, AtMost)]
            for limit in limits:
                typed = "é" * (limit.limit + 3)
                with app.test_request_context(method="POST", data={name: typed}):
                    sent = BaseForm({name: field})
                    sent.process(request.form)
                    assert not sent.validate()
                    said = sent[name].errors[0]
                    assert said == limit.secret or f"compte {limit.limit + 3:,} car".replace(",", "\u202f") in said
                    assert sent[name].data == typed
                checked.add(f"{form.__name__}.{name}")
    assert {
        *("SetupForm.name", "CollegeForm.label", "NoteForm.progress", "ActionForm.title", "ActionForm.purpose"),
        *("ActionForm.provider", "RatingForm.words", "InviteForm.name", "AdoptionForm.reason", "EvidenceForm.address"),
    } <= checked


def test_what_is_near_its_limit_is_counted_in_fields_of_forms(app: Flask) -> None:
    skill = grille.current().skills[0]
    with app.test_request_context():
        form = facts_form(skill, Facts(()), 0, formdata=None)
        assert 'data-limit="1000"' in form.pairs()[0][1]()
        assert isinstance(form.pairs()[0][1], StringField)


LONG = "Un texte collé depuis un compte rendu. " * 400 + "Sa fin"


@pytest.mark.parametrize(
    ("page", "action", "field", "others"),
    [
        ("/seance/villeroche-2026/preparer", "", "title", {"do": "add"}),
        ("/seance/villeroche-2026/preparer", "", "text", {"do": "add", "title": "Merci"}),
        ("/seance/villeroche-2026", "/decisions", "text", {}),
        ("/campagnes/demonstration/cloture", "/../regroupements", "label", {"college": "elus"}),
        ("/campagnes/demonstration/ateliers", "", "name", {"people": "12", "savoir": "COO-1"}),
        ("/campagnes/demonstration/ateliers/1", "/consensus", "comment", {"savoir": "COO-1", "niveau": "2"}),
        ("/campagnes/demonstration/saisie", "", "c_COO-1", {"college": "elus", "number": "ELU-900", "a_COO-1": "2"}),
    ],
)
def test_what_is_too_long_comes_back_whole_with_by_how_much(
    leader: FlaskClient, page: str, action: str, field: str, others: dict[str, str]
) -> None:
    where = page.rsplit("/", 1)[0] + action.removeprefix("/..") if action.startswith("/..") else page + action
    answer = post_form(leader, where, seen_at=page, **{field: LONG, **others})
    assert answer.status_code == 422
    assert "enlevez-en" in answer.text
    assert LONG in html.unescape(answer.text)
    assert problems_in(answer.text) == []


def test_pages_with_a_limit_bring_the_script_that_counts(leader: FlaskClient) -> None:
    for page in (
        "/seance/villeroche-2026/preparer",
        "/campagnes/demonstration/ateliers",
        "/campagnes/demonstration/ateliers/1",
    ):
        text = leader.get(page).text
        assert "data-limit" in text
        assert "data-over" in text
