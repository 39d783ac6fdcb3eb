"""The events that the audit log can record: a closed list, each event with its topic and its French label.

Never change the value of a released event: lines already stored carry it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from grille.messages import message as _


class Topic(StrEnum):
    """The subject of an event, by which the log is filtered."""

    SIGN_IN = "connexions"
    ACCOUNTS = "comptes"
    CAMPAIGNS = "campagnes"
    LINKS = "liens"
    ANSWERS = "reponses"
    REVIEW = "revue"
    PARCOURS = "parcours"
    SESSIONS = "seances"
    GRIDS = "grilles"
    READING = "consultations"
    KEEPING = "entretien"


TOPICS: Final[Mapping[Topic, str]] = {
    Topic.SIGN_IN: _("Connexions"),
    Topic.ACCOUNTS: _("Comptes et rôles"),
    Topic.CAMPAIGNS: _("Campagnes"),
    Topic.LINKS: _("Liens et invitations"),
    Topic.ANSWERS: _("Réponses saisies, importées ou sorties"),
    Topic.REVIEW: _("Revue et diagnostics"),
    Topic.PARCOURS: _("Parcours"),
    Topic.SESSIONS: _("Séances"),
    Topic.GRIDS: _("Grilles"),
    Topic.READING: _("Consultations sensibles"),
    Topic.KEEPING: _("Entretien"),
}


class AuditEvent(StrEnum):
    """An event of the audit log."""

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
    PASSWORD_RESET = "password reset"  # noqa: S105  # an event, not a password
    PASSWORD_CHANGED = "password changed"  # noqa: S105  # as above
    CODES_ENABLED = "codes enabled"
    CODES_DISABLED = "codes disabled"
    RECOVERY_CODES_DRAWN = "recovery codes drawn"
    RECOVERY_CODE_USED = "recovery code used"
    IDENTITY_LINKED = "identity linked"
    IDENTITY_UNLINKED = "identity unlinked"
    API_KEY_MADE = "api key made"
    API_KEY_REVOKED = "api key revoked"
    WEBHOOK_ADDED = "webhook added"
    WEBHOOK_SECRET_CHANGED = "webhook secret changed"  # noqa: S105  # an event, not a secret
    WEBHOOK_REMOVED = "webhook removed"
    TERRITORY_CREATED = "territory created"
    TERRITORY_RENAMED = "territory renamed"
    TERRITORY_REMOVED = "territory removed"
    NOTICE_WRITTEN = "notice written"
    CAMPAIGN_DRAFTED = "campaign drafted"
    CAMPAIGN_REVISED = "campaign revised"
    CAMPAIGN_DISCARDED = "campaign discarded"
    CAMPAIGN_OPENED = "campaign opened"
    CAMPAIGN_AMENDED = "campaign amended"
    CAMPAIGN_CANCELLED = "campaign cancelled"
    CAMPAIGN_CLOSED = "campaign closed"
    TRIAL_OPENED = "trial opened"
    TRIAL_ERASED = "trial erased"
    CAMPAIGN_PUBLISHED = "campaign published"
    CAMPAIGN_UNPUBLISHED = "campaign unpublished"
    COLLEGES_MERGED = "colleges merged"
    COLLEGES_UNMERGED = "colleges unmerged"
    SIZE_CORRECTED = "size corrected"
    LINK_MADE = "link made"
    LINK_REVOKED = "link revoked"
    LINK_RESTORED = "link restored"
    INVITATIONS_DRAWN = "invitations drawn"
    INVITATIONS_REVOKED = "invitations revoked"
    INVITATIONS_RESTORED = "invitations restored"
    ANSWERS_ENTERED = "answers entered"
    ANSWERS_IMPORTED = "answers imported"
    ANSWERS_EXPORTED = "answers exported"
    ANSWERS_ERASED = "answers erased"
    JUDGEMENT_WRITTEN = "judgement written"
    NOTE_WRITTEN = "note written"
    FACTS_WRITTEN = "facts written"
    PRIVATE_NOTE_WRITTEN = "private note written"
    COMMENTS_DECIDED = "comments decided"
    COMMENTS_THEMED = "comments themed"
    REVIEW_HANDED_OVER = "review handed over"
    EVIDENCE_ADDED = "evidence added"
    EVIDENCE_REMOVED = "evidence removed"
    DIAGNOSTIC_ADOPTED = "diagnostic adopted"
    ACTION_PLANNED = "action planned"
    ACTION_CHANGED = "action changed"
    ACTION_REMOVED = "action removed"
    ACTION_RESTORED = "action restored"
    ACTION_RATED = "action rated"
    PARCOURS_SUPERVISED = "parcours supervised"
    SLIDES_ARRANGED = "slides arranged"
    PARCOURS_SHOWN = "parcours shown"
    PARCOURS_KEPT = "parcours kept"
    DECISION_NOTED = "decision noted"
    DECISION_REMOVED = "decision removed"
    DECISION_FOLLOWED = "decision followed"
    DECISION_PUBLISHED = "decision published"
    DECISION_WITHDRAWN = "decision withdrawn"
    MINUTES_WRITTEN = "minutes written"
    AUDIENCE_OPENED = "audience opened"
    AUDIENCE_REVEALED = "audience revealed"
    AUDIENCE_ENDED = "audience ended"
    AUDIENCE_ERASED = "audience erased"
    WORKSHOP_OPENED = "workshop opened"
    WORKSHOP_REVEALED = "workshop revealed"
    CONSENSUS_NOTED = "consensus noted"
    WORKSHOP_ENDED = "workshop ended"
    PRIVATE_NOTES_READ = "private notes read"
    COMMENTS_READ = "comments read"
    EVIDENCE_READ = "evidence read"
    LOG_EXPORTED = "log exported"
    GRID_ADDED = "grid added"
    GRID_CHOSEN = "grid chosen"
    GRID_WITHDRAWN = "grid withdrawn"
    GRID_RESTORED = "grid restored"
    GRID_DRAFTED = "grid drafted"
    GRID_DRAFT_CHANGED = "grid draft changed"
    GRID_DRAFT_DISCARDED = "grid draft discarded"
    GRID_PUBLISHED = "grid published"
    GRID_TEXTS_WRITTEN = "grid texts written"
    GRID_TEXTS_OFFERED = "grid texts offered"
    GRID_TEXTS_WITHDRAWN = "grid texts withdrawn"
    DATA_PURGED = "data purged"


_WORDS: Final[Mapping[Topic, Mapping[AuditEvent, str]]] = {
    Topic.SIGN_IN: {
        AuditEvent.SIGNED_IN: _("s’est connecté"),
        AuditEvent.SIGNED_OUT: _("s’est déconnecté"),
        AuditEvent.SESSION_REVOKED: _("a déconnecté un appareil"),
        AuditEvent.DEVICES_FORGOTTEN: _("a fait oublier ses appareils"),
        AuditEvent.SIGN_IN_BLOCKED: _("connexions suspendues après trop d’essais"),
    },
    Topic.ACCOUNTS: {
        AuditEvent.ACCOUNT_CREATED: _("a créé un compte"),
        AuditEvent.ACCOUNT_INVITED: _("a invité quelqu’un"),
        AuditEvent.INVITATION_ACCEPTED: _("a accepté son invitation"),
        AuditEvent.INVITATION_WITHDRAWN: _("a retiré une invitation"),
        AuditEvent.ROLE_GRANTED: _("a donné un rôle"),
        AuditEvent.ROLE_REVOKED: _("a retiré un rôle"),
        AuditEvent.ACCOUNT_DISABLED: _("a désactivé un compte"),
        AuditEvent.ACCOUNT_ENABLED: _("a réactivé un compte"),
        AuditEvent.RESET_ASKED: _("lien pour un nouveau mot de passe demandé"),
        AuditEvent.PASSWORD_RESET: _("a choisi un nouveau mot de passe par lien"),
        AuditEvent.PASSWORD_CHANGED: _("a changé son mot de passe"),
        AuditEvent.CODES_ENABLED: _("a activé les codes à usage unique"),
        AuditEvent.CODES_DISABLED: _("a désactivé les codes à usage unique"),
        AuditEvent.RECOVERY_CODES_DRAWN: _("a tiré de nouveaux codes de secours"),
        AuditEvent.RECOVERY_CODE_USED: _("s’est servi d’un code de secours"),
        AuditEvent.IDENTITY_LINKED: _("compte relié à un fournisseur d’identité"),
        AuditEvent.IDENTITY_UNLINKED: _("compte séparé de son fournisseur d’identité"),
        AuditEvent.API_KEY_MADE: _("a fait une clé pour un autre logiciel"),
        AuditEvent.API_KEY_REVOKED: _("a révoqué une clé pour un autre logiciel"),
        AuditEvent.WEBHOOK_ADDED: _("a donné une adresse où avertir un autre logiciel"),
        AuditEvent.WEBHOOK_SECRET_CHANGED: _("a changé le secret d’une telle adresse"),
        AuditEvent.WEBHOOK_REMOVED: _("a retiré une telle adresse"),
    },
    Topic.CAMPAIGNS: {
        AuditEvent.TERRITORY_CREATED: _("a ajouté un territoire"),
        AuditEvent.TERRITORY_RENAMED: _("a corrigé le nom d’un territoire"),
        AuditEvent.TERRITORY_REMOVED: _("a retiré un territoire"),
        AuditEvent.NOTICE_WRITTEN: _("a écrit un texte légal"),
        AuditEvent.CAMPAIGN_DRAFTED: _("a préparé une campagne"),
        AuditEvent.CAMPAIGN_REVISED: _("a modifié les réglages d’une campagne"),
        AuditEvent.CAMPAIGN_DISCARDED: _("a supprimé un brouillon de campagne"),
        AuditEvent.CAMPAIGN_OPENED: _("a ouvert la collecte"),
        AuditEvent.CAMPAIGN_AMENDED: _("a corrigé une campagne ouverte"),
        AuditEvent.CAMPAIGN_CANCELLED: _("a annulé une campagne et effacé ses réponses"),
        AuditEvent.TRIAL_OPENED: _("a ouvert un essai"),
        AuditEvent.TRIAL_ERASED: _("a effacé un essai, ou son temps était fini"),
        AuditEvent.CAMPAIGN_CLOSED: _("a clos la collecte"),
        AuditEvent.CAMPAIGN_PUBLISHED: _("a publié les résultats"),
        AuditEvent.CAMPAIGN_UNPUBLISHED: _("a dépublié les résultats"),
        AuditEvent.COLLEGES_MERGED: _("a regroupé des collèges"),
        AuditEvent.COLLEGES_UNMERGED: _("a défait un regroupement de collèges"),
        AuditEvent.SIZE_CORRECTED: _("a corrigé l’effectif d’un collège"),
    },
    Topic.LINKS: {
        AuditEvent.LINK_MADE: _("a fait un lien"),
        AuditEvent.LINK_REVOKED: _("a retiré un lien"),
        AuditEvent.LINK_RESTORED: _("a redonné un lien retiré"),
        AuditEvent.INVITATIONS_DRAWN: _("a tiré des invitations"),
        AuditEvent.INVITATIONS_REVOKED: _("a retiré des invitations"),
        AuditEvent.INVITATIONS_RESTORED: _("a redonné des invitations retirées"),
    },
    Topic.ANSWERS: {
        AuditEvent.ANSWERS_ENTERED: _("a saisi des réponses"),
        AuditEvent.ANSWERS_IMPORTED: _("a importé des réponses"),
        AuditEvent.ANSWERS_EXPORTED: _("a sorti les réponses brutes"),
        AuditEvent.ANSWERS_ERASED: _("a effacé des réponses"),
    },
    Topic.REVIEW: {
        AuditEvent.JUDGEMENT_WRITTEN: _("a écrit le jugement d’une famille"),
        AuditEvent.NOTE_WRITTEN: _("a écrit la note de l’année"),
        AuditEvent.FACTS_WRITTEN: _("a rempli les faits observables"),
        AuditEvent.PRIVATE_NOTE_WRITTEN: _("a écrit dans les notes privées"),
        AuditEvent.COMMENTS_DECIDED: _("a décidé de commentaires"),
        AuditEvent.COMMENTS_THEMED: _("a rangé des commentaires par thème"),
        AuditEvent.REVIEW_HANDED_OVER: _("a confié une revue à un membre de l’équipe"),
        AuditEvent.EVIDENCE_ADDED: _("a ajouté une preuve"),
        AuditEvent.EVIDENCE_REMOVED: _("a retiré une preuve"),
        AuditEvent.DIAGNOSTIC_ADOPTED: _("a adopté le diagnostic"),
    },
    Topic.PARCOURS: {
        AuditEvent.ACTION_PLANNED: _("a ajouté une action"),
        AuditEvent.ACTION_CHANGED: _("a modifié une action"),
        AuditEvent.ACTION_REMOVED: _("a retiré une action"),
        AuditEvent.ACTION_RESTORED: _("a remis une action"),
        AuditEvent.ACTION_RATED: _("a fait le bilan d’une action"),
        AuditEvent.PARCOURS_SUPERVISED: _("a noté un moment de suivi d’un parcours"),
    },
    Topic.SESSIONS: {
        AuditEvent.SLIDES_ARRANGED: _("a arrangé les diapositives"),
        AuditEvent.PARCOURS_SHOWN: _("a montré le parcours à tous, avec les résultats"),
        AuditEvent.PARCOURS_KEPT: _("ne montre plus le parcours à tous"),
        AuditEvent.DECISION_NOTED: _("a noté une décision de la salle"),
        AuditEvent.DECISION_REMOVED: _("a retiré une décision de la salle"),
        AuditEvent.DECISION_FOLLOWED: _("a dit ce que devient une décision de la salle"),
        AuditEvent.DECISION_PUBLISHED: _("a publié une décision de la salle"),
        AuditEvent.DECISION_WITHDRAWN: _("ne montre plus une décision de la salle"),
        AuditEvent.MINUTES_WRITTEN: _("a écrit le compte rendu de la séance"),
        AuditEvent.AUDIENCE_OPENED: _("a ouvert la séance aux téléphones de la salle"),
        AuditEvent.AUDIENCE_REVEALED: _("a montré ce que la salle a répondu"),
        AuditEvent.AUDIENCE_ENDED: _("a fermé la séance aux téléphones de la salle"),
        AuditEvent.AUDIENCE_ERASED: _("a effacé ce que la salle avait répondu"),
        AuditEvent.WORKSHOP_OPENED: _("a ouvert un atelier"),
        AuditEvent.WORKSHOP_REVEALED: _("a révélé les réponses d’un atelier"),
        AuditEvent.CONSENSUS_NOTED: _("a noté ce qu’un atelier retient"),
        AuditEvent.WORKSHOP_ENDED: _("a terminé un atelier"),
    },
    Topic.GRIDS: {
        AuditEvent.GRID_ADDED: _("a ajouté une grille"),
        AuditEvent.GRID_CHOSEN: _("a choisi la grille proposée d’abord"),
        AuditEvent.GRID_WITHDRAWN: _("a retiré une grille"),
        AuditEvent.GRID_RESTORED: _("a remis une grille en usage"),
        AuditEvent.GRID_DRAFTED: _("a commencé le brouillon d’une grille"),
        AuditEvent.GRID_DRAFT_CHANGED: _("a modifié le brouillon d’une grille"),
        AuditEvent.GRID_DRAFT_DISCARDED: _("a supprimé le brouillon d’une grille"),
        AuditEvent.GRID_PUBLISHED: _("a publié une grille"),
        AuditEvent.GRID_TEXTS_WRITTEN: _("a écrit la traduction ou les mots faciles d’une grille"),
        AuditEvent.GRID_TEXTS_OFFERED: _("a mis en service la traduction ou les mots faciles d’une grille"),
        AuditEvent.GRID_TEXTS_WITHDRAWN: _("a retiré la traduction ou les mots faciles d’une grille"),
    },
    Topic.READING: {
        AuditEvent.PRIVATE_NOTES_READ: _("a lu les notes privées"),
        AuditEvent.COMMENTS_READ: _("a lu des commentaires à modérer"),
        AuditEvent.EVIDENCE_READ: _("a téléchargé une preuve"),
        AuditEvent.LOG_EXPORTED: _("a sorti le journal"),
    },
    Topic.KEEPING: {
        AuditEvent.DATA_PURGED: _("a purgé des données"),
    },
}

LABELS: Final[Mapping[AuditEvent, str]] = {event: words for said in _WORDS.values() for event, words in said.items()}
EVENTS_OF: Final[Mapping[Topic, tuple[AuditEvent, ...]]] = {topic: tuple(said) for topic, said in _WORDS.items()}


def describe_event(event: str) -> str:
    """Return the French label of a stored event; the value itself when this version does not know it.

    >>> describe_event("campaign closed"), describe_event("moon landed")
    ('a clos la collecte', 'moon landed')
    """
    return {str(known): words for known, words in LABELS.items()}.get(event, event)
