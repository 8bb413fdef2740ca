"""What the recommendations tracker says: accepted and delivered apart, and how long nobody has said a word."""

from collections.abc import Sequence

from dashboard.register.models import Aspect, Rag
from dashboard.register.records import RecommendationRecord, RecommendationSetRecord, StatusRecord
from etl.core.written import count_word, day

STATES = ("", "amber", "green", "red", "undelivered", "delivered", "still", "actions")
STATE_WORDS = {
    "": "All",
    "red": "Accepted: red",
    "amber": "Accepted: amber",
    "green": "Accepted: green",
    "delivered": "Delivered: on record",
    "undelivered": "Delivered: not on record",
    "still": "No movement for a year or more",
    "actions": "With an open action",
}
ASPECTS = {Aspect.ACCEPTED: "Accepted", Aspect.DELIVERED: "Delivered", Aspect.ANSWER: "Answer"}
RAG_WORDS = {Rag.RED: "Red", Rag.AMBER: "Amber", Rag.GREEN: "Green"}
NOT_ON_RECORD = "not on record"
STANDS_STILL = 12
"""Months without a word after which a recommendation is listed as standing still."""
ONLY_HERE = "Colours stand on this page alone: on recommendations, never on crime, confidence or courts."


def headline(record_set: RecommendationSetRecord, every: Sequence[RecommendationRecord]) -> str:
    """How many there are and how they were last judged: "The committee made 19 recommendations: 12 amber, 7 green ..."."""
    counts = [(rag, sum(1 for r in every if _rag(r, Aspect.ACCEPTED) is rag)) for rag in (Rag.RED, Rag.AMBER, Rag.GREEN)]
    grades = ", ".join(f"{n} {rag.value}" for rag, n in counts if n)
    none = sum(1 for r in every if _rag(r, Aspect.ACCEPTED) is None)
    rest = f", {none} not judged" if none else ""
    made = f"The {record_set.committee} made {len(every)} recommendations in {record_set.made_words}"
    return f"{made}: {grades}{rest} when last reported"


def delivered_sentence(every: Sequence[RecommendationRecord]) -> str:
    """What is on record about delivery."""
    known = [r for r in every if r.latest(Aspect.DELIVERED) is not None]
    if not known:
        return "The colours say how far each was accepted. Whether any was delivered is not on record here."
    green = sum(1 for r in known if _rag(r, Aspect.DELIVERED) is Rag.GREEN)
    rest = len(every) - len(known)
    tail = f"; for {count_word(rest)}, nothing is on record" if rest else ""
    return f"Delivered in full: {count_word(green)} of the {len(known)} on record{tail}."


def actions_sentence(late: int, waiting: int) -> str:
    """How many actions are overdue and how many are open and not yet due: "One action is overdue; two are not yet due."."""
    overdue = f"{count_word(late).capitalize()} action{' is' if late == 1 else 's are'} overdue"
    return f"{overdue}; {count_word(waiting)} {'is' if waiting == 1 else 'are'} not yet due." if waiting else f"{overdue}."


def still_words(months: int | None) -> str:
    """No movement for N months."""
    if months is None:
        return "Nothing was ever recorded"
    return f"No movement for {months} month{'' if months == 1 else 's'}"


def due_words(record: RecommendationRecord) -> str:
    """When it was due, as the document says."""
    if record.due_on is not None:
        document_words = f" ({record.due_words})" if record.due_words else ""
        return f"{day(record.due_on)}{document_words}"
    return record.due_words or "No date was set"


def status_words(status: StatusRecord | None) -> str:
    """A mark in words, for a table: "Amber, May 2013"."""
    if status is None:
        return NOT_ON_RECORD
    colour = RAG_WORDS[status.rag] if status.rag else "No colour"
    return f"{colour}, {status.as_at_words}"


def is_in(record: RecommendationRecord, state: str, still: frozenset[str], with_actions: frozenset[str]) -> bool:
    """Whether a recommendation belongs to what was asked for."""
    accepted, delivered = _rag(record, Aspect.ACCEPTED), record.latest(Aspect.DELIVERED)
    if state in {"red", "amber", "green"}:
        return accepted is not None and accepted.value == state
    return {
        "": True,
        "delivered": delivered is not None,
        "undelivered": delivered is None,
        "still": record.id in still,
        "actions": record.id in with_actions,
    }[state]


def _rag(record: RecommendationRecord, aspect: Aspect) -> Rag | None:
    latest = record.latest(aspect)
    return latest.rag if latest else None
