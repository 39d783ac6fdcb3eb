"""The settings of an installation: typed, read once from the environment by ``app.py``, refused all at once when wrong.

Each field is the environment variable of the same name in capitals; its description is its documentation.
"""

import os
import secrets
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from grille.messages import message as _

# The version of the project is written in pyproject.toml only.
VERSION: str = tomllib.loads(Path(__file__).with_name("pyproject.toml").read_text("utf-8"))["project"]["version"]


# https, but for a provider on this very machine, to try.
_PROVIDER = r"^(https://[^\s/?#]+|http://(127\.0\.0\.1|localhost)(:\d+)?)(/[^\s?#]*)?$"


class SettingsErrors(Exception):  # named like GridErrors: several at once
    """Some variables of the environment cannot be used; ``problems`` says which and what to write instead."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def unguessable(secret: str) -> str:
    """A secret that looks drawn at random, as it came. Raises ``ValueError`` for one that was typed or copied.

    >>> unguessable("Zk3vQ9-x7Lm2Rt8_Yb5Nw1Hc6Pd4Sf0Gj")[:3]
    'Zk3'
    """
    plain = secret.casefold()
    if len(set(secret)) < 12 or any(word in plain for word in ("changeme", "change-me", "password", "motdepasse")):
        raise ValueError("weak")
    return secret


class Settings(BaseModel):
    """Everything that differs from one installation to another.

    >>> Settings().port, Settings.read({"PORT": "9000"}).port
    (8000, 9000)
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field(default="127.0.0.1", min_length=1, description=_("Adresse sur laquelle le serveur écoute."))
    port: int = Field(default=8000, ge=1, le=65535, description=_("Port sur lequel le serveur écoute."))
    data: Path = Field(default=Path("instance"), description=_("Dossier de la base de données et des fichiers reçus."))
    demo: bool = Field(default=True, description=_("1 : une base vide reçoit la démonstration ; 0 : elle reste vide."))
    secret_key: Annotated[str, StringConstraints(min_length=32), AfterValidator(unguessable)] | None = Field(
        default=None,
        description=_(
            "Secret des sessions (32 caractères ou plus), à donner dès que PUBLIC_URL est en https ; "
            "sinon, DATA/secret-key est créé."
        ),
    )
    public_url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$")] | None = Field(
        default=None,
        description=_("Adresse publique du site, telle qu’elle est écrite dans les liens et les QR codes."),
    )
    proxies: int = Field(default=0, ge=0, le=5, description="Nombre de serveurs mandataires devant Grille.")
    workers: int = Field(default=1, ge=1, le=32, description=_("Nombre de processus du serveur."))
    threads: int = Field(default=8, ge=1, le=64, description=_("Nombre de fils d’exécution par processus."))
    evidence_megabytes: int = Field(
        default=20, ge=1, le=200, description=_("Poids le plus grand d’un fichier déposé comme preuve, en mégaoctets.")
    )
    keep_comments: int = Field(
        default=180, ge=1, le=3650, description=_("Jours après la clôture où un commentaire non retenu est effacé.")
    )
    keep_codes: int = Field(
        default=30, ge=1, le=3650, description=_("Jours après la clôture où les codes de reprise sont effacés.")
    )
    keep_invitations: int = Field(
        default=30, ge=1, le=3650, description=_("Jours après la clôture où les invitations sont effacées.")
    )
    keep_removed: int = Field(
        default=30, ge=1, le=3650, description=_("Jours où reste ce qui a été supprimé ou retiré avant d’être effacé.")
    )
    keep_evidence: int = Field(
        default=1095,
        ge=1,
        le=36500,
        description=_("Jours après la clôture où sont gardées des preuves jamais adoptées."),
    )
    keep_people: int = Field(
        default=1095, ge=1, le=36500, description=_("Jours après la fin d’une action où reste le nom de qui l’a menée.")
    )
    smtp: Annotated[str, StringConstraints(pattern=r"^smtps?://([^\s/@]+@)?[^\s/?#@]+/?$")] | None = Field(
        default=None, description=_("Serveur de messagerie, ainsi : smtp://compte:motdepasse@serveur:587, ou smtps://…")
    )
    mail_from: Annotated[str, StringConstraints(pattern=r"^[^\s@<>]+@[^\s@<>]+$")] | None = Field(
        default=None, description=_("Adresse d’où partent les invitations ; sans elle, aucun message n’est envoyé.")
    )
    log_requests: bool = Field(default=False, description=_("1 : une ligne par demande dans le journal technique."))
    metrics_token: Annotated[str, StringConstraints(min_length=32), AfterValidator(unguessable)] | None = Field(
        default=None,
        description=_("Secret (32 caractères ou plus) par lequel un outil de surveillance lit /metrics."),
    )
    oidc_issuer: Annotated[str, StringConstraints(pattern=_PROVIDER)] | None = Field(
        default=None,
        description=_("Fournisseur d’identité OpenID Connect, par son adresse ; sans lui, mots de passe seulement."),
    )
    oidc_client_id: str | None = Field(default=None, description="Identifiant de Grille chez ce fournisseur.")
    oidc_client_secret: str | None = Field(default=None, description="Secret de Grille chez ce fournisseur.")
    oidc_name: str = Field(
        default="ProConnect",
        min_length=1,
        max_length=60,
        description=_("Nom du fournisseur, sur le bouton de connexion."),
    )
    oidc_acr: str | None = Field(
        default=None, description=_("Niveaux d’assurance acceptés (acr), séparés par des espaces ; sinon, tous.")
    )
    oidc_trust_email: bool = Field(
        default=False,
        description=_("1 : le fournisseur garantit les adresses même quand il ne dit pas email_verified."),
    )
    webhooks: bool = Field(
        default=False, description=_("1 : Grille avertit d’autres logiciels, à l’adresse que leurs comptes donnent.")
    )
    webhooks_to_private: bool = Field(
        default=False,
        description=_("1 : ces adresses peuvent être en http, ou celles de ce réseau ou de cette machine."),
    )
    development: bool = Field(default=False, description=_("1 : montre la page /composants."))

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """The settings that this environment gives; an empty variable counts as absent. Raises ``SettingsErrors``."""
        given = {name: environment.get(name.upper(), "").strip() for name in cls.model_fields}
        problems = _half_a_provider(given)
        if given["public_url"].startswith("https://") and not given["secret_key"]:
            problems += (_UNSAID_KEY,)
        try:
            settings = cls.model_validate({name: text for name, text in given.items() if text})
        except ValidationError as errors:
            raise SettingsErrors((*map(_sentence, errors.errors()), *problems)) from errors
        if problems:
            raise SettingsErrors(problems)
        return settings

    @property
    def database(self) -> Path:
        """Where the database is."""
        return self.data.absolute() / "grille.db"

    @property
    def address(self) -> str:
        """How people reach the site: the public address, or else this machine's."""
        return self.public_url.rstrip("/") if self.public_url else f"http://{self.host}:{self.port}"

    def for_flask(self) -> dict[str, object]:
        """The same as Flask's configuration."""
        secure = self.address.startswith("https://")
        return {
            "SECRET_KEY": self.secret_key or kept_secret(self.data / "secret-key"),
            "VERSION": VERSION,
            "DATABASE": str(self.database),
            "PUBLIC_URL": self.address,
            "PUBLIC_URL_GIVEN": self.public_url is not None,
            "ADDRESS_GIVEN": bool(self.model_fields_set & {"public_url", "host", "port"}),
            "PROXIES": self.proxies,
            "SMTP": self.smtp,
            "MAIL_FROM": self.mail_from,
            "LOG_REQUESTS": self.log_requests,
            "METRICS_TOKEN": self.metrics_token,
            "OIDC_ISSUER": self.oidc_issuer,
            "OIDC_CLIENT_ID": self.oidc_client_id,
            "OIDC_CLIENT_SECRET": self.oidc_client_secret,
            "OIDC_NAME": self.oidc_name,
            "OIDC_ACR": self.oidc_acr,
            "OIDC_TRUST_EMAIL": self.oidc_trust_email,
            "WEBHOOKS": self.webhooks,
            "WEBHOOKS_TO_PRIVATE": self.webhooks_to_private,
            "DEVELOPMENT": self.development,
            "EVIDENCE_MEGABYTES": self.evidence_megabytes,
            "KEEP": {
                "comments": self.keep_comments,
                "codes": self.keep_codes,
                "invitations": self.keep_invitations,
                "removed": self.keep_removed,
                "evidence": self.keep_evidence,
                "people": self.keep_people,
            },
            "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
            "SESSION_COOKIE_NAME": "__Host-grille" if secure else "grille",
            "SESSION_COOKIE_SECURE": secure,
            "SESSION_COOKIE_SAMESITE": "Lax",
        }


