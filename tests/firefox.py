"""Debian's Firefox driven by Playwright, with an answer to one command that this Firefox does not have.

Playwright drives Firefox by WebDriver BiDi, whose address it is told on the error stream. This program starts Firefox,
tells an address of its own instead, and passes on all that comes and goes there, but for what ``UNKNOWN`` names.
"""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve

OLDEST = 153  # the first ESR that Playwright can drive under our content security policy; Debian 12 began with 140
UNKNOWN = {"emulation.setMediaFeaturesOverride"}  # a colour scheme: Firefox keeps its own
_ADDRESS = re.compile(rb"WebDriver BiDi listening on (ws://\S+)")
_LONGEST_LINE = 1 << 20


def firefox() -> str | None:
    """The path of the Firefox to drive, if there is one; ``FIREFOX`` names another than Debian's."""
    return shutil.which(os.environ.get("FIREFOX", "firefox-esr"))


@cache
def missing() -> str:
    """Why there is no Firefox to drive, as a sentence; nothing when there is one."""
    path = firefox()
    if path is None:
        return "Firefox is not installed"
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"Firefox (\d+)", said)
    return "" if found and int(found[1]) >= OLDEST else f"{said.strip()} cannot be driven: it takes {OLDEST} or newer"


def program(folder: Path) -> Path:
    """This module as a file that can be executed, put in that folder."""
    file, root = folder / "firefox", Path(__file__).parents[1]
    file.write_text(f'#!/bin/sh\nPYTHONPATH="{root}" exec "{sys.executable}" -m tests.firefox "$@"\n')
    file.chmod(0o755)
    return file


async def main(arguments: list[str]) -> None:
    """Run Firefox with these arguments until it ends."""
    path = firefox()
    assert path
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(path, *arguments, stderr=pipe, limit=_LONGEST_LINE)
    assert process.stderr
    async for line in process.stderr:
        found = _ADDRESS.search(line)
        _say(await _announced(found[1].decode()) if found else line)
    await process.wait()


def _say(line: bytes) -> None:
    sys.stderr.buffer.write(line)
    sys.stderr.flush()


async def _announced(address: str) -> bytes:
    """The line that tells of the address where that of Firefox can be reached."""

    async def passed_on(here: ServerConnection) -> None:
        path = here.request.path if here.request else "/"
        async with connect(address + path, max_size=None) as there:
            await asyncio.gather(_down(there, here), _up(here, there))

    server = await serve(passed_on, "127.0.0.1", 0, max_size=None)
    port = next(iter(server.sockets)).getsockname()[1]
    return b"WebDriver BiDi listening on ws://127.0.0.1:%d\n" % port


async def _up(here: ServerConnection, there: ClientConnection) -> None:
    async for message in here:
        asked = json.loads(message)
        if asked["method"] in UNKNOWN:
            await here.send(json.dumps({"type": "success", "id": asked["id"], "result": {}}))
        else:
            await there.send(message)
    await there.close()


async def _down(there: ClientConnection, here: ServerConnection) -> None:
    async for message in there:
        await here.send(message)
    await here.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
