"""The chart of the home page: drawn from the demonstration, kept as a template so that the page loads no pandas.

``python -m tests.web.example_chart`` draws it again; a test holds it to what the demonstration gives.
"""

import tempfile
from contextlib import closing
from pathlib import Path

from flask import Flask
from jinja2 import Environment

from restitution.labels import PHONE, Layout
from restitution.radar import Radar
from restitution.svg import legend_sample, radar_drawing
from restitution.tables import radar_table
from storage.campaigns import campaign_by_slug
from storage.database import open_database
from storage.engine import Database
from storage.results import campaign_profile

KEPT = Path(__file__).parents[2] / "web" / "templates" / "public" / "example_radar.html"
WAVES = ("villeroche-2026", "villeroche-2025", "villeroche-2023")
HOME = Layout(width=540, radius=175, font=15.5, letters=12, past=False, badges=False)

_PIECE = """<ul class="legend">
{%- for series in radar.series %}<li>{{ sample(series.role) }} {{ series.label }}</li>{% endfor -%}
</ul>
{{ wide }}
{{ phone }}
<details><summary>Les mêmes chiffres en tableau</summary>
<table class="table">
<caption class="unseen">{{ radar.title }}</caption>
<thead><tr>{% for column in table.columns %}<th scope="col">{{ column }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in table.rows -%}
<tr><th scope="row">{{ row.axis.title }}</th>
{%- for cell in row.cells %}<td>{{ cell.text }}</td>{% endfor %}</tr>
{% endfor -%}
</tbody>
</table>
</details>
"""


def drawn(db: Database) -> str:
    """The piece of page: legend, a drawing for wide screens and one for phones, the table of the same figures."""
    campaigns = [campaign for slug in WAVES if (campaign := campaign_by_slug(db, slug))]
    profiles = [campaign_profile(db, campaign) for campaign in campaigns]
    years = [str(campaign.year) for campaign in campaigns]
    radar = Radar.from_profiles(profiles, years, title="Villeroche en 2026, comparé à 2025 et à 2023")
    return (
        Environment(autoescape=True, keep_trailing_newline=True)
        .from_string(_PIECE)
        .render(
            radar=radar,
            table=radar_table(radar),
            sample=legend_sample,
            wide=radar_drawing(radar, layout=HOME, ident="exemple", extra="wide"),
            phone=radar_drawing(radar, layout=PHONE, ident="exemple-etroit", extra="phone"),
        )
    )


def main() -> None:
    """Make the demonstration in a folder of its own, and keep the chart."""
    from tests.conftest import _make_demo, application, settings_for

    with tempfile.TemporaryDirectory() as folder:
        _make_demo(Path(folder))
        app: Flask = application(Path(folder))
        with app.app_context(), closing(open_database(settings_for(Path(folder)).database)) as db:
            KEPT.write_text(drawn(db), "utf-8")


if __name__ == "__main__":
    main()
