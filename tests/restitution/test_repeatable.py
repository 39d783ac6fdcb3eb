"""Exported files are the same bytes in every process: nothing depends on the order of a set."""

import os
import subprocess
import sys
from pathlib import Path

MAKE = """
import sys
from hashlib import sha256
from pathlib import Path

from app import create_app
from restitution.findings.skill_moves import skill_line
from settings import Settings
from storage.campaigns.territories import all_territories; from storage.campaigns.campaigns import campaigns_of
from storage.responses.profiles import campaign_profile
from web.http.database import connection

app = create_app(Settings(data=Path(sys.argv[1]), secret_key="a secret that only tests can know"))
slug = "villeroche-2026"
for path in (f"restitution/{slug}/documents/pptx", f"restitution/{slug}/documents/zip", f"seance/{slug}"):
    answer = app.test_client().get(f"/{path}")
    assert answer.status_code == 200, path
    print(path, sha256(answer.data).hexdigest())
with app.app_context():
    for territory in all_territories(connection()):
        waves = [one for one in campaigns_of(connection(), territory) if one.status == "closed"]
        profiles = [campaign_profile(connection(), one) for one in waves]
        print(territory.slug, [skill_line(profiles, skill.code) for skill in profiles[-1].grid.skills])
"""


def test_the_same_bytes_whatever_the_order_of_sets(demo_database: Path) -> None:
    made = []
    for seed in ("1", "3"):  # under which the colleges of a set come in two orders
        for copy in demo_database.parent.glob("copies/[0-9]*/*/*"):
            copy.unlink()
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", MAKE, str(demo_database.parent)]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == 0, done.stderr
        made.append(done.stdout.splitlines())
    assert made[0] == made[1]
    assert len(made[0]) == 6
