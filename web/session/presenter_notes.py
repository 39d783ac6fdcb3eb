"""What the presenter reads beside each slide: what to say, what to ask, how long to take."""

from grille.messages import message as _
from restitution.text.language import localized

_NOTES = {
    "opening": _(
        "Remerciez ceux qui ont répondu. Dites qui manque\u00a0: un collège absent ne se devine pas. Une minute."
    ),
    "promises": _(
        "Une ligne par promesse, sans chercher de coupable\u00a0: ce qui est fait, ce qui est en cours, ce qui ne "
        "l’est pas et pourquoi. Deux minutes."
    ),
    "moment-rules": _("Lisez-les, puis demandez s’il en manque une. Une minute\u00a0: elles valent pour vous aussi."),
    "moment-groups": _(
        "Formez les groupes vous-même, en mélangeant les collèges. Dites l’heure de fin, prévenez deux minutes avant. "
        "Passez entre les tables sans répondre à leur place."
    ),
    "moment-thanks": _(
        "Remerciez chaque collège par son nom. Redites une décision, une seule, et la prochaine date. Finissez à "
        "l’heure dite."
    ),
    "levels": _(
        "Lisez l’exemple à voix haute, puis demandez à main levée à quel niveau chacun nous placerait. Il n’y a "
        "pas de bonne réponse. Deux minutes."
    ),
    "radar": _(
        "Lisez une famille, une seule, avec ses mots ; d’un radar, la surface ne veut rien dire. Laissez la salle "
        "lire les autres en silence, une minute, avant de commenter."
    ),
    "question": _(
        "Laissez parler les voisins deux minutes, puis recueillez trois avis. Ne corrigez pas\u00a0: montrez la suite."
    ),
    "join": _(
        "Laissez une minute pour rejoindre. Qui n’a pas de téléphone lève la main\u00a0: sa réponse compte autant. "
        "Qui voit mal lit chaque diapositive sur son téléphone, en grand."
    ),
    "points": _(
        "Chacun partage trois points. Comptez les mains de qui n’a pas de téléphone, puis montrez. Ce que la salle "
        "choisit ne décide pas à sa place\u00a0: demandez pourquoi."
    ),
    "words": _(
        "Lisez chaque mot avant de l’accepter\u00a0: aucun nom, rien qui blesse. L’écran ne montre rien avant que "
        "plusieurs aient répondu."
    ),
    "changes": _(
        "Une famille à la fois, avec son mot. Une bonne nouvelle se dit lentement. La bande dit où le niveau se trouve "
        "très probablement\u00a0: si elle touche le point d’avant, ne concluez pas. Seul ce qui est publié les deux "
        "fois se compare\u00a0: un chiffre d’ici peut donc différer de celui du radar."
    ),
    "top-gains": _(
        "C’est le moment de fêter. Nommez les savoir-faire, puis les personnes\u00a0: qui a fait quoi pour "
        "que cela bouge\u202f? Ce qui a été fait est à côté\u202f; rien ne dit que c’est la seule cause."
    ),
    "falls": _(
        "Une baisse n’est pas toujours un recul\u00a0: après une formation, on devient plus exigeant. "
        "Demandez ce que l’on voit mieux qu’avant, puis ce qui s’est réellement perdu."
    ),
    "slope": _("Suivez une ligne du doigt, de gauche à droite. Une ligne qui manque n’est pas un zéro."),
    "family": _(
        "Prenez un savoir-faire qui monte et un qui ne bouge pas\u00a0: un exemple vécu pour chacun. Trois minutes."
    ),
    "colleges": _(
        "Deux regards différents sont tous les deux vrais\u00a0: demandez à chacun ce qu’il voit d’où il est. "
        "Personne n’a à se justifier."
    ),
    "unknown": _(
        "«\u00a0Je ne sais pas\u00a0» est une information\u00a0: qui pourrait montrer ce qui se fait, et à qui\u202f?"
    ),
    "apart": _(
        "La grille a changé\u00a0: ces savoir-faire n’entrent dans aucune comparaison. Passez vite, sauf question."
    ),
    "retained": _(
        "Les perceptions d’un côté, le niveau retenu de l’autre\u00a0: expliquez l’écart par ce qui a été observé."
    ),
    "strengths": _("Lisez un point fort, puis demandez qui l’a vu de ses yeux. Deux minutes."),
    "observed": _(
        "Ce qui se vérifie sur place\u202f; ce qui manque encore est ici, et ne se discute pas ligne à ligne."
    ),
    "advice": _("Un seul conseil par personne\u00a0: lequel suivrions-nous d’abord\u202f?"),
    "parcours-done": _(
        "Remerciez celles et ceux qui ont fait. Pour chaque action\u00a0: qu’est-ce que les gens d’ici savent faire "
        "seuls maintenant\u202f? Deux minutes."
    ),
    "worked": _(
        "Deux nombres côte à côte, et rien qui dise pourquoi\u00a0: lisez l’avertissement avant de laisser commenter."
    ),
    "parcours-next": _("Demandez ce qui manque, puis qui s’y met. Notez-le à la dernière diapositive. Trois minutes."),
    "text": _("Une diapositive de votre équipe."),
    "decide": _(
        "Une décision, un verbe, une personne, une date. Tapez-la devant tout le monde et relisez-la à voix haute."
    ),
}


def note_for(kind: str, verdict: str = "") -> str:
    """Return the note for a kind of slide, or for a kind and a verdict where there is one.

    >>> note_for("slope")
    'Suivez une ligne du doigt, de gauche à droite. Une ligne qui manque n’est pas un zéro.'
    """
    return str(localized(_NOTES.get(f"{kind}-{verdict}") or _NOTES.get(kind, "")))
