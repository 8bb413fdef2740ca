"""However a command ends, it ends with a sentence and a number, never with a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from etl.commands import ending
from etl.core.errors import CannotWrite


def raising(error: BaseException) -> None:
    raise error


@pytest.mark.parametrize(
    "error",
    [
        OSError(28, "No space left on device", "/data/x.csv"),
        PermissionError(13, "Permission denied", "/data/x.csv"),
        IsADirectoryError(21, "Is a directory", "/data/x.csv"),
        OSError(24, "Too many open files"),
        OSError("no number"),
        duckdb.IOException("IO Error: Could not write file\nsecond line"),
        duckdb.OutOfMemoryException("Out of Memory Error: could not allocate"),
    ],
    ids=lambda error: f"{type(error).__name__} {error}"[:40],
)
def test_what_disk_and_memory_refuse_is_one_sentence(
    error: BaseException, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ending, "_stop_writing", lambda: None)
    with pytest.raises(SystemExit) as ended:
        ending.run(lambda: raising(error))
    assert ended.value.code == CannotWrite.exit_code
    written = capsys.readouterr().err
    assert written.count("\n") == 1
    assert "What is live stays as it was" in written


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_terminal_that_takes_nothing_more_gets_no_traceback() -> None:
    with open(os.devnull, "rb") as nothing, open("/dev/full", "wb") as full:  # noqa: PTH123 - devices
        ended = subprocess.run(
            [sys.executable, "-m", "etl", "areas"], stdin=nothing, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert ended.returncode == CannotWrite.exit_code
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr
