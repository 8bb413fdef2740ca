"""The elements a page is made of: `html.P(["one ", html.Strong("two")], className="quiet")`.

A page is a tree of these, written out once by `dashboard.ui.render`. It is a tree and not text because the parts of a page are
put together, looked into (which part is the opening?) and tested before they are written.

Not a library: those kept up (htpy, dominate) name attributes and nest children their own way, write attributes in the order
given, and bring the same five escapes that the standard library has.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias, Union

Attribute: TypeAlias = str | float | bool | Mapping[str, str | float | None] | None
"""What an attribute may be; None leaves it out. A mapping is for `style` alone: a property's name to its value."""
Node: TypeAlias = Union["Element", str, float, None, Sequence["Node"]]
"""What may stand in an element: another, text, a number, nothing, or a sequence of these."""

NAMED = frozenset(
    """
    action alt autoComplete autoFocus checked className colSpan disabled height hidden href htmlFor id inputMode label lang max
    maxLength method min multiple name noValidate open pattern placeholder rel required role rowSpan rows scope selected size
    spellCheck src style tabIndex target title type value width
    """.split()  # noqa: SIM905 (forty lines otherwise)
)
"""Attributes by the names they have in Python: `className` for class, `htmlFor` for for, the others in HTML's own letters."""
PREFIXES = ("aria-", "data-")


class Element:
    """One element of a page, with what stands in it.

    Raises:
        TypeError: HTML has no such attribute, or it is spelled otherwise here.
    """

    tag = ""

    def __init_subclass__(cls) -> None:
        cls.tag = cls.__name__.lower()

    def __init__(self, children: Node = None, **attributes: Attribute) -> None:
        for name in attributes:
            if name not in NAMED and not name.startswith(PREFIXES):
                raise TypeError(f"{type(self).__name__} has no attribute {name}")
        self.children = children
        self.attributes = attributes

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.children!r}, {self.attributes!r})"

    @property
    def classes(self) -> tuple[str, ...]:
        """The names in its `className`."""
        return tuple(str(self.attributes.get("className") or "").split())


class A(Element): ...


class Abbr(Element): ...


class Article(Element): ...


class B(Element): ...


class Blockquote(Element): ...


class Br(Element): ...


class Button(Element): ...


class Caption(Element): ...


class Code(Element): ...


class Dd(Element): ...


class Details(Element): ...


class Div(Element): ...


class Dl(Element): ...


class Dt(Element): ...


class Fieldset(Element): ...


class Figcaption(Element): ...


class Figure(Element): ...


class Footer(Element): ...


class Form(Element): ...


class H1(Element): ...


class H2(Element): ...


class H3(Element): ...


class H4(Element): ...


class Header(Element): ...


class I(Element): ...


class Img(Element): ...


class Input(Element): ...


class Label(Element): ...


class Legend(Element): ...


class Li(Element): ...


class Main(Element): ...


class Nav(Element): ...


class Ol(Element): ...


class Optgroup(Element): ...


class Option(Element): ...


class P(Element): ...


class Q(Element): ...


class Section(Element): ...


class Select(Element): ...


class Span(Element): ...


class Strong(Element): ...


class Summary(Element): ...


class Table(Element): ...


class Tbody(Element): ...


class Td(Element): ...


class Textarea(Element): ...


class Th(Element): ...


class Thead(Element): ...


class Tr(Element): ...


class Ul(Element): ...
