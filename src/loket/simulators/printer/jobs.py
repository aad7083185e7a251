"""The letters that came in, how far they are, and failing on purpose."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Final

from loket.connectors.printer.values import JobState
from loket.connectors.printer.words import Status, phrase
from loket.kernel import clock

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

LOST_REPLY: Final = "lost-reply"
"""It takes the job, but breaks the connection before it says so."""

_KEPT = re.compile(r"job-(\d+)\.pdf", re.ASCII)


class Refused(Exception):
    """The answer to a request that is not granted, and why."""

    def __init__(self, status: Status, message: str = "") -> None:
        super().__init__(status, message)
        self.status = status
        self.message = message or phrase(status)


@dataclass
class Job:
    """A letter as it was taken."""

    id: int
    name: str
    user: str
    document_name: str
    content: bytes = field(repr=False)
    state: JobState = JobState.PENDING
    created_at: datetime = field(default_factory=clock.now)


class Queue:
    """Takes letters and keeps them, in a directory too if there is one; used by several threads."""

    def __init__(self, name: str = "brieven", directory: Path | None = None) -> None:
        if directory is not None:
            directory.mkdir(parents=True, exist_ok=True)
        self.name = name
        self.directory = directory
        self.jobs: list[Job] = []
        self._last = _last_kept(directory)
        self._failure: Status | str | None = None
        self._times: int | None = 0
        self._lock = Lock()

    def fail(self, how: Status | str, times: int | None = 1) -> None:
        """Answer the next requests with this status, or not at all; None: for ever."""
        with self._lock:
            self._failure, self._times = how, times

    @property
    def accepting(self) -> bool:
        """Tell whether it takes jobs."""
        return not isinstance(self._failure, Status)

    def let_down(self) -> bool:
        """Fail if that was asked; tell whether the reply is to be lost."""
        with self._lock:
            failure = self._failure
            if self._times is not None:
                self._times = max(0, self._times - 1)
            if not self._times and self._times is not None:
                self._failure = None
        if isinstance(failure, Status):
            raise Refused(failure)
        return failure == LOST_REPLY

    def take(self, name: str, user: str, document_name: str, content: bytes) -> Job:
        """Keep a letter."""
        with self._lock:
            self._last += 1
            job = Job(self._last, name, user, document_name, content)
            if self.directory is not None:
                _write(self.directory / f"job-{job.id:05}.pdf", content)
            self.jobs.append(job)
        return job

    def find(self, job_id: int | None) -> Job:
        """Return a job; Refused when there is no such job."""
        for job in list(self.jobs):
            if job.id == job_id:
                return job
        raise Refused(Status.CLIENT_ERROR_NOT_FOUND, f"Job #{job_id} does not exist.")

    def come_to(self, state: JobState) -> list[Job]:
        """Let each job that is under way come to a state."""
        with self._lock:
            under_way = [job for job in self.jobs if not job.state.final]
            for job in under_way:
                job.state = state
        return under_way

    def clear(self) -> None:
        """Forget all jobs and do not fail any more; what is in the directory stays."""
        with self._lock:
            self.jobs.clear()
            self._failure, self._times = None, 0


def _last_kept(directory: Path | None) -> int:
    """Return the number of the last letter that an earlier process kept."""
    paths = directory.iterdir() if directory else ()
    return max((int(kept[1]) for each in paths if (kept := _KEPT.fullmatch(each.name))), default=0)


def _write(path: Path, content: bytes) -> None:
    half = path.with_suffix(".part")
    half.write_bytes(content)
    half.replace(path)
