"""Why something is so, as the release gives it, in the words of a page."""

import re

from dashboard.figures.records import Verdict
from etl.core.written import any_period, count_word

PERIOD = re.compile(r"\b\d{4}-(?:Q[1-4]|\d{2})\b")
OPENING_NUMBER = re.compile(r"(?:(?<=\. )|^)\d{1,2}(?= )")


def in_words(reason: str) -> str:
    """A reason with its periods written out and a number that opens a sentence as a word."""
    written = PERIOD.sub(lambda found: any_period(found[0]), reason)
    return OPENING_NUMBER.sub(lambda found: count_word(int(found[0])).capitalize(), written)


def with_reason(opening: str, verdict: Verdict) -> str:
    """A sentence and the reason of a verdict after it; the sentence alone where none is given."""
    return f"{opening} {in_words(verdict.reason).rstrip('.')}." if verdict.reason else opening
