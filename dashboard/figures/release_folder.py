"""The releases of one folder: the one that pages are made from, and what is wrong with the one that should be."""

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from time import monotonic

from dashboard.figures.agreed_release import AgreedRelease
from dashboard.figures.open_release import OpenRelease, open_agreed, open_proved, open_unproved
from etl.core.errors import Fault, PipelineError, ReleaseUnusable, WarehouseMissing
from etl.warehouse import current_release
from etl.warehouse.opening import left_beside
from etl.warehouse.pointer import MEND, POINTER, release_file
from etl.warehouse.proof import note_path, noted_releases, prove

AGAIN_AFTER_SECONDS = 20.0
"""When what was wrong is looked at again though no file changed: a full disk or a lock leaves no trace on them."""
PROVED_AGAIN_AFTER_SECONDS = 3600.0
UNWATCHED_SECONDS = 120.0
"""How long whoever prepares new releases may be silent before readers look for themselves."""
OLDER_AT_MOST = 2
OLDER_UNUSED_SECONDS = 120.0
OF_THE_FILE = frozenset({Fault.MISSING, Fault.UNREADABLE, Fault.DAMAGED, Fault.ALTERED})

Signature = tuple[object, ...]


class NoSuchRelease(LookupError):
    """No release of that name is there, or it is not as it was published."""


@dataclass(frozen=True)
class Trouble:
    """What is wrong with the release that should be live, while pages are made all the same."""

    fault: Fault
    reason: str
    """For whoever runs the site: a sentence with the file and what to do."""
    intended: str | None
    """Name of the release that should be live; None where nothing tells."""
    is_instead: bool
    """Whether pages are made from another release than the one meant, or nobody can tell."""

    is_proved: bool = True
    """Whether what pages are made from was as it was published when it was opened."""

    @property
    def concerns_readers(self) -> bool:
        """Whether every page says so; a note that is lost does not change what was proved before."""
        return self.is_instead or not self.is_proved or self.fault in OF_THE_FILE


@dataclass(frozen=True, eq=False)
class Served:
    """What pages are made from."""

    release: OpenRelease
    trouble: Trouble | None


