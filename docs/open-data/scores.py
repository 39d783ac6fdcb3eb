"""Read what a territory has published, and print the score of each family as CSV.

    python scores.py https://grille.example.org/donnees/une-campagne

Needs nothing but Python 3.9 or newer. A hidden score is written NA, the column « reason » says why: it is not zero.
"""

import csv
import io
import json
import sys
from urllib.request import urlopen

MISSING = "NA"


def rows_of(address, table):
    """Return the rows of a table of the package at that address, every value as text."""
    with urlopen(f"{address}/{table}") as answer:  # noqa: S310  # the address that was typed
        return list(csv.DictReader(io.StringIO(answer.read().decode("utf-8-sig"))))


def main(address):
    """Print the code of each family, its score, and whether it is published."""
    with urlopen(f"{address}/datapackage.json") as answer:  # noqa: S310  # as above
        package = json.load(answer)
    print(package["title"], package["licenses"][0]["title"], sep=", ", file=sys.stderr)
    print("family,score,published")
    for row in rows_of(address, "territory.csv"):
        score = f"{float(row['score']):.3f}" if row["score"] else MISSING
        print(row["family"], score, row["published"], sep=",")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
