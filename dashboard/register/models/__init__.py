"""The register's tables."""

from dashboard.register.models.base import Base, Json, UtcTime
from dashboard.register.models.people import Account, AuditEntry, Guess, LoginSession
from dashboard.register.models.plans import Plan, PlanState, StatedFact
from dashboard.register.models.priorities import (
    BoroughPriority,
    Carried,
    Comment,
    Origin,
    PanLondonPriority,
    Priority,
    SentComment,
    Signature,
    Sort,
)
from dashboard.register.models.scrutiny import (
    Action,
    ActionState,
    Aspect,
    Commentary,
    FrozenEdition,
    Meeting,
    Rag,
    Recommendation,
    RecommendationSet,
    RecommendationStatus,
)

__all__ = [
    "Account",
    "Action",
    "ActionState",
    "Aspect",
    "AuditEntry",
    "Base",
    "BoroughPriority",
    "Carried",
    "Comment",
    "Commentary",
    "FrozenEdition",
    "Guess",
    "Json",
    "LoginSession",
    "Meeting",
    "Origin",
    "PanLondonPriority",
    "Plan",
    "PlanState",
    "Priority",
    "Rag",
    "Recommendation",
    "RecommendationSet",
    "RecommendationStatus",
    "SentComment",
    "Signature",
    "Sort",
    "StatedFact",
    "UtcTime",
]
