"""The views of the studio, by what is done there."""

from web.studio.blueprint import blueprint
from web.studio.views import beginning, editing, preview, publication, structure, tables, texts

__all__ = ["beginning", "blueprint", "editing", "preview", "publication", "structure", "tables", "texts"]
