"""The register's public record as files: what is shown as a table, and all of it as JSON. Made-up entries say Example."""

from collections.abc import Iterable, Sequence

from dashboard.exports.bundle import bundle, stem
from dashboard.exports.table import Value, csv_text
from dashboard.figures import queries, queries_register
from dashboard.register.follow_up import Standstill
from dashboard.register.models import Aspect
from dashboard.register.records import BoroughPriorityRecord, RecommendationRecord
from dashboard.ui.page import Download
from dashboard.words import priorities as words

PRIORITY_COLUMNS = (
    "label", "plan", "year", "borough", "area", "title", "type", "measure", "mandatory", "new_or_carried", "state", "why",
    "agreed", "minutes", "notice", "in_force_from", "ended_on", "review_on", "success", "residents_asked", "residents_answered",
    "expected_range", "sources", "id",
)  # fmt: skip
RECOMMENDATION_COLUMNS = (
    "label", "set", "number", "title", "wording", "accepted", "accepted_as_at", "delivered", "delivered_as_at", "evidence",
    "owner", "due", "months_without_movement", "actions_open", "sources",
)  # fmt: skip
README = (
    "Policing London: the register of priorities and recommendations, public record.\n\n"
    "priorities.csv is what the page showed. register.json is the whole public record: plans, priorities, recommendations,\n"
    "actions, explanations and every change. No draft and no account is in it. Whatever is labelled Example is made up.\n"
    "An empty cell means: not recorded.\n"
)


def priorities_file(priorities: Sequence[BoroughPriorityRecord], *parts: str) -> Download:
    """The priorities shown as CSV, and the whole public record as JSON, in one zip."""
    files = (
        ("README.txt", README),
        ("priorities.csv", csv_text(PRIORITY_COLUMNS, (_priority(p) for p in priorities))),
        ("register.json", queries_register.public_record().decode()),
    )
    return bundle(stem("priorities", *parts), files, queries_register.today())


def recommendations_file(recommendations: Sequence[RecommendationRecord], standstills: Iterable[Standstill]) -> Download:
    """The recommendations shown, one line each, as CSV."""
    months_by_id = {s.recommendation.id: s.months for s in standstills}
    titles = {s.id: s.title for s in queries_register.recommendation_sets()}
    text = csv_text(RECOMMENDATION_COLUMNS, (_recommendation(r, titles, months_by_id) for r in recommendations))
    return Download("recommendations.csv", "text/csv; charset=utf-8", text.encode())


def _priority(p: BoroughPriorityRecord) -> tuple[Value, ...]:
    return (
        p.label, p.plan_id, p.financial_year, queries.area(p.area_code).name, p.area_code, p.title,
        p.sort.value if p.sort else None, p.measure_id, "yes" if p.is_mandatory else "no",
        p.carried.value if p.carried else None, p.state.value, p.rationale,
        words.agreed_words(p) if p.standing_signatures or p.agreed_at else None, " ".join(words.minute_links(p)) or None,
        words.notice_words(p) if p.notice_days is not None else None, p.in_force_from, p.ended_on, p.review_on,
        " ".join(words.success_words(p)) if p.success else None, p.residents_asked, p.residents_answered,
        " ".join(words.range_words(p)) if p.expected_ranges else None, "; ".join(words.source_words(s) for s in p.sources), p.id,
    )  # fmt: skip


def _recommendation(r: RecommendationRecord, titles: dict[str, str], months_by_id: dict[str, int | None]) -> tuple[Value, ...]:
    accepted, delivered = r.latest(Aspect.ACCEPTED), r.latest(Aspect.DELIVERED)
    return (
        r.label, titles.get(r.set_id, r.set_id), float(r.number), r.title, r.wording,
        accepted.rag.value if accepted and accepted.rag else None, accepted.as_at_words if accepted else None,
        delivered.rag.value if delivered and delivered.rag else None, delivered.as_at_words if delivered else None,
        accepted.evidence if accepted else None, r.owner, r.due_on or r.due_words, _number(months_by_id.get(r.id)),
        float(sum(1 for a in queries_register.actions(recommendation_id=r.id) if a.state.value == "open")),
        "; ".join(words.source_words(s) for s in r.sources),
    )  # fmt: skip


def _number(value: int | None) -> float | None:
    return None if value is None else float(value)
