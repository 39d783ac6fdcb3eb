"""The catalogue of published data as linked data: DCAT-AP 3, in JSON-LD with its terms written out."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from flask import url_for

from restitution.documents.open_data.data_package import DESCRIPTION, LICENCE
from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign
from storage.campaigns.territories import Territory
from web.open_data.names import SQLITE

Node = dict[str, Any]

CONTEXT: Final = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_EUROPE: Final = "http://publications.europa.eu/resource/authority"
_INSEE: Final = {"commune": "commune", "epci": "intercommunalite"}
_FILE_TYPES: Final = {"csv": "CSV", "json": "JSON", "xlsx": "XLSX"}  # SQLite has no name in that list
_MEDIA_TYPES: Final = {
    "csv": "text/csv",
    "sqlite": "application/vnd.sqlite3",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def catalogue(campaigns: Iterable[Campaign], first: Mapping[int, datetime], following: str) -> Node:
    """Return a page of the catalogue; ``following`` is the address of the next one, empty on the last.

    ``first`` is when each campaign was first published, by its id.
    """
    here = url_for("open_data.catalogue_file", _external=True)
    document = {
        "@context": CONTEXT,
        "@id": here,
        "@type": "dcat:Catalog",
        "dct:title": _said(_("Maturité de l’engagement des territoires")),
        "dct:description": _said(_("Les résultats que les territoires publient, campagne par campagne.")),
        "dct:publisher": {"@id": f"{here}#site", "@type": "foaf:Agent", "foaf:name": "Grille"},
        "dct:language": {"@id": f"{_EUROPE}/language/FRA"},
        "dct:license": {"@id": LICENCE["path"]},
        "foaf:homepage": {"@id": url_for("open_data.index", _external=True)},
        "dcat:dataset": [_dataset(one, first[one.id]) for one in campaigns],
    }
    return document | ({"hydra:next": {"@id": following}} if following else {})


def _dataset(campaign: Campaign, first: datetime) -> Node:
    here = address_of(campaign)
    modified = campaign.published_at or first
    return {
        "@id": here,
        "@type": "dcat:Dataset",
        "dct:identifier": here,
        "dct:title": _said(title_of(campaign)),
        "dct:description": _said(description_of(campaign)),
        "dct:publisher": _publisher(campaign.territory),
        "dct:issued": _moment(first),
        "dct:modified": _moment(modified),
        "dcat:version": modified.date().isoformat(),
        "dct:language": {"@id": f"{_EUROPE}/language/FRA"},
        "dcat:theme": {"@id": f"{_EUROPE}/data-theme/GOVE"},
        "dcat:landingPage": {"@id": url_for("results.show", slug=campaign.slug, _external=True)},
        "dct:temporal": _period(campaign),
        **_place(campaign.territory),
        "dcat:distribution": [_distribution(*one) for one in files_of(campaign)],
    }


def files_of(campaign: Campaign) -> list[tuple[str, str]]:
    """Return the title and the address of each file of a published campaign."""
    package = _file(campaign, DESCRIPTION)
    made = {  # « edition » chooses for a campaign published under both, and changes nothing for the others
        name: url_for("results.profile_file", slug=campaign.slug, name=name, edition=2, _external=True)
        for name in ("profile.csv", "profile.json", "profile.xlsx")
    }
    return [
        (_("Tableaux CSV et leur description (Data Package)"), package),
        (_("Tous les tableaux en un, CSV"), made["profile.csv"]),
        (_("Document JSON"), made["profile.json"]),
        (_("Classeur XLSX"), made["profile.xlsx"]),
        (_("Base SQLite, pour Datasette ou tout autre logiciel"), _file(campaign, SQLITE)),
    ]


def _file(campaign: Campaign, name: str) -> str:
    return url_for("open_data.file", slug=campaign.slug, table=name, _external=True)


def address_of(campaign: Campaign) -> str:
    """Return the lasting address of the data of a campaign."""
    return url_for("open_data.show", slug=campaign.slug, _external=True)


def title_of(campaign: Campaign) -> str:
    """Return the name of the data of a campaign."""
    return f"{campaign.territory.name} – {campaign.year} – {campaign.name}"


def description_of(campaign: Campaign) -> str:
    """Return what the data of a campaign are, in one sentence."""
    return _(
        "Scores par famille, par savoir-faire et par collège sur la grille «\u00a0%(grid)s\u00a0», version "
        "%(version)s, avec leurs intervalles\u202f; aucun chiffre sur moins de %(k)s personnes.",
        grid=campaign.grid.title,
        version=campaign.grid.version,
        k=campaign.k,
    )


def _distribution(title: str, address: str) -> Node:
    path = address.partition("?")[0]
    suffix = path.rpartition(".")[2]
    node = {
        "@id": f"{address}#distribution",
        "@type": "dcat:Distribution",
        "dct:title": _said(title),
        "dcat:accessURL": {"@id": address},
        "dct:license": {"@id": LICENCE["path"]},
        "dcat:mediaType": {"@id": f"http://www.iana.org/assignments/media-types/{_MEDIA_TYPES[suffix]}"},
    }
    if suffix in _FILE_TYPES:
        node["dct:format"] = {"@id": f"{_EUROPE}/file-type/{_FILE_TYPES[suffix]}"}
    if path.endswith(DESCRIPTION):
        return node | {"dct:conformsTo": {"@id": "https://specs.frictionlessdata.io/tabular-data-package/"}}
    return node | {"dcat:downloadURL": {"@id": address}}


def _publisher(territory: Territory) -> Node:
    here = url_for("open_data.index", territoire=territory.slug, _external=True)
    return {"@id": f"{here}#publisher", "@type": "foaf:Agent", "foaf:name": territory.name}


def _place(territory: Territory) -> Node:
    kind = _INSEE.get(territory.kind)
    if territory.official_code is None or kind is None:
        return {}
    return {"dct:spatial": {"@id": f"http://id.insee.fr/geo/{kind}/{territory.official_code}", "@type": "dct:Location"}}


def _period(campaign: Campaign) -> Node:
    ends = {"dcat:startDate": campaign.opens_on, "dcat:endDate": campaign.closed_on or campaign.closes_on}
    days = {name: {"@value": day.isoformat(), "@type": "xsd:date"} for name, day in ends.items() if day}
    return {"@type": "dct:PeriodOfTime", **days}


def _moment(moment: datetime) -> Node:
    return {"@value": moment.isoformat(), "@type": "xsd:dateTime"}


def _said(text: str) -> Node:
    return {"@value": text, "@language": "fr"}
