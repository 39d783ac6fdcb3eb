"""The interactive radar: a plotly figure that a page draws from JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from restitution.chart_data.colours import LIGHT
from restitution.chart_data.radar import Axis, Point, Radar, Series
from restitution.charts.marks import DASH, WIDTH
from restitution.text.numbers import level_text

# Colours as the names of custom properties: the page's script puts the theme's values in their place.
BY_NAME = {name: f"var(--{name})" for name in LIGHT}

_SYMBOLS = {"now": "circle", "before": "square", "first": "triangle-up", "hindsight": "diamond"}
_SIZES = {"now": 13, "before": 11, "first": 12, "hindsight": 12}


def radar_json(radar: Radar, palette: Mapping[str, str] = BY_NAME) -> str:
    """Return the plotly figure as JSON text: ``{"data": [...], "layout": {...}}``."""
    return str(radar_figure(radar, palette).to_json())


def radar_figure(radar: Radar, palette: Mapping[str, str] = LIGHT) -> Any:
    """Return the radar as a ``plotly.graph_objects.Figure``, oldest series first, so that the newest is on top."""
    traces = [_trace(radar, series, palette) for series in reversed(radar.series)]
    # plotly checks colours; names of custom properties are no colours to it, so they go in unchecked.
    return go.Figure({"data": traces, "layout": _layout(radar, palette)}, skip_invalid=False, _validate=False)


def _trace(radar: Radar, series: Series, palette: Mapping[str, str]) -> dict[str, Any]:
    colour, around = palette[f"year-{series.role}"], [*range(len(radar.axes)), 0]
    dash = ",".join(f"{max(part, 1):g}px" for part in DASH[series.role]) or "solid"
    return {
        "type": "scatterpolar",
        "name": series.label,
        "theta": [radar.axes[i].code for i in around],
        "r": [series.values[i] for i in around],
        "text": [_hover(radar, radar.axes[i], series, series.points[i]) for i in around],
        "hoverinfo": "text",
        "mode": "lines+markers",
        "connectgaps": False,
        "line": {"color": colour, "width": WIDTH[series.role], "dash": dash},
        "marker": _marker(series.role, colour, palette["card"]),
    }


def _marker(role: str, colour: str, card: str) -> dict[str, Any]:
    edge = {"color": colour, "width": 2.7 if role == "before" else 0}
    inside = card if role == "before" else colour
    return {"symbol": _SYMBOLS[role], "size": _SIZES[role], "color": inside, "line": edge, "opacity": 1}


def _hover(radar: Radar, axis: Axis, series: Series, point: Point) -> str:
    if point.value is None:
        return f"{axis.title} · {series.label}<br>{point.missing}"
    return f"{axis.title} · {series.label}<br><b>{point.text}</b> {point.word(radar.levels)}"


def _layout(radar: Radar, palette: Mapping[str, str]) -> dict[str, Any]:
    spokes, rings = _spokes(radar, palette), _rings(radar, palette)
    shape = "linear" if len(radar.axes) > 2 else "circular"
    return {
        "polar": {"gridshape": shape, "bgcolor": palette["card"], "angularaxis": spokes, "radialaxis": rings},
        "showlegend": False,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "separators": ",\u202f",
        "dragmode": False,
        "margin": {"l": 110, "r": 110, "t": 70, "b": 50},
        "hoverlabel": {
            "bgcolor": palette["card"],
            "bordercolor": palette["soft"],
            "font": {"color": palette["ink"], "size": 16},
        },
    }


def _spokes(radar: Radar, palette: Mapping[str, str]) -> dict[str, Any]:
    return {
        "type": "category",
        "layer": "below traces",
        "categoryorder": "array",
        "categoryarray": [axis.code for axis in radar.axes],
        "tickmode": "array",
        "tickvals": [axis.code for axis in radar.axes],
        "ticktext": [_end(axis, radar.series[0].points[i]) for i, axis in enumerate(radar.axes)],
        "rotation": 90,
        "direction": "clockwise",
        "tickfont": {"size": 16, "color": palette["ink"]},
        "gridcolor": palette["line"],
        "linecolor": palette["line"],
        "ticks": "",
    }


def _end(axis: Axis, point: Point) -> str:
    return f"<b>{axis.title}</b><br>{point.missing if point.value is None else f'<b>{point.text}</b>'}"


def _rings(radar: Radar, palette: Mapping[str, str]) -> dict[str, Any]:
    levels = radar.levels[1:]
    return {
        "layer": "below traces",
        "range": [radar.lowest, radar.highest],
        "angle": 90,
        "tickangle": 90,
        "tickmode": "array",
        "tickvals": [level.value for level in levels],
        "ticktext": [f"{level_text(level.value)} · {level.label}" for level in levels],
        "tickfont": {"size": 13, "color": palette["soft"]},
        "gridcolor": palette["line"],
        "linecolor": palette["line"],
        "ticks": "",
        "fixedrange": True,
    }
