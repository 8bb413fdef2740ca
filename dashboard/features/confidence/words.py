"""The Confidence page in sentences: how many agree, what a sample can show, what a goal of long ago said."""

from collections.abc import Sequence

from dashboard.figures.compare import at, newest
from dashboard.figures.records import MeasureSeries, Point, Verdict
from etl.core.written import count_word, in_period, listed, month, number, percent, span

HALVES = ((0.5, "Fewer than half"), (1.01, "More than half"))
TURNS = {
    "N": "There is no significant change in a year",
    "B": "More than a year before, by more than chance",
    "W": "Fewer than a year before, by more than chance",
}


def confidence_headline(series: MeasureSeries, verdict: Verdict | None) -> str:
    """How many Londoners agree, and whether that changed: a heading without its last full stop."""
    last = newest(series)
    if last is None or last.value is None:
        return "No survey figure is held"
    share = "Half" if round(last.value * 100) == 50 else next(words for limit, words in HALVES if last.value < limit)  # noqa: PLR2004
    title = series.measure.title
    said = f"{share} of Londoners asked say {title[:1].lower()}{title[1:]}"
    turn = TURNS.get(verdict.state) if verdict else None
    return f"{said}. {turn}" if turn else said


def headline_facts(series: MeasureSeries, verdict: Verdict | None) -> str:
    """The newest year with its interval, the year before, the highest held, and what London's sample can see."""
    last = newest(series)
    if last is None or last.value is None:
        return ""
    measure = series.measure
    before = at(series, f"{int(last.period[:4]) - 1}{last.period[4:]}")
    said = f"{percent(last.value, measure.decimals)} {in_period(last.period, 'rolling_year')}{_interval(last)}"
    if before is not None and before.value is not None:
        said += f"; {percent(before.value, measure.decimals)} in the 12 months before"
    # The first of the highest: later ones share its interviews.
    top = max(series.known, key=lambda p: (p.value or 0.0, -p.start.toordinal()))
    said += f"; {percent(top.value or 0.0, measure.decimals)} at its highest, {in_period(top.period, 'rolling_year')}."
    if verdict and verdict.visible_change is not None:
        points = number(verdict.visible_change * 100, 1)
        said += f" London’s sample can show a change of about {points} points between two separate years."
    return said


def apart_headline(sides: Sequence[str | None], period: str) -> str:
    """How many boroughs can be told from London: "10 of 32 boroughs can be told apart from London in the 12 months to ..."."""
    judged = [s for s in sides if s is not None]
    apart = sum(1 for s in judged if s != "cannot tell")
    when = in_period(period, "rolling_year")
    if not apart:
        return f"No borough could be told apart from London {when}"
    return f"{number(apart)} of {number(len(judged))} boroughs could be told apart from London {when}"


def cannot_sentence(beside_london: Sequence[str | None], beside_before: Sequence[str | None], names: Sequence[str] = ()) -> str:
    """What the boroughs' samples could not show, in numbers, and how many signs chance alone would give.

    `names` go with `beside_before`: with them, those that differ from their own year before are named.
    """
    london = [s for s in beside_london if s is not None]
    before = [s for s in beside_before if s is not None]
    unclear = sum(1 for s in london if s == "cannot tell")
    moved = sum(1 for s in before if s != "cannot tell")
    said = (
        f"For the other {count_word(unclear)} the sample cannot tell."
        if unclear < len(london)
        else "For none can the sample tell."
    )
    by_chance = max(1, round(len(london) * 0.05))
    said += f" About {count_word(by_chance)} would seem apart by chance alone."
    if before:
        opening = count_word(moved)
        said += (
            f" {opening[:1].upper()}{opening[1:]} differ{'s' if moved == 1 else ''} from {'its' if moved == 1 else 'their'} "
            "own year before by more than the sample allows"
        )
        told = [
            f"{name} ({side})"
            for name, side in zip(names, beside_before, strict=False)
            if side is not None and side != "cannot tell"
        ]
        said += f": {listed(tuple(told))}." if told else "."
    return said


def runs_sentence(london_to: str, boroughs_to: str, ended: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """How far the survey runs, and which questions stop sooner: (what is the case, what follows)."""
    strong = f"The survey runs to {month(london_to)} for London and to {month(boroughs_to)} for boroughs."
    if not ended:
        return strong, "Later figures are not held."
    last = max(when for _, when in ended)
    names = listed(tuple(f"“{title}”" for title, _ in ended))
    return strong, f"For London {names} {'stops' if len(ended) == 1 else 'stop'} at {month(last)}. Later figures are not held."


def goal_sentences(series: MeasureSeries, ended_on: str, goal: float) -> tuple[str, ...]:
    """What the survey held says of a goal that ended in a month: earliest held, at the end, highest, newest."""
    first, last = series.known[0], newest(series)
    if last is None or last.value is None or first.value is None:
        return ("No figure of that time is held.",)
    decimals = series.measure.decimals
    said = [f"The earliest figure held is {percent(first.value, decimals)}, {in_period(first.period, 'rolling_year')}."]
    ending = [p for p in series.known if p.period <= ended_on]
    if ending and ending[-1].value is not None:
        said.append(
            f"When the plan ended it was {percent(ending[-1].value, decimals)}{_interval(ending[-1])}, "
            f"{in_period(ending[-1].period, 'rolling_year')}."
        )
    highest = max(p.value or 0.0 for p in series.known)
    reached = "was reached" if highest >= goal else "was not reached in any year held"
    said.append(f"{percent(goal)} {reached}; the highest was {percent(highest, decimals)}.")
    said.append(f"The newest is {percent(last.value, decimals)}{_interval(last)}, {in_period(last.period, 'rolling_year')}.")
    return tuple(said)


def then_and_now_sentence(series: MeasureSeries, said_at: str) -> str:
    """What a question gave in the newest year out by a month, and in the newest of all."""
    held = [p for p in series.known if p.period <= said_at and p.value is not None]
    last = newest(series)
    if not held or last is None or last.value is None:
        return f"On the question “{series.measure.title}” no figure of that time is held."
    then, decimals = held[-1], series.measure.decimals
    was = f"{percent(then.value or 0.0, decimals)}{_interval(then)} {in_period(then.period, 'rolling_year')}"
    now = f"{percent(last.value, decimals)}{_interval(last)} {in_period(last.period, 'rolling_year')}, the newest held"
    return f"Beside it, on the question “{series.measure.title}”: {was}; {now}."


def _interval(point: Point) -> str:
    if point.lower is None or point.upper is None:
        return ""
    return f" ({span(percent(point.lower), percent(point.upper))})"
