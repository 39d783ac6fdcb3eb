"""The package of tables of one published campaign."""

from __future__ import annotations

from restitution.documents.open_data.data_package import Package, package_files
from restitution.documents.open_data.tables import dictionary_of, tables_of
from restitution.text.language import gettext as _
from storage.campaigns.campaigns import Campaign
from storage.core.timestamps import now
from web.http.pages.recomputed_campaigns import notice_of
from web.open_data.catalogue import address_of, description_of, title_of
from web.results.selection import profile_of


def package_of(campaign: Campaign) -> dict[str, bytes]:
    """Return the files of the package by name. Loads pandas, never where people only answer."""
    profile, moment = profile_of(campaign), campaign.published_at or now()
    fictional = _("Territoire fictif, données de démonstration.") if campaign.territory.fictional else ""
    said = (description_of(campaign), notice_of(campaign, {campaign: str(campaign.year)}).text, fictional)
    about = Package(
        name=campaign.slug,
        title=title_of(campaign),
        description=" ".join(filter(None, said)),
        created=moment,
        version=moment.date().isoformat(),
        source=address_of(campaign),
    )
    return package_files(about, tables_of(profile), dictionary_of(profile))
