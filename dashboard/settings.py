"""What may be set from outside, by environment variable. Nothing needs setting to run."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings of one process, read once when it starts."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    warehouse_dir: Path = Path(__file__).parent.parent / "data" / "warehouse"
    """WAREHOUSE_DIR: where the releases are."""
    host: str = "127.0.0.1"
    """HOST: 0.0.0.0 to be reached from other machines."""
    port: int = Field(default=8050, ge=0, le=65535)
    """PORT."""
    server: Literal["gunicorn", "dash"] = "gunicorn"
    """SERVER: gunicorn, or dash for Flask's own server (one process, and on Windows)."""
    workers: int = Field(default=2, ge=1, le=64)
    """WORKERS: processes under gunicorn. Processes answer more requests than threads do."""
    threads: int = Field(default=16, ge=2, le=64)
    """THREADS: threads in each process. Some make pages, the others hand out those that are made."""
    session_hours: float = Field(default=12, gt=0, le=24)
    """SESSION_HOURS: how long a browser stays signed in at most; one left alone is signed out after 30 minutes."""
    cookie_secure: bool | None = None
    """COOKIE_SECURE: whether cookies are sent over https only. Unset: always, but for this machine's own http."""
    proxies: int = Field(default=0, ge=0, le=8)
    """PROXIES: how many proxies of ours stand in front and say whose request it is; 0 believes none."""
    log_format: Literal["words", "json"] = "words"
    """LOG_FORMAT: json for a log collector."""
