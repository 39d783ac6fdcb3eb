"""A room that takes part in a session on its phones, as tests find it."""

from storage.audience.audiences import join_audience, open_audience, show_slide
from storage.audience.questions import GUESS, Option, Question, ask
from storage.campaigns.campaigns import campaign_by_slug
from storage.core.engine import Database


def room_with_a_phone(db: Database) -> dict[str, str]:
    """Open a room of the demonstration that guesses, with a phone; its code, and the address of the phone under it."""
    campaign = campaign_by_slug(db, "val-de-brume-2026")
    assert campaign is not None
    audience = open_audience(db, campaign)
    options = (Option("COO", "Coopérer", "hue-1"), Option("CON", "Connecter", "hue-2"))
    ask(db, audience, [Question(GUESS, "Qu’est-ce qui a le plus progressé\u202f?", options)])
    show_slide(db, audience, GUESS, [("title", "Qu’est-ce qui a le plus progressé\u202f?")])
    join_audience(db, audience, key := "a-phone-of-the-tests")
    return {"room": audience.code, "phone": f"{audience.code}/{key}"}
