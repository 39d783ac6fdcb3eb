"""Pages open to all: home, the grids, published results, legal notices; ``/healthz`` and ``robots.txt``."""

from itertools import groupby

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response as Redirection

from accounts.permissions import Action
from grille.enumerations import enumerated
from restitution.chart_data.radar import axes_of
from storage.campaigns.accessible_territories import projected_scope, published_scope
from storage.campaigns.campaigns import campaign_by_id, campaign_by_slug
from storage.campaigns.share_links import find_link
from storage.campaigns.territories import Territory
from storage.core.database import refuse_unusable
from storage.grids.additions import unreviewed_parts, with_easy_words
from storage.grids.library import (
    LibraryGrid,
    campaigns_by_grid,
    default_grid,
    earlier_version,
    find_grid,
    library,
    versions_in_library,
)
from storage.site.notices import notices_for, notices_of
from storage.site.pictures import picture_content
from web.http.database import connection
from web.http.pages.compression import compressed
from web.http.pages.grid_files import grid_download
from web.http.pages.grid_versions import missing_version, shown_versions, why_not_shown
from web.http.pages.lists import show_territories
from web.http.pages.published_pages import published_list
from web.http.security.access import may
from web.http.security.guards import for_begun_territory
from web.public.accessibility import accessibility_statement
from web.public.first_hour import first_account
from web.public.pages import Example, _changes, _sections, example

blueprint = Blueprint("public", __name__)
blueprint.after_request(compressed)

TRIAL_TOKEN = "essai"  # noqa: S105  # the demonstration's link, printed for all to see


@blueprint.get("/")
def home() -> str:
    """Say what the site is, and where to go."""
    grid = default_grid(connection()).grid
    drawn = example(grid)
    statement = accessibility_statement(notices_of(connection()))
    content = {"example": drawn, "showcase": _showcase(drawn), "trial": _trial(), "declared": statement.state}
    colleges = enumerated([one.label for one in grid.colleges])
    first = first_account()
    return render_template("public/home.html", grid=grid, axes=axes_of(grid), first=first, colleges=colleges, **content)


def _showcase(drawn: Example | None) -> str:
    """The address of the results that the chart of the page comes from; empty where they are not."""
    campaign = campaign_by_slug(connection(), drawn.campaign) if drawn else None
    shown = campaign and campaign.territory.fictional and campaign.published_at
    return url_for("results.show", slug=campaign.slug) if campaign and shown else ""


def _trial() -> str:
    """The address of the campaign that anyone may answer to try; empty when there is none."""
    link = find_link(connection(), TRIAL_TOKEN)
    campaign = campaign_by_id(connection(), link.campaign_id) if link and not link.revoked else None
    return url_for("respond.welcome", token=TRIAL_TOKEN) if campaign and campaign.status == "open" else ""


