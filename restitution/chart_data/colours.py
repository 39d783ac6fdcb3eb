"""The names of the colours of figures. A page gives them values in its style sheet; a file uses those given here."""

# The light tokens of web/static/css/tokens.css (a test holds them together): a file knows no custom property.
LIGHT = {
    "paper": "#fbfaf6",
    "card": "#ffffff",
    "ink": "#1b2230",
    "soft": "#56607a",
    "line": "#dcd8cc",
    "year-now": "#1b2230",
    "year-before": "#1d6fb8",
    "year-first": "#8a6d3b",
    "year-hindsight": "#6b3fa0",
    "on-hue": "#ffffff",
    "hue-1": "#1d4f91",
    "hue-2": "#0b6b62",
    "hue-3": "#8a5200",
    "hue-4": "#7a2e68",
    "hue-5": "#a5351f",
    "hue-6": "#4b5d16",
    "hue-7": "#3f3d99",
    "hue-8": "#8c1d4f",
    "hue-9": "#2f6b2f",
    "hue-10": "#5a5348",
}
DARK = {
    "paper": "#14181f",
    "card": "#1c222c",
    "ink": "#eceef2",
    "soft": "#a9b2c3",
    "line": "#3a4352",
    "year-now": "#f4f5f7",
    "year-before": "#7db8f0",
    "year-first": "#d9b877",
    "year-hindsight": "#c9a9f0",
    "on-hue": "#14181f",
    "hue-1": "#8fb8ee",
    "hue-2": "#62c7b8",
    "hue-3": "#e2ab5a",
    "hue-4": "#dba0cb",
    "hue-5": "#f09a85",
    "hue-6": "#b5c777",
    "hue-7": "#b3b1f0",
    "hue-8": "#f093bd",
    "hue-9": "#8fcf8f",
    "hue-10": "#c9c0b2",
}
HUES = sum(name.startswith("hue-") for name in LIGHT)


def hue(position: int) -> str:
    """Return the colour name of the family at that position (from 0); after the last colour, the first comes again.

    >>> hue(0), hue(9), hue(10)
    ('hue-1', 'hue-10', 'hue-1')
    """
    return f"hue-{position % HUES + 1}"
