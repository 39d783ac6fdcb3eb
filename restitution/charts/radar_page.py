"""A radar as a web page: a single file that opens from disk, in any browser, without network."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from restitution.chart_data.colours import DARK, LIGHT
from restitution.chart_data.radar import Radar
from restitution.chart_data.table import radar_table
from restitution.charts.faces import SANS, SERIF, embedded_faces
from restitution.charts.radar_chart import legend_sample, radar_drawing
from restitution.charts.radar_labels import PHONE
from restitution.text.language import gettext

_STATIC = Path(__file__).parents[2] / "web" / "static"


def radar_html(radar: Radar) -> str:
    """Return the page: the drawing, its table and, where scripts run, the interactive figure (about 1.4 MB)."""
    from restitution.charts.plotly_radar import radar_json  # plotly loads only where it is needed

    return _template().render(
        radar=radar,
        wide=radar_drawing(radar, ident="radar", extra="wide"),
        phone=radar_drawing(radar, layout=PHONE, ident="radar-etroit", extra="phone"),
        table=radar_table(radar),
        sample=legend_sample,
        faces=embedded_faces(SANS, SERIF),
        sans=Markup(SANS),  # noqa: S704  # ours
        serif=Markup(SERIF),  # noqa: S704  # ours
        palette=LIGHT,
        dark=DARK,
        figure=_inline(radar_json(radar)),
        plotly=_inline((_STATIC / "vendor" / "plotly-grille.min.js").read_text("utf-8")),
        script=_inline((_STATIC / "js" / "radar.js").read_text("utf-8")),
    )


@cache
def _template() -> Template:
    pages = Environment(loader=PackageLoader("restitution.charts"), autoescape=True, undefined=StrictUndefined)
    pages.globals["_"] = gettext
    return pages.get_template("radar.html")


def _inline(text: str) -> Markup:
    """Return the text for a script element, escaped so that nothing in it closes the element."""
    return Markup(text.replace("</", "<\\/"))  # noqa: S704 our own files, and JSON
