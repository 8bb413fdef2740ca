"""A fresh copy has a register at once: made, filled with the public record, and left alone ever after."""

import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.register import reading
from dashboard.register.store import open_register
from dashboard.web.site_register import make_ready

ROOT = Path(__file__).parents[3]
MAKE = "import sys; from dashboard.web.site_register import make_ready; make_ready(sys.argv[1], None)"


def plan_ids(url):
    register = open_register(url)
    with register.reading() as session:
        identifiers = [plan.id for plan in reading.plans(session)]
        lines = session.connection().exec_driver_sql("SELECT count(*) FROM audit_entry").scalar()
    register.close()
    return identifiers, lines


def test_a_missing_register_is_made_with_the_public_record_in_it(tmp_path):
    url = f"sqlite:///{tmp_path / 'new' / 'register.sqlite'}"
    make_ready(url, None)
    plans, lines = plan_ids(url)
    assert plans == ["2013-2016", "2017-2021", "2022-2025", "2025-2029"]
    make_ready(url, None)
    assert plan_ids(url) == (plans, lines)


@pytest.mark.slow
def test_several_processes_starting_at_once_make_one_register(tmp_path):
    url = f"sqlite:///{tmp_path / 'register.sqlite'}"
    starting = [
        subprocess.Popen([sys.executable, "-c", MAKE, url], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    outputs = [process.communicate(timeout=120)[1] for process in starting]
    assert [process.returncode for process in starting] == [0, 0, 0], outputs
    once = f"sqlite:///{tmp_path / 'once' / 'register.sqlite'}"
    make_ready(once, None)
    assert plan_ids(url) == plan_ids(once)


def test_the_registers_file_is_readable_by_its_owner_alone(tmp_path):
    path = tmp_path / "register.sqlite"
    make_ready(f"sqlite:///{path}", None)
    assert oct(path.stat().st_mode & 0o777) == "0o600"
