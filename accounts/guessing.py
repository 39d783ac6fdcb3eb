"""Estimate of the number of guesses needed to find a password (zxcvbn), from French words, its owner and places."""

import unicodedata
from collections.abc import Iterable

from grille.messages import message as _

LONGEST_READ = 72
ENOUGH = 10**8
"""The guesses that a password must withstand: thousands of times what rate limits let through in a year."""

# Common French words, which the dictionaries of zxcvbn lack (English words, names, leaked passwords).
_FRENCH = _("""bonjour bonsoir salut coucou bienvenue merci amour jetaime soleil lune etoile chocolat doudou loulou toto
    princesse dragon licorne papillon coccinelle chaton minou cheval chien chat lapin poisson oiseau maison jardin
    famille enfant enfants maman papa mamie papi bebe ami amie amis copine copain vacances voyage plage montagne
    mer foret riviere fleur rose tulipe arbre cerise fraise pomme banane fromage baguette croissant cafe biere vin
    musique danse guitare piano football rugby tennis velo moto voiture bateau avion train ecole bureau travail
    ordinateur clavier souris telephone internet secret secrete motdepasse motpasse passe mdp admin administrateur
    utilisateur compte connexion identifiant azerty azertyuiop qsdfghjklm wxcvbn mairie commune communaute ville
    village agglo agglomeration metropole departement region prefecture prefet maire adjoint elu elus agent agents
    conseil conseiller municipal municipale citoyen citoyenne citoyens habitant habitants association associations
    participation concertation democratie engagement territoire territoires collectivite service services public
    publique projet programme campagne grille bilan savoirfaire republique france francais francaise paris
    marseille lyon toulouse bordeaux lille nantes rennes strasbourg janvier fevrier mars avril mai juin juillet
    aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche printemps ete
    automne hiver noel paques anniversaire nouveau nouvelle temporaire provisoire changer changezmoi demo essai
    test un deux trois quatre cinq six sept huit neuf dix cent mille le la les de des du mon ma mes notre nos
    votre vos et ou est super genial rouge bleu vert jaune noir blanc marie jean pierre paul jacques michel
    philippe nicolas julien thomas antoine alexandre camille julie sophie nathalie isabelle catherine francoise
    martine monique sylvie""")


def guesses_needed(password: str, own: Iterable[str], places: Iterable[str] = ()) -> float:
    """Return the estimated number of guesses needed to find a password.

    An attacker is supposed to try ``own`` (the owner's words) first, then common French words, then ``places``.

    >>> guesses_needed("villeroche2026", ["Villeroche"]) < ENOUGH < guesses_needed("cheval correct pile", [])
    True
    """
    from zxcvbn import zxcvbn  # half a second and 15 MB: only where somebody chooses a password

    words = list(dict.fromkeys([*map(plain, own), *_FRENCH.split(), *map(plain, places)]))
    known = [word for word in words if len(word) > 1]
    written = {password.casefold()[:LONGEST_READ], plain(password)[:LONGEST_READ]} - {""}
    return min(float(zxcvbn(one, user_inputs=known)["guesses"]) for one in written)


# Digits and signs that people write in place of letters; « 1 » is an i or an l.
_FIGURES = ("4@301!5$7", ("aaeoiisst", "aaeollsst"))


def words_within(password: str, words: Iterable[str]) -> list[str]:
    """Return the words that a password contains, also reversed or with digits in place of letters.

    ``words`` are in the form that ``plain`` returns.

    >>> words_within("V1ller0che!2026", ["villeroche", "saint"]), words_within("ehcorelliv", ["villeroche"])
    (['villeroche'], ['villeroche'])
    """
    figures, letters = _FIGURES
    low = password.casefold()
    spelled = [plain(low), *(plain(low.translate(str.maketrans(figures, one))) for one in letters)]
    forms = {form for one in spelled for form in (one, one[::-1])}
    return [word for word in words if any(word in form for form in forms)]


def plain(text: str) -> str:
    """Return the letters and digits of a text only, in lower case and without accents.

    >>> plain("Saint-Étienne 42 !")
    'saintetienne42'
    """
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode() or text
    return "".join(sign for sign in bare.casefold() if sign.isalnum())
