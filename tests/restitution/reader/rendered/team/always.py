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
OF_THE_TEAM = OF_PUBLICATION
