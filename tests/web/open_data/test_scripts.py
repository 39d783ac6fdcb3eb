"""The scripts of the documentation, in Python and in R, run as their readers would: with nothing installed."""

import shutil
import subprocess
import sys
from contextlib import closing

import pytest

from storage.campaigns.campaigns import Campaign, all_campaigns
from storage.core.database import open_database
from tests.serving import ROOT, LiveServer

SCRIPTS = ROOT / "docs/open-data"
R = shutil.which("Rscript")


@pytest.fixture(scope="module")
def published(live_server: LiveServer) -> Campaign:
    """A published campaign whose figures are partly hidden."""
    with closing(open_database(live_server.database)) as db:
        return next(one for one in all_campaigns(db) if one.published_at)


def printed(live_server: LiveServer, published: Campaign, *command: str) -> list[str]:
    address = f"{live_server.url}/donnees/{published.slug}"
    done = subprocess.run([*command, address], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_python_script_reads_what_is_published(live_server: LiveServer, published: Campaign) -> None:
    first, *lines = printed(live_server, published, sys.executable, "-I", "-S", str(SCRIPTS / "scores.py"))
    assert first == "family,score,published"
    assert [line.split(",")[0] for line in lines] == [family.code for family in published.grid.families]


@pytest.mark.skipif(R is None, reason="R n’est pas installé : « apt install r-base-core »")
def test_the_r_script_prints_the_same(live_server: LiveServer, published: Campaign) -> None:
    assert R is not None
    python = printed(live_server, published, sys.executable, "-I", "-S", str(SCRIPTS / "scores.py"))
    assert printed(live_server, published, R, "--vanilla", str(SCRIPTS / "scores.R")) == python
