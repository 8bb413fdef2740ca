"""The log of refused additions beside the releases: short, whatever was refused, and whole line by line."""

import contextlib
import datetime as dt
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

REFUSALS = "refusals.jsonl"
MOST_KEPT = 100
MOST_FILES = 20
MOST_REASONS = 50
LONGEST_NAME = 120
TORN = "torn"
LONGEST_SENTENCE = 400
MOST_READ = 4 * 1024**2
"""Bytes of an older log that are looked at; more than a hundred of our lines take."""


def note_refusal(warehouse_dir: Path, files: Sequence[Path], message: str, failures: Sequence[str]) -> None:
    """Add one refusal to the log, so that the site can say what was refused; no release is touched.

    Names and sentences are cut to a length, and the oldest refusals go. A log that cannot be written leaves the refusal as it is.
    """
    line = {
        "when": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "files": _listed([_cut(f.name, LONGEST_NAME) for f in files], MOST_FILES, "files"),
        "message": _cut(message.splitlines()[0] if message else "", LONGEST_SENTENCE),
        "reasons": _listed([_cut(reason, LONGEST_SENTENCE) for reason in failures], MOST_REASONS, "reasons"),
    }
    with contextlib.suppress(OSError):
        warehouse_dir.mkdir(parents=True, exist_ok=True)
        path = warehouse_dir / REFUSALS
        whole, torn = _whole_lines(path)
        kept = [*whole, json.dumps(line, ensure_ascii=False)][-MOST_KEPT:]
        # Refusals that can't be read any more are let go, and not forgotten.
        kept = [*([json.dumps({TORN: torn})] if torn else []), *kept]
        new = path.with_suffix(".new")
        with new.open("w", encoding="utf-8", errors="replace") as stream:
            stream.write("\n".join(kept) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(path)


def _whole_lines(path: Path) -> tuple[list[str], int]:
    """The lines of the log that can be read, and how many could not be, now or before: a run was stopped while it wrote."""
    if not path.exists():
        return [], 0
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - MOST_READ))
        lines = stream.read().decode("utf-8", "replace").splitlines()
    whole, torn = [], 0
    for line in filter(str.strip, lines):
        content = _read(line)
        if content is None:
            torn += 1
        elif TORN in content:
            many = content[TORN]
            torn += many if type(many) is int and many > 0 else 1
        else:
            whole.append(line)
    return whole, torn


def _read(line: str) -> dict[str, Any] | None:
    try:
        content = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def _cut(text: str, most: int) -> str:
    # Names of files may hold bytes that are no text.
    readable = text.encode("utf-8", "replace").decode("utf-8")
    return readable if len(readable) <= most else f"{readable[: most - 1]}…"


def _listed(texts: Sequence[str], most: int, noun: str) -> list[str]:
    return [*texts[:most], f"and {len(texts) - most:,} more {noun}"] if len(texts) > most else list(texts)
