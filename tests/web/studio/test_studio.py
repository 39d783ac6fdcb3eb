"""The studio: drafts begun, written sheet by sheet with what is to correct beside each field, and published."""

import html
import io
import re
import zipfile

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import grille
from grille.drafts.beginnings import draft_from
from grille.drafts.document import blank_document, document_of, skills_in
from grille.drafts.structure import add_part
from restitution.documents.office.grid_workbook import grid_xlsx
from storage.accounts.accounts import account_by_email
from storage.core.engine import Database
from storage.grids.drafts import GridDraft, add_draft, draft_page, find_draft
from storage.grids.library import find_grid, usable_grids
from tests.web.conftest import SignIn
from tests.web.forms import post_form, token_in
from tests.web.markup import problems_in
from tests.word_tables import docx, table, twenty_skills

STUDIO = "/grilles/atelier"
SHIPPED = grille.current()


@pytest.fixture
def author(sign_in: SignIn) -> FlaskClient:
    """Somebody whom the programme named for the studio."""
    return sign_in("author", None)


@pytest.fixture
def draft(database: Database) -> GridDraft:
    """A draft that says what the shipped grid says, under another name."""
    document = document_of(SHIPPED)
    document["about"] |= {"id": "essai", "version": "1", "title": "Essai"}
    document.pop("correspondence", None)
    return read(database, add_draft(database, document, None))


def read(database: Database, number: int) -> GridDraft:
    found = find_draft(database, number)
    assert found
    return found


def typed_in(page: str) -> dict[str, str]:
    """What a browser would send of the sheet that this page shows, as it stands."""
    form = page[page.index('class="studio-sheet"') :]
    values = dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', form))
    values |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(?:\r?\n)?(.*?)</textarea>', form, re.DOTALL))
    return {name: html.unescape(text.replace("\r\n", "\n")) for name, text in values.items()}


def save(client: FlaskClient, address: str, **typed: str) -> TestResponse:
    """Change these fields of a sheet, and save it."""
    return client.post(address, data={**typed_in(client.get(address).text), **typed})


def test_a_draft_begins_from_a_grid_from_nothing_and_from_a_file(author: FlaskClient, database: Database) -> None:
    name = f"{SHIPPED.id}/{SHIPPED.version}"
    for manner in ("suite", "correction", "autre"):
        assert post_form(author, f"{STUDIO}/nouveau", seen_at=STUDIO, grille=name, maniere=manner).status_code == 303
    assert post_form(author, f"{STUDIO}/nouveau", seen_at=STUDIO).status_code == 303
    for content, file in ((grille.as_yaml(SHIPPED).encode(), "g.yaml"), (grid_xlsx(SHIPPED), "g.xlsx")):
        data = {"csrf_token": token_in(author.get(STUDIO).text), "file": (io.BytesIO(content), file)}
        answer = author.post(f"{STUDIO}/fichier", data=data)
        assert answer.status_code == 303
        assert author.get(answer.headers["Location"]).status_code == 200
    rows = draft_page(database).rows
    assert sorted(one.version for one in rows) == ["1", "1", "2026.1", "2026.1", "2026.1.1", "2026.2"]
    assert all(one.author == "Camille Essai" for one in rows)


def test_a_file_that_is_no_grid_says_everything_and_begins_nothing(author: FlaskClient, database: Database) -> None:
    data = {"csrf_token": token_in(author.get(STUDIO).text), "file": (io.BytesIO(b"id: 3\ntitre: x\n"), "g.yaml")}
    answer = author.post(f"{STUDIO}/fichier", data=data)
    assert answer.status_code == 422
    assert "g.yaml:1" in answer.text
    assert "g.yaml:2" in answer.text
    nothing = author.post(f"{STUDIO}/fichier", data={"csrf_token": data["csrf_token"]})
    assert "Choisissez un fichier" in nothing.text
    unknown = post_form(author, f"{STUDIO}/nouveau", seen_at=STUDIO, grille="inconnue/1", maniere="suite")
    assert unknown.status_code == 422
    assert draft_page(database).rows == ()


