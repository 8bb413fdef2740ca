"""What a process that serves pages does without: a fifth of its memory for what it never uses, and as much kept for nothing."""

import ctypes
import sys

ARENAS = -8
"""glibc's M_ARENA_MAX."""
TWO = 2


def spare_memory() -> None:
    """Call once, before anything else of the site is imported."""
    # With its first parameter DuckDB imports pandas and pyarrow if it can: 130 MB and a second, for frames that no page makes.
    sys.modules.setdefault("pandas", None)  # type: ignore[arg-type]
    # Structlog and Mako import these if they can, to colour what is never coloured here.
    for colouring in ("rich", "pygments"):
        sys.modules.setdefault(colouring, None)  # type: ignore[arg-type]
    # Else every thread has a heap of its own, each as large as the largest page it made.
    if hasattr(_libc(), "mallopt"):
        _libc().mallopt(ARENAS, TWO)


def give_back() -> None:
    """Hands the memory that making pages has left over back to the system."""
    if hasattr(_libc(), "malloc_trim"):
        _libc().malloc_trim(0)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None)
