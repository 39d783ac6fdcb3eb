"""How a room joins a session with its phones: the address, the code, the QR code of both."""

from dataclasses import dataclass
from functools import cached_property

from flask import url_for
from markupsafe import Markup

from web.http.addresses import as_typed, public_address


@dataclass(frozen=True)
class WayIn:
    """The way in, by its code."""

    code: str

    @property
    def address(self) -> str:
        """The whole address, which the QR code leads to."""
        return public_address(url_for("audience.join", room=self.code))

    @property
    def typed(self) -> str:
        """The address of the page where the code is typed, as people type it."""
        return as_typed(public_address(url_for("audience.code_entry")))

    @cached_property
    def qr(self) -> Markup:
        """The address as a QR code (SVG), drawn once for all the slides that show it."""
        from restitution.charts.qr_code import qr_svg

        return Markup(qr_svg(self.address))  # noqa: S704  # made of our own address
