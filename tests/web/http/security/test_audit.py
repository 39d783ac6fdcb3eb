"""The audit log: every address that changes something writes to it; the page that shows it."""

import ast
import html
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from accounts.audit_events import AuditEvent
from accounts.passwords import hashed
from storage.accounts.accounts import account_by_email, create_account
from storage.campaigns.campaigns import Campaign
from storage.core.engine import Database
from storage.operations.audit_log import Wanted, entries, problems, record
from storage.operations.purge import KINDS
from tests.web.conftest import PASSWORD, Open, SignIn
from tests.web.forms import post_form
from web.admin.pages import DETAILS

ROOT = Path(__file__).parents[4]

# What each address that changes something leaves, or why it leaves nothing. Respondents leave no trace at all.
TRACES: dict[str, tuple[AuditEvent, ...] | str] = {
    "accounts.open_session": (AuditEvent.SIGNED_IN,),
    "accounts.sign_out": (AuditEvent.SIGNED_OUT,),
    "accounts.end_session": (AuditEvent.SESSION_REVOKED,),
    "accounts.forget": (AuditEvent.DEVICES_FORGOTTEN,),
    "accounts.change_password": (AuditEvent.PASSWORD_CHANGED,),
    "accounts.add_address": (AuditEvent.WEBHOOK_ADDED,),
    "accounts.change_webhook_secret": (AuditEvent.WEBHOOK_SECRET_CHANGED,),
    "accounts.remove_address": (AuditEvent.WEBHOOK_REMOVED,),
    "accounts.send_again": "the list of messages says that it was sent again",
    "session.move": "going from one slide to the next is no event",
    "session.add_testimony": (AuditEvent.SLIDES_ARRANGED,),
    "programme.choose_digest": "it changes the letters that one gets, and nothing else",
    "accounts.add_key": (AuditEvent.API_KEY_MADE,),
    "accounts.remove_key": (AuditEvent.API_KEY_REVOKED,),
    "api.my_campaign_drafted": (AuditEvent.CAMPAIGN_DRAFTED,),
    "api.my_settings_changed": (AuditEvent.CAMPAIGN_REVISED,),
    "api.my_campaign_opened": (AuditEvent.CAMPAIGN_OPENED,),
    "api.my_campaign_closed": (AuditEvent.CAMPAIGN_CLOSED,),
    "api.my_link_made": (AuditEvent.LINK_MADE,),
    "api.my_table_imported": (AuditEvent.ANSWERS_IMPORTED,),
    "api.my_action_added": (AuditEvent.ACTION_PLANNED,),
    "api.my_action_changed": (AuditEvent.ACTION_CHANGED,),
    "api.my_action_removed": (AuditEvent.ACTION_REMOVED,),
    "accounts.accept": (AuditEvent.INVITATION_ACCEPTED,),
    "accounts.reset": (AuditEvent.PASSWORD_RESET,),
    "accounts.forgotten": (AuditEvent.RESET_ASKED,),
    "directory.invite": (AuditEvent.ACCOUNT_CREATED, AuditEvent.ROLE_GRANTED),
    "directory.add_role": (AuditEvent.ROLE_GRANTED,),
    "directory.remove_role": (AuditEvent.ROLE_REVOKED,),
    "directory.disable": (AuditEvent.ACCOUNT_DISABLED,),
    "directory.enable": (AuditEvent.ACCOUNT_ENABLED,),
    "directory.remove_codes": (AuditEvent.CODES_DISABLED,),
    "accounts.check_code": (AuditEvent.RECOVERY_CODE_USED,),
    "accounts.offer_codes": "nothing is in force before a code was typed",
    "accounts.confirm_codes": (AuditEvent.CODES_ENABLED,),
    "accounts.new_recovery_codes": (AuditEvent.RECOVERY_CODES_DRAWN,),
    "accounts.remove_codes": (AuditEvent.CODES_DISABLED,),
    "accounts.unlink": (AuditEvent.IDENTITY_UNLINKED,),
    "directory.give_link": "web.accounts.views.choose_password.send_link leaves it",
    "campaigns.set_territory": (AuditEvent.TERRITORY_CREATED,),
    "campaigns.add_territory": (AuditEvent.TERRITORY_CREATED,),
    "campaigns.mend_territory": (AuditEvent.TERRITORY_RENAMED,),
    "campaigns.remove": (AuditEvent.TERRITORY_REMOVED,),
    "campaigns.try_out": (AuditEvent.TRIAL_OPENED,),
    "campaigns.erase": "storage.operations.trials.erasing leaves it, for those whose time is over too",
    "campaigns.amend": (AuditEvent.CAMPAIGN_AMENDED,),
    "campaigns.cancel": (AuditEvent.CAMPAIGN_CANCELLED,),
    "campaigns.cancel_answered": (AuditEvent.CAMPAIGN_CANCELLED,),
    "campaigns.restore_share_link": (AuditEvent.LINK_RESTORED,),
    "campaigns.restore_revoked": (AuditEvent.INVITATIONS_RESTORED,),
    "campaigns.plan": (AuditEvent.CAMPAIGN_DRAFTED,),
    "campaigns.settings": (AuditEvent.CAMPAIGN_REVISED,),
    "campaigns.leave_preview": "a preview keeps nothing",
    "campaigns.leave_welcome": "a preview keeps nothing",
    "notices.edit": "web.public.notices leaves it, text by text",
    "notices.edit_site": "web.public.notices leaves it, text by text",
    "campaigns.try_preview": "a preview keeps nothing",
    "campaigns.start": (AuditEvent.CAMPAIGN_OPENED,),
    "campaigns.number_sheets": "a number printed tells nothing of anybody",
    "campaigns.enter": (AuditEvent.ANSWERS_ENTERED,),
    "campaigns.undo_entry": (AuditEvent.ANSWERS_ERASED,),
    "campaigns.undo_table": (AuditEvent.ANSWERS_ERASED,),
    "campaigns.import_table": (AuditEvent.ANSWERS_IMPORTED,),
    "campaigns.download_raw_answers": (AuditEvent.ANSWERS_EXPORTED,),
    "campaigns.discard": (AuditEvent.CAMPAIGN_DISCARDED,),
    "campaigns.merge": (AuditEvent.COLLEGES_MERGED,),
    "campaigns.unmerge": (AuditEvent.COLLEGES_UNMERGED,),
    "campaigns.sizes": (AuditEvent.SIZE_CORRECTED,),
    "campaigns.close": (AuditEvent.CAMPAIGN_CLOSED,),
    "campaigns.publish": (AuditEvent.CAMPAIGN_PUBLISHED,),
    "campaigns.unpublish": (AuditEvent.CAMPAIGN_UNPUBLISHED,),
    "campaigns.create_share_links": (AuditEvent.LINK_MADE,),
    "campaigns.revoke_share_link": (AuditEvent.LINK_REVOKED,),
    "campaigns.invitation_table": (AuditEvent.INVITATIONS_DRAWN,),
    "campaigns.send_invitations": (AuditEvent.INVITATIONS_DRAWN,),
    "campaigns.revoke_unused": (AuditEvent.INVITATIONS_REVOKED,),
    "review.family": "web.review.sheet_saving.saved leaves it",
    "review.note": "web.review.sheet_saving.saved leaves it",
    "review.skill": "web.review.sheet_saving.saved leaves it",
    "review.private_notes": (AuditEvent.PRIVATE_NOTES_READ,),
    "review.comments": (AuditEvent.COMMENTS_READ,),
    "review.decide": (AuditEvent.COMMENTS_DECIDED,),
    "review.arrange": (AuditEvent.COMMENTS_THEMED,),
    "review.themes": (AuditEvent.COMMENTS_READ,),
    "review.hand_over": (AuditEvent.REVIEW_HANDED_OVER,),
    "review.evidence": (AuditEvent.EVIDENCE_READ,),
    "review.add_evidence": (AuditEvent.EVIDENCE_ADDED,),
    "review.take_away": (AuditEvent.EVIDENCE_REMOVED,),
    "review.adoption": (AuditEvent.DIAGNOSTIC_ADOPTED,),
    "parcours.add": (AuditEvent.ACTION_PLANNED,),
    "parcours.change": (AuditEvent.ACTION_CHANGED,),
    "parcours.remove": (AuditEvent.ACTION_REMOVED,),
    "parcours.restore": (AuditEvent.ACTION_RESTORED,),
    "parcours.rate": (AuditEvent.ACTION_RATED,),
    "parcours.supervise": (AuditEvent.PARCOURS_SUPERVISED,),
    "parcours.revise": (AuditEvent.PARCOURS_SUPERVISED,),
    "parcours.take_back": (AuditEvent.ACTION_PLANNED, AuditEvent.ACTION_CHANGED),
    "session.complete": (AuditEvent.SLIDES_ARRANGED,),
    "session.rearrange": (AuditEvent.SLIDES_ARRANGED, AuditEvent.PARCOURS_SHOWN, AuditEvent.PARCOURS_KEPT),
    "grid_library.add": (AuditEvent.GRID_ADDED,),
    "grid_library.choose": (AuditEvent.GRID_CHOSEN,),
    "grid_library.withdraw": (AuditEvent.GRID_WITHDRAWN,),
    "grid_library.restore": (AuditEvent.GRID_RESTORED,),
    "studio.begin": (AuditEvent.GRID_DRAFTED,),
    "studio.open_file": (AuditEvent.GRID_DRAFTED,),
    "studio.about": (AuditEvent.GRID_DRAFT_CHANGED,),
    "studio.levels": (AuditEvent.GRID_DRAFT_CHANGED,),
    "studio.colleges": (AuditEvent.GRID_DRAFT_CHANGED,),
    "studio.family": (AuditEvent.GRID_DRAFT_CHANGED,),
    "studio.skill": (AuditEvent.GRID_DRAFT_CHANGED,),
    "studio.change_plan": (AuditEvent.GRID_DRAFT_CHANGED,),
    "studio.open_table": "a look at a table keeps nothing",
    "studio.assign_columns": (AuditEvent.GRID_DRAFTED,),
    "studio.try_preview": "a preview keeps nothing",
    "studio.remarks": "remarks on what is being typed keep nothing",
    "studio.discard": (AuditEvent.GRID_DRAFT_DISCARDED,),
    "studio.publish": (AuditEvent.GRID_PUBLISHED,),
    "studio.texts_part": (AuditEvent.GRID_TEXTS_WRITTEN,),
    "studio.open_texts": (AuditEvent.GRID_TEXTS_WRITTEN,),
    "studio.carry_texts": (AuditEvent.GRID_TEXTS_WRITTEN,),
    "studio.offer_texts": (AuditEvent.GRID_TEXTS_OFFERED,),
    "studio.withdraw_texts": (AuditEvent.GRID_TEXTS_WITHDRAWN,),
    "facilitator.start": (AuditEvent.WORKSHOP_OPENED,),
    "facilitator.move": "going from one skill to the next is no event",
    "facilitator.show": (AuditEvent.WORKSHOP_REVEALED,),
    "facilitator.agree": (AuditEvent.CONSENSUS_NOTED,),
    "facilitator.end": (AuditEvent.WORKSHOP_ENDED,),
    "session.decide": (AuditEvent.DECISION_NOTED, AuditEvent.DECISION_REMOVED),
    "room.act": (
        AuditEvent.AUDIENCE_OPENED,
        AuditEvent.AUDIENCE_REVEALED,
        AuditEvent.AUDIENCE_ENDED,
        AuditEvent.AUDIENCE_ERASED,
        AuditEvent.SLIDES_ARRANGED,
    ),
    "room.here": "going from one slide to the next is no event",
    "session.write_minutes": (AuditEvent.MINUTES_WRITTEN,),
    "session.follow_up": (
        AuditEvent.DECISION_FOLLOWED,
        AuditEvent.DECISION_PUBLISHED,
        AuditEvent.DECISION_WITHDRAWN,
        AuditEvent.ACTION_PLANNED,
    ),
}
READING = {"campaigns.leave_preview", "review.comments", "review.evidence", "review.themes"}


