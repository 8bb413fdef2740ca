"""Priorities as rows: a borough's choices, what followed each, and the London-wide ones with what reads them."""

from collections.abc import Callable, Mapping, Sequence

from dashboard.figures import queries
from dashboard.figures.choices import Choice
from dashboard.figures.records import Verdict
from dashboard.register.records import BoroughPriorityRecord, LondonPriorityRecord
from dashboard.ui import html
from dashboard.ui.addresses import priority_address
from dashboard.ui.html import Element
from dashboard.ui.register_marks import example_tag, measure_link, sources, title_of, verdict_list
from dashboard.ui.table import Cell, Column, Group, data_table
from dashboard.ui.verdict import mark_of
from dashboard.words import priorities as words
from etl.core.areas import LONDON
from etl.core.written import day

SHORT = ("Type", "New or carried", "State", "On record at")
"""Columns of a choice that are a word or two: on a phone two of them share a line."""


def london_table(priorities: Sequence[LondonPriorityRecord], verdicts: Mapping[str, Verdict]) -> Element:
    """Each London-wide priority with its basket: what reads it, the verdict on each, who set it and since when.

    What is the same of every priority is not in the rows: `london_told_once` says it.
    """
    is_one_time, is_one_source = _is_same(priorities, words.force_words), _is_same(priorities, _set_by_facts)
    rows: list[list[Cell]] = []
    for priority in priorities:
        target = [html.P(f"Target then: {priority.target}", className="small quiet")] if priority.target else []
        since = [] if is_one_time else [html.P(words.force_words(priority), className="source")]
        source = [] if is_one_source else [html.P(_set_by(priority), className="source")]
        head = html.Div([html.Span([priority.title, *example_tag(priority)]), *since, *source])
        rows.append([head, [_basket(priority, verdicts), *target]])
    columns = (Column("Commitment"), Column("Read by, and where it stands"))
    return data_table(columns, rows, label="London-wide priorities; no borough can drop one", stack=True)


def london_told_once(priorities: Sequence[LondonPriorityRecord]) -> list[str | Element]:
    """Since when and by whom, as far as that is the same of every priority listed; nothing where neither is."""
    first = priorities[0]
    since = [f"{words.force_words(first)}. "] if _is_same(priorities, words.force_words) else []
    return [*since, *(["Set by: ", *_set_by(first)] if _is_same(priorities, _set_by_facts) else [])]


def _is_same(priorities: Sequence[LondonPriorityRecord], fact: Callable[[LondonPriorityRecord], object]) -> bool:
    return all(fact(p) == fact(priorities[0]) for p in priorities)


def _set_by_facts(priority: LondonPriorityRecord) -> tuple[object, ...]:
    return (priority.sources, priority.signed_off_by, priority.signed_off_at)


def choices_table(choices: Sequence[BoroughPriorityRecord], *, caption: str) -> Element:
    """Boroughs A to Z, each with its choices and what is recorded of them; the year where there are several."""
    is_one_year = len({p.financial_year for p in choices}) == 1
    heads = ("Type", "New or carried", "Why", "Agreed", "State", "On record at")
    columns = [Column(h, is_short=h in SHORT) for h in ("Priority", *(() if is_one_year else ("Year",)), *heads)]
    groups = []
    for code in dict.fromkeys(sorted((p.area_code for p in choices), key=lambda c: queries.area(c).name)):
        rows = [_choice_row(p, with_year=not is_one_year) for p in choices if p.area_code == code]
        groups.append(Group(rows, queries.area(code).name))
    return data_table(columns, groups, caption=caption, stack=True)


def followed_table(pairs: Sequence[tuple[Choice, Verdict | None]], *, caption: str) -> Element:
    """What followed each choice in its year, beside London."""
    columns = (
        Column("Choice"), Column("Borough"), Column("Year"), Column("That year"), Column("Against its own two years before"),
        Column("London, same year"),
    )  # fmt: skip
    return data_table(columns, [_followed_row(choice, london) for choice, london in pairs], caption=caption, stack=True)


def _basket(priority: LondonPriorityRecord, verdicts: Mapping[str, Verdict]) -> Element:
    kinds = [(kind, getattr(priority.basket, kind)) for kind in words.KINDS]
    cells: list[Element] = [
        html.Div([html.P(words.KINDS[kind], className="small strong"), _readings(ids, verdicts)], className="basket")
        for kind, ids in kinds
        if ids
    ]
    if not cells:
        cells.append(html.P("No measure published here reads it.", className="quiet"))
    own = (priority.basket.note or "").replace(words.OUR_CHOICE, "").strip()
    note = [html.P(own, className="source")] if own else []
    return html.Div([*cells, *note])


def _readings(ids: Sequence[str], verdicts: Mapping[str, Verdict]) -> Element:
    """Each measure with its verdict; retired ones, judged in their own years, with where."""
    if any(queries.measure(m).theme != "retired" for m in ids):
        return verdict_list(ids, verdicts, LONDON)
    named = [html.Li(measure_link(m)) for m in ids]
    where = html.Li([html.Strong("Judged in their own years: "), html.A("MOPAC 7, then and now", href="/mopac-7")])
    return html.Ul([*named, where], className="verdicts small")


def _set_by(priority: LondonPriorityRecord) -> list[str | Element]:
    signed = f", signed off by {priority.signed_off_by}" if priority.signed_off_by else ""
    when = f", {day(priority.signed_off_at.date())}" if priority.signed_off_at else ""
    return [f"The Mayor{signed}{when}. ", *sources(priority.sources)]


def _choice_row(priority: BoroughPriorityRecord, *, with_year: bool) -> list[Cell]:
    name = html.Span([html.A(title_of(priority), href=priority_address(priority.id)), *example_tag(priority)])
    return [
        name,
        *([priority.financial_year] if with_year else []),
        f"{words.sort_word(priority)}, {words.mandatory_word(priority).lower()}",
        words.carried_word(priority),
        words.why_words(priority),
        words.agreed_words(priority),
        words.STATES[priority.state],
        html.Span(sources(priority.sources)) if priority.sources else "This register",
    ]


def _followed_row(choice: Choice, london: Verdict | None) -> list[Cell]:
    record, verdict = choice.record, choice.verdict
    name = html.Span([html.A(title_of(record), href=priority_address(record.id)), *example_tag(record)])
    read = measure_link(record.measure_id, record.area_code) if record.measure_id else "No measure"
    when = record.financial_year if choice.basis == "year" else f"{record.financial_year}, so far"
    return [
        name,
        queries.area(record.area_code).name,
        when,
        [mark_of(verdict), " ", html.Span(read, className="small")] if verdict else "Not judged",
        words.change_words(verdict),
        words.change_words(london),
    ]
