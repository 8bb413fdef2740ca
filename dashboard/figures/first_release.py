"""A warehouse to serve from: the bundled figures are built on the first start."""

import subprocess
import sys
from pathlib import Path

from etl.warehouse.made_with import is_current

ROOT = Path(__file__).parents[2]


def build_if_missing(warehouse_dir: Path) -> None:
    """Builds the release of `data/series` where none is live, and works an older copy's release out again.

    Its progress goes to the terminal.

    In a process of its own, so that what building needs (hundreds of megabytes, the statistics libraries) is never part of
    the web server.

    Raises:
        SystemExit: the build was refused, with its own exit code; it has said why.
    """
    if is_current(warehouse_dir):
        return
    # Another start may be building it already: then this one waits, and finds nothing left to do.
    subcommand = ["refresh"] if (warehouse_dir / "current").exists() else ["build", "--unless-built"]
    command = [sys.executable, "-m", "etl", *subcommand, "--warehouse", str(warehouse_dir.resolve())]
    finished = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603 (our own command, no text from outside)
    if finished.returncode:
        sys.exit(finished.returncode)
