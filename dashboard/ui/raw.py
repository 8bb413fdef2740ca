"""A picture written as text, standing in the page's tree.

Dash has no `html.Svg`, and an `html.Img` is out of reach of the site's colours, its print greys and screen readers.
"""

from collections.abc import Mapping
from typing import Any

from dash.development.base_component import Component


class Raw(Component):
    """An element holding markup as it is: `Raw(svg, className="plot")`.

    Only markup our own functions wrote may go in, every string in it escaped; nothing from an address or a form. The
    browser's half of this component is `assets/raw.js`.

    Args:
        markup: the inner HTML, usually one or several `<svg>`.
        tag: the element round it.
        className, id, role: as on any element.
        given: any other attributes of the element, named as `dash.html` names them.
        attributes: `aria-` and `data-` attributes.
    """

    # The namespace is this package, which Dash imports to name it in errors; in the browser it is `window.dashboard`.
    _namespace = "dashboard"
    _type = "Raw"
    _children_props = []
    _base_nodes = ["children"]
    _prop_names = ["id", "markup", "tag", "className", "role", "given"]
    _valid_wildcard_attributes = ["data-", "aria-"]
    available_properties = _prop_names
    available_wildcard_properties = _valid_wildcard_attributes

    def __init__(
        self,
        markup: str,
        *,
        tag: str = "div",
        className: str | None = None,  # noqa: N803 (Dash's own spelling)
        id: str | None = None,
        role: str | None = None,
        given: Mapping[str, Any] | None = None,
        **attributes: str,
    ) -> None:
        optional = {"className": className, "id": id, "role": role, "given": dict(given) if given else None}
        stated = {name: value for name, value in optional.items() if value is not None}
        super().__init__(markup=markup, tag=tag, **stated, **attributes)  # type: ignore[no-untyped-call]
