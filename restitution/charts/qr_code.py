"""QR codes as SVG."""

import io

import segno


def qr_svg(address: str, *, title: str | None = None) -> str:
    """Return the QR code of an address as an SVG element without size; ``title`` is for screen readers.

    Error correction M: readable with 15 % of the code damaged, as on a worn poster.

    >>> qr_svg("https://grille.example/repondre/essai", title="Questionnaire").startswith("<svg")
    True
    """
    code = segno.make_qr(address, error="m", boost_error=False)
    svg = io.BytesIO()
    code.save(svg, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, title=title, light="#fff", nl=False)
    return svg.getvalue().decode()
