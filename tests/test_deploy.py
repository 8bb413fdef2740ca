"""The files a machine is set up with say what the site itself says, and leave none of its guards out."""

import configparser
import re
from pathlib import Path

import pytest

from dashboard.settings import Settings

ROOT = Path(__file__).parent.parent
NGINX = (ROOT / "deploy" / "nginx.conf").read_text()
UNIT = (ROOT / "deploy" / "policing-london.service").read_text()
SECONDS = {"s": 1, "m": 60}


def directive(name):
    """The values given to a directive of nginx, each time it is given."""
    lines = [line.strip() for line in NGINX.splitlines() if not line.lstrip().startswith("#")]
    return [line.removesuffix(";").split(maxsplit=1)[1] for line in lines if line.startswith(f"{name} ") and line.endswith(";")]


def section(name):
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str
    unit.read_string(UNIT)
    return unit[name]


@pytest.mark.parametrize(
    "name", ["client_header_timeout", "client_body_timeout", "send_timeout", "proxy_read_timeout", "proxy_connect_timeout"]
)
def test_nobody_is_waited_for_for_ever(name):
    (value,) = directive(name)
    number, unit = re.fullmatch(r"(\d+)([sm])", value).groups()
    assert 1 <= int(number) * SECONDS[unit] <= 90


def test_requests_and_answers_are_taken_off_the_hands_of_the_site():
    assert directive("proxy_request_buffering") == directive("proxy_buffering") == ["on"]
    assert directive("client_max_body_size") == ["2m"]
    assert directive("limit_req")
    assert directive("limit_conn")


def test_what_a_reader_says_of_host_scheme_and_address_is_written_anew():
    headers = dict(value.split(maxsplit=1) for value in directive("proxy_set_header"))
    assert headers["X-Forwarded-For"] == "$remote_addr"
    assert headers["X-Forwarded-Proto"] == "$scheme"
    assert headers["X-Forwarded-Host"] == headers["Host"] == "$host"
    assert "proxy_add_x_forwarded_for" not in NGINX


def test_a_form_is_never_sent_twice():
    assert "non_idempotent" not in " ".join(directive("proxy_next_upstream"))


def test_every_block_is_closed():
    assert NGINX.count("{") == NGINX.count("}")
    for line in NGINX.splitlines():
        assert not line.strip() or line.strip().startswith("#") or line.rstrip()[-1] in ";{}", line


def test_the_unit_starts_what_the_readme_names_with_settings_there_are():
    service = section("Service")
    assert service["ExecStart"].endswith(".venv/bin/gunicorn app:server")
    names = {pair.partition("=")[0].lower() for pair in service["Environment"].split()}
    assert names <= set(Settings.model_fields)
    assert f"127.0.0.1:{Settings.model_fields['port'].default}" in NGINX
    assert "PROXIES=1" in service["Environment"]


def test_the_unit_reloads_without_a_gap_and_follows_the_new_process():
    service = section("Service")
    assert service["ExecReload"] == "/bin/kill -USR2 $MAINPID"
    assert (service["Type"], service["NotifyAccess"]) == ("notify", "all")
    assert "MAINPID" in (ROOT / "gunicorn.conf.py").read_text()


def test_the_unit_may_write_the_data_alone():
    service = section("Service")
    assert service["ProtectSystem"] == "strict"
    assert service["ReadWritePaths"].endswith("/data")
    assert service["NoNewPrivileges"] == "true"
