"""Pages and files are the same bytes in every process: nothing depends on the order of a set."""

import os
import subprocess
import sys
from pathlib import Path

SEEDS = ("1", "3", "42")  # under which the colleges of a set come in several orders

MAKE = """
import sys
from hashlib import sha256
from pathlib import Path

from app import create_app
from restitution.documents.catalogue import catalogue
from restitution.documents.file_names import NAMES
from restitution.findings.change.skill_moves import skill_line
from settings import Settings
from storage.campaigns.campaigns import campaigns_of
from storage.campaigns.territories import all_territories
from storage.responses.computed.profiles import campaign_profile
from web.http.database import connection

app = create_app(Settings(data=Path(sys.argv[1]), secret_key="a secret that only tests can know"))
one, other = "villeroche-2026", "saint-aubin-des-pres-2026"
results = f"/restitution/{one}"
files = [f"{results}/documents/{document.suffix}" for document in catalogue()]
files += [f"{results}/fichiers/{name}" for name in NAMES]
compared = ("/comparer", "/comparer?vagues=2025&vagues=2023")
pages = [f"{results}{page}" for page in ("", "/habitants", "/documents", *compared)]
sessions = [f"/seance/{slug}{page}" for slug in (one, other) for page in ("", "/presentateur", "/fichier")]
lists = ["/", "/resultats", "/seances", "/grilles", f"/restitution/{other}", f"/restitution/{other}/habitants"]
for path in files + pages + sessions + lists:
    answer = app.test_client().get(path)
    assert answer.status_code == 200, path
    print(path, sha256(answer.data).hexdigest())
with app.app_context():
    for territory in all_territories(connection()):
        campaigns = [one for one in campaigns_of(connection(), territory) if one.status == "closed"]
        profiles = [campaign_profile(connection(), one) for one in campaigns]
        print(territory.slug, [skill_line(profiles, skill.code) for skill in profiles[-1].grid.skills])
        print(territory.slug, [sha256(repr(one.to_dict()).encode()).hexdigest() for one in profiles])
"""


def made(database: Path, seed: str) -> dict[str, str]:
    """What a process with that order of sets makes, by what it is."""
    for copy in database.parent.glob("copies/[0-9]*/*/*"):
        copy.unlink()
    command = [sys.executable, "-c", MAKE, str(database.parent)]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    lines = [line.partition(" ") for line in done.stdout.splitlines()]
    return {f"{number} {name}": value for number, (name, _space, value) in enumerate(lines)}


def test_the_same_bytes_whatever_the_order_of_sets(demo_database: Path) -> None:
    first, *others = [made(demo_database, seed) for seed in SEEDS]
    assert len(first) > 20
    for other in others:
        assert [name for name in first if first[name] != other.get(name)] == []
        assert len(other) == len(first)
