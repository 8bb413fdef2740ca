"""One priority as it stands: what it says, who agreed it, what was said about it, its range and its whole history."""

from collections.abc import Sequence
from datetime import date

from dashboard.features.priorities.evidence_kept import evidence_table, is_readable
from dashboard.features.priorities.form import KINDS
from dashboard.figures.choices import first_review
from dashboard.register.audit import AuditRecord
from dashboard.register.follow_up import notice_ends
from dashboard.register.models import Carried
from dashboard.register.permissions import State
from dashboard.register.record_parts import ExpectedRange, Outturn
from dashboard.register.records import AnyPriorityRecord, BoroughPriorityRecord, LondonPriorityRecord
from dashboard.register.years import ends_on, london_date
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.links import links
from dashboard.ui.notice import empty, notice, tag
from dashboard.ui.register_marks import sources
from dashboard.ui.table import Column, closed, data_table
from dashboard.web.history import history_table
from dashboard.web.measure_choices import measure_words
from dashboard.web.viewer import priority_links
from dashboard.words.people import body_words
from dashboard.words.priorities import outturn_words, total_words
from etl.core.written import count_word, day, month, number, span

NOT_RECORDED = "Not recorded"
TOO_EARLY = "The review is set before it: a fall of a fifth would mostly not be seen yet."
TWO_MUST_AGREE = "Two people from different bodies must agree it."
NEXT = {
    State.DRAFT: "A draft: only you can see it.",
    State.PROPOSED: f"Proposed. {TWO_MUST_AGREE}",
    State.AGREED: "Agreed.",
    State.IN_FORCE: "In force.",
    State.ENDED: "Ended.",
    State.WITHDRAWN: "Withdrawn. It stays in the register.",
}


def where_it_stands(priority: AnyPriorityRecord, today: date) -> str:
    """Its state with the days that belong to it, and what comes next."""
    if priority.state is State.PROPOSED and priority.proposed_at is not None:
        return f"Proposed on {day(london_date(priority.proposed_at))}.{_notice(priority, today)} {_still_to_sign(priority)}"
    if priority.state is State.AGREED and priority.agreed_at is not None:
        return f"Agreed on {day(london_date(priority.agreed_at))}.{_notice(priority, today)}{_next_into_force(priority)}"
    if priority.state is State.IN_FORCE and priority.in_force_from is not None:
        review = f" To be reviewed on {day(priority.review_on)}." if priority.review_on else ""
        return f"In force since {day(priority.in_force_from)}.{review}"
    if priority.state is State.ENDED and priority.ended_on is not None:
        return f"Ended on {day(priority.ended_on)}."
    return NEXT[priority.state]


def _notice(priority: AnyPriorityRecord, today: date) -> str:
    ends = notice_ends(priority)
    if ends is None:
        return ""
    if ends < today:
        return f" Its notice ran to {day(ends)}."
    return f" Notice runs to {day(ends)}: until then anyone may comment."


def _still_to_sign(priority: AnyPriorityRecord) -> str:
    """Who has signed the text as it stands, and that another must."""
    bodies = [body_words(signature.body) for signature in priority.standing_signatures]
    return f"Signed for {bodies[0]}; someone from another body must sign too." if bodies else TWO_MUST_AGREE


def _next_into_force(priority: AnyPriorityRecord) -> str:
    ready = max(filter(None, (notice_ends(priority), priority.in_force_from)), default=None)
    return f" The Deputy Mayor’s office brings it into force{f' from {day(ready)}' if ready else ''}."


def because(priority: AnyPriorityRecord, entries: Sequence[AuditRecord]) -> list[Element]:
    """Why it was withdrawn or ended, in the words of whoever did so; nothing where it was not, or none are recorded."""
    act = {State.WITHDRAWN: "withdraw", State.ENDED: "end"}.get(priority.state)
    entry_with_reason = next((entry for entry in reversed(entries) if entry.act == act and entry.why), None)
    if entry_with_reason is None:
        return []
    signed = f"{entry_with_reason.actor_name}, {day(london_date(entry_with_reason.at))}"
    return [
        html.Blockquote(
            [html.P(entry_with_reason.why, className="written"), html.P(signed, className="small quiet")], className="gap"
        )
    ]


def standing(priority: AnyPriorityRecord) -> list[Element]:
    """The mark of an example, and what this reader may do."""
    doors = priority_links(priority)
    label = [html.P(tag(priority.label, is_example=True), className="gap")] if priority.label else []
    return [*label, *([html.Div(links(doors, label="What you can do"), className="gap")] if doors else [])]


def wording(priority: AnyPriorityRecord) -> html.Div:
    """What it says, question by question; what is not recorded says so."""
    rows = [("Why", priority.rationale)]
    if isinstance(priority, BoroughPriorityRecord):
        carried = {Carried.NEW: "New", Carried.FORWARD: "Carried forward"}
        measured = measure_words(priority.measure_id) if priority.measure_id else priority.measure_note
        rows = [
            ("About", priority.sort.value.capitalize() if priority.sort else None),
            ("Measure", measured),
            ("New or carried forward", carried[priority.carried] if priority.carried else None),
            *rows,
            ("What residents asked for", priority.residents_asked),
            ("How the choice answers them", priority.residents_answered),
        ]
    if isinstance(priority, LondonPriorityRecord):
        named = {words: getattr(priority.basket, kind) for kind, words in KINDS.items()}
        rows += [(words, ", ".join(measure_words(one) for one in ids)) for words, ids in named.items() if ids]
    success = priority.success
    rows += [
        ("What improving would look like", success.improving if success else None),
        ("Over what time", success.over if success else None),
        ("On which measures", ", ".join(measure_words(one) for one in success.measure_ids) if success else None),
        ("What would not count", success.not_counted if success else None),
        ("Days of notice", number(priority.notice_days) if priority.notice_days is not None else None),
        ("In force from", day(priority.in_force_from) if priority.in_force_from else None),
        ("Review on", day(priority.review_on) if priority.review_on else None),
        *_honest(priority),
    ]
    opening = [("In full", priority.wording)] if priority.wording else []
    pairs = [
        part for name, words in (*opening, *rows) for part in (html.Dt(name), html.Dd(words or NOT_RECORDED, className="written"))
    ]
    return html.Div(html.Dl(pairs, className="pairs stacked"), className="flow-s")


