"""What publiccode.yml may hold, written from its standard, version 0.4: https://yml.publiccode.tools."""

from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

DATA: Final = Path(__file__).with_name("data")


def one_of(name: str) -> AfterValidator:
    """Return what refuses every word that is not in the list of this name, one of those of the standard."""
    words = frozenset((DATA / f"publiccode-{name}.txt").read_text("utf-8").split())

    def check(word: str) -> str:
        if word not in words:
            raise ValueError(f"not one of the {name} of the standard")
        return word

    return AfterValidator(check)


def day(text: str) -> str:
    """Return a day written YYYY-MM-DD, unchanged. Raise ``ValueError`` for anything else."""
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError("write the day as YYYY-MM-DD")
    return text


Text = Annotated[str, StringConstraints(min_length=1)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+(/\S*)?$")]
Day = Annotated[str, AfterValidator(day)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Country = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Category = Annotated[str, one_of("categories")]
Scope = Annotated[str, one_of("scopes")]
RelativePath = Annotated[str, StringConstraints(pattern=r"^[^/\s]\S*$")]


class Part(BaseModel):
    """Any part: a key that the standard does not know is refused, and « 1 » is not a text."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Description(Part):
    """The software described in one language."""

    localisedName: Text | None = None  # noqa: N815 - the names of the standard
    shortDescription: Annotated[str, StringConstraints(min_length=1, max_length=150)]  # noqa: N815
    longDescription: Annotated[str, StringConstraints(min_length=150, max_length=10_000)]  # noqa: N815
    documentation: Url | None = None
    apiDocumentation: Url | None = None  # noqa: N815
    features: Annotated[list[Text], Field(min_length=1)]
    screenshots: list[RelativePath] = []
    videos: list[Url] = []
    awards: list[Text] = []


class Audience(Part):
    """For whom it is."""

    countries: list[Country] = []
    unsupportedCountries: list[Country] = []  # noqa: N815
    scope: list[Scope] = []


class Legal(Part):
    """The licence, as an SPDX expression, and the owner."""

    license: Text
    mainCopyrightOwner: Text | None = None  # noqa: N815
    repoOwner: Text | None = None  # noqa: N815


class Contact(Part):
    """A person to ask."""

    name: Text
    email: Text | None = None
    phone: Text | None = None
    affiliation: Text | None = None


class Contractor(Part):
    """Who is paid to maintain it, and until when."""

    name: Text
    until: Day
    email: Text | None = None
    website: Url | None = None


class Maintenance(Part):
    """Who looks after it."""

    type: Literal["internal", "contract", "community", "none"]
    contractors: list[Contractor] = []
    contacts: list[Contact] = []

    @model_validator(mode="after")
    def _somebody(self) -> "Maintenance":
        if self.type == "contract" and not self.contractors:
            raise ValueError("« contract » needs contractors")
        if self.type in {"internal", "community"} and not self.contacts:
            raise ValueError(f"« {self.type} » needs contacts")
        return self


class Localisation(Part):
    """The languages of the software."""

    localisationReady: bool  # noqa: N815
    availableLanguages: Annotated[list[Language], Field(min_length=1)]  # noqa: N815


class Dependency(Part):
    """Something that it needs."""

    name: Text
    version: Text | None = None
    versionMin: Text | None = None  # noqa: N815
    versionMax: Text | None = None  # noqa: N815
    optional: bool | None = None


class Dependencies(Part):
    """What it needs."""

    open: list[Dependency] = []
    proprietary: list[Dependency] = []
    hardware: list[Dependency] = []


class PublicCode(Part):
    """The whole file; keys that the standard calls deprecated are refused."""

    publiccodeYmlVersion: Literal["0.4", "0.4.0"]  # noqa: N815
    name: Text
    applicationSuite: Text | None = None  # noqa: N815
    url: Url
    landingURL: Url | None = None  # noqa: N815
    isBasedOn: Text | list[Text] | None = None  # noqa: N815
    softwareVersion: Text | None = None  # noqa: N815
    releaseDate: Day | None = None  # noqa: N815
    logo: Text | None = None
    platforms: Annotated[list[Text], Field(min_length=1)]
    categories: Annotated[list[Category], Field(min_length=1)]
    usedBy: list[Text] = []  # noqa: N815
    roadmap: Url | None = None
    developmentStatus: Literal["concept", "development", "beta", "stable", "obsolete"]  # noqa: N815
    softwareType: Literal[  # noqa: N815
        "standalone/mobile",
        "standalone/iot",
        "standalone/desktop",
        "standalone/web",
        "standalone/backend",
        "standalone/other",
        "addon",
        "library",
        "configurationFiles",
    ]
    intendedAudience: Audience = Audience()  # noqa: N815
    description: Annotated[dict[Language, Description], Field(min_length=1)]
    legal: Legal
    maintenance: Maintenance
    localisation: Localisation
    dependsOn: Dependencies = Dependencies()  # noqa: N815
