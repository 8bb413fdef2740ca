"""A release is published whole or not at all: by one writer at a time, and with a plain word where it cannot be written."""

import resource
import shutil
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from etl import pipeline
from etl.core.errors import CannotWrite
from etl.release import assemble, publish
from etl.release.lock import only_writer
from etl.warehouse import current_release, open_release
from tests.etl.commands import done, run, state
from tests.etl.made import edition
from tests.etl.small_catalogue import A_FEW, only

CANNOT_WRITE = 19
NEXT = edition(last="2025-06")


def test_a_directory_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ran = run("add", NEXT.write(tmp_path / "next.csv"), "--warehouse", tmp_path / "file" / "warehouse")
    assert (ran.code, "cannot be written to" in ran.err) == (CANNOT_WRITE, True), ran.err


def test_a_full_disk_is_reported_and_leaves_the_live_release_whole(live: Path) -> None:
    before, listed = state(live), sorted(p.name for p in live.iterdir())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(CannotWrite, match="the release cannot be written"):
            publish.publish(assemble.new_connection(), live, "larger-than-the-disk")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert state(live) == before
    assert sorted(p.name for p in live.iterdir()) == listed


def test_files_of_an_interrupted_build_are_removed_by_the_next(tmp_path: Path) -> None:
    for name in ("2025-07-01-0123456789.building", "2025-07-01-0123456789.building.wal"):
        (tmp_path / name).write_text("half a release")
    publish.publish(assemble.new_connection(), tmp_path, "whole")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["current", "whole.duckdb", "whole.json"]


def test_a_second_writer_waits_for_the_first_and_says_so(tmp_path: Path) -> None:
    waits, order = threading.Event(), []

    def second() -> None:
        with only_writer(tmp_path, lambda sentence: (order.append(sentence), waits.set())[0]):
            order.append("second")

    other = threading.Thread(target=second)
    with only_writer(tmp_path, order.append):
        other.start()
        assert waits.wait(timeout=60)
        order.append("first")
    other.join(timeout=60)
    assert order == [f"waiting for another run that writes {tmp_path}", "first", "second"]


def test_a_start_that_waited_for_another_does_not_build_again(live: Path) -> None:
    before, sentences = state(live), []
    pipeline.build(live, sentences.append, unless_built=True)
    assert sentences == ["Nothing to do: another run has built it."]
    assert state(live) == before


def test_a_warehouse_folder_may_hold_an_apostrophe(live: Path, tmp_path: Path) -> None:
    folder = tmp_path / "o'brien"
    warehouse = Path(shutil.copytree(live, folder / "warehouse"))
    done("add", NEXT.write(folder / "next.csv"), "--warehouse", warehouse)
    assert "2025-06" in done("diff", "--warehouse", warehouse).out
    done("snapshot", "--warehouse", warehouse, "--series", folder / "series")
    with only(*A_FEW):
        path = pipeline.build(folder / "built", [].append, folder / "series")
    assert done("series", "burglary", "Bromley", "--warehouse", folder / "built").rows[-1]["period"] == "2025-06"
    assert path == current_release(folder / "built")
    with open_release(path).connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM edition")).scalar() == 2
