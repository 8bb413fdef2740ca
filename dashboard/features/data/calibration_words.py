"""What calibration says, in sentences for someone who never studied statistics: so many of a hundred."""

from collections.abc import Sequence

from dashboard.figures.judgement_records import FalseAlarmRate, PastVerdicts, Power, RangeScore
from etl.core.state import State
from etl.core.written import count_word, listed, percent
from etl.methods.scoring import NAIVE

ALL_MEASURES = "all measures"
VERDICT = "verdict"
ARROW = "arrow: 10% from last year"
TEN_AND_OVER = "10 and over"
KINDS = {"borough": "Boroughs", "bcu": "Commands", "force": "London"}
"""In the order of columns."""
METHODS = {
    VERDICT: "The verdict on this site",
    "verdict: changed level": "its first part: the level changed",
    "verdict: newest month": "its second part: the newest month alone",
    "verdict in its list": "The verdict, once the whole list is looked at together",
    "verdict on shuffled real series": "The verdict, on real months in shuffled order",
    "NHS rules, season taken out": "A control chart (the NHS’s rules), season taken out",
    "NHS rules, counts as published": "A control chart (the NHS’s rules), counts as published",
    ARROW: "An arrow: 10% more or less than the same month last year",
}
"""What each way of judging is called, in the order of the table; one not listed keeps its own name and comes last."""
MODELS = {"level": "level held", "trend": "trend carried on", NAIVE: "the same month last year"}
NOT_WORKED_OUT = "How often a verdict would cry wolf has not been worked out in this copy"


def per_hundred(share: float) -> str:
    """A share as people say it: "1 time in 100", "65 times in 100"."""
    if 0 < share < 0.005:
        return "less than 1 time in 100"
    times = round(share * 100)
    return f"{times} {'time' if times == 1 else 'times'} in 100"


def alarms_headline(rows: Sequence[FalseAlarmRate]) -> str:
    """How often the verdict and an arrow would call an unchanged borough series changed, of a hundred."""
    verdict_rate, arrow_rate = (rate_over_all_measures(rows, method, "borough", TEN_AND_OVER) for method in (VERDICT, ARROW))
    if verdict_rate is None:
        return NOT_WORKED_OUT
    sentence = f"Where nothing has changed in a borough, a verdict cries wolf {per_hundred(verdict_rate.rate)}"
    return f"{sentence}. A 10% arrow does so {round(arrow_rate.rate * 100)} times" if arrow_rate else sentence


def promise_sentence(verdict_rates: Sequence[FalseAlarmRate], titles: Sequence[str]) -> str:
    """How many kinds of series keep the promise on false alarms, and which does not. `titles` go with `verdict_rates`."""
    keeping = [a for a in verdict_rates if a.promise is not None and a.rate <= a.promise]
    sentence = (
        f"The promise is at most 2.5 times in 100 where ten or more are recorded a month, 5 below that: "
        f"{len(keeping)} of {len(verdict_rates)} kinds of series keep it."
    )
    breaking = [
        f"{title}, {KINDS.get(a.kind, a.kind) if a.kind == 'force' else KINDS.get(a.kind, a.kind).lower()} ({percent(a.rate, 1)})"
        for a, title in zip(verdict_rates, titles, strict=True)
        if a.promise is not None and a.rate > a.promise
    ]
    return f"{sentence} Broken by: {listed(tuple(breaking))}." if breaking else sentence


def power_sentence(rows: Sequence[Power]) -> str:
    """How often a fall of a fifth is seen within a year, in a busy and in a quiet borough series."""
    after_a_year = [r for r in rows if (r.measure, r.kind, r.months) == (ALL_MEASURES, "borough", 12)]
    share_by_band = {r.band: r.found for r in after_a_year if abs(r.change + 0.2) < 0.001}
    clauses = [
        f"{per_hundred(share_by_band[band])} where {band} are recorded a month"
        for band in ("300 to 1,000", "100 to 300", "10 to 30")
        if band in share_by_band
    ]
    if not clauses:
        return ""
    sentence = f"A real fall of a fifth in a borough is seen within twelve months {listed(tuple(clauses))}."
    return f"{sentence} What is small, rare or early is often missed."


def past_sentence(rows: Sequence[PastVerdicts]) -> str:
    """What became of past calls that a borough was better or worse."""
    past_calls = [r for r in rows if r.kind == "borough" and r.state in (State.BETTER, State.WORSE)]
    call_count, upheld_share = (
        sum(r.verdicts for r in past_calls),
        weighted_mean([(r.survived_revision, r.verdicts) for r in past_calls]),
    )
    lasting_share = weighted_mean([(r.lasted, r.later_known) for r in past_calls])
    if not call_count or upheld_share is None or lasting_share is None:
        return ""
    return (
        f"{call_count} times a borough would have been called better or worse on the days past editions came out. Judged again "
        f"on today’s figures, it would be called the same {per_hundred(upheld_share)}; the next six months lay on the same side "
        f"{per_hundred(lasting_share)}."
    )


def ranges_sentence(rows: Sequence[RangeScore]) -> str:
    """For how many measures boroughs have ranges, and how many held-back months fell inside."""
    boroughs = best_models([r for r in rows if r.kind == "borough"])
    shown_ranges = [r for r in boroughs if r.is_shown]
    inside_share = weighted_mean([(r.coverage95, float(r.months)) for r in shown_ranges])
    if inside_share is None:
        return ""
    return (
        f"For {count_word(len(shown_ranges))} of {count_word(len(boroughs))} measures a borough’s expected range did better than "
        "“the same month last year”, and only those are shown. Of 100 months held back from the method, "
        f"{round(inside_share * 100)} fell inside the range meant for 95."
    )


def best_models(rows: Sequence[RangeScore]) -> list[RangeScore]:
    """One row a measure and kind: the model its ranges are made with; the better one, not shown, where none may be."""
    best: dict[tuple[str, str], RangeScore] = {}
    for row in rows:
        if row.model != NAIVE:
            best_so_far = best.get((row.measure, row.kind))
            if best_so_far is None or (not row.is_shown, row.score95) < (not best_so_far.is_shown, best_so_far.score95):
                best[(row.measure, row.kind)] = row
    return list(best.values())


def rate_over_all_measures(rows: Sequence[FalseAlarmRate], method: str, kind: str, band: str) -> FalseAlarmRate | None:
    """The rate of one way of judging over all measures; None where it was not measured."""
    return next((r for r in rows if (r.measure, r.method, r.kind, r.band) == (ALL_MEASURES, method, kind, band)), None)


def weighted_mean(pairs: Sequence[tuple[float | None, float | None]]) -> float | None:
    """The mean of shares, each by how many it speaks of; None where nothing is known."""
    known_pairs = [(share, weight) for share, weight in pairs if share is not None and weight]
    total = sum(weight for _, weight in known_pairs)
    return sum(share * weight for share, weight in known_pairs) / total if total else None
