"""`python app.py` builds what is missing and serves; `gunicorn app:server` is what it runs."""

import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.settings import Settings

if TYPE_CHECKING:
    from dashboard.site.server import Site


def main() -> None:
    """Serves until stopped, under gunicorn or, where SERVER=dash or there is no gunicorn (Windows), Flask's own server."""
    os.chdir(Path(__file__).parent)
    settings = Settings()
    _refuse_a_taken_port(settings.host, settings.port)
    if settings.server == "gunicorn" and os.name != "nt":
        # By its own script: as a module it could not start itself anew (USR2).
        os.execv(sys.executable, [sys.executable, str(Path(sys.executable).with_name("gunicorn")), "app:server"])
    from dashboard.site.warm import keep_warm

    site = _make_site(settings)
    keep_warm(site)
    print(f"Policing London is at http://{settings.host}:{settings.port} (Ctrl+C stops it)", flush=True)
    site.server.run(host=settings.host, port=settings.port, threaded=True)


def _refuse_a_taken_port(host: str, port: int) -> None:
    """Says so at once, not after a build: someone else listens there already."""
    try:
        socket.create_connection((host, port), timeout=2).close()
    except OSError:  # nobody answers; whether we may listen there is for the server to find
        return
    sys.exit(f"Something listens at http://{host}:{port} already. Choose another port: ./serve --port {port + 1}")


def _make_site(settings: Settings) -> "Site":
    """The site, with a release and a register to serve from."""
    from dashboard.site.memory import spare_memory

    spare_memory()
    from dashboard.factory import create_app
    from dashboard.figures.first_release import build_if_missing

    build_if_missing(settings.warehouse_dir)
    return create_app(settings)


if __name__ == "__main__":
    main()
else:
    site = _make_site(Settings())
    server = site.server
