"""``flask --app app instrument``: the quality of a grid's questions, measured on the answers of a whole programme."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

from commands.database import opened
from commands.errors import Refusal, write_file
from commands.grid import grid_named
from grille.messages import message as _

if TYPE_CHECKING:
    from restitution.findings.method.instrument import FamilyLine, InstrumentView


@click.command("instrument", help=_("Dit quelles questions de la grille mesurent bien, sur tout un programme."))
@click.option("--grid", "name", default="", help=_("ID/VERSION, ou un fichier. Sinon, celle proposée d’abord."))
@click.option("--kind", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help=_("Où écrire. Sinon, sur la sortie."))
@with_appcontext
def instrument(name: str, kind: str, out: Path | None) -> None:
    """Judge a version of a grid on every closed campaign that used it."""
    from restitution.findings.method.instrument import InstrumentView, instrument_csv, instrument_json
    from storage.responses.computed.programme_instrument import TooFewTerritories, grid_instrument

    with opened() as db:
        try:
            found = grid_instrument(db, grid_named(db, name))
        except TooFewTerritories as refusal:
            raise Refusal(_("Grille : %(refusal)s", refusal=refusal)) from refusal
    if kind == "text":
        content = "\n".join(_lines(InstrumentView(found))).encode() + b"\n"
    else:
        content = instrument_csv(found) if kind == "csv" else instrument_json(found)
    _deliver(content, out)


def _lines(view: InstrumentView) -> list[str]:
    lines = [f"Grille {view.grid.id} {view.grid.version} : {view.about}.", ""]
    for family in view.families:
        about = _(
            "%(title)s, forme %(form)s (questions : %(items)s ; réponses complètes : %(n)s)",
            title=family.axis.title,
            form=family.form,
            items=family.items,
            n=family.n,
        )
        lines.append(f"{about} : {_coherence(family)}")
    lines += ["", _("À revoir :") if view.weak else _("Aucune question à revoir parmi celles qui peuvent être jugées.")]
    for line in view.weak:
        lines.append(f"{line.skill.code} {line.skill.title}")
        lines += [f"  - {advice}" for advice in line.advice]
    if view.untold:
        lines += ["", _("Sans chiffre, faute de territoires : %(untold)s savoir-faire.", untold=view.untold)]
    return lines


def _coherence(family: FamilyLine) -> str:
    if not family.alpha_range:
        return f"{family.reading}."
    alpha, omega = (
        f"alpha {family.alpha} ({family.alpha_range})",
        _("oméga %(omega)s (%(omega_range)s)", omega=family.omega, omega_range=family.omega_range),
    )
    return f"{alpha}, {omega} ; {family.reading}."


def _deliver(content: bytes, out: Path | None) -> None:
    if out is None:
        click.echo(content, nl=False)
        return
    write_file(out, content)
    click.echo(_("Écrit dans %(out)s", out=out))