def changing(app: Flask) -> Iterator[str]:
    """Every endpoint that takes a form, but for respondents'."""
    for rule in app.url_map.iter_rules():
        changes = {"POST", "PUT", "DELETE"} & (rule.methods or set())
        if changes and not rule.rule.startswith(("/repondre", "/atelier", "/seance/<room")):
            yield rule.endpoint


def test_every_address_that_changes_something_says_what_it_leaves(app: Flask) -> None:
    assert set(changing(app)) | READING == set(TRACES), (
        "say in TRACES what it leaves (web.http.security.audit.audited), or why not"
    )


def test_each_room_speaks_of_the_events_of_its_addresses(app: Flask) -> None:
    for endpoint, left in TRACES.items():
        module = inspect.getmodule(inspect.unwrap(app.view_functions[endpoint]))
        assert module is not None
        room = ROOT.joinpath(*module.__name__.split(".")[:2])
        source = "".join(path.read_text() for path in room.rglob("*.py"))
        for event in left if isinstance(left, tuple) else ():
            assert f"AuditEvent.{event.name}" in source, f"{endpoint}: {event}"


def events(database: Database) -> list[str]:
    """What the log tells, oldest first."""
    return [entry.event for entry in reversed(entries(database, Wanted()))]


def test_a_campaign_s_life_is_recorded(sign_in: SignIn, campaign: Open, database: Database) -> None:
    draft = campaign("draft")
    pilot = sign_in("pilot")
    page = f"/campagnes/{draft.slug}"
    for address, seen_at in (("ouvrir", page), ("ouvrir", "/compte"), ("cloture", f"{page}/cloture")):
        answer = post_form(pilot, f"{page}/{address}", seen_at=seen_at, sure="1")
        assert answer.status_code == 303
    for address in ("publier", "publier", "depublier", "depublier"):
        assert post_form(pilot, f"{page}/{address}", seen_at="/compte").status_code == 303
    names = ["signed in", "campaign opened", "campaign closed", "campaign published", "campaign unpublished"]
    assert events(database) == names
    account = account_by_email(database, "pilot@ici.example")
    assert account
    last = entries(database, Wanted())[0]
    assert (last.by, last.about.campaign, last.about.territory) == (account.id, draft.id, draft.territory.id)
    assert list(problems(database)) == []


