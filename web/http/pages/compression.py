"""Pages compressed for browsers that accept it.

Only pages without secrets, or that change at each request: the compressed size can disclose a secret beside chosen
text.
"""

import gzip

from flask import Response, make_response, request

_WORTH_IT = 1024  # bytes
_LEVEL = 5  # of a page compressed for one request
_LEVEL_KEPT = 6  # of a page that is kept compressed


def accepts_gzip() -> bool:
    """Return whether the reader's browser takes gzip."""
    return "gzip" in request.headers.get("Accept-Encoding", "")


def compressed(response: Response) -> Response:
    """Compress the response if the browser accepts it and it is large enough. For ``after_request``."""
    response.vary.add("Accept-Encoding")
    body = b"" if response.direct_passthrough else response.get_data()
    if accepts_gzip() and "Content-Encoding" not in response.headers and len(body) >= _WORTH_IT:
        response.set_data(gzip.compress(body, _LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def gzipped(text: str) -> bytes:
    """Return the page compressed with gzip; deterministic, to be stored and sent by ``gzipped_page``."""
    return gzip.compress(text.encode(), _LEVEL_KEPT, mtime=0)


def gzipped_page(content: bytes) -> Response:
    """Return the response of a page made by ``gzipped``, decompressed for a browser that does not accept gzip."""
    packed = accepts_gzip()
    response = make_response(content if packed else gzip.decompress(content))
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    return response
