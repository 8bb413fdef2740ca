"""What became of a change since it entered the list of what moved, which way it went, and why it entered or left."""

from enum import StrEnum


class Direction(StrEnum):
    """Which way a series moved: by itself, or beside the force while its own count stayed as expected."""

    UP = "up"
    DOWN = "down"
    ABOVE = "above the force"
    BELOW = "below the force"

    @property
    def sign(self) -> int:
        """1 upwards, -1 downwards."""
        return 1 if self in (Direction.UP, Direction.ABOVE) else -1

    @property
    def is_beside(self) -> bool:
        """Whether it is a move beside the force alone."""
        return self in (Direction.ABOVE, Direction.BELOW)


class ChangeStatus(StrEnum):
    """How a change stands in the ledger at an edition."""

    NEW = "new"
    STANDING = "standing"
    FADING = "fading"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    LASTING = "lasting"


class Cause(StrEnum):
    """Why a change entered the ledger or left it."""

    NEW_MONTH = "new month"
    REVISION = "revision"
    METHOD = "method"
    BREAK = "break row"
    NO_FIGURE = "no figure"


OPEN = (ChangeStatus.NEW, ChangeStatus.STANDING, ChangeStatus.FADING)
"""Statuses of a change that is still followed."""
