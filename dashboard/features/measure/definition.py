"""The definition card of a measure: what it counts, which way is better, how it could be gamed, who answers for it."""

from collections.abc import Sequence
from datetime import date

from dashboard.figures import queries
from dashboard.figures.compare import newest
from dashboard.figures.measure_in_place import MeasureInPlace
from dashboard.figures.queries_editions import PublishedAs, published_as
from dashboard.figures.records import Measure
from dashboard.ui import html
from dashboard.ui.addresses import measure_address
from dashboard.ui.html import Element
from dashboard.ui.passport import Pair, pairs
from dashboard.ui.sections import section
from dashboard.ui.table import Column, closed, data_table
from dashboard.words.measures import JOINS, better_words
from etl.core.written import any_period, day

NONE_RECORDED = "None recorded"


def definition_section(in_place: MeasureInPlace) -> list[Element]:
    """The card of the measure in the place asked for."""
    beside = tuple(queries.measure(m) for m in in_place.measure.read_beside)
    series = in_place.series or (in_place.breakdowns[0][1] if in_place.breakdowns else None)
    last = newest(series) if series else None
    after = f"None after {any_period(last.period)} is held" if last else "None is held"
    return [definition(in_place.measure, beside, published_as(in_place.measure.base), next_figures=after)]


def definition(
    measure: Measure, beside: Sequence[Measure], published: Sequence[PublishedAs], *, next_figures: str
) -> html.Section:
    """The card in two columns, and below it how each form of the published file names the measure.

    Args:
        measure: in its base form.
        beside: the measures to read with it.
        published: its concordance, newest form first; empty where it has only ever had one name.
        next_figures: which are expected and not held.
    """
    counted: list[Pair] = [
        ("What it is", measure.definition),
        ("Counts", measure.counts),
        ("Leaves out", measure.leaves_out),
        ("Better is", better_words(measure)),
        ("Unit", measure.unit[:1].upper() + measure.unit[1:]),
        ("Old names", _old_names(published)),
    ]
    watched: list[Pair] = [
        ("Can be gamed by", measure.gamed_by),
        ("Counter-measure", measure.counter_measure),
        ("Read beside", _links(beside)),
        ("Owner", measure.owner or NONE_RECORDED),
        ("Checked by", measure.checker or NONE_RECORDED),
        ("Reviewed", _day(measure.reviewed)),
        ("Review due", f"{_day(measure.next_review)}. {measure.next_review_why}".removesuffix(". ")),
        ("Next figures", next_figures),
    ]
    if measure.caveats:
        watched.append(("Before quoting it", html.Ul([html.Li(text) for text in measure.caveats], className="list")))
    content: list[Element] = [html.Div([pairs(counted), pairs(watched)], className="split even")]
    if published:
        table = closed(_forms(measure, published), "How each form of the published file names it")
        content.append(html.Div(table, className="gap"))
    return section("definition", "What this measures", content)


def _day(text: str) -> str:
    return day(date.fromisoformat(text))


def _links(beside: Sequence[Measure]) -> str | list[str | Element]:
    if not beside:
        return NONE_RECORDED
    links: list[str | Element] = []
    for measure in beside:
        links += [", ", html.A(measure.title, href=measure_address(measure.base))]
    return links[1:]


def _old_names(published: Sequence[PublishedAs]) -> str:
    """Names an older form used and the newest does not."""
    if not published:
        return NONE_RECORDED
    # One form may list every spelling it has known: the name in use is its first.
    now = {_name(c) for c in published[0].categories}
    old = list(dict.fromkeys(_name(c) for form in published[1:] for c in form.categories if _name(c) not in now))
    return "; ".join(old) if old else "None: always published under one name"


def _forms(measure: Measure, published: Sequence[PublishedAs]) -> Element:
    rows = [
        (
            f"{form.form}: {form.title}",
            "; ".join(_name(c) for c in form.categories),
            f"{JOINS[form.join][:1].upper()}{JOINS[form.join][1:]}{f'. {form.note}' if form.note else ''}",
        )
        for form in published
    ]
    columns = (Column("Form of the file"), Column("Categories counted"), Column("Joined to the newest"))
    return data_table(columns, rows, caption=f"{measure.title} in each form, newest first", stack=True)


def _name(category: str) -> str:
    """A category as people write it: "Burglary: burglary in a dwelling"; `*` is every category."""
    group, _, offence = category.partition(" / ")
    if category == "*":
        return "Every category"
    name = f"all of {group}" if offence == "*" else f"{group}: {offence}"
    return name[:1].upper() + name[1:]
