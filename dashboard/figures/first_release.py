"""A warehouse to serve from: the bundled figures are built on the first start."""

import subprocess
import sys
from pathlib import Path

from dashboard.figures.release_folder import ReleaseFolder
from etl.core.errors import Fault, ReleaseUnusable, WarehouseMissing
from etl.warehouse import current_release
from etl.warehouse.made_with import is_current
from etl.warehouse.proof import is_older_kind

ROOT = Path(__file__).parents[2]
REFRESH = ("refresh",)


def build_if_missing(warehouse_dir: Path) -> None:
    """Sees to it that there is a release to serve: builds that of `data/series`, or works an older copy's out again.

    A live release that is not as it was published is left where it is: the last good one is served, and where there is none the
    bundled figures are built. What is done goes to the terminal.

    Builds go on in a process of their own, so that what they need (hundreds of megabytes, the statistics libraries) is never
    part of the web server.

    Raises:
        SystemExit: the build was refused, with its own exit code; it has said why.
    """
    if not is_current(warehouse_dir):
        _see_to_it(warehouse_dir)


def _see_to_it(warehouse_dir: Path) -> None:
    if _is_of_an_older_kind(warehouse_dir):
        _run(warehouse_dir, *REFRESH)
        return
    live = ReleaseFolder(warehouse_dir)
    try:
        served = live.now()
    except WarehouseMissing:
        # Another start may be building it already: then this one waits, and finds nothing left to do.
        _run(warehouse_dir, "build", "--unless-built")
    except ReleaseUnusable as error:
        if error.fault is Fault.OF_ANOTHER_COPY:
            _run(warehouse_dir, *REFRESH)
            return
        _say(f"{error}.\nNo other release there is good: the bundled figures are built.")
        _run(warehouse_dir, "build")
    else:
        if served.trouble is None or served.trouble.fault is Fault.OF_ANOTHER_COPY:
            _run(warehouse_dir, *REFRESH, or_else_serve=served.release.name)
        else:
            _say(f"{served.trouble.reason}.\nUntil then the release {served.release.name} is served.")
    finally:
        live.close()


def _is_of_an_older_kind(warehouse_dir: Path) -> bool:
    try:
        return is_older_kind(current_release(warehouse_dir))
    except (WarehouseMissing, ReleaseUnusable):
        return False


def _run(warehouse_dir: Path, *subcommand: str, or_else_serve: str = "") -> None:
    if subcommand == REFRESH:
        # The command itself is silent while it proves the live release and copies what the publishers said out of it.
        _say("The release here was made by another copy of the project: its figures are worked out again with this one's.")
    command = [sys.executable, "-m", "etl", *subcommand, "--warehouse", str(warehouse_dir.resolve())]
    finished = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603 (our own command, no text from outside)
    if finished.returncode and or_else_serve:
        _say(f"The release {or_else_serve} is served as it is.")
    elif finished.returncode:
        sys.exit(finished.returncode)


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
