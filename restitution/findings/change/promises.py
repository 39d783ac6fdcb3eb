"""What the session before decided, and what became of it."""

from dataclasses import dataclass

from restitution.text.names import DECISION_STATES


@dataclass(frozen=True)
class Promise:
    """What was decided at the session before: who took it on, and what became of it (``state``, a code)."""

    text: str
    office: str = ""
    state: str = ""

    @property
    def word(self) -> str:
        """What became of it, in words."""
        return str(DECISION_STATES[self.state])