def kept_secret(path: Path) -> str:
    """The secret of that file, drawn and written for its owner's eyes alone the first time.

    Where nothing can be written, a secret that lasts as long as the process: serving will be refused by the database.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            _write_new(path, secrets.token_urlsafe(48))
        return path.read_text()
    except OSError:
        return secrets.token_urlsafe(48)


def _write_new(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


_REMEDIES = {
    "host": _("écrivez une adresse, par exemple 127.0.0.1"),
    "port": _("écrivez un nombre de 1 à 65535, par exemple 8000"),
    "data": _("écrivez le chemin d’un dossier"),
    "demo": _("écrivez 1 ou 0"),
    "secret_key": _("écrivez au moins 32 caractères tirés au hasard"),
    "metrics_token": _("écrivez au moins 32 caractères tirés au hasard"),
    "public_url": _("écrivez une adresse complète, par exemple https://grille.exemple.fr"),
    "proxies": _("écrivez un nombre de 0 à 5"),
    "workers": _("écrivez un nombre de 1 à 32"),
    "threads": _("écrivez un nombre de 1 à 64"),
    "evidence_megabytes": _("écrivez un nombre de 1 à 200"),
    "keep_comments": _("écrivez un nombre de jours, de 1 à 3650"),
    "keep_codes": _("écrivez un nombre de jours, de 1 à 3650"),
    "keep_invitations": _("écrivez un nombre de jours, de 1 à 3650"),
    "keep_removed": _("écrivez un nombre de jours, de 1 à 3650"),
    "keep_evidence": _("écrivez un nombre de jours, de 1 à 36500"),
    "keep_people": _("écrivez un nombre de jours, de 1 à 36500"),
    "smtp": _("écrivez une adresse de serveur, par exemple smtp://compte:motdepasse@serveur.exemple.fr:587"),
    "mail_from": _("écrivez une adresse électronique, par exemple participation@exemple.fr"),
    "log_requests": _("écrivez 1 ou 0"),
    "oidc_issuer": _("écrivez l’adresse complète du fournisseur, en https, telle qu’il la donne"),
    "oidc_client_id": _("écrivez l’identifiant que le fournisseur vous a donné"),
    "oidc_client_secret": _("écrivez le secret que le fournisseur vous a donné"),
    "oidc_name": _("écrivez un nom de 60 caractères au plus"),
    "oidc_acr": _("écrivez les niveaux séparés par des espaces, par exemple eidas2 eidas3"),
    "oidc_trust_email": _("écrivez 1 ou 0"),
    "webhooks": _("écrivez 1 ou 0"),
    "webhooks_to_private": _("écrivez 1 ou 0"),
    "development": _("écrivez 1 ou 0"),
}


_UNSAID_KEY = _(
    "SECRET_KEY= manque : un site en https reçoit son secret de l’environnement. Écrivez celui de DATA/secret-key "
    "s’il y en a déjà un ; sinon, au moins 32 caractères tirés au hasard."
)


def _half_a_provider(given: Mapping[str, str]) -> tuple[str, ...]:
    """What an identity provider still needs, when some of it is given."""
    needed = ("oidc_issuer", "oidc_client_id", "oidc_client_secret")
    missing = [name.upper() for name in needed if not given[name]]
    if len(missing) in {0, len(needed)}:
        return ()
    return tuple(
        _("%(name)s= manque : un fournisseur d’identité a besoin des trois, OIDC_ISSUER, _ID et _SECRET.", name=name)
        for name in missing
    )


def _sentence(error: ErrorDetails) -> str:
    name = str(error["loc"][0])
    shown = "…" if name in {"secret_key", "smtp", "oidc_client_secret", "metrics_token"} else error["input"]
    return _(
        "%(upper)s=%(shown)s ne convient pas : %(remedies)s.", upper=name.upper(), shown=shown, remedies=_REMEDIES[name]
    )
