"""A page's tree as plain HTML: what a reader without script, a search engine and a printer get."""

import dash_mantine_components as dmc
import pytest
from dash import dcc, html
from hypothesis import given
from hypothesis import strategies as st

from dashboard.site.condense import condensed
from dashboard.ui.raw import Raw
from dashboard.ui.render import components_of, needs_script, to_html


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
        (dcc.Link("Data", href="/data"), '<a href="/data">Data</a>'),
        (dmc.MantineProvider(html.P("inside")), "<p>inside</p>"),
        ([dcc.Store(id="s"), dcc.Location(id="l"), dcc.Graph(id="g")], ""),
    ],
)
def test_written_as_a_browser_would_have_it(tree, written):
    assert _parsed(to_html(tree)) == _parsed(written)


def test_a_control_before_its_script_says_what_is_chosen():
    data = [{"value": "a", "label": "Ash"}, {"value": "b", "label": "Beech & co"}]
    assert "<strong>Tree</strong> Beech &amp; co" in to_html(dmc.Select(label="Tree", data=data, value="b"))


def test_what_cannot_stand_in_a_tree_is_refused():
    with pytest.raises(TypeError, match="object cannot stand"):
        to_html(html.P([object()]))


@pytest.mark.parametrize(
    "tree",
    [
        html.Form([html.Select(html.Option("A", value="a")), html.Button("Show", type="submit")]),
        html.Div([html.P("x", id="a"), Raw("<svg/>"), dcc.Link("x", href="/")]),
    ],
)
def test_words_pictures_links_and_forms_need_no_script(tree):
    assert not needs_script(tree)


@pytest.mark.parametrize(
    "tree",
    [
        html.Div(html.Button("Draw", id="draw")),
        html.Div([html.P(), [dmc.Select(id="a")]]),
        html.Section(html.Div(dcc.Graph())),
        html.Div(html.A("x", id={"row": 1})),
    ],
)
def test_a_control_a_graph_and_a_button_with_a_name_need_dash(tree):
    assert needs_script(tree)


def _parsed(text):
    """Tags with their attributes in any order, and text."""
    from html.parser import HTMLParser

    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.append((tag, frozenset(attrs)))

        def handle_endtag(self, tag):
            found.append(("/" + tag, None))

        def handle_data(self, data):
            found.append(("text", data))

    Reader().feed(text)
    return found


def test_what_dash_has_no_business_in_is_sent_as_text():
    page = html.Main(
        [
            html.Section(
                [html.H2("Head", id="head"), html.Div([html.P("one"), html.P(["two ", html.B("three")])], className="flow")]
            ),
            html.Ul([html.Li([html.B("x")], style={"--col": 2}, **{"data-row": "1"}), html.Li("y")]),
            html.Div([dmc.Select(id="pick", label="Pick", data=["a"], value="a"), html.P([html.I("beside")])]),
            html.Details([html.Summary(html.Span("More")), html.P("inside")], open=True, className="data-table"),
        ]
    )
    fewer = condensed(page)
    assert _parsed(to_html(fewer)) == _parsed(to_html(page))
    kinds = [component._type for component in components_of(fewer)]
    assert kinds == ["Main", "Section", "H2", "Raw", "Raw", "Div", "Select", "Raw", "Raw"]


texts = st.text("<&\"' aé", max_size=6)
leaves = st.one_of(texts, st.integers(), st.builds(html.Br), st.builds(Raw, texts.map(lambda text: f"<svg>{len(text)}</svg>")))
trees = st.recursive(
    leaves,
    lambda inner: st.builds(
        lambda kind, children, named: kind(children, **named),
        st.sampled_from([html.Div, html.P, html.Td, html.Button]),
        st.lists(inner, max_size=4),
        st.sampled_from([{}, {"id": "a"}, {"className": "n"}, {"style": {"--col": 1}}, {"title": "t"}, {"hidden": True}]),
    ),
    max_leaves=20,
)


@given(trees)
def test_a_page_sent_as_text_is_the_same_page(tree):
    assert _parsed(to_html(condensed(tree))) == _parsed(to_html(tree))
    assert needs_script(condensed(tree)) == needs_script(tree)