def test_reading_what_is_sensitive_is_recorded_before_it_is_shown(
    sign_in: SignIn, campaign: Open, database: Database
) -> None:
    slug = campaign("closed").slug
    reviewer = sign_in("reviewer")
    for page in ("notes-privees", "commentaires"):
        assert reviewer.get(f"/campagnes/{slug}/revue/{page}").status_code == 200
    assert events(database) == ["signed in", "private notes read", "comments read"]


def test_a_refusal_is_not_recorded_as_if_it_had_been_done(sign_in: SignIn, campaign: Open, database: Database) -> None:
    one: Campaign = campaign("open")
    pilot = sign_in("pilot")
    page = f"/campagnes/{one.slug}"
    assert post_form(pilot, f"{page}/cloture").status_code == 422
    merging = post_form(pilot, f"{page}/regroupements", seen_at=f"{page}/cloture", label="")
    assert merging.status_code == 422
    assert events(database) == ["signed in"]


def test_respondents_and_failed_sign_ins_leave_nothing(client: FlaskClient, database: Database) -> None:
    create_account(database, "ada@exemple.fr", "Ada", hashed(PASSWORD))
    post_form(client, "/connexion", email="ada@exemple.fr", password="not this one")
    client.get("/repondre/nobody")
    assert events(database) == []


