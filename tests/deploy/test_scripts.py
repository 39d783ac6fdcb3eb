"""The shell scripts, with stand-ins for system commands: what is missing is installed, or named in one line."""

import fcntl
import os
import shutil
import socket
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.serving import ROOT

SCRIPTS = sorted(ROOT.glob("scripts/*.sh"))


def ran(script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A script run to its end."""
    command = [shutil.which("sh") or "sh", str(ROOT / "scripts" / script), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A machine with almost nothing, as a folder to be the whole PATH; who runs there is root."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "dirname", "mktemp", "rm", "tail"):
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    _stand_in(folder, "id", "echo 0")
    return folder


def _stand_in(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_can_be_read_by_the_plainest_shell(script: Path) -> None:
    shell = shutil.which("dash") or "sh"
    assert subprocess.run([shell, "-n", str(script)], capture_output=True, text=True).stderr == ""
    assert os.access(script, os.X_OK)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with what node-packages.sh reads, and an npm to stand in for the one of its environment."""
    for name in ("scripts/node-packages.sh", "package-lock.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / ".venv/bin").mkdir(parents=True)
    return tmp_path


def _node_packages(checkout: Path, npm: str) -> subprocess.CompletedProcess[str]:
    _stand_in(checkout / ".venv/bin", "npm", npm)
    return subprocess.run([checkout / "scripts/node-packages.sh"], capture_output=True, text=True)


def test_what_checks_the_scripts_of_pages_is_installed_once(checkout: Path) -> None:
    first = _node_packages(checkout, 'mkdir node_modules && echo "$@" >node_modules/asked')
    assert (first.returncode, first.stderr) == (0, "")
    assert (checkout / "node_modules/asked").read_text().startswith("ci ")
    again = _node_packages(checkout, "exit 1")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_where_npm_reaches_nothing_one_line_says_what_is_missing(checkout: Path) -> None:
    done = _node_packages(checkout, "exit 1")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "package-lock.json" in done.stderr
    assert not (checkout / "node_modules").exists()


def _audit(checkout: Path, python: str, scripts: str) -> subprocess.CompletedProcess[str]:
    (checkout / ".venv/auditor/bin").mkdir(parents=True)
    _stand_in(checkout / ".venv/auditor/bin", "pip-audit", f'echo "pip-audit $@"; {python}')
    _stand_in(checkout / ".venv/bin", "npm", f'echo "npm $@"; {scripts}')
    shutil.copy(ROOT / "scripts/audit.sh", checkout / "scripts/audit.sh")
    return subprocess.run([checkout / "scripts/audit.sh"], capture_output=True, text=True)


@pytest.mark.parametrize(
    ("python", "scripts", "said"),
    [
        ("exit 0", "exit 0", ""),
        ("exit 1", "exit 0", "dans requirements*.txt, ou"),
        ("exit 0", "exit 1", "dans package-lock.json, ou"),
        ("exit 1", "exit 1", "dans requirements*.txt et package-lock.json, ou"),
    ],
)
def test_an_audit_looks_at_both_lists_of_packages(checkout: Path, python: str, scripts: str, said: str) -> None:
    done = _audit(checkout, python, scripts)
    assert done.returncode == bool(said)
    assert said in done.stderr
    assert done.stderr.count("\n") == bool(said)
    assert "-r requirements-export.txt -r requirements.txt\n" in done.stdout
    assert "npm audit --package-lock-only" in done.stdout


def test_a_machine_without_python_nor_apt_is_informed_in_one_line(bare: Path) -> None:
    done = ran("python.sh", PATH=str(bare))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "apt install python3 python3-venv" in done.stderr


def test_whoever_is_not_root_is_informed_in_one_line_too(bare: Path) -> None:
    _stand_in(bare, "id", "echo 1000")
    _stand_in(bare, "apt-get", "exit 0")
    done = ran("python.sh", PATH=str(bare))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "apt install python3 python3-venv" in done.stderr


def test_root_on_debian_gets_python(bare: Path) -> None:
    python = bare / "python3"
    _stand_in(bare, "will-be-python", "exit 0")
    _stand_in(bare, "apt-get", f'case "$*" in *install*python3*) /bin/cp {bare}/will-be-python {python};; esac')
    done = ran("python.sh", PATH=str(bare))
    assert (done.returncode, done.stdout.strip()) == (0, str(python))
    assert "python3 python3-venv" in done.stderr


def test_an_installation_that_fails_says_why(bare: Path) -> None:
    _stand_in(bare, "apt-get", 'case "$*" in *install*) echo "E: no such package"; exit 100;; esac')
    done = ran("python.sh", PATH=str(bare))
    assert done.returncode == 1
    assert "E: no such package" in done.stderr
    assert "apt install python3 python3-venv" in done.stderr


def test_a_port_that_is_taken_is_said_before_anything_is_installed(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        done = ran("run.sh", PATH=os.environ["PATH"], PORT=port, DATA=str(tmp_path))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert port in done.stderr
    assert "make run" in done.stderr


@pytest.mark.parametrize("arguments", [(), ("buster",)])
def test_a_bare_debian_is_of_a_suite_that_is_known(arguments: tuple[str, ...]) -> None:
    done = ran("bare-debian.sh", *arguments, PATH=os.environ["PATH"])
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "bookworm" in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may make a Debian in a folder")
def test_two_trials_of_a_debian_do_not_share_a_folder(tmp_path: Path) -> None:
    with (tmp_path / "trixie.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = ran("bare-debian.sh", "trixie", "check", PATH=os.environ["PATH"], BARE=str(tmp_path))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "tourne déjà" in done.stderr
    assert list(tmp_path.iterdir()) == [tmp_path / "trixie.lock"]
