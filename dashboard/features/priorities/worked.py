"""Did it work? What followed a priority in force, beside similar boroughs that did not choose it."""

from dashboard.figures import queries, queries_register
from dashboard.figures.effects import followed
from dashboard.register.permissions import State
from dashboard.register.records import AnyPriorityRecord, BoroughPriorityRecord
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.notice import empty
from dashboard.ui.table import Cell, Column, data_table
from dashboard.web.measure_choices import measure_words
from etl import kinds
from etl.core.effect_words import between_words, size_words
from etl.core.period import moved
from etl.core.reason_words import in_sentences
from etl.core.written import listed, number, percent, signed
from etl.definitions.did_it_work import Answer, Outcome
from etl.kinds.kind import Judging

IN_FORCE = frozenset({State.IN_FORCE, State.ENDED})
SAYS = {
    Outcome.FEWER: "It fell more, or rose less, than in similar boroughs.",
    Outcome.MORE: "It rose more, or fell less, than in similar boroughs.",
    Outcome.CANNOT_TELL: "It cannot be told.",
    Outcome.NOT_COMPARED: "It cannot be compared.",
}
NOT_BY_MONTH = "Its measure is not counted month by month in every borough, so similar boroughs cannot be set beside it."
CHOSEN_FOR_BEING_HIGH = (
    "A priority is chosen because it is high, and what is high by accident goes back by itself: this is what boroughs that began "
    "as high did with nothing chosen."
)


def did_it_work(priority: AnyPriorityRecord) -> list[Element]:
    """The answer for a borough's priority that is or was in force; nothing for any other."""
    if not isinstance(priority, BoroughPriorityRecord) or priority.state not in IN_FORCE or priority.in_force_from is None:
        return []
    measure_id = priority.measure_id
    if measure_id is None or kinds.of(queries.measure(measure_id)).judged is not Judging.MONTHLY_COUNTS:
        return [empty("It cannot be told.", NOT_BY_MONTH)]
    begun = f"{priority.in_force_from:%Y-%m}"
    first = begun if priority.in_force_from.day == 1 else moved(begun, 1)
    try:
        worked_out = followed(measure_id, priority.area_code, first, _also_chose(priority))
    except LookupError:
        return [empty("It cannot be told.", "The live release does not hold its measure.")]
    return _answer_blocks(worked_out, measure_words(measure_id))


def _also_chose(priority: BoroughPriorityRecord) -> tuple[str, ...]:
    """Boroughs that chose the same measure in the same year: nothing can be told by comparing with them."""
    chosen = queries_register.borough_priorities(financial_year=priority.financial_year)
    same = {
        other.area_code
        for other in chosen
        if other.measure_id == priority.measure_id and other.state in IN_FORCE and other.is_example == priority.is_example
    }
    return tuple(sorted(same - {priority.area_code}))


def _answer_blocks(worked_out: Answer, name: str) -> list[Element]:
    change = worked_out.change
    opening = html.P(f"{SAYS[worked_out.outcome]} {in_sentences(worked_out.reasons)}", className="say")
    if change is None:
        return [opening]
    rows: list[list[Cell]] = [
        ["Recorded since", number(change.observed)],
        ["Expected, had it gone as in similar boroughs", number(change.expected)],
        ["Change beyond theirs (95% limits)", f"{size_words(change.change)} ({between_words(change.lower, change.upper)})"],
        ["Here and in neighbouring boroughs together", _together(worked_out)],
        ["What its starting point alone would give", _anyway(worked_out)],
        ["Compared with", listed(tuple(queries.area(code).name for code in worked_out.compared_with))],
    ]
    table = data_table((Column("Question"), Column("Answer")), rows, caption=f"{name}: did it work?", stack=True)
    return [opening, table, html.P(CHOSEN_FOR_BEING_HIGH, className="source")]


def _together(worked_out: Answer) -> str:
    near = worked_out.next_door
    if near is None:
        return "cannot be told: too few other boroughs to compare them with"
    return f"{signed(round(near.together))} offences ({signed(round(near.lower))} to {signed(round(near.upper))})"


def _anyway(worked_out: Answer) -> str:
    by_itself = worked_out.anyway
    if by_itself is None:
        return "cannot be told: three unbroken years are not loaded"
    side = "above" if by_itself.start >= 0 else "below"
    return (
        f"{size_words(by_itself.change)} ({between_words(by_itself.lower, by_itself.upper)}): it began "
        f"{percent(abs(by_itself.start))} {side} its usual share of London, and that share moved by "
        f"{signed(round(by_itself.observed * 100))}%"
    )
