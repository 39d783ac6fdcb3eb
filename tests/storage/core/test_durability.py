"""What was acknowledged is stored, with killed processes, several writers and concurrent readers."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from random import Random

import pytest

from questionnaires import Answer
from questionnaires.answers import UNANSWERED
from storage.campaigns.campaigns import Campaign
from storage.core.database import check, open_database
from storage.core.engine import Database
from storage.responses.responses import find_response, start_response
from tests.saving import save_by_key

ROOT = Path(__file__).parents[3]

# Saves without end, and says each number once it is saved.
WRITER = """
import sys
from questionnaires import Answer
from storage.core.database import open_database
from tests.saving import save_by_key
db, key, number = open_database(sys.argv[1]), sys.argv[2], int(sys.argv[3])
while True:
    number += 1
    save_by_key(db, key, {code: Answer(number % 3 + 1, comment=str(number)) for code in ("A-1", "A-2", "B-1")})
    print(number, flush=True)
"""

# Waits, everything loaded, and parts into a writer each time that it is told a key and a number.
PARTING = """
import os, signal, sys
from questionnaires import Answer
from storage.core.database import open_database
from tests.saving import save_by_key
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    key, start = line.split()
    if os.fork():
        continue
    number, db = int(start), open_database(sys.argv[1])
    os.write(1, b"pid %d\\n" % os.getpid())
    while True:
        number += 1
        save_by_key(db, key, {code: Answer(number % 3 + 1, comment=str(number)) for code in ("A-1", "A-2", "B-1")})
        os.write(1, b"%d\\n" % number)
"""


class Writers:
    """One writer after another, each killed in full flight."""

    def __init__(self, path: Path) -> None:
        self._parent = subprocess.Popen(
            [sys.executable, "-c", PARTING, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )

    def __enter__(self) -> "Writers":
        """Nothing to begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process that they part from."""
        assert self._parent.stdin
        assert self._parent.stdout
        self._parent.stdin.close()
        self._parent.stdout.close()
        self._parent.wait()

    def write_and_kill(self, key: str, start: int, acknowledgements: int) -> int:
        """Let a writer save, kill it as soon as it has said so many numbers, and give the last that it said."""
        assert self._parent.stdin
        self._parent.stdin.write(f"{key} {start}\n")
        self._parent.stdin.flush()
        pid, said = self._pid(start), start
        for _ in range(acknowledgements):
            said = int(self._line())
        _end(pid)
        return said

    def _pid(self, last: int) -> int:
        """The process of the writer just begun; what is read before is what the last one said while being killed."""
        while not (line := self._line()).startswith("pid"):
            assert int(line) <= last, "what was said was not stored"
        return int(line.split()[1])

    def _line(self) -> str:
        assert self._parent.stdout
        return self._parent.stdout.readline()


def _end(pid: int) -> None:
    """Kill a process and wait until it is gone."""
    with suppress(ProcessLookupError):
        while True:
            os.kill(pid, signal.SIGKILL)


def write_and_kill(path: Path, key: str, start: int, acknowledgements: int) -> int:
    """Let a process save, kill it as soon as it has said so many numbers, and give the last that it said."""
    command = [sys.executable, "-c", WRITER, str(path), key, str(start)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline() for _ in range(acknowledgements)]
        writer.kill()
        return int((said + writer.stdout.readlines())[-1])


def numbers(db: Database, key: str) -> set[int]:
    response = find_response(db, key)
    assert response is not None
    answers = [response.document.answers.get(code, UNANSWERED) for code in ("A-1", "A-2", "B-1")]
    assert all(answer.level == int(answer.comment) % 3 + 1 for answer in answers)
    return {int(answer.comment) for answer in answers}


def test_a_killed_process_loses_no_acknowledged_answer(
    db: Database, path: Path, campaign: Campaign, pytestconfig: pytest.Config
) -> None:
    """Each kill comes at another moment of a saving; ``--kills 1000`` goes over thousands of answers."""
    random, number, acknowledged = Random(7), 0, 0
    key = start_response(db, campaign, "eleves")
    with Writers(path) as writers:
        for _ in range(pytestconfig.getoption("--kills") or 100):
            said = writers.write_and_kill(key, number, acknowledgements=random.randint(1, 3))
            acknowledged += said - number
            (number,) = numbers(db, key)
            assert said <= number
    print(f"{acknowledged} acknowledged, none lost")
    assert check(path) == []


def test_another_process_and_three_threads_write_without_losing_anything(
    db: Database, path: Path, campaign: Campaign
) -> None:
    key = start_response(db, campaign, "eleves")
    codes = ("A-1", "A-2", "B-1")

    def write(code: str) -> None:
        with closing(open_database(path)) as own:
            for number in range(40):
                save_by_key(own, key, {code: Answer(number % 3 + 1, comment=str(number))})
                other = start_response(own, campaign, "profs")
                save_by_key(own, other, {code: Answer(1)})

    other = start_response(db, campaign, "profs")
    with ThreadPoolExecutor(4) as pool:
        outside = pool.submit(write_and_kill, path, other, 0, 60)
        list(pool.map(write, codes))
        said = outside.result()
    assert numbers(db, key) == {39}
    assert said <= min(numbers(db, other)) <= said + 1
    assert db.execute("SELECT count(*) FROM responses WHERE answered > 0").fetchone() == (122,)


def test_a_reader_sees_whole_documents_while_others_write(db: Database, path: Path, campaign: Campaign) -> None:
    key = start_response(db, campaign, "eleves")
    save_by_key(db, key, {code: Answer(1, comment="0") for code in ("A-1", "A-2", "B-1")})
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write_and_kill, path, key, 0, 60)
        while not writing.done():
            assert len(numbers(db, key)) == 1
