"""How gunicorn serves the app; it reads this file by itself when started in this folder: `gunicorn app:server`."""

import gc
from typing import Any

from dashboard.figures.live_release import close_live_release
from dashboard.settings import Settings

_settings = Settings()
bind = f"{_settings.host}:{_settings.port}"
worker_class = "gthread"
workers = _settings.workers
threads = _settings.threads
# The app is put together once, and its memory shared by the workers. Each opens release and register for itself: DuckDB's threads
# and SQLite's locks do not survive a fork.
preload_app = True
loglevel = "warning"


def when_ready(_server: Any) -> None:
    """Before any worker starts: a release read for the examples of a demonstration is closed again.

    What the app is made of is left out of the garbage collector's rounds, or each worker would copy it.
    """
    close_live_release()
    gc.collect()
    gc.freeze()


def post_worker_init(worker: Any) -> None:
    """Makes Home and then every page ahead of its readers, and says where the site is once its first worker can answer."""
    from app import site
    from dashboard.site.warm import keep_warm

    keep_warm(site)
    if worker.age == 1:
        host, port = worker.sockets[0].getsockname()[:2]
        print(f"Policing London is at http://{host}:{port} (Ctrl+C stops it)", flush=True)
