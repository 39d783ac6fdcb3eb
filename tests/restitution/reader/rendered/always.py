"""What pages say whatever people answered: what things are, how to read them. None of these has a placeholder."""

from tests.restitution.reader.rendered.team.always import OF_THE_TEAM

# Names of things, and what a figure is.
NAMES = {
    "Les actions dans le temps. Le tableau qui suit dit les mêmes dates.",
    "Les questions posées ici seulement, et ce que l’on y a répondu",
    *("Les mêmes chiffres", "Avec le recul, les mêmes chiffres", "Les mêmes chiffres, par collège", "Ne sait pas"),
    *("Le détail : effectifs, étalement des avis, et comment chaque marge se refait", "D’une année à l’autre"),
    *("Réponses, du plus bas au plus haut niveau", "Les deux façons de compter", "Chaque collège compte autant"),
    *("Chaque personne compte autant", "En laissant un collège de côté", "Les règles de calcul, toutes"),
    *("Score de chaque famille, année après année", "un classeur, avec les tableaux et le radar"),
    *("tous les chiffres, une ligne par chiffre publié", "les mêmes, pour un logiciel", "le radar, pour un document"),
    *(
        "le radar, dans une page qui s’ouvre sans réseau",
        "Les fichiers publiés avec l’édition 1 restent à leur adresse :",
    ),
}
# Parts of what a rule reads whole.
PIECES = {
    "aucune",
    *("Collège « {} »", "« {} »", "{} avec le recul", "Version {}", "Données ouvertes : {} {}"),
    "aucun en attente",
    "Lire les résultats de {}",
    *("Diagnostic, version {}", "grille « {} », version {}", "de {} à {}"),
    # What differs between editions.
    *("« {} » devient « {} »", "« {} » n’est plus dit", "« {} », désormais", "plus d’intervalle : {}"),
    *("un intervalle désormais", "intervalle plus large", "intervalle plus étroit", "plus publié"),
    "dit plus précisément",
    "la grille n’en donne pas",
    "En {}",
    "En {} : lire le profil",
    "Diagnostic adopté avec l’{}",
    "territoire {}",
    *("{} réponse espérée", "{} réponses espérées", "du {}", "au {}"),
    "sur {}",
    "une silhouette : {} personne",
    "une silhouette : {} personnes",
    "non comparable : {}",
    "où {} se trouve très probablement",
    "De « {} » à « {} »",
    "Les mêmes chiffres sont dans le tableau qui suit.",
}
# How to read.
READING = {
    "On a aussi demandé aux mêmes personnes comment elles voient aujourd’hui l’année d’avant. Les points en pointillés "
    "sont ceux d’aujourd’hui, reculés de ce qu’elles disent avoir changé.",
    "Chaque point est un collège ; la bande montre la marge d’incertitude. Le trait pointillé est le score du "
    "territoire.",
    "L’étalement dit de combien de niveaux les avis d’un collège s’écartent de leur moyenne. La couverture dit "
    "quelle part du poids de la famille portent les savoir-faire publiés dans ce collège. Dans la marge, v est "
    "l’étalement au carré avec une réponse au hasard en plus, g dit combien les réponses d’une même personne vont "
    "ensemble, h est l’inverse du nombre moyen de réponses (ñ), N l’effectif du collège.",
    "Les réponses données ensemble, en atelier, sont une autre mesure : elles se lisent à part et n’entrent dans "
    "aucune moyenne.",
    "« Je ne sais pas » et « sans objet ici » ne donnent pas de niveau. Quand beaucoup de personnes ne savent pas, "
    "c’est une information en soi.",
    "La surface du radar ne veut rien dire : lisez chaque axe, un par un.",
    "Un chiffre qui manque n’est jamais un zéro.",
    "ouvert par un lien",
    "Une figure qui manque n’est jamais un zéro : elle n’est pas montrée pour protéger les personnes, ou faute de "
    "réponses.",
}
FOR_RESIDENTS = {
    "On a demandé aux mêmes personnes comment elles voient aujourd’hui l’année d’avant. Voici ce qui a changé depuis, "
    "d’après elles.",
    "Ce qui manque n’est pas un zéro : le tableau dit pourquoi.",
    "Ces résultats ne sont pas encore publiés : seules les personnes qui suivent ce territoire voient cette page.",
    *("Ce qui n’a pas pu être comparé, et pourquoi", "Lire un niveau en dix secondes"),
    "Comment ces chiffres ont été faits, et ce qu’ils ne disent pas",
    "C’est une information en soi : on n’a pas toujours de quoi voir.",
    *("Deux ou trois années", "Que veut dire un niveau ?", "Tous les chiffres, et comment ils sont calculés"),
    "Le radar montre les scores publiés chaque année. Les tableaux qui suivent ne gardent que ce qui se compare.",
}
ON_SLIDES = {
    "Ces savoir-faire restent dans le profil, mais n’entrent dans aucune comparaison.",
    "Pas encore gardé : le réseau ne répond pas. Ne fermez pas cette page, elle réessaie toute seule.",
    "Pas encore gardé : vous n’êtes plus connecté. Connectez-vous dans un autre onglet, puis revenez ici.",
    *("{n} caractères de trop : coupez cette décision en deux.", "Tapez une décision, puis Entrée", "Un exemple :"),
    *("Rien n’est encore prévu : ce que nous décidons ici fera la suite.", "Faibles, et qu’aucune action ne vise :"),
    *("En niveaux, sur les collèges publiés aux deux dates.",),
    "En pointillés, comment les mêmes personnes voient aujourd’hui l’an dernier.",
    "La surface ne veut rien dire : lisez chaque axe.",
    "Ne pas donner de niveau n’est pas mettre zéro : c’est souvent que l’on n’a pas de quoi voir.",
    "Sur les collèges publiés à chaque fois. Une ligne qui manque n’est pas un zéro.",
    "Votre idée d’abord, le résultat ensuite. Parlez-en deux minutes avec votre voisin.",
    *("Qu’est-ce qui a le plus progressé ?", "Une silhouette par personne"),
    "Après une formation, on devient souvent plus exigeant : on voit mieux le chemin qui reste.",
    "Deux nombres côte à côte : rien ne dit que ces actions en sont la cause.",
    "Trop peu de réponses pour trancher : ce n’est ni une hausse, ni une baisse, ni une mauvaise note.",
}
IN_DOCUMENTS = {
    "Un score est un niveau moyen : les mots qui l’accompagnent sont ceux du niveau le plus proche ; des deux, quand "
    "le score affiché est à mi-chemin.",
    "« Je ne sais pas » et « sans objet ici » ne donnent pas de niveau.",
    "Ce n’est pas un mauvais niveau : c’est souvent invisible pour eux. Que pourrions-nous montrer ?",
    "Plus la case est foncée, plus le niveau moyen est haut.",
    "Les mêmes chiffres, en tableau",
    "Les questions posées ici seulement, et ce que l’on y a répondu",
    # What the room answers on its own phones.
    "Ni compte, ni nom, ni cookie. Personne ne saura ce que vous répondez.",
    "Vous voyez mal l’écran ? Tout se lit en grand sur votre téléphone. Sans téléphone, levez la main : votre réponse "
    "compte autant.",
    "Votre idée d’abord, le résultat ensuite. Une pastille, un téléphone.",
    "Quelques mots sur votre téléphone. Ne nommez personne : chaque réponse est lue avant d’être montrée.",
    "Le score de chaque famille à chaque mesure, de la plus ancienne à la plus récente.",
    "Un point par collège publié, de gauche (niveau le plus bas) à droite. La bande claire est son intervalle, le "
    "trait en tirets le score du territoire.",
    "Ce n’est pas un niveau bas : c’est souvent une pratique que ces personnes ne voient pas.",
    *("Écrivez ici ce que la salle décide, avec un nom et une date.", "Empreinte SHA-256"),
}
AT_THE_DESK = {
    *("Ce que l’édition 2 change", "Chaque famille, vue par chaque collège", "On ne voit pas"),
    *("Le mot est celui du niveau le plus proche.", "Une case hachurée est cachée : elle dit pourquoi."),
    "Un quart d’un collège ou plus répond « je ne sais pas » ; là où peu ont donné un niveau, n’en donne pas.",
    *("Aucune action", "Votre mot pour cette personne", "Toute l’histoire", "Rien n’a changé.", "Le plus"),
    "Le niveau moyen de chaque collège ; le plus bas d’abord.",
    "Le niveau moyen de chaque collège.",
    "L’écart de chaque collège avec la moyenne des collèges publiés ; l’étendue va du plus bas au plus haut.",
    "Les savoir-faire que cette campagne n’a pas demandés",
    "Rien : les textes, les faits et les preuves sont ceux qui ont été adoptés.",
    "Il reste affiché tel quel, partout : ce que vous écrivez vient à côté, jamais à sa place.",
    "Obligatoire quand le niveau s’écarte du score d’un niveau ou plus, ou qu’aucun score n’est publié.",
    "Les forces et les faiblesses ci-dessous sont proposées par une règle. Relisez-les, corrigez-les, effacez-les : ce "
    "que vous enregistrez est votre texte.",
    "Le territoire et le financeur liront ce texte une fois le diagnostic adopté.",
    *("Ce que dit chaque collège", "Ajouter une preuve", "Un fichier", "Ou une adresse"),
    "Le niveau moyen d’un collège est la moyenne des niveaux choisis. Ne pas répondre, ou répondre « je ne sais pas », "
    "ne compte jamais pour zéro.",
    "Une seule réponse pour tous, avec de quoi la vérifier : un document ou une adresse.",
    *("Choisissez un fichier, ou écrivez une adresse.", "Donnez un fichier ou une adresse, l’un après l’autre."),
    # What refuses a form: tests/web/review holds when it does.
    "Écrivez pourquoi : aucun score n’est publié pour appuyer ce niveau.",
    "Écrivez pourquoi : le niveau retenu s’écarte du score d’un niveau ou plus.",
}
ALWAYS = frozenset(NAMES | READING | FOR_RESIDENTS | ON_SLIDES | IN_DOCUMENTS | AT_THE_DESK | OF_THE_TEAM)