def test_each_sheet_is_saved_as_it_was_typed_and_says_what_is_to_correct(
    author: FlaskClient, database: Database, draft: GridDraft
) -> None:
    skill = skills_in(draft.document)[0]["key"]
    address = f"{STUDIO}/{draft.id}/savoir-faire/{skill}"
    answer = save(author, address, title="  Un\u200b titre\t neuf ", definition="", facts="Un\r\n\r\nDeux")
    assert answer.status_code == 303
    kept = skills_in(read(database, draft.id).document)[0]
    assert (kept["title"], kept["definition"], kept["facts"]) == ("Un titre neuf", "", "Un\n\nDeux")
    assert "«\u00a0définition\u00a0» est vide" in author.get(address).text
    assert "1 chose à corriger" in author.get(f"{STUDIO}/{draft.id}").text
    assert save(author, f"{STUDIO}/{draft.id}/presentation", licence="CC0", version="7").status_code == 303
    first = draft.document["families"][0]["key"]
    assert save(author, f"{STUDIO}/{draft.id}/familles/{first}", description="Ensemble").status_code == 303
    level, college = draft.document["levels"][0]["key"], draft.document["colleges"][0]["key"]
    assert save(author, f"{STUDIO}/{draft.id}/niveaux", **{f"label_{level}": "Rien"}).status_code == 303
    assert save(author, f"{STUDIO}/{draft.id}/colleges", **{f"label_{college}": "Le conseil"}).status_code == 303
    found = read(database, draft.id)
    assert (found.version, found.author, found.document["about"]["licence"]) == ("7", "Camille Essai", "CC0")
    assert found.document["families"][0]["description"] == "Ensemble"
    assert (found.document["levels"][0]["label"], found.document["colleges"][0]["label"]) == ("Rien", "Le conseil")


def test_saving_leads_to_the_next_skill_then_to_the_plan(author: FlaskClient, draft: GridDraft) -> None:
    first, second, *_others, last = (one["key"] for one in skills_in(draft.document))
    answer = save(author, f"{STUDIO}/{draft.id}/savoir-faire/{first}", suite="1")
    assert answer.headers["Location"] == f"{STUDIO}/{draft.id}/savoir-faire/{second}"
    answer = save(author, f"{STUDIO}/{draft.id}/savoir-faire/{last}", suite="1")
    assert answer.headers["Location"] == f"{STUDIO}/{draft.id}"


def test_two_people_on_one_skill_see_each_others_words_and_lose_none(
    author: FlaskClient, programme: FlaskClient, database: Database, draft: GridDraft
) -> None:
    skill = skills_in(draft.document)[0]["key"]
    address = f"{STUDIO}/{draft.id}/savoir-faire/{skill}"
    opened = typed_in(author.get(address).text)
    assert save(programme, address, definition="Ce que l’un écrit.").status_code == 303
    answer = author.post(address, data={**opened, "definition": "Ce que l’autre écrit."})
    assert answer.status_code == 409
    assert "Ce que l’un écrit." in answer.text
    assert "Ce que l’autre écrit." in answer.text
    assert skills_in(read(database, draft.id).document)[0]["definition"] == "Ce que l’un écrit."
    again = author.post(address, data=typed_in(answer.text))
    assert again.status_code == 303
    assert skills_in(read(database, draft.id).document)[0]["definition"] == "Ce que l’autre écrit."


def test_two_people_on_two_skills_do_not_disturb_each_other(
    author: FlaskClient, programme: FlaskClient, database: Database, draft: GridDraft
) -> None:
    one, two = (f"{STUDIO}/{draft.id}/savoir-faire/{skill['key']}" for skill in skills_in(draft.document)[:2])
    opened = typed_in(author.get(one).text)
    assert save(programme, two, definition="Ici.").status_code == 303
    assert author.post(one, data={**opened, "definition": "Là."}).status_code == 303
    assert [skill["definition"] for skill in skills_in(read(database, draft.id).document)[:2]] == ["Là.", "Ici."]


def test_what_was_typed_for_a_part_or_a_draft_that_is_gone_is_given_back(
    author: FlaskClient, programme: FlaskClient, draft: GridDraft
) -> None:
    skill = skills_in(draft.document)[0]["key"]
    address = f"{STUDIO}/{draft.id}/savoir-faire/{skill}"
    opened = {**typed_in(author.get(address).text), "definition": "Ce que j’ai longuement écrit."}
    gesture(programme, draft, f"retirer savoir {skill}")
    removed = author.post(address, data=opened)
    assert removed.status_code == 409
    assert "Ce que j’ai longuement écrit." in removed.text
    assert post_form(programme, f"{STUDIO}/{draft.id}/supprimer").status_code == 303
    gone = author.post(address, data=opened)
    assert gone.status_code == 409
    assert "Ce que j’ai longuement écrit." in gone.text
    assert author.get(address).status_code == 404


