"""A release that is not as it was published is named in one sentence by every command, and made anew by a build."""

import contextlib
import hashlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl.core.errors import CannotWrite, Fault, ReleaseUnusable
from etl.release import assemble, durable, publish
from etl.warehouse import attach, current_release, tables
from etl.warehouse.made_with import is_current
from etl.warehouse.proof import note_path, noted_releases, prove, read_note
from tests.etl.broken_releases import EVERY, RELEASES, another_release, point_at
from tests.etl.commands import Ran, done, run, values
from tests.etl.made import edition

NO_RELEASE, UNUSABLE = 16, 21
NOBODY = 65534
NEXT = edition(last="2025-06")
READING = (
    ("series", "burglary", "Bromley"),
    ("explain", "burglary", "Bromley", "2025-05"),
    ("verdict", "burglary", "Bromley"),
    ("expected", "burglary", "Bromley"),
    ("sources",),
    ("diff",),
)

ONE_OF_EACH = (
    "pointer a folder",
    "release cut short",
    "release a folder",
    "release with one value changed",
    "note a folder",
    "changes beside",
)


def contents_of(folder: Path) -> duckdb.DuckDBPyConnection:
    """A release about to be published with all that the live one of a folder holds."""
    connection = assemble.new_connection()
    attach(connection, current_release(folder), "live")
    for table in tables.sorted_tables:
        connection.execute(f"INSERT INTO {table.name} BY NAME SELECT * FROM live.{table.name}")
    connection.execute("DETACH live")
    return connection


def is_one_sentence(ran: Ran) -> bool:
    """Whether a command ended as one that is refused: a sentence, a number, no traceback."""
    return ran.code in (NO_RELEASE, UNUSABLE) and len(ran.err.strip().splitlines()) == 1 and "Traceback" not in ran.err


def test_a_published_release_is_read_only_and_its_sha256_is_beside_the_pointer(small_warehouse: Path) -> None:
    release = current_release(small_warehouse)
    assert stat.S_IMODE(release.stat().st_mode) & 0o222 == 0
    note = read_note(release)
    assert note.sha256 == hashlib.sha256(release.read_bytes()).hexdigest()
    assert note.bytes == release.stat().st_size
    assert is_current(small_warehouse)


@pytest.mark.parametrize("fault", EVERY)
def test_a_command_refuses_whatever_is_broken_in_one_sentence(fault: str, live: Path) -> None:
    EVERY[fault](live)
    ran = run("sources", "--warehouse", live)
    assert is_one_sentence(ran), ran
    assert str(live) in ran.err


@pytest.mark.parametrize("fault", ONE_OF_EACH)
def test_every_reading_command_refuses_a_broken_release_in_one_sentence(fault: str, live: Path) -> None:
    EVERY[fault](live)
    for command in READING:
        ran = run(*command, "--warehouse", live)
        assert is_one_sentence(ran), (command, ran)
        assert str(live) in ran.err


@pytest.mark.parametrize("fault", ONE_OF_EACH)
def test_every_publishing_command_refuses_a_broken_release_in_one_sentence(fault: str, live: Path, tmp_path: Path) -> None:
    EVERY[fault](live)
    made = NEXT.write(tmp_path / "next.csv")
    figures = tmp_path / "series"
    for command in (("add", made), ("check", made), ("refresh",), ("snapshot", "--series", figures)):
        ran = run(*command, "--warehouse", live)
        assert is_one_sentence(ran), (command, ran)
    assert not figures.exists()
    assert not (live / "refusals.jsonl").exists()


@pytest.mark.parametrize("fault", ONE_OF_EACH)
def test_publishing_makes_a_broken_release_of_the_same_name_whole(fault: str, live: Path, small_warehouse: Path) -> None:
    before = values(live, "burglary", "Bromley")
    name = current_release(live).stem
    EVERY[fault](live)
    path = publish.publish(contents_of(small_warehouse), live, name)
    assert path == current_release(live)
    assert is_current(live)
    assert values(live, "burglary", "Bromley") == before


def test_publishing_leaves_a_whole_release_of_its_name_as_it_is(live: Path, small_warehouse: Path) -> None:
    before = current_release(live)
    inode = before.stat().st_ino
    publish.publish(contents_of(small_warehouse), live, before.stem)
    assert before.stat().st_ino == inode


@pytest.mark.slow
def test_a_build_over_a_release_cut_short_makes_it_whole(live: Path, tmp_path: Path) -> None:
    before = values(live, "burglary", "Bromley")
    done("snapshot", "--warehouse", live, "--series", tmp_path / "series")
    done("build", "--warehouse", tmp_path / "warehouse", "--series", tmp_path / "series")
    RELEASES["release cut short"](tmp_path / "warehouse")
    done("build", "--warehouse", tmp_path / "warehouse", "--series", tmp_path / "series")
    assert values(tmp_path / "warehouse", "burglary", "Bromley") == before


