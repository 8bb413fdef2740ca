"""What the register says, in sentences: who chose what, why, for how long, and what may not be said yet."""

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard.figures.records import Verdict
from dashboard.register.follow_up import BedIn, Churn, notice_ends
from dashboard.register.models import Sort
from dashboard.register.permissions import State
from dashboard.register.record_parts import ExpectedRange, Outturn, Source, Statement
from dashboard.register.records import BoroughPriorityRecord, PlanRecord, PriorityRecord
from etl.core.reason_words import in_sentences
from etl.core.state import ANSWERED, CHANGES, JUDGED, LEANS, QUIET
from etl.core.state import State as VerdictState
from etl.core.written import count_word, day, listed, month, months, percent, span

NOT_RECORDED = "Not recorded"
NO_REASON = "No reason recorded"
NO_SUCCESS = "No statement recorded"
NO_RESIDENTS = "None recorded"
BY_WHOM = "By whom is not recorded"
NOT_AGREED_YET = "Not agreed yet"
OUR_CHOICE = "Which measures read this priority is our choice."
OURS_EACH = "Which measures read each priority is our choice."
SORTS = {Sort.VOLUME: "Volume", Sort.VULNERABILITY: "Vulnerability", Sort.HARM: "Harm"}
STATES = {
    State.PROPOSED: "Proposed",
    State.AGREED: "Agreed",
    State.IN_FORCE: "In force",
    State.ENDED: "Ended",
    State.WITHDRAWN: "Withdrawn",
    State.DRAFT: "Draft",
}
OUTTURNS = {
    "inside": "inside the range",
    "better": "better than expected",
    "worse": "worse than expected",
    "changed": "outside the range, direction not judged",
}
KINDS = {"volume": "Volume", "harm": "Harm", "victim": "Victims", "confidence": "Confidence", "outcome": "Outcomes"}
RESIDENTS = "What residents asked for"
STEPS = (
    "Evidence sheet: what is high, rising or harmful, and what would be seen in a year.",
    "Proposal, with the reason and a statement of success.",
    "Comment by residents and partners during the notice, kept beside the choice.",
    "Agreement by two people from different bodies, named and dated. The expected range is fixed that day.",
    "Review on the honest date, not before. At the year’s end the range is scored.",
)
REGRESSION = (
    "A priority is chosen because it is high, so some fall is likely by chance; and London may have moved the same way. "
    "What followed a choice is not shown to come from it."
)


def sort_word(priority: BoroughPriorityRecord) -> str:
    """Volume, vulnerability or harm."""
    return SORTS[priority.sort] if priority.sort else NOT_RECORDED


def mandatory_word(priority: PriorityRecord) -> str:
    """Whether the plan required it or the borough chose it."""
    return "Mandatory" if priority.is_mandatory else "Local choice"


def carried_word(priority: BoroughPriorityRecord) -> str:
    """New, carried forward, or not recorded."""
    return f"{priority.carried.value[:1].upper()}{priority.carried.value[1:]}" if priority.carried else NOT_RECORDED


def why_words(priority: PriorityRecord) -> str:
    """The reason, in the borough's words."""
    return priority.rationale or NO_REASON


def agreed_words(priority: BoroughPriorityRecord) -> str:
    """Who agreed and when: "Council: A. Name, 18 March 2026; police: B. Name, 20 March 2026"."""
    signed = [f"{s.body.value}: {s.person}, {day(s.signed_at.date())}" for s in priority.standing_signatures]
    if signed:
        signatures = "; ".join(signed)
        return f"{signatures[:1].upper()}{signatures[1:]}"
    if priority.state in (State.DRAFT, State.PROPOSED):
        return NOT_AGREED_YET
    if priority.agreed_at is not None:
        return f"{day(priority.agreed_at.date())}. {BY_WHOM}"
    return f"For {priority.financial_year}. {BY_WHOM}"


def minute_links(priority: BoroughPriorityRecord) -> tuple[str, ...]:
    """Addresses of the minutes it was agreed in."""
    return tuple(dict.fromkeys(s.minute_link for s in priority.standing_signatures if s.minute_link))


def notice_words(priority: BoroughPriorityRecord) -> str:
    """The notice between proposal and force: "28 days, to 29 March 2026"."""
    ends = notice_ends(priority)
    if priority.notice_days is None:
        return NOT_RECORDED
    return f"{priority.notice_days} days, to {day(ends)}" if ends else f"{priority.notice_days} days"


def force_words(priority: PriorityRecord) -> str:
    """From when to when it holds."""
    if priority.in_force_from is None:
        return NOT_RECORDED
    if priority.ended_on is not None:
        return f"{day(priority.in_force_from)} to {day(priority.ended_on)}"
    return f"From {day(priority.in_force_from)}"


