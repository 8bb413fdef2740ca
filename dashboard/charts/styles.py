"""How each class of a chart looks, as plain attributes: for programs that do not apply a page's stylesheet to an SVG.

The same rules as the stylesheet's, in its order: a later rule overrides an earlier one. Values name a colour of the
palette, or are written as they are.
"""

from collections.abc import Mapping

from etl.core.state import State

Attributes = Mapping[str, str]

SCREEN: Mapping[str, str] = {
    "paper": "#ffffff", "ink": "#16202a", "ink-2": "#45525e", "line": "#6a7681", "context": "#77828d",
    "tint-2": "#e6eaee", "blue": "#12436d", "orange": "#f46a25", "pink": "#801650", "slate": "#3d3d3d",
    "on-dark": "#ffffff", "on-orange": "#16202a", "band": "#dce8f2", "band-2": "#edf3f8", "band-edge": "#5f86ab",
    "shade": "#eceff2",
}  # fmt: skip
PRINT: Mapping[str, str] = {
    "paper": "#ffffff", "ink": "#000000", "ink-2": "#3a3a3a", "line": "#5c5c5c", "context": "#767676",
    "tint-2": "#e4e4e4", "blue": "#1a1a1a", "orange": "#c4c4c4", "pink": "#4a4a4a", "slate": "#6b6b6b",
    "on-dark": "#ffffff", "on-orange": "#000000", "band": "#e6e6e6", "band-2": "#f2f2f2", "band-edge": "#767676",
    "shade": "#ededed",
}  # fmt: skip
PALETTES: Mapping[str, Mapping[str, str]] = {"screen": SCREEN, "print": PRINT}

WITHOUT_LOOK = frozenset({"halo", "wide-only", "ratio"})
"""Classes that change nothing here: halos need a paint order that these programs lack."""


def _stroke(colour: str, width: str, **more: str) -> dict[str, str]:
    return {"fill": "none", "stroke": colour, "stroke-width": width, **{k.replace("_", "-"): v for k, v in more.items()}}


def _fill(colour: str, stroke: str = "", width: str = "1.5", **more: str) -> dict[str, str]:
    edge = {"stroke": stroke, "stroke-width": width} if stroke else {}
    return {"fill": colour, **edge, **{k.replace("_", "-"): v for k, v in more.items()}}


_LETTER = {"font-size": "13", "font-weight": "700", "text-anchor": "middle"}

RULES: tuple[tuple[tuple[str, ...], Attributes], ...] = (
    (("g",), _fill("paper", "ink")),
    (("g-B",), _fill("blue", "blue")),
    (("g-W",), {"fill": "orange"}),
    (("g-C",), _fill("slate", "slate")),
    (("g-X",), _fill("pink", "pink")),
    (("g-A",), _fill("tint-2", "ink")),
    (("g-M",), {"stroke": "ink"}),
    (("g-E",), {"stroke": "ink-2"}),
    (("g-N",), {"stroke": "line"}),
    (("g-P",), {"stroke": "ink", "stroke-dasharray": "3.2, 2.2"}),
    (("g-T",), {"stroke": "line"}),
    (("g-T2",), {"fill": "tint-2"}),
    (("g-L",), {"fill": "tint-2", "stroke": "ink"}),
    (("gl",), {"fill": "ink", **_LETTER}),
    *(((f"gl-{state}",), {"fill": "on-dark"}) for state in (State.BETTER, State.CHANGED, State.BREAK)),
    (("gl-W",), {"fill": "on-orange"}),
    (("gl-N",), {"fill": "ink-2"}),
    (("gl-E",), {"fill": "ink-2"}),
    *(((f"gl-{state}",), {}) for state in (State.APART, State.LEANING, State.PROVISIONAL, State.TOO_EARLY, State.LATE)),
    (("t",), {"fill": "ink", "font-size": "14"}),
    (("t", "q"), {"fill": "ink-2"}),
    (("t", "b"), {"font-weight": "700"}),
    (("t", "s"), {"font-size": "13"}),
    (("t", "blue"), {"fill": "blue", "font-weight": "700"}),
    (("t", "pink"), {"fill": "pink"}),
    (("t", "inv"), {"fill": "on-dark", "font-weight": "700"}),
    (("axis",), _stroke("line", "1")),
    (("grid",), _stroke("line", "0.8", stroke_dasharray="1, 4")),
    (("leader",), _stroke("line", "0.9")),
    (("subject",), _stroke("blue", "2.25", stroke_linejoin="round", stroke_linecap="round")),
    (("subject", "thin"), {"stroke-width": "1.6"}),
    (("third",), _stroke("ink", "1.75", stroke_dasharray="1.5, 3", stroke_linecap="round")),
    (("raw",), _stroke("ink", "1.5", stroke_linejoin="round")),
    (("other",), _stroke("context", "1.25", stroke_linejoin="round")),
    (("band",), {"fill": "band"}),
    (("band-2",), {"fill": "band-2"}),
    (("band-edge",), _stroke("band-edge", "1")),
    (("centre",), _stroke("band-edge", "1.25", stroke_dasharray="5, 3")),
    (("shade",), {"fill": "shade"}),
    (("break",), _stroke("pink", "1.5", stroke_dasharray="4, 3")),
    (("dot",), {"fill": "ink"}),
    (("dot-blue",), {"fill": "blue"}),
    (("dot-other",), {"fill": "context"}),
    (("dot-hollow",), _fill("paper", "ink")),
    (("dot-hollow-blue",), _fill("paper", "blue", "2")),
    (("bar",), {"fill": "blue"}),
    (("bar-2",), _fill("paper", "blue")),
    (("bar-quiet",), _fill("tint-2", "line", "0.75")),
    (("range",), _stroke("context", "2")),
    (("range-blue",), _stroke("blue", "3")),
    (("limit",), _stroke("band-edge", "1.25")),
    (("limit-2",), _stroke("band-edge", "1.25", stroke_dasharray="4, 3")),
    (("m",), _fill("paper", "ink")),
    (("m-B",), _fill("blue", "blue")),
    (("m-W",), {"fill": "orange"}),
    (("m-C",), _fill("slate", "slate")),
    (("m-X",), _fill("pink", "pink")),
    (("m-A",), _fill("tint-2", "ink")),
    (("m-M",), {"stroke": "ink"}),
    (("m-half",), {"fill": "ink"}),
    (("disc-fill",), {"fill": "ink"}),
    (("disc-ring",), _stroke("ink", "1.4")),
    (("m-P",), {"stroke-dasharray": "2.4, 1.6"}),
    (("m-none",), {"fill": "context"}),
    (("area-0",), _fill("paper", "line", "1")),
    (("area-1",), _fill("band", "line", "1")),
    (("area-2",), _fill("blue", "paper", "1.25")),
    (("area-none",), _fill("url(#hatch)", "line", "1")),
)
KNOWN = WITHOUT_LOOK | {name for names, _ in RULES for name in names}


def attributes(css: str, palette: str) -> Attributes:
    """The attributes of an element with these classes, in the colours of a palette.

    Args:
        css: the element's classes, as in its `class`.
        palette: "screen", or "print" for greys.

    Raises:
        LookupError: a class has no look of its own, so the element would come out black.
    """
    names, colours = css.split(), PALETTES[palette]
    unknown = [n for n in names if n not in KNOWN]
    if unknown:
        raise LookupError(f"no look is known for the class {unknown[0]!r}; known are {', '.join(sorted(KNOWN))}")
    merged: dict[str, str] = {}
    for selector, rule in RULES:
        if all(name in names for name in selector):
            merged |= {key: colours.get(value, value) for key, value in rule.items()}
    return merged
