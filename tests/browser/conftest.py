"""A real Chromium in front of a real server, on a port of its own."""

import os
import shutil
import threading
from contextlib import contextmanager
from dataclasses import replace

import pytest
from werkzeug.serving import make_server

from dashboard.web.limits import limiter
from dashboard.web.site_register import EXTENSION, utc_now
from tests.signed_in import PASSWORD, own_copy, people_register

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIETLY = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
FIX = "no Chromium or Chrome was found: `apt-get install chromium`, or set CHROMIUM to the path of one"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = os.environ.get("CHROMIUM") or next((program for name in BROWSERS if (program := shutil.which(name))), None)
    if path is None:
        pytest.fail(FIX)
    return {**browser_type_launch_args, "executable_path": path, "args": list(QUIETLY)}


@contextmanager
def serving(app):
    """The address of the site, served from this process."""
    server = make_server("127.0.0.1", 0, app.server, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def site(app):
    """The address of the site, for those who only read."""
    with serving(app) as address:
        yield address


@pytest.fixture
def faults(page, site):
    """What a page should never do, as it happens: errors in the console, and requests to anyone else."""
    lines = []
    page.on("console", lambda message: lines.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: lines.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith((site, "data:", "blob:")) else lines.append(request.url))
    return lines


@pytest.fixture(scope="session")
def people(tmp_path_factory):
    return people_register(tmp_path_factory.mktemp("people"), utc_now())


@pytest.fixture
def place(app, people, tmp_path, monkeypatch):
    """The site with a register of this test's own."""
    own_copy(people, tmp_path, monkeypatch)
    # Everyone here comes from one address; each test starts with none of its tries counted.
    monkeypatch.setitem(app.server.extensions, EXTENSION, replace(app.server.extensions[EXTENSION], tries=limiter()))
    with serving(app) as address:
        yield address


@pytest.fixture
def someone(browser, place):
    """A browser of their own for each person, without script: what works so works for everyone."""
    contexts = []

    def open_for(person, *, script=False, width=1440):
        context = browser.new_context(java_script_enabled=script, viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        if person:
            page.goto(f"{place}/sign-in")
            page.get_by_label("Email address").fill(f"{person}@example.org")
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url(f"{place}/my-work")
        return page

    yield open_for
    for context in contexts:
        context.close()
