"""Imported tables: looked at first, whole or not at all, and each file once."""

import pytest

from questionnaires.answers_table import AnswersErrors
from storage.campaigns import Campaign, close_campaign, participation
from storage.engine import Database
from storage.imports import AlreadyImported, Examined, SentFile, examine, find_import, import_answers, imports_of
from storage.responses import CampaignClosed

TABLE = b"college,mode,A-1,A-2\neleves,,2,\nprofs,papier,SO,1\n,atelier,3,\neleves,,,\n"
FILE = SentFile("réponses.csv", TABLE)


def looked_at(db: Database, campaign: Campaign, content: bytes = TABLE, name: str = "réponses.csv") -> Examined:
    return examine(db, campaign, SentFile(name, content))


def test_a_look_says_what_would_come_and_writes_nothing(db: Database, campaign: Campaign) -> None:
    seen = looked_at(db, campaign)
    assert seen.counts == {("eleves", "individuel"): 1, ("profs", "papier"): 1, (None, "atelier"): 1}
    assert (seen.silent, seen.left_out, seen.absent, seen.unanswered) == (1, (), (), ("B-1",))
    assert db["responses"].count == db["imports"].count == 0


def test_a_file_is_taken_once(db: Database, campaign: Campaign) -> None:
    seen = looked_at(db, campaign)
    assert import_answers(db, campaign, seen) == 3
    with pytest.raises(AlreadyImported, match="sous le nom «\u00a0réponses"):
        looked_at(db, campaign, name="autre.csv")
    with pytest.raises(AlreadyImported):
        import_answers(db, campaign, seen)
    other = looked_at(db, campaign, b"college,A-1\neleves,1\n", "autre\0.csv")
    assert import_answers(db, campaign, other) == 1
    assert [(one.file_name, one.responses) for one in imports_of(db, campaign)] == [
        ("autre.csv", 1),
        ("réponses.csv", 3),
    ]
    assert participation(db, campaign) == {"eleves": 2, "profs": 1}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (TABLE + b"martiens,,1,\n", "«\u00a0martiens\u00a0» n’est pas un collège\u00a0: écrivez eleves ou profs"),
        (TABLE + b"profs,,4,\n", "est hors de l’échelle"),
        (b"college,A-1\neleves,\n", "aucune ligne n’a de réponse"),
    ],
)
def test_nothing_is_taken_when_a_row_cannot_be(db: Database, campaign: Campaign, content: bytes, sentence: str) -> None:
    with pytest.raises(AnswersErrors, match=sentence):
        looked_at(db, campaign, content)
    assert find_import(db, campaign, FILE) is None
    assert db["responses"].count == 0


def test_a_closed_campaign_takes_nothing(db: Database, campaign: Campaign) -> None:
    seen = looked_at(db, campaign)
    close_campaign(db, campaign)
    with pytest.raises(CampaignClosed):
        import_answers(db, campaign, seen)
    assert imports_of(db, campaign) == []
