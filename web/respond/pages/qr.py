"""QR codes on respondents' pages: light enough to stand in the page."""

from markupsafe import Markup


def qr_code(address: str) -> Markup:
    """Return the QR code of an address as an inline SVG element."""
    import segno

    code = segno.make(address, error="m")
    return Markup(code.svg_inline(scale=5, border=2, dark="#1b2230", light="#ffffff", omitsize=True))  # noqa: S704
