"""What is owed to those who come: what is done with their data, and what works for whom."""

from flask import render_template

from web.public.blueprint import blueprint


@blueprint.get("/confidentialite")
def privacy() -> str:
    """What is kept, what is not, for how long, and whom to ask."""
    return render_template("public/privacy.html")


@blueprint.get("/accessibilite")
def accessibility() -> str:
    """What was checked, how, and what to do when something cannot be used."""
    return render_template("public/accessibility.html")
