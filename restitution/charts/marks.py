"""Marks that distinguish series without colour: line styles and shapes of points."""

from markupsafe import Markup

from restitution.charts.markup import Ink, element

WIDTH = {"now": 4.0, "before": 3.0, "first": 3.0, "hindsight": 3.0}
DASH = {"now": (), "before": (9.0, 7.0), "first": (0.1, 7.0), "hindsight": (0.1, 5.0)}


def line_attributes(role: str, scale: float = 1) -> dict[str, object]:
    """Return the width and dashes of a series' line: solid for the newest, dashed, then dotted."""
    dash = " ".join(f"{part * scale:.1f}" for part in DASH[role])
    ends = {"stroke_linecap": "round", "stroke_linejoin": "round"}
    return {"stroke_width": WIDTH[role] * scale, "stroke_dasharray": dash or None, **ends}


def marker(role: str, x: float, y: float, radius: float, ink: Ink) -> Markup:
    """Return a series' point: a disc (newest), an open square, a triangle (first), an open diamond (hindsight)."""
    colour = f"year-{role}"
    if role == "now":
        return element("circle", cx=x, cy=y, r=radius, **ink.fill(colour))
    if role == "before":
        side, corner = radius * 1.7, {"x": x - radius * 0.85, "y": y - radius * 0.85}
        return element(
            "rect", **corner, width=side, height=side, stroke_width=radius * 0.42, **ink.stroke(colour, "card")
        )
    if role == "hindsight":
        reach = radius * 1.15
        corners = (
            f"M{x:.1f} {y - reach:.1f}l{reach:.1f} {reach:.1f}l{-reach:.1f} {reach:.1f}l{-reach:.1f} {-reach:.1f}z"
        )
        return element("path", d=corners, stroke_width=radius * 0.42, **ink.stroke(colour, "card"))
    path = f"M{x:.1f} {y - radius * 1.1:.1f}l{radius * 1.05:.1f} {radius * 1.85:.1f}h{-radius * 2.1:.1f}z"
    return element("path", d=path, **ink.fill(colour))


def sample(role: str, ink: Ink, scale: float = 1) -> tuple[Markup, ...]:
    """Return a short stretch of the series for a legend, 44 × 16 units at scale 1."""
    middle = 8 * scale
    line = element(
        "line", x1=2, x2=42 * scale, y1=middle, y2=middle, **line_attributes(role, scale), **ink.stroke(f"year-{role}")
    )
    return line, marker(role, 22 * scale, middle, 6.2 * scale, ink)