class ReleaseFolder:
    """Which release of a folder is served. The last good one is never let go: another takes its place once it is proved."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._one_at_a_time = RLock()
        self._served: Served | None = None
        self._next: Served | None = None
        self._refusal: PipelineError | None = None
        self._signature: Signature = ()
        self._proved_at = 0.0
        self._looked_at = 0.0
        self._older: OrderedDict[str, tuple[OpenRelease, float]] = OrderedDict()
        self._agreed = AgreedRelease(folder)
        self.is_watched = False
        """Whether somebody here looks for new releases and prepares them; else the first reader does."""

    def watch(self) -> None:
        """From now on somebody here looks for new releases and prepares them, and other processes may be ahead of this one."""
        with self._one_at_a_time:
            self.is_watched = True
            served = self._served
            if served is None or not self._is_told(served):
                self._catch_up()

    def now(self) -> Served:
        """What pages are made from at this moment.

        Raises:
            WarehouseMissing: nothing has been built there.
            ReleaseUnusable: nothing there can be served.
        """
        served = self._served
        if served is not None and self.is_watched and monotonic() - self._looked_at < UNWATCHED_SECONDS:
            if self._agreed.has_moved():
                self._catch_up()
            return self._served or served
        with self._one_at_a_time:
            following = self.look()
            if following is not None:
                self.go_over_to(following)
            if self._served is None:
                raise self._refusal or WarehouseMissing(f"{self._folder}: no release here yet.")
            return self._served

    def look(self) -> Served | None:
        """What should be served from now on, opened; None where that is what is served already."""
        with self._one_at_a_time:
            self._looked_at = now = monotonic()
            signature = self._files()
            is_bad = self._served is None or self._served.trouble is not None
            if signature == self._signature and now - self._proved_at < (
                AGAIN_AFTER_SECONDS if is_bad else PROVED_AGAIN_AFTER_SECONDS
            ):
                return self._next
            self._next = self._following()
            self._signature, self._proved_at = signature, monotonic()
            self._close_unused()
            return self._next

    def has_moved(self) -> bool:
        """Whether any file that decides what is served has changed since it was last looked at."""
        self._looked_at = monotonic()
        return self._files() != self._signature

    def go_over_to(self, following: Served) -> None:
        """Pages are made from this from now on, in the other processes too; not where another release is meant by now."""
        with self._one_at_a_time:
            is_new = self._served is not None and following.release is not self._served.release
            if is_new and self.is_watched and not self._is_told(following):
                return
            self._served, self._next = following, None

    def see_to_trouble(self) -> None:
        """Looks now, and says what is wrong from now on; a new release is left to whoever prepares it."""
        with self._one_at_a_time:
            following = self.look()
            if following and (not self.is_watched or (self._served and following.release is self._served.release)):
                self.go_over_to(following)

    def close(self) -> None:
        """Closes all that is open; the next question opens it again."""
        with self._one_at_a_time:
            for served in (self._served, self._next):
                if served is not None:
                    served.release.close()
            for older, _ in self._older.values():
                older.close()
            self._served, self._next, self._signature = None, None, ()
            self._older.clear()

    def named(self, name: str) -> OpenRelease:
        """A release of that name, whether or not it is the live one: a few older ones stay open for a while.

        Raises:
            NoSuchRelease: there is none that is as it was published.
        """
        served = self.now()
        if name == served.release.name:
            return served.release
        path = release_file(self._folder, name)
        with self._one_at_a_time:
            self._close_unused()
            opened = self._older.pop(name, (None, 0.0))[0]
            if opened is None:
                try:
                    if path is None:
                        raise NoSuchRelease(name)
                    opened = open_proved(path)
                except ReleaseUnusable as error:
                    raise NoSuchRelease(name) from error
            self._older[name] = (opened, monotonic())
            while len(self._older) > OLDER_AT_MOST:
                self._older.popitem(last=False)
            return opened

    def _is_told(self, served: Served) -> bool:
        release = served.release

        def is_meant() -> bool:
            try:
                return current_release(self._folder) == release.path
            except (WarehouseMissing, ReleaseUnusable):
                return False

        return release.sha256 is not None and self._agreed.go_on_with(release.path, release.sha256, is_meant)

    def _catch_up(self) -> None:
        """Goes over to what another process has gone over to, ready or not; where that cannot be opened all stays as it is."""
        with self._one_at_a_time:
            agreed, served = self._agreed.read(), self._served
            if agreed is None or served is None or served.release.is_of(agreed):
                return
            ready = self._next
            release = ready.release if ready and ready.release.is_of(agreed) else open_agreed(agreed)
            if release is not None:
                self._served, self._next = Served(release, served.trouble), None
                # What is wrong, if anything, is for the next look to say.
                self._signature = ()

    def _following(self) -> Served | None:
        self._refusal = None
        served = self._served
        try:
            path = current_release(self._folder)
            is_open = served is not None and served.release.path == path and prove(path).sha256 == served.release.sha256
            release = served.release if served and is_open else open_proved(path)
            return self._unless_served(release, _beside(path))
        except (WarehouseMissing, ReleaseUnusable) as error:
            return self._instead_of(error)

    def _instead_of(self, error: WarehouseMissing | ReleaseUnusable) -> Served | None:
        """The release that is open, else the last good one, else one that has only lost its note; with what is wrong."""
        fault = error.fault if isinstance(error, ReleaseUnusable) else Fault.POINTER
        try:
            path = current_release(self._folder)
        except (WarehouseMissing, ReleaseUnusable):
            path = None
        release = self._served.release if self._served else self._last_good() or _opened_as_it_is(path, fault)
        if release is None:
            self._refusal = error
            return None
        reason = str(error) if fault is not Fault.POINTER or isinstance(error, ReleaseUnusable) else self._pointer_is_gone()
        trouble = Trouble(fault, reason, path.stem if path else None, release.path != path, release.sha256 is not None)
        return self._unless_served(release, trouble)

    def _pointer_is_gone(self) -> str:
        return f"{self._folder / POINTER}: the file that names the live release is not there; {MEND}"

    def _last_good(self) -> OpenRelease | None:
        agreed = self._agreed.read()
        release = open_agreed(agreed) if agreed else None
        if release is not None:
            return release
        for path in noted_releases(self._folder):
            try:
                return open_proved(path)
            except ReleaseUnusable:
                continue
        return None

    def _unless_served(self, release: OpenRelease, trouble: Trouble | None) -> Served | None:
        served = self._served
        is_served = served is not None and served.release is release and served.trouble == trouble
        return None if is_served else Served(release, trouble)

    def _close_unused(self) -> None:
        for name, (_, used_at) in list(self._older.items()):
            if monotonic() - used_at > OLDER_UNUSED_SECONDS:
                del self._older[name]

    def _files(self) -> Signature:
        """All that tells, without reading it, that a file which decides has changed."""
        try:
            path = current_release(self._folder)
        except (WarehouseMissing, ReleaseUnusable) as error:
            return (str(error),)
        changes = path.with_name(f"{path.name}.wal")
        return (path.name, *(_traits(file) for file in (path, note_path(path), changes)))


def _traits(path: Path) -> Signature:
    try:
        file = path.stat()
    except OSError as error:
        return (error.errno,)
    return (file.st_ino, file.st_size, file.st_mtime_ns, file.st_ctime_ns, file.st_mode)


def _beside(path: Path) -> Trouble | None:
    changes = left_beside(path)
    if changes is None:
        return None
    reason = f"{path}: another tool has written changes to the release into {changes.name}; they are not shown"
    return Trouble(Fault.IN_USE, reason, path.stem, is_instead=False)


def _opened_as_it_is(path: Path | None, fault: Fault) -> OpenRelease | None:
    """A release that has only lost its note; None where it is worse."""
    if path is None or fault is not Fault.UNPROVED:
        return None
    try:
        return open_unproved(path)
    except ReleaseUnusable:
        return None
