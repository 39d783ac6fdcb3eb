"""The field of a picture: the one that is kept already, another file in its place, or none.

A picture that can be read is stored as soon as it arrives, so that it is not lost when another field is wrong; the form
then carries its digest. Pictures that nothing uses are erased by the purge.
"""

from typing import Any, Final

from flask import request
from markupsafe import Markup
from werkzeug.datastructures import FileStorage
from wtforms import Field

from restitution.text.language import reason
from storage.site.pictures import PictureRefused, keep_picture, known_picture, read_picture
from web.http.database import connection

LARGEST_FORM: Final = 20 * 1024 * 1024
"""What a form with a picture may weigh: a picture too heavy is still read, so that the rest of the form comes back."""


class PictureField(Field):
    """The digest of a stored picture, or ""; its file is sent as ``<name>-fichier``, and ``<name>-sans`` removes it."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the file that was sent, else the digest. Raises ``ValueError`` with the sentence to show."""
        self.data = known_picture(connection(), str(valuelist[0])) if valuelist else ""
        if request.form.get(f"{self.name}-sans"):
            self.data = ""
        sent = request.files.get(f"{self.name}-fichier")
        if sent and sent.filename:
            self.data = _stored(sent)

    def hidden(self) -> Markup:
        """Return the field that carries the digest."""
        return Markup('<input type="hidden" name="{}" value="{}">').format(self.name, self.data or "")


def _stored(sent: FileStorage) -> str:
    try:
        return keep_picture(connection(), read_picture(sent.stream.read()))
    except PictureRefused as refusal:
        raise ValueError(reason(refusal)) from refusal
