"""Why a verdict reads as it does, and the findings of checks, in the words of a page."""

import re

from dashboard.figures.records import Verdict
from etl.core.reason_words import in_sentences
from etl.core.written import any_period, count_word

PERIOD = re.compile(r"\b\d{4}-(?:Q[1-4]|\d{2})\b")
OPENING_NUMBER = re.compile(r"(?:(?<=\. )|^)\d{1,2}(?= )")


def in_words(finding: str) -> str:
    """What a check found, with its periods written out and a number that opens a sentence as a word."""
    written = PERIOD.sub(lambda match: any_period(match[0]), finding)
    return OPENING_NUMBER.sub(lambda match: count_word(int(match[0])).capitalize(), written)


def with_reason(opening: str, verdict: Verdict) -> str:
    """A sentence and the reason of a verdict after it; the sentence alone where none is given."""
    return " ".join(part for part in (opening, in_sentences(verdict.reason)) if part)


def what_would_change(verdict: Verdict) -> str:
    """What would change a verdict, after a colon."""
    awaited = in_sentences(verdict.would_change)
    return f"What would change it: {awaited[:1].lower()}{awaited[1:]}"