def test_too_long_a_text_is_given_back_whole_and_nothing_is_saved(
    author: FlaskClient, database: Database, draft: GridDraft
) -> None:
    skill = skills_in(draft.document)[0]
    answer = save(author, f"{STUDIO}/{draft.id}/savoir-faire/{skill['key']}", definition="mot " * 1100)
    assert answer.status_code == 422
    assert "mot " * 1000 in answer.text
    assert read(database, draft.id).revision == draft.revision


def gesture(client: FlaskClient, draft: GridDraft, what: str) -> str:
    """Press a button of the plan, and return the page to which it leads."""
    address = f"{STUDIO}/{draft.id}"
    answer = post_form(client, address, geste=what)
    assert answer.status_code == 303
    return client.get(answer.headers["Location"]).text


def test_the_plan_changes_with_one_button_each(author: FlaskClient, database: Database, draft: GridDraft) -> None:
    family = draft.document["families"][0]
    first, second = (one["key"] for one in family["skills"][:2])
    page = gesture(author, draft, f"descendre savoir {first}")
    assert [one["key"] for one in skills_in(read(database, draft.id).document)[:2]] == [second, first]
    assert re.search(rf'value="descendre savoir {first}" autofocus', page)
    gesture(author, draft, f"ajouter savoir {family['key']}")
    gesture(author, draft, "ajouter famille 0")
    page = gesture(author, draft, f"retirer famille {family['key']}")
    assert "Vous pouvez le remettre" in page
    assert "1 chose retirée" in page
    assert family["title"] in gesture(author, draft, f"remettre {family['key']}")
    found = read(database, draft.id).document
    assert len(skills_in(found)) == len(skills_in(draft.document)) + 1
    gesture(author, draft, f"retirer savoir {first}")
    gesture(author, draft, f"retirer famille {family['key']}")
    assert "remettez d’abord la famille" in gesture(author, draft, f"remettre {first}")
    for key in (family["key"], first):
        gesture(author, draft, f"remettre {key}")
    found = read(database, draft.id).document
    for wrong in ("", "retirer savoir 99999", "retirer savoir x", "danser savoir 1", f"remettre {family['key']}"):
        assert "Quelqu’un a changé le plan" in gesture(author, draft, wrong)
    assert read(database, draft.id).document == found


def test_rows_of_levels_move_with_what_was_typed_in_the_page(
    author: FlaskClient, database: Database, draft: GridDraft
) -> None:
    address = f"{STUDIO}/{draft.id}/niveaux"
    lowest, second = (one["key"] for one in draft.document["levels"][:2])
    words = skills_in(draft.document)[0][f"level_{lowest}"]
    answer = save(author, address, geste=f"descendre-{lowest}", **{f"label_{second}": "Tout autre chose"})
    assert answer.status_code == 303
    found = read(database, draft.id).document
    assert [one["key"] for one in found["levels"][:2]] == [second, lowest]
    assert found["levels"][0]["label"] == "Tout autre chose"
    assert skills_in(found)[0][f"level_{lowest}"] == words
    save(author, address, geste="ajouter")
    save(author, address, geste=f"retirer-{second}")
    for wrong in ("monter-99999", "monter-x", "monter-²", "x"):
        assert save(author, address, geste=wrong).status_code == 303
    assert len(read(database, draft.id).document["levels"]) == len(SHIPPED.levels)


def test_remarks_come_as_one_types_and_nothing_is_saved(
    author: FlaskClient, database: Database, draft: GridDraft
) -> None:
    skill = skills_in(draft.document)[0]["key"]
    address = f"{STUDIO}/{draft.id}/savoir-faire/{skill}"
    typed = {**typed_in(author.get(address).text), "title": "", "weight": "lourd"}
    said = author.post(f"{STUDIO}/{draft.id}/remarques", data=typed).json
    assert said
    assert said["errors"] == 2
    assert said["fields"]["title"] == [
        {"words": "«\u00a0titre\u00a0» est vide\u00a0: écrivez son texte.", "blocking": True}
    ]
    assert "n’est pas un poids" in said["fields"]["weight"][0]["words"]
    assert read(database, draft.id).revision == draft.revision
    for gone in ("99999", "²"):
        answer = author.post(f"{STUDIO}/{draft.id}/remarques", data={**typed, "cle": gone})
        assert answer.json == {"errors": 0, "fields": {}, "remarks": 0}


