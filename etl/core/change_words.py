"""Why a change entered the ledger or left it, in words that the command line and the pages share."""

from etl.core.change_status import Cause, ChangeStatus
from etl.core.written import any_period, number, sentences_of

KEPT_HALF = 0.5
REVISED_PARTS = 3


def why_left(status: ChangeStatus, cause: Cause | None, detail: str, size: float, size_now: float) -> str:
    """The reason a change left the ledger, as the rest of a sentence; "" for one that has not.

    Args:
        status: how it left.
        cause: why.
        detail: of a revision the month that moved most and its two figures ("2025-05 120 98"), of a break its words.
        size: how far it stood from the level before when it entered, as a share.
        size_now: the same when it left.
    """
    match status, cause:
        case ChangeStatus.ENDED, _:
            is_gone = abs(size_now) < KEPT_HALF * abs(size) or (size_now > 0) != (size > 0)
            return "more than half of it is gone" if is_gone else "it can no longer be told from chance"
        case ChangeStatus.LASTING, _:
            return "it has stood for two years and is the level now"
        case ChangeStatus.WITHDRAWN, Cause.BREAK:
            return f"it cannot be followed across a break: {sentences_of(detail)[0].rstrip('.')}"
        case ChangeStatus.WITHDRAWN, Cause.METHOD:
            return "the methods changed"
        case ChangeStatus.WITHDRAWN, Cause.NO_FIGURE:
            return "there has been no figure for six months"
        case ChangeStatus.WITHDRAWN, _:
            return _revised(detail)
        case _:
            return ""


def why_entered(cause: Cause) -> str:
    """The reason a change entered, as the rest of a sentence; "" where a new month brought it."""
    return {Cause.REVISION: "months before were revised", Cause.METHOD: "the methods changed"}.get(cause, "")


def _revised(detail: str) -> str:
    parts = detail.split()
    if len(parts) != REVISED_PARTS:
        return "figures it was set against were revised"
    month, before, now = parts
    return f"{any_period(month)} was revised from {number(float(before))} to {number(float(now))}"
