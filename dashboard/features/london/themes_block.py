"""London-wide themes as baskets: each theme beside the measures that read it, never one number."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.features.london.named_mark import named_mark
from dashboard.figures import queries
from dashboard.figures.public_record import current_plan
from dashboard.ui import html
from dashboard.ui.addresses import measure_address
from dashboard.ui.html import Element
from dashboard.ui.notice import empty
from dashboard.ui.sections import section
from etl.core.areas import ENGLAND_AND_WALES, LONDON
from etl.core.state import State

KINDS = ("Volume", "Harm", "Victims", "Confidence", "Outcomes")


@dataclass(frozen=True)
class JudgedMeasure:
    """One measure of a basket: its verdict's letter, None where it was not judged, and the place where that is not London."""

    measure: str
    title: str
    state: State | None
    place: str = ""


@dataclass(frozen=True)
class Theme:
    """One London-wide theme: its measures by kind, in the order of `KINDS`."""

    title: str
    kinds: tuple[tuple[JudgedMeasure, ...], ...]


def baskets(themes: Sequence[Theme]) -> html.Table:
    """A row a theme, a column a kind of measure; an empty cell says that none is held."""
    head = html.Thead(html.Tr([html.Th(name, scope="col") for name in ("Theme", *KINDS)]))
    rows = [html.Tr([html.Th(theme.title, scope="row"), *_cells(theme)]) for theme in themes]
    return html.Table(
        [html.Caption("Themes of the plan in force", className="visually-hidden"), head, html.Tbody(rows)],
        className="baskets stack",
    )


def theme_of(title: str, kinds: Sequence[Sequence[str]], judge: Callable[[str], JudgedMeasure]) -> Theme:
    """A theme from the ids of its measures."""
    return Theme(title, tuple(tuple(judge(measure_id) for measure_id in kind) for kind in kinds))


def _cells(theme: Theme) -> list[html.Td]:
    return [_cell(name, kind) for name, kind in zip(KINDS, theme.kinds, strict=True)]


def _cell(name: str, kind: Sequence[JudgedMeasure]) -> html.Td:
    label = html.Span(f"{name}: ", className="stack-label")
    if not kind:
        return html.Td([label, html.Span("none held", className="quiet")])
    marks: list[Element] = [
        named_mark(m.state, m.title, measure_address(m.measure), note=f", {m.place}" if m.place else "") for m in kind
    ]
    return html.Td([label, *marks])


def themes_section() -> Element:
    """The themes of the plan in force, each with the measures that read it."""
    plan = current_plan()
    if plan is None:
        return section(
            "themes",
            "London-wide themes",
            [empty("No plan in force is on record", "Themes are those of the Police and Crime Plan.")],
        )
    themes = [
        theme_of(
            p.title, (p.basket.volume, p.basket.harm, p.basket.victim, p.basket.confidence, p.basket.outcome), _judged_measure
        )
        for p in plan.london_priorities
    ]
    source = plan.plan.sources[0]
    note = (
        f"Themes: {source.document}, {source.publisher}. Which measures read a theme is our choice. "
        "An empty cell is a measure nobody publishes or we do not hold."
    )
    say = "A theme is a basket, never one number. Each shape is the verdict for London."
    return section("themes", "London-wide themes", [baskets(themes), html.P(note, className="source")], say=say)


def _judged_measure(measure_id: str) -> JudgedMeasure:
    title = queries.measure(measure_id).title
    verdict = queries.verdict(measure_id, LONDON)
    if verdict is not None:
        return JudgedMeasure(measure_id, title, verdict.state)
    nation_verdict = queries.verdict(measure_id, ENGLAND_AND_WALES)
    return JudgedMeasure(
        measure_id, title, nation_verdict.state if nation_verdict else None, "England and Wales" if nation_verdict else ""
    )
