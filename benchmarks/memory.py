"""The memory of the server with 1,250 territories: of the process that serves respondents, then of all processes.

    python -m benchmarks.memory [--territories 1250] [--read 40]

The server is the real one, over a database where each territory has a published campaign that 40 people answered. First
people answer, and nobody reads anything: the resident memory of the process that serves them. Then the results, the
residents' page, the session and the documents of so many territories are read, each for the first time: the share (PSS)
of every process of the server added, the largest that was seen after any page. Exits with 1 beyond the limits.
"""

import argparse
import re
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.country import YEAR, fill
from benchmarks.respond import OURS, Server, campaign, running, whole_questionnaire
from storage.core.database import migrate, open_database

MOST_ANSWERING, MOST_WHOLE = 65, 300
PAGES = ("/restitution/{}", "/restitution/{}/habitants", "/seance/{}", "/restitution/{}/fichiers/profile.json")
DOCUMENTS = tuple(f"/restitution/{{}}/documents/{suffix}" for suffix in ("json", "pptx", "pdf"))


def share(pid: int) -> float:
    """Return the memory (PSS) of a process and its children, in MB: what they share is counted once."""
    with suppress(OSError):
        found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
        children = [
            one for task in Path(f"/proc/{pid}/task").iterdir() for one in (task / "children").read_text().split()
        ]
        return (int(found[1]) / 1024 if found else 0.0) + sum(share(int(child)) for child in children)
    return 0.0


def reading(server: Server, slug: str, addresses: tuple[str, ...]) -> float:
    """Read these pages of a territory until they are made; return the highest memory of the server, in MB."""
    most = 0.0
    for address in addresses:
        while server.ask("GET", address.format(slug))[0] == 503:
            time.sleep(0.2)
        most = max(most, share(server.process.pid))
    return most


def main() -> int:
    """Fill, answer, read, print; return 0 if every figure is within its limit, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--territories", type=int, default=1250)
    parser.add_argument("--read", type=int, default=40, help="territories whose results are read")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        data = Path(folder)
        migrate(data / "grille.db")
        with closing(open_database(data / "grille.db")) as db:
            fill(db, options.territories, 40)
        token = campaign(data, "short")
        with running(OURS.format(data=str(data)), "/healthz") as server:
            for _person in range(30):
                whole_questionnaire(server, token)
            answering = server.memory()
            most = 0.0
            for number in range(options.read):
                slug = f"lieu-{1 + number * options.territories // options.read}-{YEAR}"
                most = max(most, reading(server, slug, PAGES if number % 5 else PAGES + DOCUMENTS))
                server.ask("GET", "/resultats")
            whole_questionnaire(server, token)
    print(f"{options.territories:,} territories, {options.read} read, each page for the first time")
    print(f"Who answers is served by {answering:.0f} MB (limit {MOST_ANSWERING})")
    print(f"The whole server, results read: {most:.0f} MB at most (limit {MOST_WHOLE})")
    return 0 if answering <= MOST_ANSWERING and most <= MOST_WHOLE else 1


if __name__ == "__main__":
    sys.exit(main())
