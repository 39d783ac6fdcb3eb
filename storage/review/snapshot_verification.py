"""Recompute an adopted diagnostic from the answers and compare the result with the stored document."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import isclose
from typing import Any, Final

import orjson

import scoring
from grille.grid import Grid
from grille.messages import message as _
from scoring import edition_1
from scoring.rules import rules_from_document
from storage.campaigns.campaigns import Campaign
from storage.core.damage import CampaignDamaged
from storage.core.engine import Database
from storage.responses.computed.answer_frames import answers_frame
from storage.responses.computed.profiles import showed_means_of_then
from storage.review.evidence import file_path
from storage.review.printed_diagnostics import printed_is_damaged
from storage.review.snapshots import Document, Snapshot, canonical

# Sums of the same numbers may differ in their last binary digit from one machine to another.
TOLERANCE: Final = 1e-9


def differences(db: Database, campaign: Campaign, snapshot: Snapshot) -> list[str]:
    """Return the parts of a snapshot that no longer follow from the stored data, as sentences; empty if none.

    Checks its hash, its printed report, its profile (computed again from the answers under its own grid and rules) and
    its evidence files. What later versions of the program add to a profile is not a difference.
    """
    document = snapshot.document
    found = [] if snapshot.sound else [_("Le document ne correspond plus à son empreinte SHA-256 : il a été modifié.")]
    if printed_is_damaged(db, snapshot.id):
        found.append(_("Le rapport imprimé ne correspond plus à son empreinte SHA-256 : il a été modifié."))
    return [*found, *_in_figures(db, campaign, document), *_in_files(db, document)]


def _in_figures(db: Database, campaign: Campaign, document: Document) -> Iterator[str]:
    grid = Grid.model_validate_json(orjson.dumps(document["grid"]))
    if grid != campaign.grid:
        yield _("La grille de la campagne n’est plus celle qui a été adoptée.")
    try:
        recomputed = recomputed_profile(db, replace(campaign, grid=grid), document["profile"]["rules"])
    except (ValueError, CampaignDamaged) as error:  # answers or rules that no longer go together
        yield _("Le profil ne se recalcule plus depuis les réponses : %(error)s", error=error)
        return
    for path, adopted, now_found in compared(document["profile"], recomputed, "profil"):
        yield _(
            "%(path)s : adopté %(written)s, recalculé %(recomputed)s.",
            path=path,
            written=_written(adopted),
            recomputed=_written(now_found),
        )


def recomputed_profile(db: Database, campaign: Campaign, rules: Mapping[str, Any]) -> Document:
    """Return the profile computed again from the answers, without any cache, as plain JSON values.

    Uses the edition of the method that the rules name, or the first one if they name none.
    """
    conventions = rules_from_document(rules)
    now = answers_frame(db, campaign)
    if isinstance(conventions, edition_1.Rules):
        then = answers_frame(db, campaign, "hindsight", who_gave="hindsight") if campaign.retrospective else None
        return _plain(edition_1.profile(now, campaign.grid, conventions, retrospective=then))
    pairs = answers_frame(db, campaign, "hindsight") if campaign.retrospective else None
    shown = showed_means_of_then(db, campaign)
    return _plain(
        scoring.profile(now, campaign.grid, conventions, hindsight=pairs, hindsight_only_where_complete=shown)
    )


def _plain(profile: scoring.Profile | edition_1.Profile) -> Document:
    plain: Document = orjson.loads(orjson.dumps(profile.to_dict()))
    return plain


def compared(adopted: Any, found: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    """Yield each difference of two JSON values, among the parts that the first one has: (path, first, second).

    >>> list(compared({"a": [1, 2.0]}, {"a": [1, 2.5], "b": 0}, "profil"))
    [('profil.a[1]', 2.0, 2.5)]
    """
    if isinstance(adopted, dict) and isinstance(found, dict):
        for name, value in adopted.items():
            yield from compared(value, found.get(name), f"{path}.{name}")
    elif isinstance(adopted, list) and isinstance(found, list) and len(adopted) == len(found):
        for place, (one, other) in enumerate(zip(adopted, found, strict=True)):
            yield from compared(one, other, f"{path}{_row_name(one, place)}")
    elif not _same(adopted, found):
        yield path, adopted, found


def _row_name(row: Any, place: int) -> str:
    """Return the name of an element of a list: what the row is about if it is one, else its index."""
    names = [str(row[name]) for name in ("skill", "family", "college") if name in row] if isinstance(row, dict) else []
    return f"[{', '.join(names) or place}]"


def _same(one: Any, other: Any) -> bool:
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (one, other))
    if numbers:
        return isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    return bool(one == other)


def _written(value: Any) -> str:
    if value is None:
        return "rien"
    text = canonical({"": value})[4:-1]
    return text if len(text) <= 80 else f"{text[:77]}…"


def _in_files(db: Database, document: Document) -> Iterator[str]:
    for one in document["evidence"]:
        if one["sha256"] and not _kept(db, one["sha256"]):
            yield _(
                "Le fichier « %(one)s » manque ou a été modifié : remettez celui d’une sauvegarde.", one=one["name"]
            )


def _kept(db: Database, sha256: str) -> bool:
    try:
        return hashlib.sha256(file_path(db, sha256).read_bytes()).hexdigest() == sha256
    except OSError:
        return False
