"""What follows a collection, read with a key where there is something to read: the demonstration's."""

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from flask import Flask

from accounts.permissions import Role
from accounts.scopes import Scope
from storage.accounts.accounts import create_account, grant
from storage.accounts.api_keys import make_key
from storage.campaigns.campaigns import campaign_by_slug
from storage.core.database import open_database
from storage.review.session_decisions import decisions_of, follow_decision, note_decision
from storage.review.snapshots import snapshots_of
from web.api.my import models


def test_changes_diagnostics_and_decisions_are_those_of_their_pages(
    demo_app: Flask, demo_database: Path, password_hash: str
) -> None:
    with closing(open_database(demo_database)) as db:
        campaign = campaign_by_slug(db, "villeroche-2026")
        assert campaign
        account = create_account(db, "logiciel@grille.example", "Camille Essai", password_hash)
        grant(db, account, Role.PILOT, campaign.territory)
        noted = note_decision(db, campaign, "Former à l’animation.", account)
        due = replace(noted.follow_up, office="la direction des services", due_on=date(2027, 3, 31), skill="FAC-1")
        follow_decision(db, campaign, noted.id, noted.text, due)
        adopted, (decided,) = snapshots_of(db, campaign), decisions_of(db, campaign)
        _number, secret = make_key(db, account, "Un logiciel", [Scope.READ], timedelta(days=1))
    client = demo_app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"

    def read(what: str) -> bytes:
        answer = client.get(f"/api/v1/my/campaigns/villeroche-2026/{what}")
        assert answer.status_code == 200, answer.text
        return answer.data

    changes = models.Changes.model_validate_json(read("changes"))
    assert (changes.since, len(changes.items)) == ("2025", 35)
    compared = [one for one in changes.items if one.visible is not None]
    assert compared
    assert all(one.low is not None and one.high is not None for one in compared)
    diagnostics = models.Diagnostics.model_validate_json(read("diagnostics")).items
    assert [(one.number, one.sha256, one.document) for one in diagnostics] == [
        (one.number, one.sha256, one.document) for one in adopted
    ]
    assert len(diagnostics) == 2
    (decision,) = models.Decisions.model_validate_json(read("decisions")).items
    assert (decision.text, decision.office, decision.due_on, decision.skill) == (
        *("Former à l’animation.", "la direction des services", date(2027, 3, 31), "FAC-1"),
    )
    assert decision.noted_at == decided.noted_at