def success_words(priority: PriorityRecord) -> tuple[str, ...]:
    """What improving would look like, over what time, and what would not count."""
    success = priority.success
    if success is None:
        return (NO_SUCCESS,)
    return (sentence(success.improving), f"Over {success.over}.", f"Would not count: {success.not_counted.rstrip('.')}.")


def residents_words(priority: BoroughPriorityRecord) -> tuple[str, ...]:
    """What residents asked for, and how the choice answers them."""
    if not priority.residents_asked:
        return (NO_RESIDENTS,)
    answered = priority.residents_answered or "How the choice answers them is not recorded."
    return (sentence(priority.residents_asked), sentence(answered))


def range_words(priority: PriorityRecord) -> tuple[str, ...]:
    """The expected range fixed on agreement, and how it came out."""
    if not priority.expected_ranges:
        return ("None was fixed.",)
    sentences = []
    for fixed in priority.expected_ranges:
        if fixed.refused:
            sentences.append(f"None could be fixed: {fixed.refused.rstrip('.')}.")
        else:
            sentences.append(f"{total_words(fixed)}, fixed on {day(fixed.fixed_on)} from release {fixed.release_id}.")
    return (*sentences, *(outturn_words(out) for out in priority.outturns or ()))


def total_words(fixed: ExpectedRange) -> str:
    """What the months of a range were expected to come to: "1,100 to 1,650 from April 2026 to March 2027"."""
    first, last = (f"{fixed.points[place].period_start:%Y-%m}" for place in (0, -1))
    if fixed.year is None:
        return f"A range for each month from {months(first, last)}"
    return f"{span(f'{fixed.year.lower_95:,.0f}', f'{fixed.year.upper_95:,.0f}')} in all from {months(first, last)}"


def outturn_words(out: Outturn) -> str:
    """How a range came out: what came, how many months fell inside, and the verdict on the whole."""
    of = f" ({out.periods} of its {out.expected_periods} months held)" if (out.expected_periods or 0) > out.periods else ""
    came = f"{out.total:,.0f} came; " if out.total is not None else ""
    inside = f"{out.inside_95} of {out.periods} months inside the range{of}"
    return f"Scored on {day(out.scored_on)}: {came}{inside}. As a whole: {OUTTURNS[out.verdict]}."


def bed_in_words(clock: BedIn | None) -> str:
    """How long a priority has had, and whether it may be judged yet."""
    if clock is None:
        return "Not in force yet."
    months = f"{count_word(clock.months)} month{'' if clock.months == 1 else 's'} in"
    loaded_words = f"{count_word(clock.points)} of them held" if clock.points else "none of them held"
    opening = f"{months[:1].upper()}{months[1:]}, {loaded_words}."
    if clock.first_honest_review is None:
        return f"{opening} {clock.no_review_because}"
    return f"{opening} First honest review: {day(clock.first_honest_review)}."


def inside_words(fixed: ExpectedRange, came: Mapping[date, float]) -> str:
    """How many of the months held so far fell inside the range fixed on agreement; empty where none is held."""
    months_loaded = [(point, came[point.period_start]) for point in fixed.points if point.period_start in came]
    if not months_loaded:
        return ""
    below = sum(value < point.lower_95 for point, value in months_loaded)
    above = sum(value > point.upper_95 for point, value in months_loaded)
    outside = [f"{count_word(n)} {side}" for n, side in ((below, "below"), (above, "above")) if n]
    inside = len(months_loaded) - below - above
    inside_count = f"{count_word(inside) if inside else 'none'} inside the range fixed on agreement"
    loaded = f"{count_word(len(months_loaded))} month{'' if len(months_loaded) == 1 else 's'} held"
    return f"Of {loaded}, {', '.join([inside_count, *outside])}."


def before_it_began(in_force_from: date, data_to: str) -> str:
    """Why a priority has no verdict: no month since it began is held."""
    return f"No month since it came into force ({day(in_force_from)}) is held: figures run to {month(data_to)}."


def churn_sentence(churn: Churn, before: str, after: str, noun: str = "priorities") -> str:
    """How much changed between two years: "3 priorities changed, in 2 boroughs, from 2017/18 to 2018/19."."""
    if not churn.areas:
        return f"No borough is on record for both {before} and {after}, so how much changed cannot be counted."
    changed = f"{churn.changes} {noun if churn.changes != 1 else noun.removesuffix('ies') + 'y'} added or dropped"
    where = f"in {churn.areas_changed} of the {len(churn.areas)} boroughs on record in both years"
    return f"{changed}, {where}, from {before} to {after}."


