"""The words of the method: for changes, for agreement, for kinds of intervals, and for why there is none.

They are values of tables and files, always in French; whoever shows one translates it to the reader's language.
"""

from typing import Final

from grille.messages import marked

RISE: Final = marked("hausse nette")
FALL: Final = marked("baisse nette")
STEADY: Final = marked("stable")
NO_FALL: Final = marked("pas de baisse nette")
NO_RISE: Final = marked("pas de hausse nette")
UNKNOWN: Final = marked("on ne peut pas dire")
CLEAR: Final = (RISE, FALL)

CONVERGENT: Final = marked("avis convergents")
SHARED: Final = marked("avis partagés")
OPPOSED: Final = marked("avis opposés")

# The values of the column `margin`: the kind of interval.
VOLUNTARY: Final = "volontaires"
NONE: Final = "aucune"
CENSUS: Final = "recensement"
INTERVAL: Final = "intervalle"

# Why a row of a comparison has no word: nothing to compare, volunteers, a workshop, too few answers.
INCOMPARABLE: Final = "incomparable"
WORKSHOP_ROW: Final = "atelier"
FEW: Final = "peu"
