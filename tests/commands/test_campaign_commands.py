"""Campaigns by command line: what is printed, what is refused, with which exit code."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

import grille
from accounts.audit_events import AuditEvent
from commands.all_commands import COMMANDS
from questionnaires import Answer
from storage.campaigns.campaigns import all_campaigns, campaign_by_slug, participation
from storage.campaigns.lifecycle import unpublish_campaign
from storage.campaigns.share_links import find_link
from storage.campaigns.territories import all_territories
from storage.core.engine import Database
from storage.responses.recorded_responses import Recorded, record_responses

OPEN = ["campaign", "open", "--territory", "Nom d’Ici", "--name", "Essai", "--year", "2026"]


@pytest.fixture
def run(app: Flask):
    def run(*arguments: str) -> Result:
        result = app.test_cli_runner().invoke(args=list(arguments))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


def test_a_campaign_is_opened_followed_closed_and_published(run, database: Database) -> None:
    colleges = ["--college", "elus:7", "--college", "agents"]
    opened = run(*OPEN, "--kind", "epci", "--form", "full", "--k", "6", "--closes-on", "2026-12-31", *colleges)
    campaign = campaign_by_slug(database, "nom-d-ici-2026")
    assert campaign is not None
    assert (campaign.territory.kind, campaign.form, campaign.k, campaign.sizes) == ("epci", "full", 6, {"elus": 7})
    assert [college.label for college in campaign.colleges] == ["Élus", "Agents"]
    assert campaign.grid == grille.current()
    address = opened.stdout.splitlines()[-1]
    link = find_link(database, address.rpartition("/repondre/")[2])
    assert link is not None
    assert (link.campaign_id, link.college) == (campaign.id, None)
    record_responses(database, campaign, [Recorded("elus", {"COO-1": Answer(2)})])
    assert run("campaign", "list").stdout == "nom-d-ici-2026\tNom d’Ici\tEssai\touverte\t1 répondant\n"
    closing = run("campaign", "close", campaign.slug).stdout
    assert closing == "Campagne close\u00a0: nom-d-ici-2026, total masqué, un collège a moins de 6 répondants.\n"
    assert f"/restitution/{campaign.slug}" in run("campaign", "publish", campaign.slug).stdout
    assert "\tpubliée\t" in run("campaign", "list").stdout


def test_an_open_call_is_said_of_known_colleges_only(run, database: Database) -> None:
    assert run(*OPEN, "--voluntary", "habitants").exit_code == 0
    assert all_campaigns(database)[0].voluntary == ("habitants",)
    refused = run(*OPEN, "--college", "elus:7", "--college", "agents", "--voluntary", "habitants")
    assert refused.exit_code == 2
    assert "choisissez parmi elus, agents" in refused.output


def test_a_territory_is_created_once(run, database: Database) -> None:
    run(*OPEN)
    run(*OPEN, "--territory", "NOM D’ICI", "--year", "2027")
    assert [territory.name for territory in all_territories(database)] == ["Nom d’Ici"]
    assert [campaign.year for campaign in all_campaigns(database)] == [2026, 2027]


@pytest.mark.parametrize("name", ["2024.1", "territoires-engagement/2024.1", "file"])
def test_the_grid_is_one_of_the_library_or_a_file(run, database: Database, name: str) -> None:
    path = next(path for path in grille.shipped() if path.stem == "2024.1")
    assert run(*OPEN, "--grid", str(path) if name == "file" else name).exit_code == 0
    assert all_campaigns(database)[0].grid.version == "2024.1"


def test_each_college_can_have_its_link(run, database: Database) -> None:
    run(*OPEN)
    token = run("campaign", "link", "nom-d-ici-2026", "--college", "elus").stdout.split("/repondre/")[1].strip()
    link = find_link(database, token)
    assert link is not None
    assert (link.college, link.kind) == ("elus", "college")


def refused(result: Result) -> list[str]:
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.splitlines()


def test_everything_wrong_is_said_at_once_and_nothing_is_created(run, database: Database) -> None:
    problems = refused(run(*OPEN, "--year", "26", "--k", "20", "--college", "x:3", "--college", "elus:0"))
    assert len(problems) == 4
    assert all(word in problem for word, problem in zip(("26", "20", "« x »", "au moins 1"), problems, strict=True))
    assert all_territories(database) == []


@pytest.mark.parametrize("college", ["elus:", "elus:sept", "elus:-3", "elus:²"])
def test_a_size_is_a_number(run, database: Database, college: str) -> None:
    (problem,) = refused(run(*OPEN, "--college", college))
    assert "en chiffres" in problem
    assert all_campaigns(database) == []


def test_a_grid_that_cannot_be_read_is_said_with_its_lines(run, database: Database, tmp_path: Path) -> None:
    broken = tmp_path / "cassée.yaml"
    broken.write_text("id: x\nversion: 3\n", encoding="utf-8")
    assert all("cassée.yaml" in problem for problem in refused(run(*OPEN, "--grid", str(broken))))
    assert "engagement/2026.1" in refused(run(*OPEN, "--grid", "1999.1"))[0]
    assert all_campaigns(database) == []


def test_a_campaign_that_is_not_there_or_not_in_that_state_is_refused(run, database: Database) -> None:
    for command in ("close", "publish", "link"):
        assert "campaign list" in refused(run("campaign", command, "rien"))[0]
    run(*OPEN)
    assert "clôturez-la" in refused(run("campaign", "publish", "nom-d-ici-2026"))[0]
    assert "elus, agents" in refused(run("campaign", "link", "nom-d-ici-2026", "--college", "x"))[0]
    run("campaign", "close", "nom-d-ici-2026")
    assert "plus besoin de lien" in refused(run("campaign", "link", "nom-d-ici-2026"))[0]


def test_results_that_would_disclose_someone_beside_an_earlier_publication_are_refused(run, database: Database) -> None:
    run(*OPEN)
    campaign = campaign_by_slug(database, "nom-d-ici-2026")
    assert campaign
    record_responses(database, campaign, [Recorded("elus", {"COO-1": Answer(1 + n % 3)}) for n in range(12)])
    run("campaign", "close", campaign.slug)
    assert run("campaign", "publish", campaign.slug).exit_code == 0
    closed = campaign_by_slug(database, campaign.slug)
    assert closed
    unpublish_campaign(database, closed)
    database.execute("DELETE FROM responses WHERE id = (SELECT max(id) FROM responses)")
    (problem,) = refused(run("campaign", "publish", campaign.slug))
    assert "Élus" in problem
    assert "«\u00a0Construire un but commun\u00a0»" in problem
    again = campaign_by_slug(database, campaign.slug)
    assert again
    assert again.published_at is None
    published = [event for (event,) in database.execute("SELECT deed FROM audit WHERE deed = 'campaign published'")]
    assert len(published) == 1


def test_every_command_says_what_it_does(app: Flask) -> None:
    runner = app.test_cli_runner()
    for command in COMMANDS:
        assert command.help
        for name, sub in getattr(command, "commands", {}).items():
            assert sub.help, name
            assert runner.invoke(args=[command.name or "", name, "--help"]).exit_code == 0


def table(folder: Path, content: str = "college,COO-1,COO-2\nelus,3,NSP\nagents,,\n") -> str:
    path = folder / "réponses.csv"
    path.write_text(content)
    return str(path)


def test_a_table_is_looked_at_then_imported_once(run, database: Database, tmp_path: Path) -> None:
    run(*OPEN)
    command = ["campaign", "import", "nom-d-ici-2026", table(tmp_path)]
    look = run(*command, "--dry-run").stdout
    assert "elus\tindividuel\t1\nLignes sans réponse, non prises\u00a0: 1\n" in look
    assert database["responses"].count == 0
    assert run(*command).stdout.endswith("Réponses importées.\n")
    assert participation(database, all_campaigns(database)[0])["elus"] == 1
    events = [event for (event,) in database.execute("SELECT deed FROM audit")]
    assert events.count(AuditEvent.ANSWERS_IMPORTED) == 1
    (reason,) = refused(run(*command))
    assert "déjà été importé le" in reason


def test_a_table_that_grows_is_imported_again_and_undone(run, database: Database, tmp_path: Path) -> None:
    run(*OPEN)
    week = "college;respondent;COO-1\nelus;uuid-1;3\nelus;uuid-2;1\n"
    command = ["campaign", "import", "nom-d-ici-2026", table(tmp_path, week)]
    run(*command)
    table(tmp_path, week + "elus;uuid-3;4\n")
    assert "contient encore\u00a0: 2." in refused(run(*command, "--known", "refuse"))[0]
    assert "contient encore\u00a0: 2. Leurs premières réponses restent." in run(*command).stdout
    assert participation(database, all_campaigns(database)[0])["elus"] == 3
    undo = ["campaign", "undo-import", *command[2:]]
    assert run(*undo).stdout == "Import annulé, réponses effacées\u00a0: 1\n"
    assert participation(database, all_campaigns(database)[0])["elus"] == 2
    assert "n’a pas été importé" in refused(run(*undo))[0]
    events = [event for (event,) in database.execute("SELECT deed FROM audit")]
    assert events.count(AuditEvent.ANSWERS_ERASED) == 1


def test_a_table_is_renamed_by_a_mapping_for_one_college(run, database: Database, tmp_path: Path) -> None:
    run(*OPEN)
    mapping = tmp_path / "correspondance.csv"
    mapping.write_text("colonne;valeur;devient\nQ1;;COO-1\nQ1;oui;4\n")
    options = ["--mapping", str(mapping), "--college", "agents"]
    run("campaign", "import", "nom-d-ici-2026", table(tmp_path, "id,Q1\n7,oui\n"), *options)
    assert participation(database, all_campaigns(database)[0])["agents"] == 1


def test_everything_wrong_in_a_table_is_said_at_once(run, database: Database, tmp_path: Path) -> None:
    run(*OPEN)
    wrong = table(tmp_path, "college,COO-1\nmaires,3\nelus,9\n")
    assert len(refused(run("campaign", "import", "nom-d-ici-2026", wrong))) == 2
    assert refused(run("campaign", "import", "nom-d-ici-2026", str(tmp_path / "absent.csv")))
    assert refused(run("campaign", "import", "nom-d-ici-2026", wrong, "--college", "maires"))
    run("campaign", "close", "nom-d-ici-2026")
    assert "pas ouverte" in refused(run("campaign", "import", "nom-d-ici-2026", wrong))[0]
    assert database["responses"].count == 0


def test_the_year_before_is_asked_about_from_the_second_campaign_on(run, database: Database) -> None:
    assert "deuxième campagne" in refused(run(*OPEN, "--retrospective"))[0]
    assert all_territories(database) == []
    run(*OPEN)
    run("campaign", "close", "nom-d-ici-2026")
    run(*OPEN, "--retrospective", "--year", "2027")
    assert [one.retrospective for one in all_campaigns(database)] == [False, True]


def test_a_form_of_another_tool_is_written(run, tmp_path: Path) -> None:
    run(*OPEN)
    lime, book = tmp_path / "lime.txt", tmp_path / "kobo.xlsx"
    run("campaign", "form", "nom-d-ici-2026", "--tool", "limesurvey", "--college", "agents", "--out", str(lime))
    assert lime.read_text("utf-8-sig").startswith("class\ttype/scale\tname")
    run("campaign", "form", "nom-d-ici-2026", "--tool", "xlsform", "--easy", "--out", str(book))
    assert book.read_bytes().startswith(b"PK")
    wrong = ["campaign", "form", "nom-d-ici-2026", "--tool", "xlsform", "--out"]
    assert "maires" in refused(run(*wrong, str(book), "--college", "maires"))[0]
    assert "vérifiez le dossier et vos droits" in refused(run(*wrong, str(tmp_path / "absent" / "kobo.xlsx")))[0]