def own_churn_sentence(churn: Churn, before: str, after: str) -> str:
    """The same of one borough: "4 priorities added or dropped and 1 kept from 2025/26 to 2026/27."."""
    kept = sum(len(area.kept) for area in churn.areas)
    changed = f"{churn.changes} {'priority' if churn.changes == 1 else 'priorities'} added or dropped"
    return f"{changed} and {kept} kept from {before} to {after}."


def no_churn_sentence(plan: PlanRecord) -> str:
    """That no borough is on record for two years running under a plan."""
    return f"No borough is on record for two years running under the {plan.short_title}, so how much changed cannot be counted."


def on_record_headline(plan: PlanRecord, real: int, boroughs: int, year: str | None) -> str:
    """How many boroughs' choices are on record: "The register holds the local priorities of three boroughs. ..."."""
    when = f"for {year}" if year else f"under the {plan.short_title}"
    if real == 0:
        return f"No borough’s local priorities {when} have been found on the public record"
    owners = f"{count_word(real)} borough{'' if real == 1 else 's'}"
    rest = count_word(boroughs - real)
    return f"The register holds the local priorities of {owners} {when}. For {rest}, none has been found"


def elsewhere_sentence(years: Sequence[tuple[str, tuple[str, ...]]]) -> str:
    """For which other years choices are on record, and whose: "It holds those of Bromley for 2017/18."."""
    if not years:
        return ""
    plans = tuple(f"{listed(names)} for {year}" for year, names in reversed(years))
    return f"The register holds those of {'; and of '.join(plans)}."


def examples_sentence(count: int) -> str:
    """That made-up entries are shown."""
    many = count_word(count).capitalize()
    return f"{many} boroughs are filled with made-up entries to show how it works; each is marked Example."


def followed_sentence(states: Sequence[VerdictState]) -> str:
    """What followed the choices of a plan, in numbers."""
    if not states:
        return ""
    judged = [s for s in states if s in ANSWERED]
    if len(states) == 1 and states[0] not in CHANGES:
        what = "was not followed by a clear change" if states[0] in (*QUIET, *LEANS) else "cannot be judged"
        return f"The one choice whose year can be counted {what}."
    counted = f"{count_word(len(states))} choice{'' if len(states) == 1 else 's'} whose year can be counted"
    if not any(s in JUDGED for s in states):
        return f"None of the {counted} can be judged."
    if len(judged) == len(states) and all(s in QUIET for s in judged):
        return f"None of the {counted} was followed by a clear change."
    named = [(judged.count(VerdictState.BETTER), "better"), (judged.count(VerdictState.WORSE), "worse")]
    named += [
        (judged.count(VerdictState.CHANGED), "changed, direction not judged"),
        (judged.count(VerdictState.APART), "apart from London"),
        (sum(1 for s in states if s in LEANS), "leaning, not proven"),
        (sum(1 for s in judged if s in QUIET), "no clear change"),
    ]
    named.append((sum(1 for s in states if s not in JUDGED), "not to be judged"))
    return f"Of the {counted}: {', '.join(f'{count_word(n)} {outcome}' for n, outcome in named if n)}."


def change_words(verdict: Verdict | None) -> str:
    """A year against its own months before: "5% above (4% below to 14% above)"; why not, where it is not judged."""
    if verdict is None:
        return "Not held"
    if verdict.ratio is None or verdict.ratio_lower is None or verdict.ratio_upper is None:
        return in_sentences(verdict.reason) or "Cannot be judged"
    limits = span(_side(verdict.ratio_lower), _side(verdict.ratio_upper))
    return f"{_side(verdict.ratio)} ({limits})"


def balance_sentence(improved: Sequence[str], worsened: Sequence[str], risen: Sequence[str]) -> str:
    """What the notice says: "While theft from a vehicle improved, violence without injury worsened."."""
    sentence = f"While {listed(tuple(improved))} improved, "
    if worsened:
        sentence += f"{listed(tuple(worsened))} worsened."
    if risen:
        more = f"more was recorded of {listed(tuple(risen))}, which can mean more reported."
        sentence += f" And {more}" if worsened else more
    return sentence


def source_words(source: Source) -> str:
    """A source as a citation: document, publisher, date, place in it; whether it was read."""
    parts = [p for p in (source.document, source.publisher, source.dated, source.where) if p]
    citation = ", ".join(parts)
    return f"{citation} ({source.note})" if source.note else citation


def quote_words(statement: Statement) -> tuple[str, ...]:
    """The words quoted for a statement."""
    return tuple(dict.fromkeys(f"“{s.quote}”" for s in statement.sources if s.quote))


def sentence(text: str) -> str:
    """The text with one full stop."""
    stripped = text.strip()
    return stripped if stripped.endswith((".", "?", "!", "”")) else f"{stripped}."


def _side(ratio: float) -> str:
    return f"{percent(abs(ratio - 1))} {'above' if ratio >= 1 else 'below'}"
