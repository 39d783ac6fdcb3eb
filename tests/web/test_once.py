"""Forms act once: reload, double click and Back show the result without acting again."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient

from storage.accounts.accounts import account_by_email, create_account
from storage.campaigns.campaigns import all_campaigns
from storage.campaigns.share_links import invitations_of, links_of
from storage.campaigns.territories import territory_by_slug
from storage.core.engine import Database
from storage.responses.workshops import workshops_of
from storage.review.evidence import evidence_of
from storage.review.parcours import actions_of
from storage.review.slide_order import read_slide_order
from tests.web.conftest import Open, SignIn
from tests.web.mailbox import Mailbox

_HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
_NAMED = re.compile(r'(name|value)="([^"]*)"')


def hidden(html: str, action: str) -> dict[str, str]:
    """The hidden fields of the first form that acts there."""
    forms = [form for form in re.findall(r"<form.*?</form>", html, re.DOTALL) if 'method="post"' in form]
    form = next((one for one in forms if f'action="{action}"' in one), None)
    form = form or next(one for one in forms if "action=" not in one.partition(">")[0])
    fields = (dict(_NAMED.findall(one)) for one in _HIDDEN.findall(form))
    return {field["name"]: field.get("value", "") for field in fields}


class OnceForm:
    """A form filled in on its page, to be sent as often as someone presses."""

    def __init__(self, client: FlaskClient, page: str, action: str, **typed: str) -> None:
        self._client, self._action = client, action
        self._form = {**hidden(client.get(page).text, action), **typed}
        assert "form_mark" in self._form, page

    def send(self, **typed: str) -> str:
        """Send it; gives where it leads."""
        answer = self._client.post(self._action, data={**self._form, **typed})
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]


ACTION = {"title": "Former", "kind": "formation", "status": "prevue", "skills": "COO-1", "starts_on": "2027-01-05"}

Counted = Callable[[], int]


@pytest.fixture
def once_form(
    request: pytest.FixtureRequest, database: Database, campaign: Open, sign_in: SignIn
) -> tuple[OnceForm, Counted]:
    """A form by its name, and how often it was carried out."""
    one, closed = campaign("open"), campaign("closed", "Bas")
    pilot, there, slug = sign_in("pilot"), sign_in("reviewer", "Bas"), one.slug
    place = territory_by_slug(database, "ici")
    assert place
    base, review = f"/campagnes/{slug}", f"/campagnes/{closed.slug}/revue/savoir-faire/COO-2"
    table = {"college": "", "kind": "csv", "count": "4"}
    slide = {"do": "add", "title": "Un mot", "text": "Merci"}
    once_forms: dict[str, Callable[[], tuple[OnceForm, Counted]]] = {
        "links": lambda: (
            OnceForm(pilot, f"{base}/liens", f"{base}/liens", pour="*"),
            lambda: len(links_of(database, one)),
        ),
        "invitations": lambda: (
            OnceForm(pilot, f"{base}/invitations", f"{base}/invitations/tableau", **table),
            lambda: sum(some.made for some in invitations_of(database, one)) // 4,
        ),
        "workshop": lambda: (
            OnceForm(pilot, f"{base}/ateliers", f"{base}/ateliers", name="Place", people="9", savoir="COO-1"),
            lambda: len(workshops_of(database, one)) - 1,
        ),
        "action": lambda: (
            OnceForm(pilot, "/parcours/ici/actions/nouvelle", "/parcours/ici/actions/nouvelle", **ACTION),
            lambda: len(actions_of(database, place)),
        ),
        "evidence": lambda: (
            OnceForm(there, review, f"{review}/preuves", fact="0", address="https://exemple.fr/preuve"),
            lambda: len(evidence_of(database, closed)),
        ),
        "slide": lambda: (
            OnceForm(there, f"/seance/{closed.slug}/preparer", "", **slide),
            lambda: len(read_slide_order(database, closed).texts),
        ),
    }
    made, count = once_forms[request.param]()
    if request.param == "slide":
        made._action = f"/seance/{closed.slug}/preparer"
    return made, count


ONCE_FORMS = ["links", "invitations", "workshop", "action", "evidence", "slide"]


@pytest.mark.parametrize("once_form", ONCE_FORMS, indirect=True)
def test_a_form_sent_twice_is_done_once_and_leads_to_the_same_page(once_form: tuple[OnceForm, Counted]) -> None:
    form, done = once_form
    assert form.send() == form.send() == form.send()
    assert done() == 1


def test_two_clicks_at_the_same_moment_draw_one_set_of_links(
    app: Flask, database: Database, campaign: Open, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.http.forms.submit_once._LOOKS", 600)  # a slow machine is not what is tried here
    one = campaign("open")
    base = f"/campagnes/{one.slug}/invitations"
    form = OnceForm(sign_in("pilot"), base, f"{base}/tableau", college="", kind="csv", count="30")
    with ThreadPoolExecutor(3) as clicks:
        led = {click.result() for click in [clicks.submit(form.send) for _click in range(3)]}
    assert len(led) == 1
    assert [one.made for one in invitations_of(database, one)] == [30]


def test_the_same_page_with_something_else_in_it_is_another_form(
    database: Database, campaign: Open, sign_in: SignIn
) -> None:
    one = campaign("open")
    base = f"/campagnes/{one.slug}/invitations"
    form = OnceForm(sign_in("pilot"), base, f"{base}/tableau", college="", kind="csv", count="4")
    assert form.send() != form.send(count="5")
    assert [one.made for one in invitations_of(database, one)] == [9]


def test_a_form_to_correct_can_be_sent_again(database: Database, campaign: Open, sign_in: SignIn) -> None:
    base, pilot = f"/campagnes/{campaign('open').slug}/invitations", sign_in("pilot")
    typed = {**hidden(pilot.get(base).text, f"{base}/tableau"), "college": "", "kind": "csv", "count": "zéro"}
    assert [pilot.post(f"{base}/tableau", data=typed).status_code for _time in range(2)] == [422, 422]


def test_f5_on_messages_sent_sends_none_again(mailbox: Mailbox, campaign: Open, sign_in: SignIn) -> None:
    base, pilot = f"/campagnes/{campaign('open').slug}/invitations", sign_in("pilot")
    form = OnceForm(pilot, base, f"{base}/messages", college="", addresses="ada@exemple.fr eve@exemple.fr")
    led = form.send()
    assert form.send() == led
    for _reload in range(2):
        assert "2 messages sont partis" in pilot.get(led).text
    assert len(mailbox.messages) == 2
    assert "messages sont partis" not in sign_in("pilot", "Bas").get(led).text


def test_a_link_shown_survives_f5_and_is_nobody_else_s(app: Flask, database: Database, sign_in: SignIn) -> None:
    programme, account = sign_in("programme", None), create_account(database, "neuf@ici.example", "Neuf Essai")
    page = f"/comptes/{account.id}"
    form = OnceForm(programme, page, f"{page}/lien")
    led = form.send()
    assert form.send() == led
    shown = [re.findall(r'value="(http[^"]+)"', programme.get(led).text) for _reload in range(2)]
    assert shown[0] == shown[1] != []
    assert programme.get(led.replace(page, "/comptes/1")).status_code == 303
    other = sign_in("programme", "Bas")
    assert "/invitation/" not in other.get(led).text


def test_somebody_invited_twice_by_a_double_click_is_invited_once(database: Database, sign_in: SignIn) -> None:
    typed = {"name": "Zoé", "email": "zoe@ici.example", "role": "reader", "territory": "*"}
    form = OnceForm(sign_in("programme", None), "/comptes/nouveau", "/comptes/nouveau", **typed)
    assert form.send() == form.send()
    assert account_by_email(database, "zoe@ici.example")


def test_a_campaign_is_drafted_once(database: Database, campaign: Open, sign_in: SignIn) -> None:
    campaign("open")
    pilot, page, before = sign_in("pilot"), "/campagnes/territoires/ici/nouvelle", len(all_campaigns(database))
    fields = re.findall(r"<input[^>]*>", pilot.get(page).text)
    known = [dict(_NAMED.findall(one)) for one in fields if "checkbox" not in one and "radio" not in one]
    typed = {one["name"]: one.get("value", "") for one in known if "name" in one}
    ticked = [dict(_NAMED.findall(one)) for one in fields if re.search(r"\bchecked\b", one)]
    typed |= {one["name"]: one.get("value", "y") for one in ticked} | {"name": "Deux clics", "year": "2027"}
    led = [pilot.post(page, data=typed).headers.get("Location") for _click in range(2)]
    assert led[0] == led[1] is not None
    assert len(all_campaigns(database)) == before + 1
