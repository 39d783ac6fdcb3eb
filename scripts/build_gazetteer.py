"""Builds the list of territories from the data of @etalab/decoupage-administratif; run by build-gazetteer.sh."""

import csv
import gzip
import io
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

COLUMNS = ("type", "code", "nom", "departement", "codes_postaux", "siren", "epci", "population")
Row = tuple[str, str, str, str, str, str, str, int]


def rows(data: Path) -> Iterator[Row]:
    """Yield the current communes with inhabitants, overseas included, the arrondissements of three cities, the
    EPCI and the EPT of Greater Paris.

    An EPCI or EPT is in the department of most of its inhabitants.
    """
    listed = read(data / "communes.json")
    groups = read(data / "epci.json")
    around = {member["code"]: one["code"] for one in groups for member in one["membres"]}
    departments = {one["code"]: one["departement"] for one in listed if one["type"] == "commune-actuelle"}
    for one in listed:
        kind = {"commune-actuelle": "COM", "arrondissement-municipal": "ARM"}.get(one["type"])
        if kind and "population" in one:
            postal, siren = " ".join(one.get("codesPostaux", [])), one.get("siren", "")
            epci = around.get(one.get("commune", one["code"]), "")
            yield kind, one["code"], one["nom"], one["departement"], postal, siren, epci, one["population"]
    for one in [*groups, *read(data / "ept.json")]:
        department, people = _department(one, departments), one["populationMunicipale"]
        yield one["type"], one["code"], one["nom"], department, "", one["code"], "", people


def read(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file of the package."""
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return found


def _department(epci: dict[str, Any], departments: dict[str, str]) -> str:
    people: Counter[str] = Counter()
    for member in epci["membres"]:
        people[departments[member["code"]]] += member["populationMunicipale"]
    return people.most_common(1)[0][0]


def written(data: Path, version: str, year: str) -> bytes:
    """Return the compressed table; the same data give the same bytes."""
    text = io.StringIO()
    text.write(f"# Communes et EPCI au 1er janvier {year}. Source : @etalab/decoupage-administratif {version}\n")
    text.write("# (Insee, code officiel géographique ; DGCL, EPCI ; La Poste, codes postaux). Licence Ouverte 2.0.\n")
    table = csv.writer(text, delimiter=";", lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(sorted(rows(data)))
    return gzip.compress(text.getvalue().encode(), 9, mtime=0)


if __name__ == "__main__":
    source, target, version, year = sys.argv[1:]
    Path(target).write_bytes(written(Path(source), version, year))
