"""Every address that a person can open, with the values of its variables in the demonstration."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from flask import Flask

from grille import current
from grille.drafts.beginnings import draft_from

Reader = Literal["anyone", "signed in", "programme", "offered codes", "asked for a code"]


@dataclass(frozen=True)
class Sample:
    """A page to look at; names in its address stand for what fixtures of the same name give: keys, numbers, links."""

    endpoint: str
    address: str
    reader: Reader = "anyone"
    status: int = 200

    @property
    def name(self) -> str:
        """Its name in a report, and that of its pictures."""
        words = re.findall(r"[\w.]+", f"{self.address} {'' if self.status == 200 else self.status}")
        return "-".join(words) or "accueil"


# The draft of a grid in the demonstration: it begins with the same keys everywhere.
_DRAFTED = draft_from(current(), "next")["families"][0]
FAMILY, SKILL = _DRAFTED["key"], _DRAFTED["skills"][0]["key"]

PAGES = (
    Sample("public.home", "/"),
    Sample("public.results", "/resultats"),
    Sample("public.results", "/resultats?q=introuvable"),
    Sample("public.results", "/resultats?territoire=villeroche"),
    Sample("public.sessions", "/seances"),
    Sample("api.index", "/api"),
    Sample("open_data.index", "/donnees"),
    Sample("open_data.show", "/donnees/villeroche-2026"),
    Sample("public.grids", "/grilles"),
    Sample("public.grids", "/grilles?de=programme", "programme"),
    Sample("grid_library.add", "/grilles/ajouter", "programme"),
    Sample("studio.index", "/grilles/atelier", "programme"),
    Sample("studio.plan", "/grilles/atelier/1", "programme"),
    Sample("studio.about", "/grilles/atelier/1/presentation", "programme"),
    Sample("studio.levels", "/grilles/atelier/1/niveaux", "programme"),
    Sample("studio.colleges", "/grilles/atelier/1/colleges", "programme"),
    Sample("studio.family", f"/grilles/atelier/1/familles/{FAMILY}", "programme"),
    Sample("studio.skill", f"/grilles/atelier/1/savoir-faire/{SKILL}", "programme"),
    Sample("studio.compare", "/grilles/atelier/1/comparer", "programme"),
    Sample("studio.previews", "/grilles/atelier/1/apercu", "programme"),
    Sample("studio.preview", "/grilles/atelier/1/apercu/elus/1", "programme"),
    Sample("studio.publish", "/grilles/atelier/1/publier", "programme"),
    Sample("studio.confirm_discard", "/grilles/atelier/1/supprimer", "programme"),
    Sample("studio.texts_of", "/grilles/atelier/textes/territoires-engagement/2026.1", "programme"),
    Sample("studio.texts", "/grilles/atelier/textes/territoires-engagement/2026.1/en", "programme"),
    Sample("studio.texts_part", "/grilles/atelier/textes/territoires-engagement/2026.1/en/5", "programme"),
    Sample("public.grid_version", "/grilles/territoires-engagement/2026.1"),
    Sample("public.grid_version", "/grilles/territoires-engagement/2024.1"),
    Sample("public.grid_with", "/grilles/territoires-engagement/2026.1/avec/2024.1"),
    Sample("public.grid_with", "/grilles/territoires-engagement/2026.1/avec/2026.1"),
    Sample("public.grid_with", "/grilles/territoires-engagement/2026.1/avec/1999.1", status=404),
    Sample("programme.instrument", "/grilles/territoires-engagement/2026.1/instrument", "programme"),
    Sample("public.accessibility", "/accessibilite"),
    Sample("public.privacy", "/confidentialite"),
    Sample("public.site_notices", "/mentions-legales"),
    Sample("public.notices", "/mentions-legales/villeroche"),
    Sample("notices.edit_site", "/installation/mentions", "programme"),
    Sample("notices.edit", "/campagnes/territoires/villeroche/mentions", "signed in"),
    Sample("accounts.sign_in", "/connexion"),
    Sample("accounts.show", "/compte", "signed in"),
    Sample("accounts.show", "/compte?de=programme", "programme"),
    Sample("accounts.change_password", "/compte/mot-de-passe", "signed in"),
    Sample("accounts.keys", "/compte/cles", "signed in"),
    Sample("accounts.codes", "/compte/codes", "signed in"),
    Sample("accounts.codes", "/compte/codes?cle=offerte", "offered codes"),
    Sample("accounts.ask_code", "/connexion/code", "asked for a code"),
    Sample("accounts.forgotten", "/connexion/oubli"),
    Sample("accounts.accept", "/invitation/{invitation}"),
    Sample("accounts.reset", "/connexion/nouveau/{reset}"),
    Sample("directory.index", "/comptes", "programme"),
    Sample("directory.invite", "/comptes/nouveau", "programme"),
    Sample("directory.show", "/comptes/1", "programme"),
    Sample("directory.show", "/comptes/{invited}", "programme"),
    Sample("campaigns.index", "/campagnes/", "signed in"),
    Sample("campaigns.index", "/campagnes/?apres=0", "signed in"),
    Sample("campaigns.choose_territory", "/campagnes/nouvelle", "signed in"),
    Sample("campaigns.choose_territory", "/campagnes/nouvelle", "programme"),
    Sample("campaigns.mend_territory", "/campagnes/territoires/villeroche/corriger", "programme"),
    Sample("campaigns.plan", "/campagnes/territoires/villeroche/nouvelle", "signed in"),
    Sample("campaigns.settings", "/campagnes/villeroche-2027/reglages", "signed in"),
    Sample("campaigns.confirm_discard", "/campagnes/villeroche-2027/supprimer", "signed in"),
    Sample("campaigns.preview", "/campagnes/villeroche-2027/apercu/elus/1", "signed in"),
    Sample("campaigns.preview", "/campagnes/villeroche-2027/apercu/elus/6", "signed in"),
    Sample("campaigns.preview_welcome", "/campagnes/villeroche-2027/apercu/accueil", "signed in"),
    Sample("campaigns.received", "/campagnes/villeroche-2027/apercu", "signed in"),
    Sample("campaigns.follow", "/campagnes/villeroche-2027", "signed in"),
    Sample("campaigns.follow", "/campagnes/demonstration", "signed in"),
    Sample("campaigns.follow", "/campagnes/val-de-brume-2026", "signed in"),
    Sample("campaigns.raw_answers", "/campagnes/villeroche-2026/reponses", "programme"),
    Sample("campaigns.share_links", "/campagnes/demonstration/liens", "signed in"),
    Sample("campaigns.share_links", "/campagnes/villeroche-2027/liens", "signed in"),
    Sample("campaigns.texts", "/campagnes/demonstration/liens/1/textes", "signed in", status=404),
    Sample("campaigns.confirm_revocation", "/campagnes/demonstration/liens/1/retirer", "signed in"),
    Sample("campaigns.invitations", "/campagnes/demonstration/invitations", "signed in"),
    Sample("campaigns.paper", "/campagnes/demonstration/papier", "signed in"),
    Sample("campaigns.entry", "/campagnes/demonstration/saisie", "signed in"),
    Sample("campaigns.choose_table", "/campagnes/demonstration/import", "signed in"),
    Sample("campaigns.confirm_cancellation", "/campagnes/demonstration/annuler", "signed in"),
    Sample("campaigns.amend", "/campagnes/demonstration/corriger", "signed in"),
    Sample("campaigns.sizes", "/campagnes/demonstration/effectifs", "signed in"),
    Sample("campaigns.confirm_closing", "/campagnes/demonstration/cloture", "signed in"),
    Sample("admin.audit_log", "/journal", "programme"),
    Sample("admin.system_status", "/installation", "programme"),
    Sample("admin.audit_log", "/journal?sujet=campagnes&du=2030-01-01", "programme"),
    Sample("admin.audit_log", "/journal?lieu=saint", "programme"),
    Sample("facilitator.workshops", "/campagnes/demonstration/ateliers", "signed in"),
    Sample("facilitator.project", "/campagnes/demonstration/ateliers/1", "signed in"),
    Sample("audience.code_entry", "/seance/"),
    Sample("audience.join", "/seance/{room}"),
    Sample("audience.follow", "/seance/{phone}"),
    Sample("room.show", "/seance/val-de-brume-2026/salle", "signed in"),
    Sample("participant.code_entry", "/atelier/"),
    Sample("participant.join", "/atelier/KDR4TX"),
    Sample("participant.answer", "/atelier/KDR4TX/{begun}"),
    Sample("respond.code_entry", "/repondre/"),
    Sample("respond.unreachable", "/repondre/hors-connexion"),
    Sample("respond.welcome", "/repondre/essai"),
    Sample("respond.welcome", "/repondre/essai?lecture=facile"),
    Sample("respond.answer", "/repondre/{begun}/1"),
    Sample("respond.answer", "/repondre/{begun}/5"),
    Sample("respond.answer", "/repondre/{begun}/2?lecture=facile"),
    Sample("respond.review", "/repondre/{begun}/relecture"),
    Sample("respond.college", "/repondre/{begun}/college"),
    Sample("respond.later", "/repondre/{begun}/plus-tard"),
    Sample("respond.copy", "/repondre/{submitted}/copie"),
    Sample("respond.confirm_return", "/repondre/{begun}/rendre"),
    Sample("respond.here", "/repondre/{begun}/ici"),
    Sample("respond.share", "/repondre/essai/partager"),
    Sample("respond.confirm_deletion", "/repondre/{begun}/supprimer"),
    Sample("respond.end", "/repondre/{submitted}/fin"),
    Sample("results.show", "/restitution/val-de-brume-2026"),
    Sample("results.show", "/restitution/val-de-brume-2023"),
    Sample("results.show", "/restitution/val-de-brume-2025"),
    Sample("results.show", "/restitution/villeroche-2026"),
    Sample("results.show", "/restitution/saint-aubin-des-pres-2026"),
    Sample("results.show", "/restitution/demonstration", "signed in"),
    Sample("results.documents", "/restitution/val-de-brume-2026/documents"),
    Sample("review.desk", "/campagnes/villeroche-2026/revue", "signed in"),
    Sample("review.desk", "/campagnes/saint-aubin-des-pres-2026/revue", "signed in"),
    Sample("review.desk", "/campagnes/demonstration/revue", "signed in"),
    Sample("review.skill", "/campagnes/villeroche-2026/revue/savoir-faire/COO-2", "signed in"),
    Sample("review.family", "/campagnes/villeroche-2026/revue/familles/INT", "signed in"),
    Sample("review.family", "/campagnes/villeroche-2026/revue/familles/OUV", "signed in"),
    Sample("review.comments", "/campagnes/villeroche-2026/revue/commentaires", "signed in"),
    Sample("review.note", "/campagnes/villeroche-2026/revue/note", "signed in"),
    Sample("review.private_notes", "/campagnes/villeroche-2026/revue/notes-privees", "signed in"),
    Sample("review.adoption", "/campagnes/villeroche-2026/revue/adoption", "signed in"),
    Sample("review.diagnostic", "/campagnes/villeroche-2026/revue/diagnostics/1", "signed in"),
    Sample("review.diagnostic", "/campagnes/villeroche-2026/revue/diagnostics/2", "signed in"),
    Sample("review.disclosure", "/campagnes/villeroche-2026/revue/publication", "signed in"),
    Sample("review.disclosure", "/campagnes/saint-aubin-des-pres-2026/revue/publication", "signed in"),
    Sample("review.editions", "/campagnes/{recomputed}/revue/edition-2", "signed in"),
    Sample("review.history", "/campagnes/villeroche-2026/revue/historique", "signed in"),
    Sample("programme.overview", "/programme", "programme"),
    Sample("programme.lessons", "/programme/apprentissages", "programme"),
    Sample("programme.territories", "/territoires", "signed in"),
    Sample("parcours.show", "/parcours/villeroche", "signed in"),
    Sample("parcours.show", "/parcours/saint-aubin-des-pres", "signed in"),
    Sample("parcours.add", "/parcours/villeroche/actions/nouvelle?vise=INT-5", "signed in"),
    Sample("parcours.change", "/parcours/villeroche/actions/1", "signed in"),
    Sample("parcours.exchange", "/parcours/villeroche/classeur", "signed in"),
    Sample("parcours.rate", "/parcours/villeroche/actions/1/bilan", "signed in"),
    Sample("results.residents", "/restitution/villeroche-2026/habitants"),
    Sample("results.residents", "/restitution/saint-aubin-des-pres-2024/habitants"),
    Sample("results.local_questions", "/restitution/villeroche-2026/questions-locales"),
    Sample("results.compare", "/restitution/villeroche-2026/comparer"),
    Sample("results.compare", "/restitution/villeroche-2026/comparer?vagues=2025&vagues=2024&vagues=2023"),
    Sample("session.deck", "/seance/val-de-brume-2026"),
    Sample("session.deck", "/seance/saint-aubin-des-pres-2026"),
    Sample("session.presenter", "/seance/villeroche-2026/presentateur"),
    Sample("session.prepare", "/seance/villeroche-2026/preparer", "signed in"),
    Sample("session.testimonies", "/seance/villeroche-2026/preparer/temoignages", "signed in"),
    Sample("session.complete", "/seance/villeroche-2026/preparer/levels", "signed in"),
    Sample("session.minutes", "/seance/villeroche-2026/compte-rendu", "signed in"),
    Sample("session.follow", "/seance/villeroche-2026/suites", "signed in"),
)

# What people may meet by mistake: no endpoint of its own, but a page all the same.
REFUSALS = (
    Sample("", "/nulle-part", status=404),
    Sample("respond.welcome", "/repondre/inconnu", status=404),
    Sample("participant.join", "/atelier/inconnu", status=404),
    Sample("accounts.accept", "/invitation/inconnue", status=404),
    Sample("accounts.reset", "/connexion/nouveau/inconnu", status=404),
    Sample("results.show", "/restitution/demonstration", status=404),
)

# What is served but is no page to read.
FILES = {
    "public.manifest",
    "results.download",
    "results.preparing",  # leads to a file as soon as it is opened: tests/journeys/test_documents.py waits there
    "programme.instrument_file",
    "static",
    "public.health",
    "public.robots",
    "results.profile_file",
    "review.evidence",
    "review.printed",
}
FILES |= {
    "accounts.ask_provider",
    "accounts.back_from_provider",
    "accounts.recovery_codes",
    "directory.show_link",
    "campaigns.download_invitations",
    "campaigns.find_territories",
    "campaigns.follow_live",
    "campaigns.leave_preview",
    "studio.leave_preview",
    "studio.preview_paper",
    "studio.texts_workbook",
    "studio.texts_xliff",
    "campaigns.poster",
    "campaigns.qr_picture",
    "campaigns.letter",
    "campaigns.preview_poster",
    "campaigns.preview_letter",
    "public.picture",
    "public.large_picture",
    "campaigns.all_printed",
    "campaigns.xlsform",
    "campaigns.limesurvey",
    "grid_library.template",
    "public.grid_workbook",
    "public.grid_yaml",
    "open_data.file",
    "open_data.catalogue_file",
    "programme.former_instrument",  # leads elsewhere, as the two that follow
    "public.grid",
    "public.grid_of_version",
    "campaigns.printed",
    "campaigns.sheet_known",
    "respond.export",
    "facilitator.watch",
    "participant.state",
    "audience.state",
    "room.state",
    "respond.kit",
    "respond.lent_kit",
    "respond.worker",
    "session.file",
    "session.minutes_file",
    "admin.alive",
    "admin.ready",
    "admin.metrics",
    "api.campaign",
    "api.campaigns",
    "api.files",
    "api.grid_version",
    "api.grids",
    "api.openapi",
    "api.results",
    "api.territories",
    "api.territory",
}


def get_endpoints(app: Flask) -> set[str]:
    """Every endpoint that answers GET."""
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}


PICTURES = Path(__file__).with_name("pictures")
