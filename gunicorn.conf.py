"""How gunicorn serves the app; it reads this file by itself when started in this folder: `gunicorn app:server`."""

from typing import Any

from dashboard.figures.first_release import build_if_missing
from dashboard.register.store import register_url
from dashboard.settings import Settings
from dashboard.site.logs import write_logs
from dashboard.web.site_register import make_ready

_settings = Settings()
bind = f"{_settings.host}:{_settings.port}"
worker_class = "gthread"
workers = _settings.workers
threads = _settings.threads
# Each worker opens the release for itself: DuckDB's threads do not survive a fork.
preload_app = False
loglevel = "warning"


def on_starting(_server: Any) -> None:
    """Before any worker starts: something to serve from, and a register to write in."""
    write_logs(_settings)
    build_if_missing(_settings.warehouse_dir)
    make_ready(register_url())


def post_worker_init(worker: Any) -> None:
    """Says where the site is, once its first worker can answer."""
    if worker.age == 1:
        host, port = worker.sockets[0].getsockname()[:2]
        print(f"Policing London is at http://{host}:{port} (Ctrl+C stops it)", flush=True)
