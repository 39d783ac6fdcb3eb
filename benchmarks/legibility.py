"""Whether every slide of every deck can be read from ten metres and fills its screen, by ``tests.legibility``.

    python -m benchmarks.legibility [--pictures FOLDER] [--decks NAME] [--screens 1024,1920,3840,1080]

Four screens (1024 × 768, 1920 × 1080, 3840 × 2160, 1080 × 1920), light and dark: every closed campaign of the
demonstration as its team sees it, and campaigns of every shape (one family to fifteen, two levels to eleven, names of
two hundred signs, one college, everything hidden, six campaigns, unanimity). The suite checks a sample of it.
``--pictures`` keeps what is looked at: one contact sheet a deck, slides 640 px wide, as in a photograph taken from
afar. ``--decks`` keeps the decks whose name has these letters. Exits with 1 when something cannot be read. Forty
minutes on two cores.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize

from benchmarks.session import demonstration
from commands.demo_credentials import DEMO_EMAIL, DEMO_PASSWORD
from storage.campaigns.campaigns import all_campaigns
from storage.core.database import open_database
from storage.core.engine import Database
from tests.browsing import LARGEST, OLD_PROJECTOR, PORTRAIT, PROJECTOR, launched
from tests.journeys.unlucky import unanimous_campaign, unlucky_campaigns
from tests.legibility import FAR, empty_bands, hard_to_read
from tests.serving import LiveServer
from tests.shaped_campaigns import published
from tests.shapes import SHAPES, many, shape

COLUMNS, GAP = 4, 12
SCREENS = {str(one["width"]): one for one in (OLD_PROJECTOR, PROJECTOR, LARGEST, PORTRAIT)}


def slides(page: Page) -> Iterator[int]:
    """Yield the number of each slide once it is completely shown."""
    for number in range(page.locator(".slide").count()):
        page.evaluate("number => { location.hash = `#s${number + 1}` }", number)
        page.wait_for_function("number => document.querySelector(`#s${number + 1}.current`)", arg=number)
        page.keyboard.press("r")
        yield number + 1


def contact_sheet(page: Page) -> Image.Image:
    """Return one picture of all slides, each as small as in a photograph taken from afar."""
    near = [Image.open(BytesIO(page.screenshot())).convert("RGB") for _number in slides(page)]
    height = round(near[0].height * FAR / near[0].width)
    rows = -(-len(near) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * (FAR + GAP), rows * (height + GAP)), "gray")
    for place, one in enumerate(near):
        corner = (place % COLUMNS * (FAR + GAP), place // COLUMNS * (height + GAP))
        sheet.paste(one.resize((FAR, height), Image.Resampling.BOX), corner)
    return sheet


def signed_in(browser: Browser, server: LiveServer, screen: ViewportSize, scheme: str) -> Page:
    """Return a page where the demonstration's reviewer is signed in."""
    page = browser.new_context(
        base_url=server.url,
        viewport=screen,
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    ).new_page()
    page.goto("/connexion")
    page.get_by_label("Adresse électronique").fill(DEMO_EMAIL)
    page.get_by_label("Mot de passe").fill(DEMO_PASSWORD)
    page.get_by_role("main").get_by_role("button").first.click()
    return page


def problems(page: Page, slug: str) -> list[str]:
    """Return what cannot be read in a deck, and what is left empty, each with its slide."""
    page.goto(f"/seance/{slug}?devoile=1", timeout=180_000)
    return [
        f"slide {number}: {problem}" for number in slides(page) for problem in (*hard_to_read(page), *empty_bands(page))
    ]


def decks(db: Database) -> list[str]:
    """Return the addresses of the demonstration's decks, and of those of every shape, which are made first."""
    unlucky_campaigns(db)
    unanimous_campaign(db)
    for name, made in SHAPES.items():
        published(db, made(), f"Forme {name}")
    published(db, shape(many(4, 3), name="six"), "Six campagnes", years=range(2021, 2027))
    return [one.slug for one in all_campaigns(db) if one.status == "closed"]


def main() -> int:
    """Check every slide, print what cannot be read; return 1 if there is any, else 0."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--decks", default="")
    parser.add_argument("--screens", default=",".join(SCREENS))
    asked = parser.parse_args()
    folder, found = asked.pictures, 0
    with demonstration() as server, launched() as browser:
        with closing(open_database(server.database)) as db:
            looked_at = [slug for slug in decks(db) if asked.decks in slug]
        for width, scheme in product(asked.screens.split(","), ("light", "dark")):
            screen = SCREENS[width]
            page = signed_in(browser, server, screen, scheme)
            for slug in looked_at:
                said = problems(page, slug)
                name, found = f"{slug}-{screen['width']}-{scheme}", found + len(said)
                print(f"{name}: " + ("; ".join(said) or "every word is read"))
                if folder:
                    folder.mkdir(parents=True, exist_ok=True)
                    contact_sheet(page).save(folder / f"{name}.png")
            page.context.close()
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
