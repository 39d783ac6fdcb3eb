"""What reading published results costs the server, in CPU, beside an empty view: every address, and « not modified ».

    python -m benchmarks.published [--rounds 7]

The server is the real one over the demonstration, in a process of its own; the yardstick is an empty view of an empty
Flask application under the same server. Everything was asked once before: what is measured is reading, not making.
CPU is what the kernel counts for the process that answers, all threads. The ratio is the median of the rounds, each of
them beside the empty view of the same round. Exits with 1 when an address is beyond its limit.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.demonstration import make_demo
from benchmarks.reference import EMPTY
from benchmarks.respond import OURS, Server, per_request, running

MOST_RATIO = 2.0
SLUG = "villeroche-2026"
ADDRESSES = (
    *(f"/restitution/{SLUG}{page}" for page in ("", "/habitants", "/comparer", "/documents")),
    *(f"/seance/{SLUG}{page}" for page in ("", "/presentateur", "/fichier")),
    *(f"/restitution/{SLUG}/fichiers/{name}" for name in ("profile.json", "profile.csv", "radar.svg")),
    *(f"/restitution/{SLUG}/documents/{suffix}" for suffix in ("json", "xlsx", "pptx", "pdf", "zip")),
    *("/resultats", "/seances"),
)


def tags(server: Server) -> dict[str, str]:
    """Request everything until it is made; return the ETag of each address and of the complete documents page."""
    return {address: _tag(server, address) for address in (*ADDRESSES, *ADDRESSES)}


def _tag(server: Server, address: str) -> str:
    while True:
        server.connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = server.connection.getresponse()
        answer.read()
        if answer.status == 200:
            return answer.headers["ETag"]
        assert answer.status == 503, (address, answer.status)
        time.sleep(0.2)


def measured(empty: Server, ours: Server, rounds: int) -> Iterator[tuple[str, float, float]]:
    """Yield the cost of each address, in milliseconds and in empty views; then of « not modified »."""
    asked = {address: {} for address in ADDRESSES} | {
        f"{address} (304)": {"If-None-Match": tag} for address, tag in tags(ours).items()
    }
    costs: dict[str, list[tuple[float, float]]] = {name: [] for name in asked}
    for _round in range(rounds):
        floor = per_request(empty, lambda: empty.ask("GET", "/"))
        for name, headers in asked.items():
            address = name.removesuffix(" (304)")
            one = per_request(ours, lambda address=address, headers=headers: ours.ask("GET", address, **headers))  # type: ignore[misc]
            costs[name].append((one, one / floor))
    for name, rows in costs.items():
        yield name, median(one for one, _ratio in rows), median(ratio for _one, ratio in rows)


def main() -> int:
    """Print a line per address; return 0 if all are within the limit, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        make_demo(data)
        source = EMPTY.format(database=str(data / "grille.db"))
        with running(OURS.format(data=str(data)), "/healthz") as ours, running(source, "/") as empty:
            rows = list(measured(empty, ours, options.rounds))
    print(f"{'CPU ms of one request':48}{'ms':>8}{'empty views':>14}")
    for name, cost, ratio in rows:
        print(f"{name:48}{cost:8.3f}{'×':>9}{ratio:5.2f}")
    worst = max(ratio for _name, _cost, ratio in rows)
    print(f"worst × {worst:.2f} (limit × {MOST_RATIO:g})")
    return 0 if worst <= MOST_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