def publish(client: FlaskClient, draft: GridDraft, **typed: str) -> TestResponse:
    """Press « Publier » on the page as it is."""
    address = f"{STUDIO}/{draft.id}/publier"
    page = client.get(address).text
    revision = re.search(r'name="revision" value="([^"]+)"', page)
    assert revision
    return client.post(address, data={"csrf_token": token_in(page), "revision": revision[1], **typed})


def test_publishing_freezes_the_grid_with_who_when_and_what_changed(
    author: FlaskClient, client: FlaskClient, database: Database, draft: GridDraft
) -> None:
    answer = publish(author, draft, changes="Une première grille\nd’essai.")
    assert answer.status_code == 303
    one = find_grid(database, "essai", "1")
    assert one
    assert (one.publisher, one.changelog) == ("Camille Essai", "Une première grille\nd’essai.")
    assert one.grid.skills == SHIPPED.skills
    assert find_draft(database, draft.id) is None
    assert one.name in usable_grids(database)
    assert "publiée par Camille Essai" in author.get(answer.headers["Location"]).text
    public = client.get(answer.headers["Location"]).text
    assert "Une première grille\nd’essai." in public
    assert "Camille Essai" not in public


def test_what_prevents_publishing_is_said_at_once_and_what_was_typed_stays(
    author: FlaskClient, database: Database, draft: GridDraft
) -> None:
    save(author, f"{STUDIO}/{draft.id}/presentation", title="", author="")
    answer = publish(author, draft, changes="Mes mots")
    assert answer.status_code == 422
    for words in ("Corrigez d’abord", "Des remarques restent", "Mes mots"):
        assert words in answer.text
    save(author, f"{STUDIO}/{draft.id}/presentation", title="Essai")
    assert "Dites en quelques mots" in publish(author, draft, accepted="1").text
    page = author.get(f"{STUDIO}/{draft.id}/publier").text
    old = read(database, draft.id).revision
    save(author, f"{STUDIO}/{draft.id}/presentation", title="Essai 2")
    sent = {"csrf_token": token_in(page), "revision": old, "changes": "Mes mots", "accepted": "1"}
    assert "a changé depuis" in author.post(f"{STUDIO}/{draft.id}/publier", data=sent).text
    assert publish(author, draft, accepted="1", changes="Mes mots").status_code == 303


def test_a_version_that_the_library_has_is_not_published_again(author: FlaskClient, database: Database) -> None:
    one = read(database, add_draft(database, document_of(SHIPPED), None))
    answer = publish(author, one, changes="Encore")
    assert answer.status_code == 422
    assert "une version publiée ne change plus" in answer.text


def test_a_correction_changes_words_only(author: FlaskClient, database: Database) -> None:
    document = draft_from(SHIPPED, "correction", [SHIPPED.version])
    skill = skills_in(document)[0]
    skill["weight"] = "3"
    one = read(database, add_draft(database, document, None))
    assert "ne change que des mots" in publish(author, one, changes="Une faute").text
    save(author, f"{STUDIO}/{one.id}/savoir-faire/{skill['key']}", weight="1", definition="Sans faute.")
    assert publish(author, read(database, one.id), changes="Une faute").status_code == 303
    made = find_grid(database, SHIPPED.id, "2026.1.1")
    assert made
    assert not grille.not_comparable(SHIPPED, made.grid)


def test_an_empty_draft_shows_every_page(author: FlaskClient, database: Database) -> None:
    document = blank_document()
    family = add_part(document, "family")
    skill = add_part(document, "skill", family["key"])
    number = add_draft(database, document, None)
    for page in ("", "/presentation", "/niveaux", "/colleges", "/publier", "/supprimer"):
        answer = author.get(f"{STUDIO}/{number}{page}")
        assert (answer.status_code, problems_in(answer.text)) == (200, []), page
    for page in (f"familles/{family['key']}", f"savoir-faire/{skill['key']}"):
        answer = author.get(f"{STUDIO}/{number}/{page}")
        assert (answer.status_code, problems_in(answer.text)) == (200, []), page
    assert problems_in(author.get(STUDIO).text) == []
    assert author.get(f"{STUDIO}/{number}/savoir-faire/99999").status_code == 404


