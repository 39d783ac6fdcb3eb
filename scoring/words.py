"""The words of the method: for a change, for agreement, for what an interval is, and for why there is none."""

from typing import Final

RISE: Final = "hausse nette"
FALL: Final = "baisse nette"
STEADY: Final = "stable"
NO_FALL: Final = "pas de baisse nette"
NO_RISE: Final = "pas de hausse nette"
UNKNOWN: Final = "on ne peut pas dire"
CLEAR: Final = (RISE, FALL)

CONVERGENT: Final = "avis convergents"
SHARED: Final = "avis partagés"
OPPOSED: Final = "avis opposés"

# What a published row has in the column `margin`.
VOLUNTARY: Final = "volontaires"
NONE: Final = "aucune"
CENSUS: Final = "recensement"
INTERVAL: Final = "intervalle"

# Why a row of a comparison has no word: nothing to compare, volunteers, a workshop, too few answers.
INCOMPARABLE: Final = "incomparable"
WORKSHOP_ROW: Final = "atelier"
FEW: Final = "peu"
