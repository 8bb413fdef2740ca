"""A warehouse to serve from: the bundled figures are built on the first start."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def build_if_missing(warehouse_dir: Path) -> None:
    """Builds the release of `data/series` where no release is live yet; its progress goes to the terminal.

    In a process of its own, so that what building needs (hundreds of megabytes, the statistics libraries) is never part of
    the web server.

    Raises:
        subprocess.CalledProcessError: the build was refused; it has said why.
    """
    if (warehouse_dir / "current").exists():
        return
    command = [sys.executable, "-m", "etl", "build", "--warehouse", str(warehouse_dir.resolve())]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 (our own command, no text from outside)
