"""The last good release is never let go: whatever becomes of the files, figures are shown, from one release, and it is said."""

import re
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest

from dashboard.figures import live_release, queries, release_folder
from dashboard.figures.first_release import build_if_missing
from dashboard.figures.release_folder import NoSuchRelease, ReleaseFolder
from dashboard.site.drawings import drawing_address
from etl.core.areas import LONDON
from etl.core.errors import Fault, ReleaseUnusable
from etl.warehouse import current_release
from etl.warehouse.proof import note_path
from tests.etl.broken_releases import BESIDE, EVERY, POINTERS, RELEASES, another_release, point_at
from tests.etl.commands import done
from tests.etl.made import edition

OLDER, NEWER = "2019-01-01-older", "2031-01-01-newer"
PAGES = ("/", "/london", "/measure/burglary", "/borough/E09000006", "/data", "/download/measure/burglary")
ONE_OF_EACH = ("pointer empty", "pointer missing", "release missing", "release cut short", "release with one value changed")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A folder with one release of made-up figures."""
    folder = tmp_path_factory.mktemp("small")
    done("add", edition().write(folder / "made.csv"), "--warehouse", folder / "warehouse", whole_catalogue=True)
    return folder / "warehouse"


@pytest.fixture
def folder(small, tmp_path):
    """A copy of it, for one test to break."""
    return shutil.copytree(small, tmp_path / "warehouse")


@pytest.fixture
def site(folder, app, monkeypatch):
    """The site over that folder, as it answers when it has just been started."""
    monkeypatch.setattr(live_release, "warehouse_dir", lambda: folder)
    yield app
    live_release.releases().close()


@pytest.fixture
def get(site):
    """Asks the site for an address."""
    return lambda address: site.server.test_client().get(address, buffered=True)


def words(answer):
    return re.sub(r"\s+", " ", unescape(re.sub(r"(?s)<(svg|style).*?</\1>|<[^>]+>", " ", answer.get_data(as_text=True))))


@pytest.mark.parametrize("fault", EVERY)
def test_a_running_site_keeps_the_release_it_has_open(folder, fault):
    releases = ReleaseFolder(folder)
    before = releases.now()
    EVERY[fault](folder)
    after = releases.now()
    assert after.release is before.release
    assert after.trouble is not None
    assert after.trouble.is_proved
    assert after.trouble.is_instead == (fault in POINTERS)
    assert after.trouble.concerns_readers == (fault in {*POINTERS, *RELEASES})
    releases.close()


@pytest.mark.parametrize("fault", EVERY)
def test_a_site_that_starts_serves_the_last_good_release(folder, fault):
    another_release(folder, OLDER)
    newer = another_release(folder, NEWER)
    point_at(folder, newer)
    EVERY[fault](folder)
    last_good = NEWER if fault in {*POINTERS, *BESIDE} else OLDER
    releases = ReleaseFolder(folder)
    served = releases.now()
    assert served.release.name == last_good
    assert served.trouble is not None
    assert "\n" not in served.trouble.reason
    releases.close()


@pytest.mark.parametrize("fault", ["release missing", "release of garbage", "release with one bit changed"])
def test_nothing_is_served_where_the_only_release_is_bad(folder, fault):
    RELEASES[fault](folder)
    with pytest.raises(ReleaseUnusable):
        ReleaseFolder(folder).now()


@pytest.mark.parametrize("fault", ["note missing", "note of other kinds"])
def test_the_only_release_is_served_without_its_note_and_not_called_proved(folder, fault):
    EVERY[fault](folder)
    releases = ReleaseFolder(folder)
    trouble = releases.now().trouble
    assert trouble is not None
    assert (trouble.fault, trouble.is_proved, trouble.concerns_readers) == (Fault.UNPROVED, False, True)
    releases.close()


@pytest.mark.parametrize("fault", ONE_OF_EACH)
def test_a_release_made_good_again_is_served_by_itself(folder, fault, tmp_path):
    good = shutil.copytree(folder, tmp_path / "good")
    releases = ReleaseFolder(folder)
    releases.now()
    EVERY[fault](folder)
    assert releases.now().trouble is not None
    for file in sorted(good.iterdir(), key=lambda path: path.name == "current"):
        shutil.copy(file, folder / f"{file.name}.again")
        (folder / f"{file.name}.again").replace(folder / file.name)
    assert releases.now().trouble is None
    releases.close()


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["pointer at nothing", "release with one value changed"])
def test_every_page_is_answered_and_says_what_is_wrong(folder, get, fault):
    for page in PAGES:
        assert get(page).status_code == 200
    EVERY[fault](folder)
    for page in (*PAGES, "/borough/E09000007", "/no-such-page"):
        answer = get(page)
        assert answer.status_code == (404 if page == "/no-such-page" else 200)
        line = "The newest release could not be opened." if fault in POINTERS else "The file of these figures is damaged or gone."
        assert page.startswith("/download") or line in words(answer)
    health = get("/health").get_json()
    assert (health["status"], health["served_instead"]) == ("degraded", fault in POINTERS)
    assert health["release"] == queries.release().name
    assert health["release_reason"]


def test_a_newer_release_that_is_altered_is_never_shown(folder, get):
    page_words = words(get("/london"))
    newer = another_release(folder, NEWER)
    point_at(folder, newer)
    RELEASES["release with one value changed"](folder)
    assert words(get("/london")).replace("The newest release could not be opened.", "").startswith(page_words[:40])
    health = get("/health").get_json()
    assert (health["release_fault"], health["release_intended"], health["served_instead"]) == ("altered", NEWER, True)
    assert health["release"] != NEWER


def test_health_is_well_while_all_is(get):
    health = get("/health").get_json()
    assert (health["release_fault"], health["served_instead"]) == (None, False)
    assert health["status"] != "degraded"


def test_without_any_good_release_pages_say_try_again_and_health_says_why(folder, get, capfd):
    RELEASES["release cut short"](folder)
    assert get("/london").status_code == 503
    terminal = "".join(capfd.readouterr())
    assert "is damaged" in terminal
    assert "Traceback" not in terminal
    health = get("/health")
    assert (health.status_code, "is damaged" in health.get_json()["reason"]) == (503, True)


def test_a_picture_of_an_older_release_answers_while_that_release_is_there(folder, get):
    before = drawing_address("line", "burglary", LONDON)
    picture = get(before)
    older = current_release(folder)
    point_at(folder, another_release(folder, NEWER))
    assert NEWER in drawing_address("line", "burglary", LONDON)
    assert get(before).data == picture.data
    live_release.releases().close()
    older.chmod(0o644)
    older.write_bytes(older.read_bytes()[:-1])
    assert get(before.replace("/line/", "/card/")).status_code == 404
    assert get(before.replace(older.stem, "../../etc/passwd")).status_code == 404


def test_few_older_releases_are_open_at_once(folder):
    names = [another_release(folder, f"2019-01-0{day}-older").stem for day in range(1, 5)]
    releases = ReleaseFolder(folder)
    for name in names:
        assert releases.named(name).name == name
    assert len(releases._older) == release_folder.OLDER_AT_MOST
    with pytest.raises(NoSuchRelease):
        releases.named("2019-01-09-older")
    releases.close()


def test_a_release_that_is_no_longer_served_is_closed_and_what_it_kept_is_gone(folder):
    releases = ReleaseFolder(folder)
    closed = releases.now().release.close
    point_at(folder, another_release(folder, NEWER))
    assert closed.alive
    assert releases.now().release.name == NEWER
    assert not closed.alive
    releases.close()


def test_readers_keep_the_open_release_until_the_next_is_ready(folder):
    releases = ReleaseFolder(folder)
    releases.is_watched = True
    before = releases.now()
    point_at(folder, another_release(folder, NEWER))
    assert releases.now() is before
    following = releases.look()
    assert following.release.name == NEWER
    assert releases.look() is following
    assert releases.now() is before
    releases.go_over_to(following)
    assert releases.now() is following
    releases.close()


def test_readers_look_for_themselves_once_nobody_has_watched_for_long(folder, monkeypatch):
    releases = ReleaseFolder(folder)
    releases.is_watched = True
    releases.now()
    point_at(folder, another_release(folder, NEWER))
    monkeypatch.setattr(release_folder, "UNWATCHED_SECONDS", 0.0)
    assert releases.now().release.name == NEWER
    releases.close()


def test_a_fault_that_leaves_no_trace_is_looked_at_again(folder, monkeypatch):
    monkeypatch.setattr(release_folder, "AGAIN_AFTER_SECONDS", 0.0)
    point_at(folder, another_release(folder, NEWER))
    opened, failed = release_folder.open_proved, []

    def once(path):
        if not failed:
            failed.append(path)
            raise ReleaseUnusable(Fault.UNREADABLE, "no more files can be opened")
        return opened(path)

    monkeypatch.setattr(release_folder, "open_proved", once)
    releases = ReleaseFolder(folder)
    assert releases.now().trouble is not None
    assert releases.now().trouble is None
    releases.close()


@pytest.mark.slow
def test_no_answer_mixes_two_releases_while_one_takes_the_others_place(folder, site):
    """Each release has another London; whatever a page says, it says of one of them."""
    import duckdb

    from etl.release import publish

    first = current_release(folder)
    building = folder / "swap.building"
    shutil.copy(first, building)
    building.chmod(0o644)
    with duckdb.connect(str(building)) as connection:
        connection.execute("UPDATE release SET name = ?", [NEWER])
        connection.execute("UPDATE measure_value SET value = value + 1000000 WHERE measure_id = 'burglary'")
    second = folder / f"{NEWER}.duckdb"
    publish.seal(building, second)
    stop, wrong = threading.Event(), []

    def ask(_):
        while not stop.is_set():
            with live_release.one_release():
                name = queries.release().name
                large = [p.value > 1_000_000 for p in queries.measure_series("burglary", LONDON).points if p.value is not None]
                rows = live_release.rows(live_release_names())
            if set(large) != {name == NEWER} or [row.name for row in rows] != [name]:
                wrong.append(name)

    with ThreadPoolExecutor(3) as readers:
        answers = [readers.submit(ask, n) for n in range(3)]
        for _ in range(4):
            for release in (second, first):
                point_at(folder, release)
                assert live_release.releases().now().release.path == release
        stop.set()
        for one in answers:
            one.result()
    assert wrong == []


def live_release_names():
    from sqlalchemy import select

    from etl.warehouse import release

    return select(release.c.name)


@pytest.mark.parametrize("fault", ["pointer empty", "release cut short", "release a folder", "note missing"])
def test_a_start_over_a_broken_release_builds_nothing_while_another_is_good(folder, fault, capfd):
    another_release(folder, OLDER)
    EVERY[fault](folder)
    build_if_missing(folder)
    assert "is served" in capfd.readouterr().err


def test_a_start_where_nothing_is_good_builds_the_bundled_figures(folder, monkeypatch, capfd):
    ran = []
    monkeypatch.setattr("dashboard.figures.first_release._run", lambda _folder, *command, **_: ran.append(command))
    RELEASES["release cut short"](folder)
    build_if_missing(folder)
    assert ran == [("build",)]
    assert "is damaged" in capfd.readouterr().err


def test_a_release_whose_note_is_of_another_release_is_not_served(folder):
    newer = another_release(folder, NEWER)
    first = current_release(folder)
    shutil.copy(note_path(newer), note_path(first))
    releases = ReleaseFolder(folder)
    assert releases.now().release.name == NEWER
    releases.close()
    newer.unlink()
    with pytest.raises(ReleaseUnusable):
        ReleaseFolder(folder).now()


def test_a_fault_in_a_file_has_no_page_made_anew(folder, get, site):
    pages = ("/london", "/measure/burglary", "/download/measure/burglary")
    before = {page: get(page) for page in pages}
    made = site.answers.times_made
    RELEASES["release cut short"](folder)
    for page in pages:
        answer = get(page)
        assert answer.status_code == 200
        if not page.startswith("/download"):
            assert "The file of these figures is damaged or gone." in words(answer)
            assert answer.headers.get("ETag") is None
            asked_again = site.server.test_client().get(page, headers={"If-None-Match": before[page].headers["ETag"]})
            assert asked_again.status_code == 200
    assert site.answers.times_made == made


def test_a_page_in_trouble_says_first_what_is_wrong_and_then_what_it_ignored(folder, get):
    get("/measure/burglary")
    RELEASES["release cut short"](folder)
    text = words(get("/measure/burglary?strange=1"))
    assert text.count("The file of these figures is damaged or gone.") == 1
    assert text.index("is damaged or gone.") < text.index("“strange” in this address means nothing here.")
