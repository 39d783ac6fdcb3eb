"""What the audit log can say that somebody did: a closed list, each deed with its topic and its words in French.

A deed that is not here cannot be recorded. One that has been released keeps its value: old lines are read with it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Topic(StrEnum):
    """What a deed is about, to look for it."""

    SIGN_IN = "connexions"
    ACCOUNTS = "comptes"
    CAMPAIGNS = "campagnes"
    LINKS = "liens"
    ANSWERS = "reponses"
    REVIEW = "revue"
    PARCOURS = "parcours"
    SESSIONS = "seances"
    READING = "consultations"
    KEEPING = "entretien"


TOPICS: Final[Mapping[Topic, str]] = {
    Topic.SIGN_IN: "Connexions",
    Topic.ACCOUNTS: "Comptes et rôles",
    Topic.CAMPAIGNS: "Campagnes",
    Topic.LINKS: "Liens et invitations",
    Topic.ANSWERS: "Réponses saisies, importées ou sorties",
    Topic.REVIEW: "Revue et diagnostics",
    Topic.PARCOURS: "Parcours",
    Topic.SESSIONS: "Séances",
    Topic.READING: "Consultations sensibles",
    Topic.KEEPING: "Entretien",
}


class Deed(StrEnum):
    """What somebody did."""

    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    SESSION_REVOKED = "session revoked"
    DEVICES_FORGOTTEN = "devices forgotten"
    SIGN_IN_BLOCKED = "sign-in blocked"
    ACCOUNT_CREATED = "account created"
    ACCOUNT_INVITED = "account invited"
    INVITATION_ACCEPTED = "invitation accepted"
    INVITATION_WITHDRAWN = "invitation withdrawn"
    ROLE_GRANTED = "role granted"
    ROLE_REVOKED = "role revoked"
    ACCOUNT_DISABLED = "account disabled"
    ACCOUNT_ENABLED = "account enabled"
    RESET_ASKED = "reset asked"
    PASSWORD_RESET = "password reset"  # noqa: S105  # a deed, not a password
    PASSWORD_CHANGED = "password changed"  # noqa: S105  # as above
    CODES_ENABLED = "codes enabled"
    CODES_DISABLED = "codes disabled"
    RECOVERY_CODES_DRAWN = "recovery codes drawn"
    RECOVERY_CODE_USED = "recovery code used"
    IDENTITY_LINKED = "identity linked"
    IDENTITY_UNLINKED = "identity unlinked"
    TERRITORY_CREATED = "territory created"
    CAMPAIGN_DRAFTED = "campaign drafted"
    CAMPAIGN_REVISED = "campaign revised"
    CAMPAIGN_DISCARDED = "campaign discarded"
    CAMPAIGN_OPENED = "campaign opened"
    CAMPAIGN_CLOSED = "campaign closed"
    CAMPAIGN_PUBLISHED = "campaign published"
    CAMPAIGN_UNPUBLISHED = "campaign unpublished"
    COLLEGES_MERGED = "colleges merged"
    COLLEGES_UNMERGED = "colleges unmerged"
    SIZE_CORRECTED = "size corrected"
    LINK_MADE = "link made"
    LINK_REVOKED = "link revoked"
    INVITATIONS_DRAWN = "invitations drawn"
    INVITATIONS_REVOKED = "invitations revoked"
    ANSWERS_ENTERED = "answers entered"
    ANSWERS_IMPORTED = "answers imported"
    ANSWERS_EXPORTED = "answers exported"
    ANSWERS_ERASED = "answers erased"
    JUDGEMENT_WRITTEN = "judgement written"
    NOTE_WRITTEN = "note written"
    FACTS_WRITTEN = "facts written"
    PRIVATE_NOTE_WRITTEN = "private note written"
    COMMENTS_DECIDED = "comments decided"
    EVIDENCE_ADDED = "evidence added"
    EVIDENCE_REMOVED = "evidence removed"
    DIAGNOSTIC_ADOPTED = "diagnostic adopted"
    ACTION_PLANNED = "action planned"
    ACTION_CHANGED = "action changed"
    ACTION_REMOVED = "action removed"
    ACTION_RESTORED = "action restored"
    ACTION_RATED = "action rated"
    SLIDES_ARRANGED = "slides arranged"
    PARCOURS_SHOWN = "parcours shown"
    PARCOURS_KEPT = "parcours kept"
    DECISION_NOTED = "decision noted"
    DECISION_REMOVED = "decision removed"
    WORKSHOP_OPENED = "workshop opened"
    WORKSHOP_REVEALED = "workshop revealed"
    CONSENSUS_NOTED = "consensus noted"
    WORKSHOP_ENDED = "workshop ended"
    PRIVATE_NOTES_READ = "private notes read"
    COMMENTS_READ = "comments read"
    EVIDENCE_READ = "evidence read"
    LOG_EXPORTED = "log exported"
    DATA_PURGED = "data purged"


_WORDS: Final[Mapping[Topic, Mapping[Deed, str]]] = {
    Topic.SIGN_IN: {
        Deed.SIGNED_IN: "s’est connecté",
        Deed.SIGNED_OUT: "s’est déconnecté",
        Deed.SESSION_REVOKED: "a déconnecté un appareil",
        Deed.DEVICES_FORGOTTEN: "a fait oublier ses appareils",
        Deed.SIGN_IN_BLOCKED: "connexions suspendues après trop d’essais",
    },
    Topic.ACCOUNTS: {
        Deed.ACCOUNT_CREATED: "a créé un compte",
        Deed.ACCOUNT_INVITED: "a invité quelqu’un",
        Deed.INVITATION_ACCEPTED: "a accepté son invitation",
        Deed.INVITATION_WITHDRAWN: "a retiré une invitation",
        Deed.ROLE_GRANTED: "a donné un rôle",
        Deed.ROLE_REVOKED: "a retiré un rôle",
        Deed.ACCOUNT_DISABLED: "a désactivé un compte",
        Deed.ACCOUNT_ENABLED: "a réactivé un compte",
        Deed.RESET_ASKED: "lien pour un nouveau mot de passe demandé",
        Deed.PASSWORD_RESET: "a choisi un nouveau mot de passe par lien",
        Deed.PASSWORD_CHANGED: "a changé son mot de passe",
        Deed.CODES_ENABLED: "a activé les codes à usage unique",
        Deed.CODES_DISABLED: "a désactivé les codes à usage unique",
        Deed.RECOVERY_CODES_DRAWN: "a tiré de nouveaux codes de secours",
        Deed.RECOVERY_CODE_USED: "s’est servi d’un code de secours",
        Deed.IDENTITY_LINKED: "compte relié à un fournisseur d’identité",
        Deed.IDENTITY_UNLINKED: "compte séparé de son fournisseur d’identité",
    },
    Topic.CAMPAIGNS: {
        Deed.TERRITORY_CREATED: "a ajouté un territoire",
        Deed.CAMPAIGN_DRAFTED: "a préparé une campagne",
        Deed.CAMPAIGN_REVISED: "a modifié les réglages d’une campagne",
        Deed.CAMPAIGN_DISCARDED: "a supprimé un brouillon de campagne",
        Deed.CAMPAIGN_OPENED: "a ouvert la collecte",
        Deed.CAMPAIGN_CLOSED: "a clos la collecte",
        Deed.CAMPAIGN_PUBLISHED: "a publié les résultats",
        Deed.CAMPAIGN_UNPUBLISHED: "a dépublié les résultats",
        Deed.COLLEGES_MERGED: "a regroupé des collèges",
        Deed.COLLEGES_UNMERGED: "a défait un regroupement de collèges",
        Deed.SIZE_CORRECTED: "a corrigé l’effectif d’un collège",
    },
    Topic.LINKS: {
        Deed.LINK_MADE: "a fait un lien",
        Deed.LINK_REVOKED: "a retiré un lien",
        Deed.INVITATIONS_DRAWN: "a tiré des invitations",
        Deed.INVITATIONS_REVOKED: "a retiré des invitations",
    },
    Topic.ANSWERS: {
        Deed.ANSWERS_ENTERED: "a saisi des réponses",
        Deed.ANSWERS_IMPORTED: "a importé des réponses",
        Deed.ANSWERS_EXPORTED: "a sorti les réponses brutes",
        Deed.ANSWERS_ERASED: "a effacé des réponses",
    },
    Topic.REVIEW: {
        Deed.JUDGEMENT_WRITTEN: "a écrit le jugement d’une famille",
        Deed.NOTE_WRITTEN: "a écrit la note de l’année",
        Deed.FACTS_WRITTEN: "a rempli les faits observables",
        Deed.PRIVATE_NOTE_WRITTEN: "a écrit dans les notes privées",
        Deed.COMMENTS_DECIDED: "a décidé de commentaires",
        Deed.EVIDENCE_ADDED: "a ajouté une preuve",
        Deed.EVIDENCE_REMOVED: "a retiré une preuve",
        Deed.DIAGNOSTIC_ADOPTED: "a adopté le diagnostic",
    },
    Topic.PARCOURS: {
        Deed.ACTION_PLANNED: "a ajouté une action",
        Deed.ACTION_CHANGED: "a modifié une action",
        Deed.ACTION_REMOVED: "a retiré une action",
        Deed.ACTION_RESTORED: "a remis une action",
        Deed.ACTION_RATED: "a fait le bilan d’une action",
    },
    Topic.SESSIONS: {
        Deed.SLIDES_ARRANGED: "a arrangé les diapositives",
        Deed.PARCOURS_SHOWN: "a montré le parcours à tous, avec les résultats",
        Deed.PARCOURS_KEPT: "ne montre plus le parcours à tous",
        Deed.DECISION_NOTED: "a noté une décision de la salle",
        Deed.DECISION_REMOVED: "a retiré une décision de la salle",
        Deed.WORKSHOP_OPENED: "a ouvert un atelier",
        Deed.WORKSHOP_REVEALED: "a révélé les réponses d’un atelier",
        Deed.CONSENSUS_NOTED: "a noté ce qu’un atelier retient",
        Deed.WORKSHOP_ENDED: "a terminé un atelier",
    },
    Topic.READING: {
        Deed.PRIVATE_NOTES_READ: "a lu les notes privées",
        Deed.COMMENTS_READ: "a lu des commentaires à modérer",
        Deed.EVIDENCE_READ: "a téléchargé une preuve",
        Deed.LOG_EXPORTED: "a sorti le journal",
    },
    Topic.KEEPING: {
        Deed.DATA_PURGED: "a purgé des données",
    },
}

LABELS: Final[Mapping[Deed, str]] = {deed: words for said in _WORDS.values() for deed, words in said.items()}
DEEDS_OF: Final[Mapping[Topic, tuple[Deed, ...]]] = {topic: tuple(said) for topic, said in _WORDS.items()}


def said(deed: str) -> str:
    """A deed in words; one that this version does not know, as it was written.

    >>> said("campaign closed"), said("moon landed")
    ('a clos la collecte', 'moon landed')
    """
    return {str(known): words for known, words in LABELS.items()}.get(deed, deed)
