"""How a release is known to be as it was published: by the note beside it, `<release>.json`, which holds its sha256.

A release is a read-only file, and the note is written with it. Whatever differs from the note is not served and not built upon.
"""

import hashlib
import json
import re
import stat
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from io import BufferedReader
from pathlib import Path

from etl.core.errors import Fault, ReleaseUnusable
from etl.warehouse.pointer import release_file

LONGEST = 10_000
SHA256 = re.compile(r"[0-9a-f]{64}")
BEGINNING = 12
MAGIC = slice(8, 12)
"""Where a DuckDB file says that it is one."""
MEND = "name another release in `current`, or run `python -m etl build`"


@dataclass(frozen=True)
class Note:
    """What was noted of a release when it was published."""

    sha256: str
    bytes: int
    published_at: str
    """ISO time, UTC."""
    made_with: str
    """The fingerprint of the methods and definitions it was worked out with."""

    def text(self) -> str:
        """As it is written beside the release."""
        return json.dumps(asdict(self), indent=1) + "\n"


def note_path(release: Path) -> Path:
    """Where a release's note is."""
    return release.with_suffix(".json")


def is_older_kind(release: Path) -> bool:
    """Whether it was published before releases had notes: then a file of another kind is beside it."""
    return not note_path(release).exists() and release.with_suffix(".made-with").is_file()


def read_note(release: Path) -> Note:
    """The note beside a release.

    Raises:
        ReleaseUnusable: it is not there, or cannot be understood.
    """
    path = note_path(release)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _unproved(release, "is not a file")
        with path.open("rb") as stream:
            content = json.loads(stream.read(LONGEST))
        note = Note(**content)
    except FileNotFoundError:
        raise _unproved(release, "is not there") from None
    except OSError as error:
        raise _unproved(release, f"cannot be read ({error.strerror})") from error
    except (ValueError, TypeError, RecursionError):
        raise _unproved(release, "is damaged") from None
    texts = (note.sha256, note.published_at, note.made_with)
    if not all(isinstance(text, str) for text in texts) or not SHA256.fullmatch(note.sha256) or type(note.bytes) is not int:
        raise _unproved(release, "is damaged")
    return note


def prove(release: Path) -> Note:
    """The release's note, after the whole file has been compared with it; takes a third of a second for 80 megabytes.

    Raises:
        ReleaseUnusable: it is not there, cannot be read, is not as it was published, or nothing tells.
    """
    with open_file(release) as stream:
        note = read_note(release)
        compare(release, stream, note)
    return note


def open_file(release: Path) -> BufferedReader:
    """The file of a release, opened to be read.

    Raises:
        ReleaseUnusable: it is not there, is no file, or cannot be read.
    """
    try:
        if not stat.S_ISREG(release.stat().st_mode):
            raise ReleaseUnusable(Fault.DAMAGED, f"{release}: this is not a file, so no release; {MEND}")
        return release.open("rb")
    except FileNotFoundError:
        raise ReleaseUnusable(Fault.MISSING, f"{release}: the release is not there; {MEND}") from None
    except OSError as error:
        raise ReleaseUnusable(Fault.UNREADABLE, f"{release}: the release cannot be read ({error.strerror})") from error


def compare(release: Path, stream: BufferedReader, note: Note) -> None:
    """Nothing, where all that `stream` holds is what the note of `release` says.

    Raises:
        ReleaseUnusable: it differs.
    """
    try:
        beginning = stream.read(BEGINNING)
        stream.seek(0)
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        size = stream.tell()
    except OSError as error:
        raise ReleaseUnusable(Fault.UNREADABLE, f"{release}: the release cannot be read ({error.strerror})") from error
    if digest == note.sha256:
        return
    if size < note.bytes or beginning[MAGIC] != b"DUCK":
        what = f"is damaged: {size:,} bytes where {note.bytes:,} were published" if size != note.bytes else "is damaged"
        raise ReleaseUnusable(Fault.DAMAGED, f"{release}: the release {what}; {MEND}")
    raise ReleaseUnusable(
        Fault.ALTERED, f"{release}: the release was altered after it was published (its sha256 is not the one noted); {MEND}"
    )


def noted_releases(warehouse_dir: Path) -> Iterator[Path]:
    """Every release that has a note, last published first; whether they are as noted is for whoever opens them to find."""
    published: list[tuple[str, Path]] = []
    for path in warehouse_dir.glob("*.json"):
        release = release_file(warehouse_dir, path.stem)
        try:
            published += [(read_note(release).published_at, release)] if release else []
        except ReleaseUnusable:
            continue
    yield from (release for _, release in sorted(published, reverse=True))


def _unproved(release: Path, what: str) -> ReleaseUnusable:
    sentence = f"{release}: nothing shows that the release is as it was published, for its note {note_path(release).name} {what}"
    return ReleaseUnusable(Fault.UNPROVED, f"{sentence}; {MEND}")
