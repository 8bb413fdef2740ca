"""Every way the register can refuse. Messages are for the person at the screen."""

from collections.abc import Mapping
from typing import Any, Protocol


class Versioned(Protocol):
    """A record that says which version it is."""

    @property
    def version(self) -> int:
        """Goes up by one with every change."""


class RegisterError(Exception):
    """Base. The command prints the message without a traceback and exits with `exit_code`."""

    exit_code = 20


class NotAllowed(RegisterError):
    """This person may not do this, here, now."""

    exit_code = 21


class NotFound(RegisterError):
    """No such record, or none this viewer may see: the two are never told apart."""

    exit_code = 22


class InvalidEntry(RegisterError):
    """What was typed cannot be kept. `errors` maps a field to one sentence, every fault at once."""

    exit_code = 23

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {sentence}" for field, sentence in errors.items()))
        self.errors = dict(errors)


class Conflict(RegisterError):
    """Someone else changed the record first. Both versions are here, so nothing typed is lost.

    Attributes:
        current: the record as it now stands (a frozen record).
        offered: what the second editor typed, field by field.
        seen_version: the version the second editor started from.
    """

    exit_code = 24

    def __init__(self, current: Versioned, offered: Mapping[str, Any], seen_version: int) -> None:
        super().__init__(
            f"Someone changed this while you were writing (you saw version {seen_version}, it is now version "
            f"{current.version}). Nothing you typed is lost: compare the two and save again."
        )
        self.current = current
        self.offered = dict(offered)
        self.seen_version = seen_version


class NothingIsDeleted(RegisterError):
    """The register keeps everything: end it, withdraw it or supersede it."""

    exit_code = 25


class Unaudited(RegisterError):
    """A change reached the database without saying who made it. A fault in the program, not in the entry."""

    exit_code = 26


class FactsRejected(RegisterError):
    """A file of facts is wrong. `failures` lists every fault."""

    exit_code = 27

    def __init__(self, message: str, failures: list[str]) -> None:
        super().__init__("\n  ".join([f"{message} ({len(failures)} faults)", *failures]))
        self.failures = failures


class ArchiveRejected(RegisterError):
    """A backup or an export cannot be taken in. The register is as it was."""

    exit_code = 28


class NotReady(RegisterError):
    """The register does not exist yet, or is not at the version this program needs."""

    exit_code = 29


class ProviderRefused(RegisterError):
    """The sign-in service's answer cannot be trusted, or belongs to nobody here."""

    exit_code = 30


class RegisterUnavailable(RegisterError):
    """The register can't be reached, read or written just now. `reason` ends the sentence "it can't be read just now: ..."."""

    exit_code = 31

    def __init__(self, reason: str) -> None:
        super().__init__(f"The register of priorities can't be reached just now: {reason}.")
        self.reason = reason


class OtherTables(RegisterUnavailable):
    """The register is an older or a newer program's."""


class NothingWritable(RegisterUnavailable):
    """The register can be read, and nothing can be written into it."""


class SiteIsOpen(RegisterError):
    """A site serves this register: nothing may be put in its place meanwhile."""

    exit_code = 32

    def __init__(self) -> None:
        super().__init__(
            "The site has this register open, and would go on with what was there. Stop the site, do this again, then start it."
        )


class FileTrouble(RegisterError):
    """A file named on the command line, or the register's folder, can't be read or written."""

    exit_code = 33
