"""No reader gets an older release after a newer one, whichever process of the site answers."""

import os
import random
import shutil
import subprocess
import sys

import duckdb
import pytest

from dashboard.figures.agreed_release import AGREED, LOCK
from dashboard.figures.release_folder import ReleaseFolder
from etl.core.errors import ReleaseUnusable
from etl.release import publish
from etl.warehouse import current_release
from etl.warehouse.proof import note_path
from tests.etl.broken_releases import EVERY, NOTES, RELEASES, another_release, point_at

NEWER, NEWEST = "2031-01-01-newer", "2032-01-01-newest"
BROKEN = {
    "empty": b"",
    "not text": b"\xff\xfe\x00\x80" * 20,
    "huge": b"x" * 3_000_000,
    "no sha256": b"2031-01-01-newer\n",
    "of nothing": b"1999-01-01-nothing " + b"0" * 64,
    "outside": b"../../etc/passwd " + b"0" * 64,
    "of another sha256": b"2031-01-01-newer " + b"0" * 64,
    "two lines": b"a b\nc d\n",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A folder with three releases that hold nothing but their names, of which the first is live."""
    folder = tmp_path_factory.mktemp("small")
    with duckdb.connect(":memory:") as connection:
        publish.create_tables(connection)
        connection.execute("INSERT INTO release VALUES ('2030-01-01-first', '2030-01-01', '2029-12', '2030-01-01', 'x')")
        publish.publish(connection, folder, "2030-01-01-first")
    for name in (NEWER, NEWEST):
        another_release(folder, name)
    return folder


@pytest.fixture
def folder(small, tmp_path):
    return shutil.copytree(small, tmp_path / "warehouse")


@pytest.fixture
def processes(folder):
    """Three that serve the folder, each with its releases open and somebody who prepares the next."""
    opened = [ReleaseFolder(folder) for _ in range(3)]
    for releases in opened:
        releases.now()
        releases.watch()
    yield opened
    for releases in opened:
        releases.close()


def live_in(releases):
    return releases.now().release.name


def test_all_processes_go_over_with_the_first_that_is_ready(folder, processes):
    first, *others = processes
    point_at(folder, folder / f"{NEWER}.duckdb")
    assert NEWER not in {live_in(releases) for releases in processes}
    first.go_over_to(first.look())
    assert [live_in(releases) for releases in processes] == [NEWER] * 3
    assert all(releases.look() is None and releases.now().trouble is None for releases in others)


def test_a_process_that_was_slow_leads_nobody_back(folder, processes):
    fast, slow, reader = processes
    point_at(folder, folder / f"{NEWER}.duckdb")
    prepared = slow.look()
    point_at(folder, folder / f"{NEWEST}.duckdb")
    fast.go_over_to(fast.look())
    assert live_in(reader) == NEWEST
    slow.go_over_to(prepared)
    assert [live_in(releases) for releases in processes] == [NEWEST] * 3


def test_a_process_started_meanwhile_takes_the_others_with_it(folder, processes):
    point_at(folder, folder / f"{NEWER}.duckdb")
    started = ReleaseFolder(folder)
    assert live_in(started) == NEWER
    started.watch()
    assert [live_in(releases) for releases in processes] == [NEWER] * 3
    started.close()


def test_what_was_agreed_before_the_site_was_stopped_leads_nobody_back(folder):
    (folder / AGREED).write_text(f"{NEWER} {'0' * 64}\n")
    before = ReleaseFolder(folder)
    name = live_in(before)
    before.watch()
    assert live_in(before) == name == current_release(folder).stem
    assert (folder / AGREED).read_text().startswith(name)
    before.close()


@pytest.mark.parametrize("seed", range(4))
def test_whatever_order_processes_work_in_no_reader_is_led_back(folder, processes, seed):
    chance, order, got = random.Random(seed), [current_release(folder).stem], []
    names = [order[0], NEWER, NEWEST]
    prepared = {}
    for _ in range(60):
        releases = chance.choice(processes)
        what = chance.randrange(4)
        if what == 0:
            order.append(chance.choice([name for name in names if name != order[-1]]))
            point_at(folder, folder / f"{order[-1]}.duckdb")
        elif what == 1:
            prepared[releases] = releases.look()
        elif what == 2 and prepared.get(releases):
            releases.go_over_to(prepared.pop(releases))
        got += [live_in(each) for each in chance.sample(processes, 3)]
    changes = [name for number, name in enumerate(got) if number == 0 or name != got[number - 1]]
    # What readers got one after another is what was published one after another, some of it left out.
    published_in_turn = iter(order)
    assert all(name in published_in_turn for name in changes)


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_what_was_agreed_may_be_damaged_and_figures_stand(folder, processes, content):
    before = live_in(processes[0])
    (folder / AGREED).write_bytes(content)
    assert [live_in(releases) for releases in processes] == [before] * 3
    point_at(folder, folder / f"{NEWEST}.duckdb")
    processes[0].go_over_to(processes[0].look())
    assert [live_in(releases) for releases in processes] == [NEWEST] * 3


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo], ids=["a folder", "a pipe"])
@pytest.mark.parametrize("name", [AGREED, LOCK])
def test_where_nothing_can_be_agreed_each_process_goes_over_by_itself(folder, processes, make, name):
    (folder / name).unlink()
    make(folder / name)
    point_at(folder, folder / f"{NEWER}.duckdb")
    for releases in processes:
        following = releases.look()
        if following:
            releases.go_over_to(following)
        assert live_in(releases) == NEWER


def test_an_agreement_on_what_is_not_meant_is_mended_by_the_next_look(folder, processes):
    first = processes[0]
    older = live_in(first)
    point_at(folder, folder / f"{NEWER}.duckdb")
    first.go_over_to(first.look())
    sha256 = note_path(folder / f"{older}.duckdb").read_text().split('"')[3]
    (folder / AGREED).write_text(f"{older} {sha256}\n")
    assert live_in(first) == older
    first.go_over_to(first.look())
    assert [live_in(releases) for releases in processes] == [NEWER] * 3


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not let a process reopen what another has open")
@pytest.mark.parametrize("fault", [fault for fault in (*RELEASES, *NOTES) if fault != "release with one value changed"])
def test_a_process_started_over_a_damaged_release_serves_what_the_others_serve(folder, processes, fault):
    before = live_in(processes[0])
    EVERY[fault](folder)
    started = ReleaseFolder(folder)
    served = started.now()
    assert served.release.name == before
    assert served.trouble is not None
    assert served.trouble.is_proved
    started.watch()
    assert [live_in(releases) for releases in processes] == [before] * 3
    started.close()


def test_without_another_process_a_start_over_a_damaged_release_takes_the_last_good_one(folder):
    alone = ReleaseFolder(folder)
    alone.now()
    alone.watch()
    alone.close()
    RELEASES["release cut short"](folder)
    started = ReleaseFolder(folder)
    assert live_in(started) == NEWEST
    started.close()
    for name in (NEWER, NEWEST):
        (folder / f"{name}.duckdb").unlink()
    with pytest.raises(ReleaseUnusable):
        ReleaseFolder(folder).now()


@pytest.mark.slow
def test_two_real_processes_agree(folder, processes):
    point_at(folder, folder / f"{NEWER}.duckdb")
    program = (
        "import sys; from pathlib import Path; from dashboard.figures.release_folder import ReleaseFolder; "
        "releases = ReleaseFolder(Path(sys.argv[1])); releases.now(); releases.watch(); print(releases.now().release.name)"
    )
    ended = subprocess.run([sys.executable, "-c", program, folder], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == NEWER
    assert [live_in(releases) for releases in processes] == [NEWER] * 3
