"""The London page in sentences: what was found, where, which boroughs drive it, and what a command's average hides."""

from collections.abc import Sequence

from dashboard.figures.records import MeasureSeries, Verdict
from dashboard.words.facts import amount, bare
from dashboard.words.lateness import nothing_since
from dashboard.words.moves import long_run_sentence, quiet_headline, rests_on, to_last
from dashboard.words.sizes import size_of
from dashboard.words.summary import window_words
from dashboard.words.verdicts import STATES, not_judged_sentence, verdict_sentence
from etl.core.state import MOVED, QUIET, State
from etl.core.written import count_word, listed, months, number, percent, rounded, signed, span
from etl.definitions.calendar import Gap

MOST_NAMED = 4
"""How many boroughs a headline names; the rest are in the chart."""
OPENINGS = {
    State.WORSE: "Worse in",
    State.BETTER: "Better in",
    State.CHANGED: "Changed, direction not judged, in",
    State.APART: "Apart from the rest of London in",
    State.LEANING: "Leaning, not proven, in",
    State.PROVISIONAL: "Leaning on the newest month alone in",
    State.LATE: "Late in",
    State.BREAK: "Not comparable in",
    State.TOO_EARLY: "Too early to judge in",
    State.CANNOT_TELL: "The figures cannot tell in",
}


def london_headline(series: MeasureSeries, verdict: Verdict | None, gap: Gap | None) -> str:
    """The finding for one measure, as a heading without its last full stop.

    "From April to December 2025 London recorded 22% fewer thefts from motor vehicles than expected (13% to 30% fewer)";
    "Homicides in London: no clear change from April to December 2025; nothing is known since".
    """
    measure = series.measure
    if verdict is None:
        return f"{_capital(measure.noun)} in London have not been judged"
    ratio, lower, upper = verdict.ratio, verdict.ratio_lower, verdict.ratio_upper
    if verdict.state in MOVED and verdict.window and ratio is not None and lower is not None and upper is not None:
        size = size_of(ratio, lower, upper, is_count=True)
        first, last = verdict.window
        when = _capital(window_words(first, last))
        return f"{when} London recorded {size.of(measure.noun)} ({size.interval}){nothing_since(gap)}"
    if verdict.state in QUIET and verdict.window:
        return f"{quiet_headline(measure, verdict, 'in London', window_words(*verdict.window))}{nothing_since(gap)}"
    return verdict_sentence(series, verdict).rstrip(".")


def beside_expected(series: MeasureSeries, verdict: Verdict) -> str:
    """What was counted and what was expected, where the heading has said how far apart they are.

    "33,200 thefts from motor vehicles from April to December 2025; 38,400 to 47,100 were expected."
    """
    measure, low, high = series.measure, verdict.expected_lower, verdict.expected_upper
    if verdict.state not in MOVED or verdict.observed is None or not verdict.window or low is None or high is None:
        return verdict_sentence(series, verdict)
    expected = span(bare(low, measure), bare(high, measure))
    first, last = verdict.window
    when = f"{'in' if first == last else 'from'} {months(first, last)}"
    sentence = f"{amount(verdict.observed, measure)} {when}; {expected} were expected."
    more = [
        to_last(verdict),
        rests_on(verdict),
        long_run_sentence(measure, verdict),
        not_judged_sentence(measure) if verdict.state == State.CHANGED else "",
    ]
    return " ".join([_capital(sentence), *(part for part in more if part)])


def where_sentence(named: Sequence[tuple[str, Verdict | None]]) -> str:
    """In which boroughs a measure changed, each named: "Better in Croydon. No clear change in the other 31."."""
    judged = [(name, v) for name, v in named if v is not None]
    sentences = []
    for state, opening in OPENINGS.items():
        names = tuple(name for name, v in judged if v.state == state)
        if names:
            sentences.append(f"{opening} {listed(names) if len(names) < len(judged) else 'every borough'}.")
    quiet = sum(1 for _, v in judged if v.state in QUIET)
    if quiet:
        where = f"all {quiet} boroughs" if quiet == len(judged) else f"the other {count_word(quiet)}"
        sentences.append(f"{STATES[State.NO_CHANGE]} in {where}.")
    return " ".join(sentences)


