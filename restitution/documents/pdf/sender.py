"""Who sends a document: what a campaign says of whoever runs it, as posters, letters and paper print it."""

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Sender:
    """The introduction, the organiser, a contact, and a logo as PNG; all may be empty."""

    introduction: str = ""
    organiser: str = ""
    contact: str = ""
    logo: bytes = b""

    def content(self) -> dict[str, Any]:
        """Return the values for a template; typst takes the bytes of a picture as numbers."""
        return {
            "introduction": self.introduction,
            "organiser": self.organiser,
            "contact": self.contact,
            "logo": list(self.logo),
        }


NO_SENDER: Final = Sender()
