"""What the evidence sheet says, in sentences."""

from collections.abc import Sequence

from dashboard.figures.evidence import Candidate, Level, TwoYears
from dashboard.figures.records import Area
from dashboard.words.summary import one_finding_each
from etl.core.state import CHANGES, JUDGED, State
from etl.core.written import count_word, listed, month, percent, rounded, signed, span

NO_WARDS = "No ward figure is held here, so how concentrated a crime is cannot be shown."
RESIDENTS = (
    "The survey asks how policing is seen, not which crime matters most. What residents asked for is written beside each "
    "choice in the register."
)
NOT_TOLD = "not shown"
NEVER_SEEN = "not within a year"
WHY_NOT_TOLD = "Not shown: too few offences, or no two years that can be compared."
AMBITION = (
    "Aim for what some similar boroughs managed, but most did not. The retired targets asked a fall of a fifth "
    "of every crime alike. Where such a fall is not seen within a year, the count is too small or too uneven to tell it "
    "from chance, and success needs other signs."
)
OUTSIDE = (
    "A count outside its range leans at least; it is proven where so few past windows moved as far and it is likely to last."
)
SIDES = {"Higher": "higher", "Lower": "lower", "Similar": "no clear difference"}
TWICE = 2.0
"""From here on a ratio is told as times, not as a percentage."""


def headline(area: Area, candidates: Sequence[Candidate]) -> str:
    """What stands out: what has changed, and what is higher here than in the rest of London."""
    judged = [c for c in candidates if c.verdict and c.verdict.state in JUDGED]
    titles = {c.measure.base: c.measure.title for c in judged}
    changed = one_finding_each([c.verdict for c in judged if c.verdict], CHANGES, titles)
    higher = [c for c in candidates if c.level and c.level.side == "Higher"]
    choosable = f"of the {len(judged)} measures a borough may choose"
    first = (
        f"{count_word(len(changed)).capitalize()} {choosable} {_has(len(changed))} moved in {area.name}"
        if changed
        else f"None {choosable} has moved clearly in {area.name}"
    )
    many = count_word(len(higher)).capitalize() if higher else "None"
    return f"{first}. {many} {'are' if len(higher) > 1 else 'is'} higher than in the rest of London"


def standing_out(candidates: Sequence[Candidate]) -> str:
    """The high-harm measures that are worse or higher, by name."""
    harm = [c for c in candidates if c.is_harm]
    higher = [lowered(c) for c in harm if c.level and c.level.side == "Higher"]
    changed = [lowered(c) for c in candidates if c.verdict and c.verdict.state == State.WORSE]
    sentences = [f"High harm, higher than in the rest of London: {listed(tuple(higher))}." if higher else ""]
    sentences.append(
        f"Worse than their own history: {listed(tuple(changed))}." if changed else "None is worse than its own history."
    )
    return " ".join(s for s in sentences if s)


def level_words(level: Level | None, decimals: int) -> str:
    """The rate beside the rest of London's: "2.8; rest of London 3.1 (lower, 5% to 14%)"."""
    if level is None:
        return "not comparable"
    return f"{rounded(level.rate, decimals)}; rest of London {rounded(level.rest, decimals)}"


def difference_words(level: Level | None) -> str:
    """How far from the rest of London, with its interval."""
    if level is None:
        return "not comparable"
    is_multiple = level.side != "Similar" and level.ratio >= TWICE
    interval = f"{span(_times(level.lower), _times(level.upper))} times" if is_multiple else span(*_limits(level))
    return f"{difference_alone(level)} ({interval})"


def difference_alone(level: Level) -> str:
    """How far from the rest of London, without its interval: "70% higher", "3.1 times", "no clear difference"."""
    if level.side == "Similar":
        return SIDES[level.side]
    if level.ratio >= TWICE:
        return f"{_times(level.ratio)} times"
    return f"{percent(abs(level.ratio - 1))} {SIDES[level.side]}"


def here_words(two_years: TwoYears | None) -> str:
    """The borough's own change over the two years."""
    if two_years is None or two_years.here is None:
        return NOT_TOLD
    return f"{signed(two_years.here * 100)}%"


def middle_words(two_years: TwoYears | None) -> str:
    """What the middle one of the others achieved: "−10%"."""
    return NOT_TOLD if two_years is None else _shares(two_years)[2]


def half_words(two_years: TwoYears | None) -> str:
    """Between what changes half of the others lie: "−20% to −2%"."""
    return NOT_TOLD if two_years is None else span(_shares(two_years)[1], _shares(two_years)[3])