def test_the_page_tells_it_in_words_and_can_be_looked_through(
    sign_in: SignIn, campaign: Open, database: Database
) -> None:
    slug = campaign("closed").slug
    sign_in("reviewer").get(f"/campagnes/{slug}/revue/notes-privees")
    programme = sign_in("programme", None)
    page = programme.get("/journal").text
    assert "a lu les notes privées" in page
    assert "Ici, Bilan 2026" in page
    assert page.count("s’est connecté") == 2
    assert "s’est connecté" not in programme.get("/journal?sujet=consultations").text
    assert "Aucune ligne" in programme.get("/journal?du=2001-01-01&au=2001-12-31").text
    assert "Ouvrir le journal" in programme.get("/compte").text


@pytest.mark.parametrize(
    "question", ["avant=x", "avant=99999999999999999999", "sujet=tout", "du=0001-01-01", "au=9999-12-31", "compte=-1"]
)
def test_a_question_that_means_nothing_asks_for_everything(question: str, sign_in: SignIn) -> None:
    page = sign_in("programme", None).get(f"/journal?{question}")
    assert page.status_code == 200
    assert "s’est connecté" in page.text


def test_a_long_log_has_pages(sign_in: SignIn, database: Database) -> None:
    programme = sign_in("programme", None)
    for _ in range(60):
        record(database, AuditEvent.SIGNED_OUT, 1)
    first = programme.get("/journal?sujet=connexions").text
    assert first.count("<li value=") == 50
    assert "avant=12&amp;sujet=connexions" in first
    assert programme.get("/journal?sujet=connexions&avant=12").text.count("<li value=") == 11


def detail_names() -> set[str]:
    """What calls that leave a line name in its detail, wherever they are."""
    names = set()
    for room in ("web", "commands", "storage"):
        for path in (ROOT / room).rglob("*.py"):
            for call in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {
                    "audit",
                    "audited",
                    "record",
                    "recorded",
                }:
                    names |= {keyword.arg for keyword in call.keywords if keyword.arg}
    return names


def test_every_detail_has_its_words() -> None:
    assert {"code", "count", "number"} < detail_names()
    assert detail_names() <= set(DETAILS)


def test_what_was_purged_is_recorded_in_its_own_words(sign_in: SignIn, database: Database) -> None:
    programme = sign_in("programme", None)
    for kind in KINDS:
        record(database, AuditEvent.DATA_PURGED, None, **{kind.name: 3})
    page = html.unescape(programme.get("/journal?sujet=entretien").text)
    assert all(f"{kind.label} : 3" in page for kind in KINDS)
    assert page.count("le programme lui-même, ou une commande") == len(KINDS)