def _honest(priority: AnyPriorityRecord) -> list[tuple[str, str]]:
    """When a review could first tell something; said while the day of the review may still be chosen."""
    open_states = (State.DRAFT, State.PROPOSED, State.AGREED, State.IN_FORCE)
    if not isinstance(priority, BoroughPriorityRecord) or priority.measure_id is None or priority.state not in open_states:
        return []
    first = first_review(priority)
    if first.on is None:
        return [("First honest review", first.because)]
    early = priority.review_on is not None and priority.review_on < first.on
    return [("First honest review", f"{day(first.on)}. {TOO_EARLY}" if early else day(first.on))]


def where_read(priority: AnyPriorityRecord) -> list[Element]:
    """Where it was read, for what comes from the public record."""
    return [html.P(["Source: ", *sources(priority.sources)], className="source")] if priority.sources else []


def agreement(priority: AnyPriorityRecord) -> list[Element]:
    """Who signed, for whom and when; signatures on an earlier text say so."""
    if not priority.signatures:
        return [empty("No agreement recorded.", "")]
    rows: list[list[str | Element | list[str | Element]]] = [
        [
            signature.person,
            body_words(signature.body),
            day(london_date(signature.signed_at)),
            html.A("The minute of it", href=signature.minute_link) if signature.minute_link else "None recorded",
            "an earlier text" if signature.superseded_at else "the text as it stands",
        ]
        for signature in priority.signatures
    ]
    columns = (Column("Who"), Column("For"), Column("On"), Column("Minute"), Column("Signed"))
    return [html.Div(data_table(columns, rows, caption="Signatures", stack=True), className="flow-s")]


def comments(priority: AnyPriorityRecord, set_aside: Sequence[str]) -> list[Element]:
    """What was said about it, oldest first; and how many comments were set aside, with the reasons."""
    count = len(set_aside)
    aside = [
        html.P(
            f"{count_word(count).capitalize()} {'comment was' if count == 1 else 'comments were'} set aside: "
            f"{'; '.join(because.rstrip('.') for because in set_aside)}.",
            className="small",
        )
    ]
    if not priority.comments:
        return [empty("No comment recorded.", ""), *(aside if count else [])]
    return [
        *(aside if count else []),
        html.Ul(
            [
                html.Li(
                    [
                        html.P(comment.text, className="written"),
                        html.P(
                            f"{comment.said_by}, {comment.capacity}, {day(london_date(comment.said_at))}", className="small quiet"
                        ),
                    ]
                )
                for comment in priority.comments
            ],
            className="waits",
        ),
    ]


def ranges(priority: AnyPriorityRecord) -> list[Element]:
    """The ranges fixed on agreement, or why there are none."""
    if priority.expected_ranges is None:
        return [empty("No range is fixed yet.", "It is fixed from the live release on the day the second body agrees.")]
    if not priority.expected_ranges:
        return [empty("No range was fixed.", "This priority names no published measure.")]
    came = {out.measure_id: out for out in priority.outturns or ()}
    last = ends_on(priority.financial_year) if priority.financial_year else None
    return [part for fixed in priority.expected_ranges for part in _range(fixed, came.get(fixed.measure_id), last)]


def history(entries: Sequence[AuditRecord]) -> Element:
    """Every change, who made it and why: closed until asked for."""
    return closed(history_table(entries, leads_there=False), "Every change to this priority")


def evidence(priority: AnyPriorityRecord) -> list[Element]:
    """The evidence it was proposed on, as it stood then."""
    sheet = priority.evidence_sheet if isinstance(priority, BoroughPriorityRecord) else None
    return [evidence_table(sheet, is_kept=True)] if sheet and is_readable(sheet) else []


def _range(fixed: ExpectedRange, out: Outturn | None, last: date | None) -> list[Element]:
    words = measure_words(fixed.measure_id)
    source = f"Fixed on {day(fixed.fixed_on)} from release {fixed.release_id}: {fixed.method}."
    honest = f"First honest review: {day(fixed.first_honest_review)}." if fixed.first_honest_review else fixed.no_review_because
    review = [html.P(honest)] if honest else []
    if fixed.refused:
        return [notice("quietly", "No range could be fixed.", fixed.refused), *review, html.P(source, className="source")]
    newest = fixed.points[-1].period_start
    short = last is not None and (newest.year, newest.month) < (last.year, last.month)
    reach = " The figures of that day foretold no further." if short else ""
    sentences = [
        html.P(f"{total_words(fixed)}.{reach}", className="say"),
        *([html.P(outturn_words(out), className="strong")] if out else []),
    ]
    rows = [
        [
            month(f"{point.period_start:%Y-%m}"),
            number(point.centre),
            span(number(point.lower_80), number(point.upper_80)),
            span(number(point.lower_95), number(point.upper_95)),
        ]
        for point in fixed.points
    ]
    columns = (Column("Month"), Column("Middle", True), Column("Four in five", True), Column("Nineteen in twenty", True))
    return [
        *sentences,
        data_table(columns, rows, caption=f"Expected range: {words}", stack=True),
        *review,
        html.P(source, className="source"),
    ]
