"""Several texts as one zip file; the same content gives the same bytes, so that downloads can be compared."""

import re
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from dashboard.ui.page import Download

PLAIN = re.compile(r"[^A-Za-z0-9]+")


def bundle(name: str, files: Sequence[tuple[str, str]], when: date) -> Download:
    """A zip of (name, text) pairs, in the order given, UTF-8, each dated `when` at midnight."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for inside, text in files:
            info = ZipInfo(inside, (when.year, when.month, when.day, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            # Plain files that their owner may change and others read, whatever system made them.
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, text.encode("utf-8"))
    return Download(f"{name}.zip", "application/zip", content.getvalue())


def stem(*parts: str) -> str:
    """A name for a file out of words, in small letters: ("Theft from the person", "London") is theft-from-the-person_london."""
    return "_".join(PLAIN.sub("-", part).strip("-").lower() for part in parts if part)