def test_an_older_release_that_is_damaged_is_named_when_it_is_compared(live: Path) -> None:
    older = another_release(live, "2020-01-01-older")
    older.chmod(0o644)
    older.write_bytes(b"")
    ran = run("diff", "2020-01-01-older", "--warehouse", live)
    assert (ran.code, "2020-01-01-older.duckdb: the release is damaged" in ran.err) == (UNUSABLE, True)


def test_a_release_held_open_by_another_tool_is_said_with_that_tool(live: Path, tmp_path: Path) -> None:
    path = current_release(live)
    path.chmod(0o644)
    holds = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    made = NEXT.write(tmp_path / "next.csv")
    with subprocess.Popen([sys.executable, "-c", holds, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as tool:
        assert tool.stdout is not None
        tool.stdout.readline()
        for command in (*READING, ("add", made), ("check", made), ("snapshot", "--series", tmp_path / "series")):
            ran = run(*command, "--warehouse", live)
            assert is_one_sentence(ran), (command, ran)
            assert f"process {tool.pid}" in ran.err
            assert "close it there" in ran.err
    assert run("series", "burglary", "Bromley", "--warehouse", live).code == 0


def test_another_tool_cannot_open_a_release_to_write(live: Path) -> None:
    # Where anybody may look and write: the tests' own folders are open to their user alone.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        release = Path(shutil.copy2(current_release(live), folder))
        with as_somebody_but_root():
            duckdb.connect(str(release), read_only=True).close()
            with pytest.raises(duckdb.IOException, match="Permission denied"):
                duckdb.connect(str(release))


@contextlib.contextmanager
def as_somebody_but_root() -> Iterator[None]:
    """Within it files are opened as another user's, where these are root's tests: root may write to read-only files."""
    if os.name == "nt" or os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_does_not_hold_what_was_written_is_never_made_live(live: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = current_release(live)
    connection = assemble.new_connection()
    rows = publish._rows
    monkeypatch.setattr(publish, "_rows", lambda of, table: rows(of, table) + (table == "release_file.area"))
    with pytest.raises(CannotWrite, match="the table area has 1 rows where 0 were written"):
        publish.publish(connection, live, "2031-01-01-short")
    assert current_release(live) == before
    assert not list(live.glob("2031*"))


def test_everything_is_on_disk_before_the_pointer_moves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[str] = []
    flush = durable.flush

    def noted(path: Path) -> None:
        flushed.append(path.name)
        flush(path)

    monkeypatch.setattr(durable, "flush", noted)
    publish.publish(assemble.new_connection(), tmp_path, "whole")
    folder = tmp_path.name
    assert flushed == ["whole.building", folder, "whole.json.new", folder, "current.new", folder]


def test_a_newline_after_the_name_is_no_fault(live: Path) -> None:
    (live / "current").write_text(f"{current_release(live).name}\r\n")
    assert run("sources", "--warehouse", live).code == 0


def test_releases_are_known_by_when_they_were_published_not_by_their_names(live: Path) -> None:
    first = current_release(live)
    second = another_release(live, "2019-01-01-second")
    third = another_release(live, "2022-01-01-third")
    note_path(second).write_text("broken")
    assert list(noted_releases(live)) == [third, first]


@pytest.mark.slow
def test_a_release_of_a_copy_without_notes_is_read_and_worked_out_again_with_one(live: Path) -> None:
    release = current_release(live)
    note_path(release).unlink()
    release.with_suffix(".made-with").write_text("0" * 64)
    assert run("sources", "--warehouse", live).code == 0
    assert not is_current(live)
    done("refresh", "--warehouse", live)
    assert prove(current_release(live)).bytes
    assert not release.with_suffix(".made-with").exists()


@pytest.mark.parametrize("fault", RELEASES)
def test_what_is_wrong_is_named_for_what_it_is(fault: str, live: Path) -> None:
    release = current_release(live)
    RELEASES[fault](live)
    with pytest.raises(ReleaseUnusable) as refused:
        prove(release)
    kinds = {"release missing": Fault.MISSING, "release a link to itself": Fault.UNREADABLE}
    altered = {"release longer", "release with one bit changed", "release with one value changed"}
    expected = Fault.ALTERED if fault in altered else kinds.get(fault, Fault.DAMAGED)
    assert refused.value.fault in ({Fault.DAMAGED, Fault.ALTERED} if fault == "release another database" else {expected})


def test_a_moved_pointer_names_the_release_that_is_read(live: Path) -> None:
    other = another_release(live, "2020-01-01-other")
    point_at(live, other)
    with duckdb.connect(":memory:") as connection:
        attach(connection, current_release(live), "live")
        assert connection.execute("SELECT name FROM live.release").fetchall() == [("2020-01-01-other",)]