@blueprint.get("/healthz")
def health() -> Response:
    """Answer ``ok`` if the database can be written to now; else 503 with the error page."""
    refuse_unusable(connection())
    return Response("ok\n", mimetype="text/plain", headers={"Cache-Control": "no-store"})


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Let search engines read public pages, and none of those that are addressed to somebody."""
    closed = ("repondre", "campagnes", "connexion", "compte")
    lines = ["User-agent: *", *(f"Disallow: /{path}" for path in closed)]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@blueprint.get("/grilles")
def grids() -> str:
    """List the grids of the library; the programme chooses the default there, and withdraws what is out of date."""
    keeps = may(Action.KEEP_GRIDS)
    return render_template(
        "public/grids.html",
        groups=[list(group) for _id, group in groupby(library(connection()), key=lambda one: one.grid.id)],
        keeps=keeps,
        used=campaigns_by_grid(connection()) if keeps else {},
    )


@blueprint.get("/grilles/<grid>/<version>")
def grid_version(grid: str, version: str) -> str:
    """Show one version of a grid."""
    return _page(find_grid(connection(), grid, version) or abort(404))


@blueprint.get("/grilles/<grid>/<version>/avec/<other>")
def grid_with(grid: str, version: str, other: str) -> ResponseReturnValue:
    """Show two versions of a grid side by side, and what can be compared between campaigns on them."""
    one, two = find_grid(connection(), grid, version) or abort(404), find_grid(connection(), grid, other)
    refusal = why_not_shown(one.grid, two.grid) if two else missing_version(other)
    page = render_template(
        "public/grid_versions.html",
        grid=one.grid,
        others=[name for name in versions_in_library(connection(), grid) if name != version],
        current=other,
        refusal=refusal,
        shown=None if refusal or two is None else shown_versions(one.grid, two.grid),
    )
    return page, 404 if two is None else 200


@blueprint.get("/grilles/<grid>/<version>/grille.yaml")
def grid_yaml(grid: str, version: str) -> Response:
    """Download a grid as a text that the library takes back."""
    return grid_download((find_grid(connection(), grid, version) or abort(404)).grid, "yaml")


@blueprint.get("/grilles/<grid>/<version>/grille.xlsx")
def grid_workbook(grid: str, version: str) -> Response:
    """Download a grid as a workbook that the library takes back."""
    return grid_download((find_grid(connection(), grid, version) or abort(404)).grid, "xlsx")


@blueprint.get("/grille")
def grid() -> Redirection:
    """Lead to the default grid, which can change: the address of former links and prints."""
    return _led_to(default_grid(connection()))


@blueprint.get("/grille/<version>")
def grid_of_version(version: str) -> Redirection:
    """Lead to that version of the default grid: the address of former links and prints."""
    return _led_to(find_grid(connection(), default_grid(connection()).grid.id, version) or abort(404))


def _led_to(one: LibraryGrid) -> Redirection:
    query = request.args.get("q")
    return redirect(url_for("public.grid_version", grid=one.grid.id, version=one.grid.version, q=query), 303)


def _page(one: LibraryGrid) -> str:
    shown, query = with_easy_words(connection(), one.grid), request.args.get("q", "").strip()
    sections = list(_sections(shown, query))
    earlier = earlier_version(connection(), shown)
    changes = list(_changes(earlier, shown))
    return render_template(
        "public/grid.html",
        grid=shown,
        one=one,
        versions=[other for other in library(connection()) if other.grid.id == shown.id],
        axes={axis.code: axis for axis in axes_of(shown)},
        unreviewed=unreviewed_parts(connection(), one.grid),
        query=query,
        sections=sections,
        found=sum(len(skills) for _family, skills in sections),
        earlier=earlier,
        changes=changes,
        unchanged=len(shown.skills) - sum(len(change.after) for change in changes),
    )


@blueprint.get("/resultats")
def results() -> Response:
    """« J’analyse »: list the published campaigns, by territory."""
    return published_list(
        lambda: render_template("public/results.html", territories=show_territories(published_scope()))
    )


@blueprint.get("/seances")
def sessions() -> Response:
    """« J’anime une séance »: list the campaigns to project; unpublished ones for their team only."""
    scope = projected_scope(current_user.grants)
    return published_list(lambda: render_template("public/sessions.html", territories=show_territories(scope)))


@blueprint.get("/confidentialite")
def privacy() -> str:
    """Say what data is kept, for how long, and whom to ask."""
    return render_template("public/privacy.html")


_FOR_EVER = "public, max-age=31536000, immutable"


@blueprint.get("/images/<digest>.png")
def picture(digest: str) -> Response:
    """Return a picture that somebody sent, as small as phones need it; its address names its content."""
    content = picture_content(connection(), digest)
    if content is None:
        abort(404)
    return Response(content, mimetype="image/png", headers={"Cache-Control": _FOR_EVER})


@blueprint.get("/images/grandes/<digest>.png")
def large_picture(digest: str) -> Response:
    """Return the same picture as large as it was kept, for slides."""
    content = picture_content(connection(), digest, "large")
    if content is None:
        abort(404)
    return Response(content, mimetype="image/png", headers={"Cache-Control": _FOR_EVER})


@blueprint.get("/accessibilite")
def accessibility() -> str:
    """Declare how accessible the site is, what was checked, and what to do when something cannot be used."""
    return render_template("public/accessibility.html", statement=accessibility_statement(notices_of(connection())))


@blueprint.get("/mentions-legales")
def site_notices() -> str:
    """Say who answers for the data, who publishes the site, and which rights people have."""
    return render_template("public/notices.html", said=notices_of(connection()), territory=None)


@blueprint.get("/mentions-legales/<place>")
@for_begun_territory
def notices(territory: Territory) -> str:
    """Say the same of a territory's campaigns."""
    said = notices_for(connection(), territory.trial_of or territory.id)
    return render_template("public/notices.html", said=said, territory=territory)


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """Say how a device that installs the site shows it: its name, its picture, where it begins."""
    sizes = {f"icon-{size}.png": f"{size}x{size}" for size in (192, 512)}
    icons = [
        {"src": url_for("static", filename=name), "sizes": size, "type": "image/png"} for name, size in sizes.items()
    ]
    said = {"name": "Grille", "short_name": "Grille", "start_url": "/", "display": "standalone", "lang": "fr"}
    reply = jsonify(said | {"background_color": "#fbfaf6", "theme_color": "#1d4f91", "icons": icons})
    reply.mimetype = "application/manifest+json"
    return reply
