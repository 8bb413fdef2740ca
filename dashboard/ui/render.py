"""A page's tree written out as HTML."""

from collections.abc import Iterator, Mapping
from html import escape

from dashboard.ui.html import Attribute, Element, Node
from dashboard.ui.raw import Raw

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
NAMES = {"className": "class", "htmlFor": "for"}
UNITLESS = frozenset({"opacity", "zIndex", "fontWeight", "lineHeight", "flex", "order", "gridColumn", "gridRow"})
"""Styles whose numbers are not pixels, among those used here."""


def to_html(node: Node) -> str:
    """The tree as HTML. All text and every attribute is escaped; only `Raw` gives markup as it is.

    Raises:
        TypeError: something in it is neither an element, text nor a number.
    """
    parts: list[str] = []
    _write(node, parts)
    return "".join(parts)


def elements_of(node: Node) -> Iterator[Element]:
    """Every element of a tree, each before those in it."""
    if isinstance(node, Element):
        yield node
        yield from elements_of(node.children)
    elif isinstance(node, list | tuple):
        for child in node:
            yield from elements_of(child)


def _write(node: Node, parts: list[str]) -> None:
    if node is None or isinstance(node, bool):
        return
    if isinstance(node, str):
        parts.append(escape(node, quote=False))
    elif isinstance(node, int | float):
        parts.append(str(node))
    elif isinstance(node, list | tuple):
        for child in node:
            _write(child, parts)
    elif isinstance(node, Element):
        _write_element(node, parts)
    else:
        raise TypeError(f"{type(node).__name__} cannot stand in a page's tree: {node!r:.80}")


def _write_element(element: Element, parts: list[str]) -> None:
    parts.append(f"<{element.tag}{_attributes(element.attributes)}>")
    if isinstance(element, Raw):
        parts.append(element.markup)
    elif element.tag not in VOID:
        _write(element.children, parts)
    if element.tag not in VOID:
        parts.append(f"</{element.tag}>")


def _attributes(attributes: Mapping[str, Attribute]) -> str:
    # In one order, however they were given: the same page is the same bytes.
    plain = (_attribute(name, value) for name, value in sorted(attributes.items()) if name != "style")
    return "".join(plain) + _style(attributes.get("style"))


def _attribute(name: str, value: Attribute) -> str:
    is_word = name.startswith(("aria-", "data-"))
    if value is None or (value is False and not is_word):
        return ""
    spelled = NAMES.get(name, name.lower())
    if value is True and not is_word:
        return f" {spelled}"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f' {spelled}="{escape(text)}"'


def _style(style: Attribute) -> str:
    if not isinstance(style, Mapping):
        return ""
    rules = ";".join(f"{_css_name(name)}:{_css_value(name, value)}" for name, value in style.items() if value is not None)
    return f' style="{escape(rules)}"' if rules else ""


def _css_name(name: str) -> str:
    # A custom property keeps its name; backgroundColor becomes background-color.
    return name if name.startswith("--") else "".join(f"-{c.lower()}" if c.isupper() else c for c in name)


def _css_value(name: str, value: str | float) -> str:
    has_unit = isinstance(value, int | float) and value != 0 and name not in UNITLESS and not name.startswith("--")
    return f"{value}px" if has_unit else str(value)
