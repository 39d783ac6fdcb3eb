"""The names of the five files of a profile. Loads nothing that writes them."""

from typing import Final

NAMES: Final = ("profile.json", "profile.csv", "profile.xlsx", "radar.svg", "radar.html")
