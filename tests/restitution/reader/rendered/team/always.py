"""What the pages of the team say whatever people answered. None of these has a placeholder."""

OF_PUBLICATION = {
    "Cette page est pour l’équipe. Tout y est calculé sur ce qui est publié, et sur rien d’autre : n’importe qui "
    "pourrait refaire ces calculs.",
    "Ce que tout le monde lit à côté des chiffres",
    "Combien de chiffres sont montrés, parmi les savoir-faire que le questionnaire a posés ; et pourquoi les autres ne "
    "le sont pas.",
    *("Retrouvées par n’importe qui", "Par quelqu’un du collège", "N’importe qui", "Quelqu’un du collège"),
    *("Et en rapprochant toutes ses réponses, ou à deux ?", "Deux personnes ensemble"),
    "Cinq niveaux, familles de trois savoir-faire. La méthode (§ 11) dit comment ces chiffres sont faits.",
    "Là où tout le monde dit pareil",
    "Une collecte close ne change plus. Si ses réponses changeaient malgré tout, par exemple en remettant une "
    "sauvegarde, une publication qui ne différerait d’une autre que de quelques personnes serait refusée : leur "
    "différence dirait ce qu’elles ont répondu.",
}
OF_ADOPTION = {
    "Empreinte SHA-256 :",
    "Adopter fige tout ce qui suit : les chiffres, les textes, les niveaux retenus, les règles et la grille. Une "
    "version adoptée ne change plus jamais ; une correction est une nouvelle version, avec sa raison.",
    "Cela n’empêche pas d’adopter : les commentaires n’entrent pas dans le diagnostic.",
    "Elle permet de vérifier que rien n’a changé depuis l’adoption, et de recalculer chaque chiffre depuis les "
    "réponses.",
}
OF_TERRITORIES = {
    *("Aucun de vos territoires ne porte ce nom.", "Aucun territoire n’est encore suivi", "Choisir le premier"),
    "Aucun territoire ne vous est encore confié",
    "Demandez à l’équipe du programme de vous en confier un : il apparaîtra ici.",
    "Où en est chacun, par ordre alphabétique.",
    "Ce tableau ne classe personne : chaque territoire a son histoire, ses collèges et ses répondants. Lisez chaque "
    "ligne avec ceux qui y vivent.",
}
OF_EDITIONS = {
    *("Édition 1", "Édition 2", "Un mot change :", "rien"),
    "« Stable ou incertain » se dit plus précisément dans l’édition 2 : cela n’est pas compté comme un mot qui change.",
}
OF_CAMPAIGNS = {
    "Voir tout ce que les gens recevront : l’accueil, l’affiche, la lettre, le papier, le message",
    *("1. Regarder le questionnaire comme chaque collège", "2. Ouvrir la collecte", "Aucun chiffre sur moins de"),
    "Si l’on reçoit autant de réponses deux années de suite, voici le plus petit changement d’une famille qui pourra "
    "être dit net. Un changement plus petit ne pourra être dit ni hausse nette, ni baisse nette.",
    "Compté sur les réponses espérées, sinon sur l’effectif, pour des avis ni très serrés ni très partagés. Plus de "
    "réponses montrent de plus petits changements.",
    "À partir de là, les questions, la liste des collèges et le seuil ne changent plus : ce que les premiers ont lu "
    "vaut pour tous. Le nom, la fin annoncée, les effectifs et les objectifs pourront encore être corrigés.",
    "Une collecte close ne se rouvre pas : les réponses ne changent plus, et les résultats peuvent être lus.",
    "Deux petits collèges réunis peuvent atteindre le seuil. C’est possible jusqu’à la clôture, et réversible "
    "jusque-là ; ensuite, on ne sait plus qui venait duquel.",
    "Je sais que la collecte ne pourra pas être rouverte",
}
OF_OPEN_DATA = {
    "Tout ce que les territoires publient, en tableaux : pour le relire, le recalculer, le réutiliser.",
    "Ces données sont sous Licence Ouverte 2.0 : chacun peut les réutiliser, en disant d’où elles viennent et de quand "
    "elles datent. Aucun chiffre n’y porte sur un groupe trop petit pour rester anonyme.",
    "Aucune donnée n’est publiée pour le moment",
    "Les données d’une campagne paraissent ici quand sa collecte est close et que le territoire a choisi de publier "
    "ses résultats.",
    *("Les tableaux, un par un", "Licence Ouverte 2.0", "Tous les tableaux en un, CSV"),
    "Une case vide est un chiffre caché ou qui n’existe pas : la colonne « reason » dit pourquoi. Une case vide n’est "
    "jamais un zéro.",
    "Base SQLite, pour Datasette ou tout autre logiciel",
}
OF_THE_TEAM = OF_PUBLICATION | OF_CAMPAIGNS | OF_EDITIONS | OF_ADOPTION | OF_OPEN_DATA | OF_TERRITORIES
