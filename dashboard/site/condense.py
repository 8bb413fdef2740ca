"""A page's tree with as few components as Dash needs, before it is sent to be drawn.

Dash takes its time over every component, and the more there are the longer over each: a page of five thousand takes half a
minute to draw. Nearly all of them are words and tables that no callback will ever touch, so those are sent as text.
"""

from copy import copy

from dash.development.base_component import Component

from dashboard.ui.raw import Raw
from dashboard.ui.render import HTML, VOID, Node, components_of, is_live, tag_of, to_html

OWN = frozenset({"id", "className", "role"})
NOT_SENT = frozenset({"children", "key", "n_clicks", "n_clicks_timestamp", "disable_n_clicks"})


def condensed(node: Node) -> Node:
    """The same page with every part that Dash has no business in as markup.

    A component with an id stays one, since a callback may write into it, and so does everything round it.
    """
    if isinstance(node, list | tuple):
        return [condensed(child) for child in node]
    if not isinstance(node, Component) or node._namespace != HTML:
        return node
    if tag_of(node) in VOID or not isinstance(getattr(node, "children", None), Component | list | tuple):
        return node
    if any(is_live(part) or getattr(part, "id", None) is not None for part in components_of(node)):
        same = copy(node)
        same.children = condensed(node.children)
        return same
    return _as_markup(node)


def _as_markup(node: Component) -> Raw:
    wildcards = tuple(node._valid_wildcard_attributes)
    stated = {name: value for name, value in vars(node).items() if name in node._prop_names or name.startswith(wildcards)}
    own = {name: value for name, value in stated.items() if name in OWN or name.startswith(wildcards)}
    others = {name: value for name, value in stated.items() if name not in own and name not in NOT_SENT}
    return Raw(to_html(node.children), tag=tag_of(node), given=others, **own)
