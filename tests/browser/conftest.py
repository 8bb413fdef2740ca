"""A real Chromium in front of a real server, on a port of its own."""

import os
import shutil
import threading

import pytest
from werkzeug.serving import make_server

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
    path = os.environ.get("CHROMIUM") or next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail(FIX)
    return {**browser_type_launch_args, "executable_path": path, "args": list(QUIETLY)}


@pytest.fixture(scope="session")
def site(app):
    """The address of the site, served from this process."""
    server = make_server("127.0.0.1", 0, app.server, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def faults(page, site):
    """What a page should never do, as it happens: errors in the console, and requests to anyone else."""
    found = []
    page.on("console", lambda message: found.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith((site, "data:", "blob:")) else found.append(request.url))
    return found
