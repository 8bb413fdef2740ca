"""What the evidence sheet says, in sentences."""

from collections.abc import Sequence

from dashboard.format import count_word, listed, month, percent, rounded, signed, span
from dashboard.records import Area
from dashboard.shown.evidence import Candidate, Level, TwoYears

NO_WARDS = "No ward figure is held here, so how concentrated a crime is cannot be shown."
RESIDENTS = (
    "The survey asks how policing is seen, not which crime matters most. What residents asked for is written beside each "
    "choice in the register."
)
NOT_TOLD = "not shown"
NEVER_SEEN = "not within three years"
WHY_NOT_TOLD = "Not shown: too few offences, or no two years that can be compared."
AMBITION = (
    "An ambition is stretching where few achieved it and achievable where some did. The retired targets asked a fall of a fifth "
    "of every crime alike. Where such a fall is not seen within three years, the count is too small or too restless to tell it "
    "from chance, and success needs other signs."
)
OUTSIDE = (
    "A count outside its range may still be no significant change: where one month alone made it so, or where, among all "
    "boroughs and measures looked at together, one as far out comes by chance too often."
)
SIDES = {"Higher": "higher", "Lower": "lower", "Similar": "no different"}


def headline(area: Area, found: Sequence[Candidate]) -> str:
    """What stands out: what has changed, and what is higher here than in the rest of London."""
    judged = [c for c in found if c.verdict and c.verdict.state in "BWCNP"]
    changed = [c for c in judged if c.verdict and c.verdict.state in "BWC"]
    higher = [c for c in found if c.level and c.level.side == "Higher"]
    first = (
        f"{count_word(len(changed)).capitalize()} of {len(judged)} measures in {area.name} {_has(len(changed))} changed"
        if changed
        else f"None of {len(judged)} measures in {area.name} has changed by more than chance"
    )
    return (
        f"{first}. {count_word(len(higher)).capitalize()} {'is' if len(higher) == 1 else 'are'} higher than in the rest of London"
    )


def standing_out(found: Sequence[Candidate]) -> str:
    """The high-harm measures that are worse or higher, by name."""
    harm = [c for c in found if c.is_harm]
    higher = [lowered(c) for c in harm if c.level and c.level.side == "Higher"]
    changed = [lowered(c) for c in found if c.verdict and c.verdict.state == "W"]
    said = [f"High harm, higher than in the rest of London: {listed(tuple(higher))}." if higher else ""]
    said.append(f"Worse than their own history: {listed(tuple(changed))}." if changed else "None is worse than its own history.")
    return " ".join(s for s in said if s)


def level_words(level: Level | None, decimals: int) -> str:
    """The rate beside the rest of London's: "2.8; rest of London 3.1 (lower, 5% to 14%)"."""
    if level is None:
        return "not comparable"
    return f"{rounded(level.rate, decimals)}; rest of London {rounded(level.rest, decimals)}"


def difference_words(level: Level | None) -> str:
    """How far from the rest of London, with its interval."""
    if level is None:
        return "not comparable"
    if level.side == "Similar":
        return f"no different ({span(*_limits(level))})"
    return f"{percent(abs(level.ratio - 1))} {SIDES[level.side]} ({span(*_limits(level))})"


def here_words(found: TwoYears | None) -> str:
    """The borough's own change over the two years."""
    if found is None or found.here is None:
        return NOT_TOLD
    return f"{signed(found.here * 100)}%"


def spread_words(found: TwoYears | None) -> str:
    """What others achieved: "−35% to +12%; half between −20% and −2%, middle −10%"."""
    if found is None:
        return NOT_TOLD
    low, first, middle, third, high = (f"{signed(q * 100)}%" for q in found.spread)
    return f"{low} to {high}; half between {first} and {third}, middle {middle}"


def fifth_words(found: TwoYears | None) -> str:
    """How many fell by a fifth or more."""
    return NOT_TOLD if found is None else f"{found.fell_by_a_fifth} of {len(found.changes)}"


def seen_words(months: int | None) -> str:
    """How soon a fall of a fifth would be seen: as a priority's first honest review."""
    return f"{months} months" if months else NEVER_SEEN


def level_headline(area: Area, found: Sequence[Candidate]) -> str:
    """On how many measures a borough is higher, lower or no different: "Bromley is higher ... on two measures, lower on 18"."""
    sides = [c.level.side for c in found if c.level]
    higher, lower, alike = (sides.count(side) for side in ("Higher", "Lower", "Similar"))
    measures = "measure" if higher == 1 else "measures"
    told = f"{area.name} is higher than the rest of London on {count_word(higher)} {measures}, lower on {count_word(lower)}"
    return f"{told} and no different on {count_word(alike)}" if alike else told


def peers_sentence(found: Sequence[Candidate], similar: Sequence[str]) -> str:
    """Which boroughs are compared with, by name where they were picked for likeness, and over which two years."""
    known = [c.two_years for c in found if c.two_years]
    if not known:
        return "No two years can be compared."
    periods = [k.period for k in known]
    usual = max(set(periods), key=periods.count)
    who = "all other boroughs the Met polices (likeness not worked out)"
    if similar:
        who = f"the {count_word(len(similar))} most similar boroughs ({listed(tuple(similar))})"
    late: dict[str, list[str]] = {}
    for c in found:
        if c.two_years and c.two_years.period != usual:
            late.setdefault(c.two_years.period, []).append(lowered(c))
    text = f"Twelve months to {month(usual)} against the twelve two years before, per 1,000 residents, in {who}."
    for period, names in late.items():
        told = listed(tuple(names))
        text += f" {told[:1].upper()}{told[1:]}: to {month(period)}, the last that can be compared."
    return text


def lowered(found: Candidate) -> str:
    """The measure inside a sentence."""
    return f"{found.measure.title[:1].lower()}{found.measure.title[1:]}"


def _limits(level: Level) -> tuple[str, str]:
    return f"{signed((level.lower - 1) * 100)}%", f"{signed((level.upper - 1) * 100)}%"


def _has(count: int) -> str:
    return "has" if count == 1 else "have"
