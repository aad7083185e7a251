"""Letters to paper: a print queue that speaks IPP, or a directory that a print service collects."""

from loket.connectors.printer.dropping import drop, forget
from loket.connectors.printer.printing import find, job_state, print_job
from loket.connectors.printer.values import (
    DefinitiefMislukt,
    FileDrop,
    Ipp,
    JobState,
    Receipt,
    TijdelijkMislukt,
    VerzendenMislukt,
)

__all__ = [
    "DefinitiefMislukt",
    "FileDrop",
    "Ipp",
    "JobState",
    "Receipt",
    "TijdelijkMislukt",
    "VerzendenMislukt",
    "drop",
    "find",
    "forget",
    "job_state",
    "print_job",
]
