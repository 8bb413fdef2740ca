"""A page's tree as plain HTML: what a reader without script, a search engine and a printer get."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.ui import html
from dashboard.ui.island_place import IslandPlace, has_island
from dashboard.ui.raw import Raw
from dashboard.ui.render import to_html


@pytest.mark.parametrize(
    ("tree", "written"),
    [
        (html.P("a < b & c"), "<p>a &lt; b &amp; c</p>"),
        (html.P(["one ", html.Strong("two"), 3, None, 4.5]), "<p>one <strong>two</strong>34.5</p>"),
        (html.Div(), "<div></div>"),
        (html.Br(), "<br>"),
        (html.Img(src="/a.svg", alt="A"), '<img alt="A" src="/a.svg">'),
        (html.A("x", href='/?a="&b=1', className="button"), '<a href="/?a=&quot;&amp;b=1" class="button">x</a>'),
        (html.Td("1", colSpan=2, className="n"), '<td class="n" colspan="2">1</td>'),
        (html.Label("x", htmlFor="y"), '<label for="y">x</label>'),
        (html.Details("x", open=True), "<details open>x</details>"),
        (html.Details("x", open=False), "<details>x</details>"),
        (html.I("B", **{"aria-hidden": "true"}), '<i aria-hidden="true">B</i>'),
        (html.Li(style={"--col": 3, "marginTop": 4, "opacity": 0.5}), '<li style="--col:3;margin-top:4px;opacity:0.5"></li>'),
        (Raw("<svg><g/></svg>", className="plot"), '<div class="plot"><svg><g/></svg></div>'),
        (
            Raw("<path/>", tag="span", role="img", **{"aria-label": "A & B"}),
            '<span aria-label="A &amp; B" role="img"><path/></span>',
        ),
    ],
)
def test_written_as_a_browser_would_have_it(tree, written):
    assert _parsed(to_html(tree)) == _parsed(written)


def test_what_cannot_stand_in_a_tree_is_refused():
    with pytest.raises(TypeError, match="object cannot stand"):
        to_html(html.P([object()]))


def test_an_attribute_that_html_does_not_have_is_refused():
    with pytest.raises(TypeError, match="P has no attribute classname"):
        html.P("x", classname="quiet")


def test_only_a_place_to_explore_needs_a_script():
    assert has_island(html.Section([html.P("x", id="a"), [html.Div(IslandPlace(html.P("Not drawn yet.")))]]))
    assert not has_island(
        html.Form([html.Select(html.Option("A", value="a")), html.Button("Show", type="submit"), Raw("<svg/>")])
    )


def _parsed(text):
    """Tags with their attributes in any order, and text."""
    from html.parser import HTMLParser

    starts = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            starts.append((tag, frozenset(attrs)))

        def handle_endtag(self, tag):
            starts.append(("/" + tag, None))

        def handle_data(self, data):
            starts.append(("text", data))

    Reader().feed(text)
    return starts


texts = st.text("<&\"' aé", max_size=6)
trees = st.recursive(
    st.one_of(texts, st.integers(), st.builds(html.Br)),
    lambda inner: st.builds(
        lambda kind, children, named: kind(children, **named),
        st.sampled_from([html.Div, html.P, html.Td, html.Button]),
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["id", "className", "title", "aria-label"]), texts),
    ),
    max_leaves=20,
)


@given(trees)
def test_no_text_and_no_attribute_becomes_markup(tree):
    read = _parsed(to_html(tree))
    assert "".join(part for kind, part in read if kind == "text") == _text(tree)
    assert {kind.strip("/") for kind, _ in read} <= {"text", "div", "p", "td", "button", "br"}


def _text(node):
    if isinstance(node, list):
        return "".join(map(_text, node))
    return _text(node.children) if isinstance(node, html.Element) else "" if node is None else str(node)
