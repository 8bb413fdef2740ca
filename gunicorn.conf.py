"""How gunicorn serves the app; it reads this file by itself when started in this folder: `gunicorn app:server`."""

import contextlib
import gc
import os
import signal
import sys
from typing import Any

from gunicorn.systemd import sd_notify

from dashboard.figures.live_release import close_live_release
from dashboard.settings import Settings

_settings = Settings()
bind = f"{_settings.host}:{_settings.port}"
# Waits for slow readers and senders outside its threads.
worker_class = "dashboard.site.patient_worker.PatientWorker"
workers = _settings.workers
threads = _settings.threads
# The app is put together once, and its memory shared by the workers. Each opens release and register for itself: DuckDB's threads
# and SQLite's locks do not survive a fork.
preload_app = True
loglevel = "warning"
# A worker says every second that it is alive, but not while it makes Home ahead of its first reader.
timeout = 120


def when_ready(server: Any) -> None:
    """Before any worker starts: a release read for the examples of a demonstration is closed again.

    What the app is made of is left out of the garbage collector's rounds, or each worker would copy it.
    """
    close_live_release()
    gc.collect()
    gc.freeze()
    # After a rolling reload this is another process than systemd started.
    sd_notify(f"MAINPID={os.getpid()}", server.log)


def post_worker_init(worker: Any) -> None:
    """Makes Home and then every page ahead of its readers, and says where the site is once its first worker can answer."""
    from app import site
    from dashboard.site.warm import keep_warm

    keep_warm(site)
    _relieve_those_before()
    if worker.age == 1:
        host, port = worker.sockets[0].getsockname()[:2]
        print(f"Policing London is at http://{host}:{port} (Ctrl+C stops it)", flush=True)


def worker_exit(_server: Any, worker: Any) -> None:
    """Ends a worker's process at once, all it took in being answered.

    A page may be in the making still, for a reader who has gone: Python would take DuckDB from under its thread and abort.
    """
    # Gunicorn calls this in its first process too, of a worker that is gone; and one that never began says so by its exit code.
    if os.getpid() != worker.pid or not worker.booted:
        return
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _relieve_those_before() -> None:
    """Tells the server that this one takes over from, if any, to finish what it is answering and stop.

    On USR2 gunicorn starts itself anew beside itself, with the program as it is on disk now; both answer until the new one can.
    """
    predecessor = os.environ.get("GUNICORN_PID")
    if predecessor:
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(predecessor), signal.SIGTERM)
