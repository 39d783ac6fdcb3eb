"""All typed text goes through ``grille.typed``, from every page, file, command or phone."""

import pkgutil
import re
from importlib import import_module

import pytest
from flask import Flask, request
from werkzeug.exceptions import MethodNotAllowed, NotFound
from wtforms import Form, PasswordField, StringField
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

import grille
import questionnaires
import web
from grille.typed import typed_line, typed_text
from questionnaires.fields import Comment, Reason
from storage.accounts.accounts import create_account
from storage.campaigns.campaigns import CampaignCollege, campaign_by_slug
from storage.campaigns.lifecycle import open_campaign
from storage.campaigns.territories import create_territory
from storage.core.engine import Database
from storage.review.sheets import normalised_text

SENT = "e\u0301te\u0301\x00 \u202etse\u202c\x07 la\u200b \ufeff\ufffe\ue000 fin\r\n✅ x" + "\u0301" * 40
KEPT = "été tse la \ue000 fin\n✅ x\u0301\u0301\u0301"

ON_ONE_LINE = {"place"}  # the name of a territory, looked for in a list


def all_forms() -> set[type[Form]]:
    for package in (web, questionnaires):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    found, waiting = set(), [Form]
    while waiting:
        new = [form for form in waiting.pop().__subclasses__() if form not in found]
        found.update(new)
        waiting += new
    return {form for form in found if form.__module__.partition(".")[0] in {"web", "questionnaires"}}


def text_fields(form: type[Form]) -> dict[str, UnboundField]:
    fields = {name: getattr(form, name) for name in dir(form) if isinstance(getattr(form, name), UnboundField)}
    return {name: one for name, one in fields.items() if issubclass(one.field_class, StringField)}


def test_every_typed_field_of_every_form_goes_through_the_reader(app: Flask) -> None:
    checked = []
    for form in all_forms():
        for name, field in text_fields(form).items():
            sent_as = BaseForm({name: field})[name].name
            with app.test_request_context(method="POST", data={sent_as: SENT}):
                filled = BaseForm({name: field})
                filled.process(request.form)
                reader = typed_line if name in ON_ONE_LINE else typed_text
                said = SENT if issubclass(field.field_class, PasswordField) else reader(SENT)
                assert filled[name].data == said, (form, name)
                checked.append(f"{form.__name__}.{name}")
    assert {"SetupForm.name", "CollegeForm.label", "NoteForm.progress", "ActionForm.title", "InviteForm.name"} <= {
        *checked
    }
    assert len(checked) > 25


def test_addresses_and_fields_read_one_by_one_go_through_it_too(app: Flask) -> None:
    with app.test_request_context("/?q=%E2%80%AEx%00", method="POST", data={"text": SENT, "new_password": "a\u0301"}):
        assert request.args["q"] == "x"
        assert request.form["text"] == KEPT
        assert request.form.getlist("text") == [KEPT]
        assert request.form["new_password"] == "a\u0301"


def test_a_number_that_no_table_can_hold_is_no_address(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if "<int:" in rule.rule]
    assert len(rules) > 5
    for rule in rules:
        address = re.sub("<int:[a-z_]+>", str(2**63), rule.rule)
        with pytest.raises((NotFound, MethodNotAllowed)):  # under /api/ every address can be read, to say a problem
            app.url_map.bind("localhost").match(re.sub("<[^>]+>", "x", address), method=min(rule.methods or {"GET"}))


def test_what_commands_and_files_bring_goes_through_it(database: Database) -> None:
    territory = create_territory(database, SENT, "commune")
    assert territory.name == typed_line(KEPT)
    colleges = (CampaignCollege("habitants", SENT), CampaignCollege("elus", "Élus"))
    campaign = open_campaign(database, territory, grille.current(), name=SENT, year=2026, colleges=colleges)
    again = campaign_by_slug(database, campaign.slug)
    assert again
    assert (again.name, again.colleges[0].label) == (typed_line(KEPT), typed_line(KEPT))
    assert create_account(database, "a@exemple.fr", SENT).name == typed_line(KEPT)
    assert normalised_text(SENT) == KEPT


def test_what_a_phone_kept_offline_goes_through_the_same_fields() -> None:
    for part in (Comment, Reason):
        assert part(None).read(SENT) == KEPT  # type: ignore[arg-type]  # the same for every question


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("👩\u200d🌾 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤\ufe0f", "👩\u200d🌾 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤\ufe0f"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u200db\u200c", "ab"),
        ("\U000e0041caché", "caché"),
        ("\ud83d", "?"),
        ("une\u2028deux\x0btrois\x85", "une\ndeux\ntrois\n"),
        ("\u200b\u3164", ""),
    ],
)
def test_what_is_seen_is_kept_and_what_is_not_is_taken_out(sent: str, kept: str) -> None:
    assert typed_text(sent) == kept
    assert typed_text(kept) == kept
