"""A page's tree written out as plain HTML, so that the first answer is the page itself.

What Dash would draw with a script has a plain stand-in here, or none where words and a table stand beside it anyway.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from dash.development.base_component import Component

HTML = "dash_html_components"
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
TAGS = {"ObjectEl": "object", "MapEl": "map"}
"""Elements Dash had to rename in Python; every other is the class's name in small letters."""
NAMES = {"className": "class", "htmlFor": "for", "acceptCharset": "accept-charset", "httpEquiv": "http-equiv"}
NOT_ATTRIBUTES = frozenset({"children", "key", "n_clicks", "n_clicks_timestamp", "disable_n_clicks", "setProps", "style"})
UNITLESS = frozenset({"opacity", "zIndex", "fontWeight", "lineHeight", "flex", "order", "gridColumn", "gridRow"})
"""Styles whose numbers React does not take for pixels, among those used here."""
NOTHING_TO_SHOW = frozenset({"Location", "Store", "Interval", "Download", "Graph", "Tooltip", "Clipboard"})

Node = Any
"""What Dash takes as children or as a value: a component, text, a number, None, or a sequence of these."""


def to_html(node: Node) -> str:
    """The tree as HTML. All text and every attribute is escaped; only `Raw` gives markup as it is."""
    parts: list[str] = []
    _write(node, parts)
    return "".join(parts)


def needs_script(node: Node) -> bool:
    """Whether a page holds something for Dash to do.

    That is: a control or a graph, a button with an id (a callback listens to it), or an id made of a dict.
    """
    return any(is_live(component) for component in components_of(node))


def is_live(component: Component) -> bool:
    """Whether one component is something for Dash to do, whatever stands in it."""
    name, identity = component._type, getattr(component, "id", None)
    if isinstance(identity, dict):
        return True
    if component._namespace == HTML:
        return name == "Button" and identity is not None
    return name not in {"Raw", "Link"}


def components_of(node: Node) -> Iterator[Component]:
    """Every component of a tree, each before those in it."""
    if isinstance(node, Component):
        yield node
        yield from components_of(getattr(node, "children", None))
    elif isinstance(node, list | tuple):
        for child in node:
            yield from components_of(child)


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
    elif isinstance(node, Component):
        _write_component(node, parts)
    else:
        raise TypeError(f"{type(node).__name__} cannot stand in a page's tree: {node!r:.80}")


def tag_of(node: Component) -> str:
    """The element an `html` component stands for: `H1` is h1."""
    return TAGS.get(node._type, node._type.lower())


def _write_component(node: Component, parts: list[str]) -> None:
    name, given = node._type, vars(node)
    children = given.get("children")
    if node._namespace == HTML:
        tag = tag_of(node)
        parts.append(f"<{tag}{_attributes(node, given)}>")
        if tag not in VOID:
            _write(children, parts)
            parts.append(f"</{tag}>")
    elif name == "Raw":
        tag = given["tag"]
        own = {key: value for key, value in given.items() if key not in {"tag", "markup", "given"}}
        others = given.get("given") or {}
        plain = "".join(_attribute(key, value) for key, value in others.items() if key != "style")
        parts.append(f"<{tag}{_attributes(node, own)}{plain}{_style(others.get('style'))}>{given['markup']}</{tag}>")
    elif name == "Link":
        parts.append(f'<a href="{escape(given["href"])}"{_attribute("className", given.get("className"))}>')
        _write(children if children is not None else given["href"], parts)
        parts.append("</a>")
    elif name not in NOTHING_TO_SHOW:
        _write_stand_in(given, parts)


def _write_stand_in(given: Mapping[str, Any], parts: list[str]) -> None:
    """A control before its script has come: its label and what is chosen. A container: what it contains."""
    if "label" in given and isinstance(given["label"], str):
        chosen = _chosen_words(given.get("data") or given.get("options") or (), given.get("value"))
        parts.append(f'<p class="control-before-script"><strong>{escape(given["label"])}</strong> {escape(chosen)}</p>')
    _write(given.get("children"), parts)


def _chosen_words(choices: Sequence[Node], value: Node) -> str:
    words = {choice["value"]: choice["label"] for choice in choices if isinstance(choice, dict)}
    values = value if isinstance(value, list | tuple) else () if value is None else (value,)
    return ", ".join(str(words.get(one, one)) for one in values)


def _attributes(node: Component, given: Mapping[str, Any]) -> str:
    wildcards = tuple(node._valid_wildcard_attributes)
    known = node._prop_names
    # Dash keeps properties in an order that differs from process to process; the same page must be the same bytes.
    shown = (
        _attribute(name, value)
        for name, value in sorted(given.items())
        if name not in NOT_ATTRIBUTES and (name in known or name.startswith(wildcards))
    )
    return "".join(shown) + _style(given.get("style"))


def _attribute(name: str, value: Node) -> str:
    if value is None or isinstance(value, dict) or (value is False and not name.startswith(("aria-", "data-"))):
        return ""
    spelled = NAMES.get(name, name.lower())
    if value is True and not name.startswith(("aria-", "data-")):
        return f" {spelled}"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f' {spelled}="{escape(text)}"'


def _style(style: Mapping[str, Any] | None) -> str:
    if not style:
        return ""
    rules = ";".join(f"{_css_name(name)}:{_css_value(name, value)}" for name, value in style.items() if value is not None)
    return f' style="{escape(rules)}"'


def _css_name(name: str) -> str:
    # As React does: a custom property keeps its name, backgroundColor becomes background-color.
    return name if name.startswith("--") else "".join(f"-{c.lower()}" if c.isupper() else c for c in name)


def _css_value(name: str, value: Node) -> str:
    has_unit = isinstance(value, int | float) and value != 0 and name not in UNITLESS and not name.startswith("--")
    return f"{value}px" if has_unit else str(value)
