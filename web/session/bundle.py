"""One page with its styles and scripts inside: nothing is left to fetch."""

import re

from web.assets import content

_STYLE = re.compile(r'<link rel="stylesheet" href="/static/([^"]+)">')
_SCRIPT = re.compile(r'<script src="/static/([^"]+)" defer></script>')
_ICON = re.compile(r'<link rel="icon"[^>]*>\n?')


def bundled(html: str) -> str:
    """The same page without a single address to fetch; scripts go to the end of the body, where they find the page."""
    scripts = "".join(f"<script>{content(name)}</script>" for name in _SCRIPT.findall(html))
    html = _ICON.sub("", _SCRIPT.sub("", html))
    html = _STYLE.sub(lambda found: f"<style>{content(found[1])}</style>", html)
    return html.replace("</body>", f"{scripts}</body>")
