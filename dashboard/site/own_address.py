"""Where this site may lead somebody: a path of its own. Every redirect but the one to a sign-in provider is written here."""

import re
from urllib.parse import quote, unquote

from flask import Response

LONGEST = 4_000
HOME = "/"
_NOWHERE = frozenset({"", ".", ".."})
"""Parts of a path that lead nowhere, or to what a browser reads as another host: "//elsewhere", "/./" and "/../"."""
_IN_PATH = "-._~!$&'()*+,;=:@"
_IN_QUERY = f"{_IN_PATH}/?%"
_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def own_address(path: str, query: str = "") -> str:
    """The address of a path of this site, quoted; its home where the address would be too long to follow.

    It begins with one slash and a letter, figure or escape, or is the slash alone: whatever the path holds (slashes of any kind,
    line breaks, tabs, schemes, names of hosts), no browser reads it as an address of another site.

    Args:
        path: written out, without escapes.
        query: as it was asked, without its question mark.
    """
    parts = [quote(part, safe=_IN_PATH, errors="replace") for part in path.replace("\\", "/").split("/") if part not in _NOWHERE]
    query_quoted = quote(_ESCAPE.sub("%25", query), safe=_IN_QUERY, errors="replace")
    address = "/" + "/".join(parts) + (f"?{query_quoted}" if query_quoted else "")
    return address if len(address) <= LONGEST else HOME


def own_address_of(text: str) -> str:
    """The same of an address as it stands in a link or a form: escaped, perhaps with a query and a fragment."""
    before, _, fragment = text.partition("#")
    path, _, query = before.partition("?")
    place = quote(unquote(fragment), safe="-._~", errors="replace")[:LONGEST]
    return own_address(unquote(path, errors="replace"), query) + (f"#{place}" if place else "")


def lead_to(address: str, code: int) -> Response:
    """A redirect to an address of this site, written as in a link."""
    to = own_address_of(address)
    # Werkzeug's own redirect mends an address as a browser would, and so makes another site's out of some.
    return Response(f"This is at {to}\n", code, mimetype="text/plain", headers={"Location": to})
