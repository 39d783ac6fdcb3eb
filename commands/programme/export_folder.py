"""The folder of an export: its tables in parts, and a manifest that says what is done.

A part holds the campaigns whose numbers follow each other, published or not, so that it never changes for another.
Its files are moved into place, then the manifest says so: whatever ends the program, what the manifest says is there.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import orjson

from commands.atomic_files import cannot_deliver
from commands.errors import Refusal
from commands.programme.published_tables import TABLES
from grille.messages import message as _
from storage.core.file_locks import AVAILABLE, try_lock

FORMAT: Final = "grille-export/1"
MANIFEST: Final = "manifest.json"
_UNFINISHED: Final = ".unfinished-"

Part = dict[str, Any]
"""``campaigns``: the revision of each, by its short name; ``left_out``; ``files``: rows and SHA-256 of each."""


@dataclass
class ExportFolder:
    """A folder that holds an export, or nothing; ``made_by`` names everything else that its files depend on."""

    path: Path
    made_by: dict[str, Any]
    parts: dict[str, Part] = field(default_factory=dict)

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Hold the folder for the block, alone; raises ``Refusal`` when it is no place for an export."""
        if trouble := cannot_deliver(self.path):
            raise Refusal(trouble)
        with self._writing():
            self.path.mkdir(parents=True, exist_ok=True)
        with self._alone():
            self._take_up()
            yield

    def _take_up(self) -> None:
        with self._writing():
            self._check_nothing_else()
            for left in self.path.glob(f"{_UNFINISHED}*"):
                shutil.rmtree(left, ignore_errors=True)
            self.parts = self._parts_done()
            self._keep_manifest(complete=False)

    def is_done(self, name: str, campaigns: Mapping[str, str]) -> bool:
        """Whether that part holds these campaigns at these revisions, and its files are as they were written."""
        part = self.parts.get(name)
        if part is None or part["left_out"] or part["campaigns"] != campaigns:
            return False
        return all(_digest(self.path / file) == said["sha256"] for file, said in part["files"].items())

    @contextmanager
    def workshop(self) -> Iterator[Path]:
        """A folder for the files being made, gone afterwards; an ``OSError`` becomes a ``Refusal``."""
        with self._writing(), tempfile.TemporaryDirectory(dir=self.path, prefix=_UNFINISHED) as made:
            yield Path(made)

    def place(self, name: str, part: Part, made: Path, counts: Mapping[str, int]) -> None:
        """Move the files of a part into place, take away those that it no longer has, and note that it is done."""
        files = {f"{table}/{_file(name)}": (made / f"{table}.parquet", rows) for table, rows in counts.items()}
        said = {file: {"rows": rows, "sha256": _digest(path)} for file, (path, rows) in files.items()}
        for file, (path, _rows) in files.items():
            (self.path / file).parent.mkdir(exist_ok=True)
            path.replace(self.path / file)
        self._remove(name, keep=set(files))
        self.parts[name] = {**part, "files": said}
        self._keep_manifest(complete=False)

    def finish(self, names: set[str]) -> None:
        """Take away the parts that are not among these, and note that all is there."""
        with self._writing():
            known = {path.stem.removeprefix("part-") for table in TABLES for path in (self.path / table).glob("part-*")}
            for gone in (known | set(self.parts)) - names:
                self._remove(gone, keep=set())
                self.parts.pop(gone, None)
            self._keep_manifest(complete=True)

    def _remove(self, name: str, keep: set[str]) -> None:
        for table in TABLES:
            if f"{table}/{_file(name)}" not in keep:
                (self.path / table / _file(name)).unlink(missing_ok=True)
            with suppress(OSError):  # it holds other parts, or is not there
                (self.path / table).rmdir()

    def _check_nothing_else(self) -> None:
        there = sorted(path.name for path in self.path.iterdir() if not path.name.startswith(_UNFINISHED))
        others = [name for name in there if name not in (*TABLES, MANIFEST)]
        if others or (there and self._manifest().get("format") != FORMAT):
            raise Refusal(
                _(
                    "%(folder)s\u00a0: ce dossier contient autre chose qu’un export (%(names)s)\u202f; donnez un "
                    "dossier nouveau ou vide, ou celui d’un export précédent.",
                    folder=self.path,
                    names=", ".join((others or there)[:3]),
                )
            )

    def _manifest(self) -> dict[str, Any]:
        try:
            found = orjson.loads((self.path / MANIFEST).read_bytes())
        except (FileNotFoundError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _parts_done(self) -> dict[str, Part]:
        """The parts already there; none when anything else that they depend on has changed."""
        found = self._manifest()
        parts = found.get("parts", {})
        return dict(sorted(parts.items())) if found.get("made_by") == self.made_by else {}

    def _keep_manifest(self, *, complete: bool) -> None:
        parts = dict(sorted(self.parts.items()))
        content = {"format": FORMAT, "made_by": self.made_by, "complete": complete, "parts": parts}
        unfinished = self.path / f"{_UNFINISHED}{MANIFEST}"
        unfinished.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        unfinished.replace(self.path / MANIFEST)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """The lock of the folder itself: the system lets go of it, however the program ends."""
        if not AVAILABLE:  # Windows, where nobody is kept from exporting twice at once, nor may open a folder
            yield
            return
        descriptor = os.open(self.path, os.O_RDONLY)
        try:
            if not try_lock(descriptor):
                raise Refusal(
                    _("%(folder)s\u00a0: un autre export y écrit déjà\u202f; attendez qu’il finisse.", folder=self.path)
                )
            yield
        finally:
            os.close(descriptor)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise cannot_write(self.path, error.strerror or "") from error


def cannot_write(folder: Path, why: str) -> Refusal:
    """Return the refusal to be raised when nothing more can be written there."""
    return Refusal(
        _(
            "%(folder)s\u00a0: l’écriture s’est interrompue (%(why)s)\u202f; vérifiez la place sur le disque et vos "
            "droits, puis relancez la même commande\u00a0: ce qui est fait reste fait.",
            folder=folder,
            why=why,
        )
    )


def _file(name: str) -> str:
    return f"part-{name}.parquet"


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
