"""Imported tables: previewed, all or nothing, each file once."""

from pathlib import Path

import orjson
import pytest

from questionnaires.answers import Answer, answers_in
from questionnaires.answers_table import AnswersErrors
from storage.campaigns.campaigns import Campaign, participation
from storage.campaigns.lifecycle import close_campaign, open_campaign
from storage.core.engine import Database
from storage.core.errors import CampaignError
from storage.responses.imports import (
    AlreadyImported,
    Examined,
    SentFile,
    examine,
    find_import,
    import_answers,
    imports_of,
    undo_import,
)
from storage.responses.responses import CampaignClosed

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


WEEK_1 = "college;respondent;A-1\neleves;uuid-1;3\nprofs;Zoé Durand;1\n".encode()
WEEK_2 = WEEK_1 + b"eleves;uuid-3;2\neleves;;1\n"


def test_people_of_an_earlier_table_are_not_counted_again(db: Database, campaign: Campaign) -> None:
    assert import_answers(db, campaign, looked_at(db, campaign, WEEK_1)) == 2
    seen = looked_at(db, campaign, WEEK_2)
    assert (seen.known, len(seen.responses), seen.respondents, seen.anonymous) == (2, 2, ("uuid-3",), False)
    assert import_answers(db, campaign, seen) == 2
    assert participation(db, campaign) == {"eleves": 3, "profs": 1}
    with pytest.raises(AnswersErrors, match="tous les répondants de ce tableau ont déjà été importés"):
        looked_at(db, campaign, b"\xef\xbb\xbf" + WEEK_1)
    assert not looked_at(db, campaign, WEEK_2 + b"eleves;;2\n").anonymous
    assert looked_at(db, campaign, b"college,A-1\neleves,1\n").anonymous


def test_people_who_came_meanwhile_are_not_counted_twice(db: Database, campaign: Campaign) -> None:
    seen = looked_at(db, campaign, WEEK_2)
    import_answers(db, campaign, looked_at(db, campaign, WEEK_1))
    with pytest.raises(CampaignError, match="certaines de ces personnes"):
        import_answers(db, campaign, seen)
    assert db["responses"].count == 2


def test_another_campaign_knows_nobody(db: Database, campaign: Campaign) -> None:
    import_answers(db, campaign, looked_at(db, campaign, WEEK_1))
    other = open_campaign(db, campaign.territory, campaign.grid, name="Suite", year=2027, colleges=campaign.colleges)
    assert looked_at(db, other, WEEK_1).known == 0


def test_a_respondent_of_two_campaigns_in_one_table_is_refused(db: Database, campaign: Campaign) -> None:
    with pytest.raises(AnswersErrors, match="«\u00a0r1\u00a0» est là plusieurs fois"):
        looked_at(db, campaign, b"college,campaign,respondent,A-1\neleves,a,r1,1\neleves,b,r1,1\n")


def test_an_import_is_undone_whole_and_can_be_made_again(db: Database, campaign: Campaign) -> None:
    import_answers(db, campaign, looked_at(db, campaign, TABLE))
    import_answers(db, campaign, looked_at(db, campaign, WEEK_1, "semaine 1.csv"))
    import_answers(db, campaign, looked_at(db, campaign, WEEK_2, "semaine 2.csv"))
    week, *_ = [one for one in imports_of(db, campaign) if one.file_name == "semaine 1.csv"]
    assert week.undoable
    assert undo_import(db, campaign, week.sha256) == 2
    assert undo_import(db, campaign, week.sha256) == undo_import(db, campaign, "\ud800") == 0
    assert participation(db, campaign) == {"eleves": 3, "profs": 1}
    assert looked_at(db, campaign, WEEK_1).known == 0
    assert import_answers(db, campaign, looked_at(db, campaign, WEEK_1)) == 2


def test_closing_forgets_who_came_and_from_which_table(db: Database, campaign: Campaign, path: Path) -> None:
    import_answers(db, campaign, looked_at(db, campaign, WEEK_1))
    (mark,) = db.execute("SELECT mark FROM imported_respondents LIMIT 1").fetchone()
    (key,) = db.execute("SELECT key FROM import_keys").fetchone()
    assert "uuid-1" not in mark
    closed = close_campaign(db, campaign)
    for table in ("imported_respondents", "imported_responses", "import_keys"):
        assert db[table].count == 0
    (known,) = imports_of(db, closed)
    assert not known.undoable
    assert undo_import(db, closed, known.sha256) == 0
    assert participation(db, closed) == {"eleves": 1, "profs": 1}
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = path.read_bytes()
    assert [text for text in (mark, key, "uuid-1", "Durand") if text.encode() in content] == []


def test_comments_and_the_year_before_come_with_a_table(db: Database, campaign: Campaign) -> None:
    content = b"college,A-1,A-1 avant,A-1 commentaire,A-2 commentaire\neleves,2,1,Bien,\nprofs,,,,Seul\n"
    with pytest.raises(AnswersErrors, match="A-1 avant"):
        looked_at(db, campaign, content)
    territory, grid = campaign.territory, campaign.grid
    asking = open_campaign(db, territory, grid, name="Autre", year=2027, form="full", retrospective=True)
    seen = looked_at(db, asking, content)
    assert (seen.silent, seen.unanswered) == (0, ("A-2", "B-1"))
    assert import_answers(db, asking, seen) == 2
    rows = db.conn.execute("SELECT document FROM responses WHERE campaign_id = ? ORDER BY id", (asking.id,))
    first, second = (answers_in(orjson.loads(document)) for (document,) in rows.fetchall())
    assert first == {"A-1": Answer(2, comment="Bien", before=1)}
    assert second == {"A-2": Answer(comment="Seul")}
