"""A picture written as text, standing in the page's tree.

An `img` would be out of reach of the site's colours, its print greys and screen readers, so a drawing stands in the page itself.
"""

from dashboard.ui.html import Attribute, Element


class Raw(Element):
    """An element holding markup as it is: `Raw(svg, className="plot")`.

    Only markup our own functions wrote may go in, every string in it escaped; nothing from an address or a form.

    Args:
        markup: the inner HTML, usually one or several `<svg>`.
        tag: the element round it.
        attributes: as on any element.
    """

    def __init__(self, markup: str, *, tag: str = "div", **attributes: Attribute) -> None:
        super().__init__(None, **attributes)
        self.markup = markup
        self.tag = tag
