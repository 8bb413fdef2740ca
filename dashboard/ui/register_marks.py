"""Small pieces every page of the register uses: the Example tag, sources, the bed-in clock, lists of verdicts."""

from collections.abc import Mapping, Sequence

from dashboard.figures import queries
from dashboard.figures.records import Verdict
from dashboard.register.follow_up import BedIn
from dashboard.register.record_parts import Source
from dashboard.register.records import EXAMPLE, BoroughPriorityRecord, Labelled
from dashboard.ui import html
from dashboard.ui.addresses import measure_address
from dashboard.ui.attributes import attributes
from dashboard.ui.html import Element
from dashboard.ui.links import Link
from dashboard.ui.notice import notice, tag
from dashboard.ui.verdict import mark_of
from dashboard.words.facts import lowered
from dashboard.words.priorities import bed_in_words, source_words
from etl.core.written import day, month

MONTHS_ON_CLOCK = 12
DEMONSTRATION = "This copy is filled with made-up entries to show how the register works."


def example_tag(record: Labelled) -> list[str | Element]:
    """The mark of a made-up entry, with the space before it; nothing for a real one."""
    return [" ", tag(EXAMPLE, is_example=True)] if record.is_example else []


def demonstration() -> Element:
    """What stands over a page that shows made-up entries."""
    return notice("quietly", DEMONSTRATION, f"Each is marked {EXAMPLE}. The figures beside them are the published ones.")


def title_of(record: BoroughPriorityRecord) -> str:
    """What a priority is called: an example by its measure, since its title is made up."""
    if record.is_example and record.measure_id:
        return queries.measure(record.measure_id).title
    return record.title


def titles(measure_ids: Sequence[str]) -> tuple[str, ...]:
    """Names of measures as they stand inside a sentence."""
    return tuple(lowered(queries.measure(m).title) for m in measure_ids)


def measure_link(measure_id: str, area_code: str = "") -> Element:
    """A measure's name, leading to its page for the place."""
    address = measure_address(queries.measure(measure_id).base)
    return html.A(queries.measure(measure_id).title, href=f"{address}?area={area_code}" if area_code else address)


def sources(listed_sources: Sequence[Source]) -> list[str | Element]:
    """Where something was read, each with its address where it has one."""
    content: list[str | Element] = []
    for i, source in enumerate(listed_sources):
        if i:
            content.append("; ")
        words = source_words(source)
        content.append(html.A(words, href=source.url) if source.url else words)
    return content or ["No source recorded"]


def borough_names_list(names: Sequence[Link], recorded: frozenset[str]) -> Element:
    """Every borough's name, solid where something is recorded; said as well, for who cannot see it."""
    items = []
    for name, address in names:
        hidden_words = [] if name in recorded else [html.Span(", none recorded", className="visually-hidden")]
        items.append(
            html.Li([html.A([name, *hidden_words], href=address)], **attributes(className="on" if name in recorded else None))
        )
    return html.Ul(items, className="roll")


def verdict_list(measure_ids: Sequence[str], verdicts: Mapping[str, Verdict], area_code: str) -> Element:
    """Measures with the verdict on each, or that it is not judged there."""
    items = []
    for measure_id in measure_ids:
        verdict = verdicts.get(measure_id)
        mark = mark_of(verdict) if verdict else html.Span("Not judged for London", className="quiet small")
        items.append(html.Li([measure_link(measure_id, area_code if verdict else ""), " ", mark]))
    return html.Ul(items, className="verdicts small")


def bed_in_clock(clock: BedIn | None) -> Element:
    """The months since a priority began, as a strip of twelve; the same in words."""
    words = bed_in_words(clock)
    if clock is None:
        return html.P(words, className="small quiet")
    cells = []
    for index in range(MONTHS_ON_CLOCK):
        marks = (["in"] if index < clock.months else []) + (["review"] if index == _review_cell(clock) else [])
        cells.append(html.Li(**attributes(className=" ".join(marks) or None)))
    ends = (
        f"first honest review: {day(clock.first_honest_review)}" if clock.first_honest_review else "no honest review can be dated"
    )
    return html.Div(
        [
            html.P(words, className="small strong"),
            html.Ol(cells, className="strip", **attributes(aria_label=words)),
            html.P([html.Span(month(f"{clock.since:%Y-%m}")), html.Span(ends)], className="strip-note"),
        ],
        className="clock",
    )


def _review_cell(clock: BedIn) -> int:
    """The cell of the month before the review; -1 where it lies beyond the strip, or nowhere."""
    return -1 if clock.review_after is None or clock.review_after > MONTHS_ON_CLOCK else clock.review_after - 1
