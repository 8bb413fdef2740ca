"""Every way the pipeline can refuse. Each error says what was expected, what was found, and where."""

from collections.abc import Sequence
from enum import StrEnum


class PipelineError(Exception):
    """Base. The command line prints the message without a traceback and exits with `exit_code`."""

    exit_code = 10


class CatalogueError(PipelineError):
    """A definition (YAML or reference table) is wrong. Fix the definition."""

    exit_code = 11


class SourceUnavailable(PipelineError):
    """A file could not be opened or fetched. Retrying may help; the live release stays up."""

    exit_code = 12


class SourceChanged(PipelineError):
    """A file is not of a kind we know: its labels and shapes match no source. A person must look."""

    exit_code = 13


class NotTaken(SourceChanged):
    """A sound file of a kind no source takes. In a folder it is named and passed over; asked for by itself it is an error."""


class DataRejected(PipelineError):
    """The rows broke a check. `failures` lists every broken rule, not only the first."""

    exit_code = 14

    def __init__(self, message: str, failures: Sequence[str]) -> None:
        lines = "\n  ".join(failures)
        super().__init__(f"{message} ({len(failures)} {'reason' if len(failures) == 1 else 'reasons'})\n  {lines}")
        self.failures = tuple(failures)


class AcceptanceNeeded(DataRejected):
    """Only warnings a named reason may accept are left: run again with `--accept "reason"`."""

    exit_code = 15


class WarehouseMissing(PipelineError):
    """No release has been built in this warehouse directory."""

    exit_code = 16


class NoSuchThing(PipelineError):
    """The measure, area or period asked for does not exist; the message names the nearest that do."""

    exit_code = 17


class CannotWrite(PipelineError):
    """The warehouse directory cannot be written to, or the disk is full. The live release stays up; make room and run again."""

    exit_code = 19


class FiguresLate(PipelineError):
    """Figures that should be public by now are not held. Fetch and add the newest edition, or ask its publisher for it."""

    exit_code = 20


class StepsUndecided(PipelineError):
    """Steps of the figures wait for somebody to say whether crime changed or its recording: a row of the breaks, or a refusal."""

    exit_code = 22


class Fault(StrEnum):
    """What may be wrong with a release or with the file that names the live one."""

    POINTER = "pointer"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    DAMAGED = "damaged"
    ALTERED = "altered"
    UNPROVED = "unproved"
    IN_USE = "in use"
    OF_ANOTHER_COPY = "of another copy"


class ReleaseUnusable(PipelineError):
    """The live release, or the file that names it, is not as it was published, or another tool has it open."""

    exit_code = 21

    def __init__(self, fault: Fault, sentence: str) -> None:
        super().__init__(sentence)
        self.fault = fault
