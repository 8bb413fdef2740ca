"""The address a reader meant: names for codes, capitals, singular for plural. For addresses that are not themselves a page."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from dashboard.figures import queries
from dashboard.ui.addresses import EVIDENCE, evidence_address, measure_address, place_address
from etl.definitions import reference

PLACES, MEASURES = frozenset({"borough", "boroughs", "bcu", "command", "commands", "place"}), frozenset({"measure", "measures"})
HOME = frozenset({"home", "index", "index.html"})
LISTS = dict.fromkeys(PLACES, "/boroughs") | dict.fromkeys(MEASURES, "/measure") | dict.fromkeys(HOME, "/")
AREA = "area"
EVIDENCE_OF = EVIDENCE.strip("/").partition("<")[0]


def nearest_address(path: str, query: str, known: Iterable[str], *, is_page: bool) -> str | None:
    """The address of the page that was meant, with the rest of what was asked; None where that is anyone's guess.

    "/borough/lewisham", "/Borough/Royal Borough of Greenwich", "/lewisham", "/measure/residential-burglary", "/London",
    "/mopac7", "/priorities/evidence/westminster".
    Leads only to a page that is there, so that asking again never leads on.

    Args:
        path: as asked, with what was escaped written out.
        query: as asked.
        known: addresses of pages that are not made of a template.
        is_page: a page stands at that path, and only what follows the question mark was not understood.
    """
    # Never back to a path that is no page of ours: "//elsewhere" would lead out of the site.
    to = path if is_page else _page(path.strip("/"), known)
    query_by_code = _query(query)
    if to is None or (to, query_by_code) == (path, query):
        return None
    return f"{to}?{query_by_code}" if query_by_code else to


def _page(path: str, known: Iterable[str]) -> str | None:
    first, parted, name = path.partition("/")
    kind = first.casefold()
    if not parted:
        pages = {_run_together(address): address for address in known}
        return pages.get(_run_together(first) or "/") or LISTS.get(kind) or _place(first)
    if kind in PLACES:
        return _place(name)
    if f"{kind}/{name}".casefold().startswith(EVIDENCE_OF):
        code = reference.area_code(name.partition("/")[2], ("borough",))
        return evidence_address(code) if code else None
    return _measure(name) if kind in MEASURES else None


def _place(name: str) -> str | None:
    code = reference.area_code(name, ("borough", "bcu"))
    if code:
        return place_address(code)
    return "/london" if reference.area_code(name, ("force",)) else None


def _measure(name: str) -> str | None:
    every = {m.base: m for m in queries.measures() if m.id == m.base}
    by_name = {_plain(text): base for base, m in every.items() for text in (base, m.title)}
    base = by_name.get(_plain(name))
    return measure_address(base) if base else None


def _run_together(address: str) -> str:
    return _plain(address).replace(" ", "") or address


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))


def _query(query: str) -> str:
    """The same choices, with an area that was named by its name given by its code."""
    pairs = [(name, _code(text) if name == AREA else text) for name, text in parse_qsl(query, keep_blank_values=True)]
    return urlencode(pairs, safe=",") if pairs != parse_qsl(query, keep_blank_values=True) else query


def _code(text: str) -> str:
    return reference.area_code(text, ("borough", "bcu")) or reference.area_code(text, ("force",)) or text