def all_words(two_years: TwoYears | None) -> str:
    """Between what changes all of the others lie: "−35% to +12%"."""
    return NOT_TOLD if two_years is None else span(_shares(two_years)[0], _shares(two_years)[4])


def ambition_headline(candidates: Sequence[Candidate]) -> str:
    """On how many measures a fall of a fifth was common, rare or never seen among the others."""
    known = [c.two_years for c in candidates if c.two_years]
    never = sum(1 for k in known if k.fell_by_a_fifth == 0)
    most = sum(1 for k in known if k.fell_by_a_fifth * 2 >= len(k.changes))
    if not known:
        return "No two years can be compared"
    who = "similar borough" if known[0].is_similar else "other borough"
    opening = f"On {count_word(never)} of {len(known)} measures no {who} fell by a fifth in two years"
    return f"{opening}; on {count_word(most)} at least half did" if most else f"{opening}; on none did half of them"


def spread_words(two_years: TwoYears | None) -> str:
    """What others achieved: "−35% to +12%; half between −20% and −2%, middle −10%"."""
    if two_years is None:
        return NOT_TOLD
    low, first, middle, third, high = _shares(two_years)
    return f"{low} to {high}; half between {first} and {third}, middle {middle}"


def fifth_words(two_years: TwoYears | None) -> str:
    """How many fell by a fifth or more."""
    return NOT_TOLD if two_years is None else f"{two_years.fell_by_a_fifth} of {len(two_years.changes)}"


def seen_words(months: int | None) -> str:
    """How soon a fall of a fifth would be seen: as a priority's first honest review."""
    return f"{months} months" if months else NEVER_SEEN


def level_headline(area: Area, candidates: Sequence[Candidate]) -> str:
    """On how many measures a borough is higher, lower or neither: "Bromley is lower than the rest of London on 18 measures"."""
    sides = [c.level.side for c in candidates if c.level]
    counts_by_side = [(sides.count(side), SIDES[side]) for side in ("Higher", "Lower") if sides.count(side)]
    alike = sides.count("Similar")
    if not counts_by_side:
        return f"{area.name} is clearly neither higher nor lower than the rest of London on any measure"
    (first, side), others = counts_by_side[0], counts_by_side[1:]
    sentence = f"{area.name} is {side} than the rest of London on {count_word(first)} {'measure' if first == 1 else 'measures'}"
    rest = [f"{s} on {count_word(n)}" for n, s in others] + ([f"not clearly different on {count_word(alike)}"] if alike else [])
    return f"{sentence}, {listed(tuple(rest))}" if rest else sentence


def peers_sentence(candidates: Sequence[Candidate], similar: Sequence[str]) -> str:
    """Which boroughs are compared with, by name where they were picked for likeness, and over which two years."""
    known = [c.two_years for c in candidates if c.two_years]
    if not known:
        return "No two years can be compared."
    periods = [k.period for k in known]
    usual = max(set(periods), key=periods.count)
    who = "all other boroughs the Met polices (likeness not worked out)"
    if similar:
        who = f"the {count_word(len(similar))} most similar boroughs ({listed(tuple(similar))})"
    late: dict[str, list[str]] = {}
    for c in candidates:
        if c.two_years and c.two_years.period != usual:
            late.setdefault(c.two_years.period, []).append(lowered(c))
    text = f"Twelve months to {month(usual)} against the twelve two years before, per 1,000 residents, in {who}."
    for period, names in late.items():
        measures = listed(tuple(names))
        text += f" {measures[:1].upper()}{measures[1:]}: to {month(period)}, the last that can be compared."
    return text


def lowered(candidate: Candidate) -> str:
    """The measure inside a sentence."""
    return f"{candidate.measure.title[:1].lower()}{candidate.measure.title[1:]}"


def _times(ratio: float) -> str:
    return f"{ratio:.0f}" if round(ratio, 1) >= 10 else f"{ratio:.1f}"  # noqa: PLR2004 - ten and more need no decimals


def _shares(two_years: TwoYears) -> tuple[str, ...]:
    return tuple(f"{signed(q * 100)}%" for q in two_years.spread)


def _limits(level: Level) -> tuple[str, str]:
    return f"{signed((level.lower - 1) * 100)}%", f"{signed((level.upper - 1) * 100)}%"


def _has(count: int) -> str:
    return "has" if count == 1 else "have"