def send_table(client: FlaskClient, **data: object) -> TestResponse:
    """Send a document, or what was pasted."""
    return client.post(f"{STUDIO}/tableau", data={"csrf_token": token_in(client.get(STUDIO).text), **data})


def assigned(page: str, **changes: str) -> dict[str, str]:
    """What a browser would send of the page of columns, with these choices."""
    kept = re.search(r'<textarea name="table" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    assert kept
    roles = re.findall(r'<select[^>]* name="(colonne_\d+)">.*?<option value="([^"]*)" selected>', page)
    header = {"entete": "1"} if re.search('name="entete" value="1" checked', page) else {}
    return {"csrf_token": token_in(page), "table": html.unescape(kept[1]), **dict(roles), **header, **changes}


def test_a_draft_begins_from_the_table_of_a_document(author: FlaskClient, database: Database) -> None:
    content = docx(table(twenty_skills()))
    page = send_table(author, file=(io.BytesIO(content), "grille.docx"))
    assert (page.status_code, problems_in(page.text)) == (200, [])
    assert draft_page(database).rows == ()
    wrong = author.post(f"{STUDIO}/colonnes", data=assigned(page.text, colonne_1="", colonne_3=""))
    assert wrong.status_code == 422
    assert "Dites quelle colonne est le titre" in wrong.text
    assert assigned(wrong.text)["colonne_8"] == "wording"
    answer = author.post(f"{STUDIO}/colonnes", data=assigned(page.text))
    assert answer.status_code == 303
    assert "4 familles, 20 savoir-faire, 4 niveaux, 2 collèges" in author.get(answer.headers["Location"]).text


def test_a_draft_begins_from_a_pasted_table(author: FlaskClient, database: Database) -> None:
    rows = [["Famille", "Titre", "Divers"], ["A", "Un <b>\r\ndeux", "x"]]
    pasted = "\r\n".join("\t".join(f'"{text}"' for text in row) for row in rows)
    page = send_table(author, colle=pasted)
    assert author.post(f"{STUDIO}/colonnes", data=assigned(page.text)).status_code == 303
    html_table = "<table><tr><td>Famille<td>Titre<tr><td>B<td>Deux</table>"
    page = send_table(author, colle="Famille Titre B Deux", html=html_table)
    assert author.post(f"{STUDIO}/colonnes", data=assigned(page.text)).status_code == 303
    titles = [skills_in(read(database, one.id).document)[0]["title"] for one in draft_page(database).rows]
    assert sorted(titles) == ["Deux", "Un <b> deux"]


def test_a_document_with_pictures_is_read(author: FlaskClient) -> None:
    content = io.BytesIO(docx(table([["Famille", "Titre"], ["A", "Un"]])))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("word/media/image1.png", bytes(4_000_000))
    token = f'name="csrf_token"\r\n\r\n{token_in(author.get(STUDIO).text)}'.encode()
    file = b'name="file"; filename="images.docx"\r\nContent-Type: application/zip\r\n\r\n' + content.getvalue()
    # Written by hand, whole in memory: the client would leave a temporary file open.
    body = b"".join(b"--line\r\nContent-Disposition: form-data; " + one + b"\r\n" for one in (token, file))
    kind = "multipart/form-data; boundary=line"
    assert author.post(f"{STUDIO}/tableau", data=body + b"--line--\r\n", content_type=kind).status_code == 200


def test_tables_that_cannot_begin_a_draft_say_why_and_lose_nothing(author: FlaskClient, database: Database) -> None:
    assert "Choisissez un document, ou collez un tableau" in send_table(author).text
    assert "aucun tableau" in send_table(author, colle="juste une phrase").text
    page = send_table(author, colle="Code\tTitre\n1.1\tUn\n1.1\tDix\n").text
    eaten = author.post(f"{STUDIO}/colonnes", data=assigned(page))
    assert eaten.status_code == 422
    assert "un tableur a pu changer 1.10 en 1.1" in eaten.text
    for broken in ("", "[", '[["a"], 3]', "[]"):
        answer = author.post(f"{STUDIO}/colonnes", data=assigned(page, table=broken))
        assert answer.status_code == 409
        assert "renvoyez le document" in answer.text
    empty = author.post(f"{STUDIO}/colonnes", data=assigned(page, table='[["Code", "Titre"], ["", ""]]'))
    assert "aucune ligne à lire" in empty.text
    assert draft_page(database).rows == ()


def test_each_college_is_previewed_on_the_real_pages_and_on_paper(
    author: FlaskClient, database: Database, draft: GridDraft
) -> None:
    page = author.get(f"{STUDIO}/{draft.id}/apercu")
    assert problems_in(page.text) == []
    assert page.text.count("Sur un téléphone") == page.text.count("En facile à lire") == len(SHIPPED.colleges)
    shown = author.get(f"{STUDIO}/{draft.id}/apercu/habitants/1")
    assert problems_in(shown.text) == []
    assert "Aperçu du brouillon" in shown.text
    assert SHIPPED.skills[0].wording["habitants"] in html.unescape(shown.text)
    for pressed, where in (("suite", "2"), ("4", "4"), ("relecture", ""), ("lecture", "1?lecture=facile"), ("²", "1")):
        answer = post_form(author, f"{STUDIO}/{draft.id}/apercu/habitants/1", vers=pressed)
        address = f"{STUDIO}/{draft.id}/apercu" + (f"/habitants/{where}" if where else "")
        assert answer.headers["Location"] == address
    paper = author.get(f"{STUDIO}/{draft.id}/apercu/habitants/papier.pdf")
    assert paper.data.startswith(b"%PDF")
    for nowhere in ("habitants/99", "inconnu/1", "inconnu/papier.pdf"):
        assert author.get(f"{STUDIO}/{draft.id}/apercu/{nowhere}").status_code == 404


def test_a_draft_with_errors_is_previewed_too(author: FlaskClient, database: Database) -> None:
    document = blank_document()
    number = add_draft(database, document, None)
    assert "aucun savoir-faire à montrer" in author.get(f"{STUDIO}/{number}/apercu").text
    add_part(document, "skill", add_part(document, "family")["key"])
    add_part(document, "college")["code"] = "atelier"
    number = add_draft(database, document, None)
    page = author.get(f"{STUDIO}/{number}/apercu").text
    found = re.search(rf'href="({STUDIO}/{number}/apercu/[^"]+/1)"', page)
    assert found
    assert author.get(found[1]).status_code == 200


def test_a_next_version_is_read_beside_the_one_that_it_continues(author: FlaskClient, database: Database) -> None:
    document = draft_from(SHIPPED, "next")
    first, second = skills_in(document)[:2]
    first["title"], second["continues"] = "Un autre nom", "COO-1 COO-2"
    number = add_draft(database, document, None)
    page = author.get(f"{STUDIO}/{number}/comparer")
    assert problems_in(page.text) == []
    assert "Un autre nom" in page.text
    assert "Ce qui se compare" in page.text
    save(author, f"{STUDIO}/{number}/presentation", id="tout-autre")
    assert "n’a pas de version «\u00a02026.1\u00a0»" in author.get(f"{STUDIO}/{number}/comparer").text
    alone = add_draft(database, blank_document(), None)
    assert author.get(f"{STUDIO}/{alone}/comparer").status_code == 404


def test_publishing_twice_publishes_once_and_leads_to_the_grid(author: FlaskClient, draft: GridDraft) -> None:
    page = author.get(f"{STUDIO}/{draft.id}/publier").text
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    answers = [author.post(f"{STUDIO}/{draft.id}/publier", data={**fields, "changes": "Un"}) for _click in range(2)]
    assert [one.headers.get("Location") for one in answers] == ["/grilles/essai/1"] * 2


def test_the_programme_names_who_writes_grids(programme: FlaskClient, sign_in: SignIn, database: Database) -> None:
    someone = sign_in("")
    assert someone.get(STUDIO).status_code == 404
    account = account_by_email(database, "nobody@ici.example")
    assert account
    address = f"/comptes/{account.id}"
    assert post_form(programme, f"{address}/roles", seen_at=address, role="author").status_code == 303
    assert someone.get(STUDIO).status_code == 200
    assert "Ouvrir l’atelier" in someone.get("/compte").text