def changes_headline(
    named: Sequence[tuple[str, float, float, float]], total: float, total_lower: float, total_upper: float
) -> str:
    """Which boroughs make up London's change; without shares where London's own change may be none.

    Args:
        named: (borough, change, its limits) of every borough.
        total: change of all together.
        total_lower: its limit.
        total_upper: its limit.
    """
    fewer, more = sum(1 for _, c, _, _ in named if c < 0), sum(1 for _, c, _, _ in named if c > 0)
    is_fall = total < 0
    count, word = (fewer, "fewer") if is_fall else (more, "more")
    opening = f"{number(count)} of {number(len(named))} boroughs recorded {word}"
    if total_lower <= 0 <= total_upper:
        return f"{opening}. Together their change is within chance, so no borough can be said to drive it"
    same_way = sorted((row for row in named if (row[1] < 0) == is_fall), key=lambda row: (-abs(row[1]), row[0]))[:MOST_NAMED]
    part = sum(row[1] for row in same_way) / total
    names = listed(tuple(row[0] for row in same_way))
    made = f"{names} make up {percent(part)} of the {'fall' if is_fall else 'rise'}"
    return f"{opening}; {made}" if part <= 1 else f"{opening}; {names} fell most" if is_fall else f"{opening}; {names} rose most"


def change_words(boroughs: int, total: float, lower: float, upper: float) -> str:
    """The change of all boroughs with its range: "All 32 boroughs: −7,897 (−9,900 to −5,900)."."""
    return f"All {boroughs} boroughs: {signed(total)} ({span(_signed_round(lower), _signed_round(upper))})."


def clear_sentence(named: Sequence[tuple[str, float, float, float]]) -> str:
    """In which boroughs the change is clear of 0, each taken alone."""
    down = tuple(name for name, _, _, upper in named if upper < 0)
    up = tuple(name for name, _, lower, _ in named if lower > 0)
    if not down and not up:
        return "No borough’s change is clear of 0."
    directions = [f"{listed(down)} (fewer)" if down else "", f"{listed(up)} (more)" if up else ""]
    return f"Clear of 0, each taken alone: {'; '.join(s for s in directions if s)}."


def rates_headline(sides: Sequence[str]) -> str:
    """How many boroughs lie either side of the rest of London."""
    higher, lower = sides.count("higher"), sides.count("lower")
    if not higher and not lower:
        return "No borough’s rate differs from the rest of London by a tenth or more"
    many = f"{number(higher)} borough{'' if higher == 1 else 's'}"
    return f"Rates are higher than in the rest of London in {many}, lower in {number(lower)}"


def command_sentence(verdict: Verdict | None, members: Sequence[tuple[str, Verdict | None]]) -> str:
    """What a command's figure says beside those of its boroughs; first of all, a borough it hides."""
    worse = tuple(name for name, v in members if v and v.state == State.WORSE)
    better = tuple(name for name, v in members if v and v.state == State.BETTER)
    state = verdict.state if verdict else None
    if worse and state != State.WORSE:
        return f"Its figure hides {listed(worse)}, which {_is(worse)} worse."
    if better and worse:
        return f"{listed(worse)} {_is(worse)} worse, {listed(better)} better."
    if worse:
        alone = "every borough" if len(worse) == len(members) else listed(worse)
        return f"Worse, and so {'is' if len(worse) == 1 or alone == 'every borough' else 'are'} {alone}."
    if better and state != State.BETTER:
        return f"Its figure hides {listed(better)}, which {_is(better)} better."
    if state in (State.BETTER, State.WORSE) and not better:
        return "Only together do its boroughs show a change; none does alone."
    if {state, *(v.state for _, v in members if v)} <= {*QUIET}:
        return "Nothing is hidden: no borough in it moved."
    return "No borough in it is worse."


def hidden_sentence(series: MeasureSeries, verdict: Verdict, command: str, command_state: State | None) -> str:
    """One borough that its command's figure hides: its own verdict, then the command's word."""
    whole = STATES[command_state].lower() if command_state else "not judged"
    return f"{verdict_sentence(series, verdict)} {command} as a whole: {whole}."


def worsening_sentence(series: MeasureSeries, verdict: Verdict, rate: float, rest: float, ratio: tuple[float, float]) -> str:
    """A borough's verdict, and how its rate stands to the rest of London's: "24 per 1,000 residents in 12 months; 8.1 in ..."."""
    times = span(f"{ratio[0]:.1f}", f"{ratio[1]:.1f}")
    beside = f"{rounded(rate, 1)} per 1,000 residents in 12 months; {rounded(rest, 1)} in the rest of London ({times} times)."
    return f"{verdict_sentence(series, verdict)} {beside}"


def _is(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _signed_round(value: float) -> str:
    text = rounded(value)
    return f"+{text}" if value > 0 else text


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
