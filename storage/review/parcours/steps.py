"""The steps of an action: which comes after which, and what cannot be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from grille.messages import message as _


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an action. ``after`` is the rank, from 1, of the step that must be done first."""

    title: str
    due_on: date | None = None
    done_on: date | None = None
    after: int | None = None

    def late_on(self, day: date) -> bool:
        """Whether it should have been done before that day."""
        return self.done_on is None and self.due_on is not None and self.due_on < day


def problems_of_steps(steps: Sequence[Step]) -> Iterator[str]:
    """Yield what is wrong with the order of steps, as French sentences."""
    for rank, step in enumerate(steps, 1):
        if not step.title:
            yield _("L’étape %(rank)s n’a pas de titre : dites ce qu’elle est.", rank=rank)
        yield from _problems_of_order(rank, step, steps)
    if circle := _circle(steps):
        ranks = " → ".join(map(str, circle))
        yield _("Les étapes %(ranks)s s’attendent en rond : aucune ne pourrait commencer.", ranks=ranks)


def _problems_of_order(rank: int, step: Step, steps: Sequence[Step]) -> Iterator[str]:
    if step.after is None:
        return
    if not 1 <= step.after <= len(steps):
        yield _(
            "L’étape %(rank)s vient après l’étape %(after)s, qui n’existe pas : corrigez ce numéro.",
            rank=rank,
            after=step.after,
        )
        return
    first = steps[step.after - 1]
    if first is not step and first.due_on and step.due_on and step.due_on < first.due_on:
        yield _(
            "L’étape %(rank)s est prévue avant l’étape %(after)s, qu’elle attend : vérifiez leurs dates.",
            rank=rank,
            after=step.after,
        )


def _circle(steps: Sequence[Step]) -> list[int]:
    """Return the ranks of steps that wait for one another, the first one again at the end; empty if there are none."""
    for start in range(1, len(steps) + 1):
        path = [start]
        while (after := _after(steps, path[-1])) is not None:
            if after == start:
                return [*path, start]
            if after in path:
                break
            path.append(after)
    return []


def _after(steps: Sequence[Step], rank: int) -> int | None:
    after = steps[rank - 1].after
    return after if after is not None and 1 <= after <= len(steps) else None
