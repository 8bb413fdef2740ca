"""What may be said of a change after a date, in sentences: the part of `reason_words` that "Did it work?" needs."""

from collections.abc import Callable

from etl.core.reason import Code, Reason
from etl.core.written import count_word, months, percent


def size_words(change: float) -> str:
    """A change as a person says it: "12% fewer", "8% more", "no change"."""
    rounded = round(change, 2)
    return f"{percent(abs(rounded))} {'fewer' if rounded < 0 else 'more'}" if rounded else "no change"


def between_words(lower: float, upper: float) -> str:
    """Limits of a change: "12% fewer to 9% more", "3% to 12% fewer"."""
    if lower < 0 and upper < 0:
        return f"{percent(abs(upper))} to {percent(abs(lower))} fewer"
    if lower > 0 and upper > 0:
        return f"{percent(lower)} to {percent(upper)} more"
    return f"{size_words(lower)} to {size_words(upper)}"


def _set_against(r: Reason) -> str:
    compared = r.count("compared")
    return (
        f"The {count_word(r.count('count'))} months {months(r.text('first'), r.text('last'))} are set against the "
        f"{count_word(r.count('before'))} months {months(r.text('since'), r.text('until'))}, beside the same months in "
        f"{count_word(compared)} similar boroughs where nothing of the kind was done."
    )


def _by_themselves(r: Reason) -> str:
    return (
        f"Places part by as much with nothing done, so nobody can tell: the effect may be anything from "
        f"{size_words(r.number('lower'))} to {size_words(r.number('upper'))}."
    )


def _more(r: Reason) -> str:
    way = "rose more or fell less" if r.is_true("is_rise") else "fell more or rose less"
    return (
        f"It {way} than they did: {between_words(r.number('lower'), r.number('upper'))}. 19 of 20 places where nothing was "
        "done part by less. That it followed does not prove that the change caused it."
    )


EFFECT_SENTENCES: dict[Code, Callable[[Reason], str]] = {
    Code.SET_AGAINST_SIMILAR: _set_against,
    Code.PARTED_BY_THEMSELVES: _by_themselves,
    Code.PARTED_MORE: _more,
    Code.NOTHING_TO_COMPARE: lambda r: (
        f"Only {count_word(r.count('count')) if r.count('count') else 'no'} "
        f"{'borough' if r.count('count') == 1 else 'boroughs'} can be compared with: in the others the same was done in these "
        f"months, or counts started again. {count_word(r.count('needed')).capitalize()} are needed."
    ),
    Code.MONTHS_BEFORE_NEEDED: lambda r: (
        f"{count_word(r.count('count')).capitalize()} of the twelve months before can be used; "
        f"{count_word(r.count('needed'))} are needed."
    ),
    Code.MONTHS_AFTER_NEEDED: lambda r: (
        f"{count_word(r.count('count')).capitalize()} {'month' if r.count('count') == 1 else 'months'} after it can be used; "
        f"{count_word(r.count('needed'))} are needed."
    ),
}
