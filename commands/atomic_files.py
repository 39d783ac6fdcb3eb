"""Writing several files into a folder: all of them or none."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from grille.messages import message as _


def cannot_deliver(folder: Path) -> str:
    """Return a sentence that says why files cannot be written there; empty when they can."""
    if folder.is_symlink() and not folder.exists():
        return _("%(folder)s : ce lien ne mène nulle part ; donnez un autre dossier.", folder=folder)
    if folder.exists() and not folder.is_dir():
        return _("%(folder)s : c’est un fichier ; donnez le chemin d’un dossier.", folder=folder)
    nearest = _nearest(folder)
    if not nearest.is_dir():
        return _(
            "%(folder)s : %(nearest)s est un fichier ; donnez le chemin d’un dossier.", folder=folder, nearest=nearest
        )
    if not os.access(nearest, os.W_OK | os.X_OK):
        return _(
            "%(folder)s : ce dossier ne peut pas être écrit ; vérifiez vos droits ou donnez un autre dossier.",
            folder=folder,
        )
    return ""


def deliver(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files in a folder, created if need be: they are prepared beside it, then moved.

    Raises ``OSError``; the folder is then left as it was found.
    """
    with tempfile.TemporaryDirectory(dir=_nearest(folder), prefix=".grille-") as workshop:
        ready = Path(workshop) / "ready"
        ready.mkdir()
        for name, content in files.items():
            (ready / name).write_bytes(content)
        if folder.exists():
            _replace(ready, folder, list(files), Path(workshop))
        else:
            _place(ready, folder)


def _nearest(folder: Path) -> Path:
    """The folder itself, or the closest of its parents that exists."""
    return next(path for path in (folder, *folder.absolute().parents) if path.exists())


def _place(ready: Path, folder: Path) -> None:
    """Make a new folder out of the files; parents made for it go away with it if it cannot be."""
    missing = [parent for parent in folder.absolute().parents if not parent.exists()]
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        ready.rename(folder)
    except OSError:
        for parent in missing:
            if parent.exists():
                parent.rmdir()
        raise


def _replace(ready: Path, folder: Path, names: list[str], workshop: Path) -> None:
    """Put each file in the place of its namesake, and everything back if one of them cannot be."""
    former = workshop / "former"
    former.mkdir()
    placed: list[str] = []
    try:
        for name in names:
            if (folder / name).is_dir():
                raise IsADirectoryError(str(folder / name))
            if (folder / name).exists():
                shutil.copy2(folder / name, former / name)
            (ready / name).replace(folder / name)
            placed.append(name)
    except OSError:
        for name in placed:
            if (former / name).exists():
                (former / name).replace(folder / name)
            else:
                (folder / name).unlink()
        raise
