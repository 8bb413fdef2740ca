"""The release of the bundled figures, built by the command itself once for code that stands, and kept for the next run."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from etl.warehouse.made_with import fingerprint, is_current
from tests.record_methods import ETL, definitions, query

ROOT = Path(__file__).parent.parent
KEPT = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "policing-london" / "test-warehouses"
"""Outside the project, so that several copies of the same code build it once."""
KEPT_AT_MOST = 8
NOT_IN_A_BUILD = {"__main__.py", "commands", "calibration"}


def bundled_warehouse(folder: Path) -> Path:
    """A folder with the bundled release, live; built where `folder` has none. Processes that ask together wait for one build."""
    if is_current(folder):
        return folder
    command = [sys.executable, "-m", "etl", "build", "--unless-built", "--warehouse", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


def kept_folder() -> Path:
    """Where the release of today's code and figures is kept from run to run; those of older code are removed.

    `$BUNDLED_WAREHOUSE` names a folder to take instead, for work that changes no value: nothing is built where it is up to date.
    """
    if ready := os.environ.get("BUNDLED_WAREHOUSE"):
        return Path(ready)
    digest = hashlib.sha256(fingerprint().encode())
    for path in sorted(ETL.rglob("*.py")):
        if path.relative_to(ETL).parts[0] not in NOT_IN_A_BUILD:
            digest.update("\n".join(definitions(path.read_text(encoding="utf-8"))).encode())
    for path in sorted(ETL.rglob("*.sql")):
        digest.update(query(path.read_text(encoding="utf-8")).encode())
    for path in sorted(p for p in (ROOT / "data" / "series").rglob("*") if p.is_file()):
        digest.update(path.read_bytes())
    folder = KEPT / digest.hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    os.utime(folder)
    for old in sorted(KEPT.iterdir(), key=lambda kept: kept.stat().st_mtime, reverse=True)[KEPT_AT_MOST:]:
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    return folder
