"""Every address that a person can open, with what stands for its variables on the demonstration."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from flask import Flask

Reader = Literal["anyone", "signed in"]


@dataclass(frozen=True)
class Sample:
    """A page to look at; ``{begun}`` and ``{submitted}`` in its address stand for the keys of two respondents."""

    endpoint: str
    address: str
    reader: Reader = "anyone"
    status: int = 200

    @property
    def name(self) -> str:
        """Its name in a report, and that of its pictures."""
        parts = [*self.address.strip("/").replace("{", "").replace("}", "").replace("?", "-").split("/")]
        return "-".join(part for part in parts if part) + ("" if self.status == 200 else f"-{self.status}") or "accueil"


PAGES = (Sample("public.home", "/"),)

# What is served but is no page to read.
FILES = {"static", "public.healthz"}


def get_endpoints(app: Flask) -> set[str]:
    """Every endpoint that answers GET."""
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}


PICTURES = Path(__file__).with_name("pictures")
