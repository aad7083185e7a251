"""Start all of Loket, keep it going, and stop it: what `loket run` does."""

import contextlib
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

from rich.console import Console, RenderableType
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from loket.site.child import HOST, Child, Process
from loket.site.postgres import Postgres
from loket.site.postgres_cluster import PostgresError
from loket.site.process_table import within

READY_WITHIN = 60.0
STOPPED_WITHIN = (2.0, 8.0)
"""Seconds after being asked, and after being asked again: what is still starting may not hear."""
WATCH_EVERY = 0.1
CANNOT_START = 1
WIDTH_OF_A_FILE = 160

Tell = Callable[[int, int], None]
"""Tells how far a step is: done, of how many."""


class StartError(Exception):
    """Loket cannot start; the message says why and what to do."""


class _StopAskedError(BaseException):
    """A signal asked the supervisor to stop."""


@dataclass(frozen=True)
class Step:
    """Something to do before the processes start; it may tell how far it is."""

    title: str
    action: Callable[[Tell], object]


class _Supervisor:
    def __init__(self, postgres: Postgres | None, console: Console) -> None:
        self._postgres = postgres
        self._console = console
        self._children: list[Child] = []

    def do(self, step: Step) -> None:
        """Do a step, show how far it is, and leave one line that it is done."""
        began = time.monotonic()
        columns = TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn()
        bars = Progress(
            *columns,
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        with bars:
            bar = bars.add_task(step.title, total=None)
            step.action(lambda done, total: bars.update(bar, completed=done, total=total))
        self._done(step.title, began)

    def start_postgres(self) -> None:
        """Start our own database, if it is ours that is used."""
        if postgres := self._postgres:
            self.do(Step("database", lambda _: postgres.start()))

    def start(self, processes: Sequence[Process], logs: Path) -> None:
        """Start the processes together and wait until each is ready."""
        began = time.monotonic()
        for process in processes:
            self._children.append(Child(process, logs / f"{process.name}.log"))
        for child in self._children:
            _wait_until_ready(child)
            self._done(child.process.name, began)

    def watch(self) -> NoReturn:
        """Start again what ends, until a signal comes."""
        while True:
            if self._postgres and self._postgres.pid is None:
                self._console.print("[yellow]![/] database ended; starting it again")
                self.start_postgres()
            for child in self._children:
                self._look_after(child)
            time.sleep(WATCH_EVERY)

    def stop(self) -> None:
        """Stop what was started here: those who use the database first, then the database."""
        for patience in STOPPED_WITHIN:
            for child in reversed(self._children):
                child.terminate()
            if within(patience, lambda: all(child.has_ended() for child in self._children)):
                break
        for child in self._children:
            child.kill()
        if self._postgres and self._postgres.tied:
            self._postgres.stop()

    def _look_after(self, child: Child) -> None:
        name = child.process.name
        if how := child.end_to_report():
            said = "\n".join(f"    {line}" for line in child.said().splitlines())
            self._console.print(f"[yellow]![/] {name} {how}; starting it again; {child.log}:")
            self._console.print(said, markup=False, highlight=False, soft_wrap=True)
        elif child.start_again():
            self._console.print(f"[green]✓[/] {name} started again")

    def _done(self, title: str, began: float) -> None:
        took = f"{time.monotonic() - began:.1f} s"
        self._console.print(f"[green]✓[/] {escape(title):<40} [dim]{took:>7}[/]", highlight=False)


def run(
    steps: Sequence[Step],
    processes: Sequence[Process],
    banner: RenderableType,
    *,
    postgres: Postgres | None,
    logs: Path,
) -> int:
    """Start the database, do the steps, start the processes and keep them all going.

    Returns the exit code: 0 if a signal ended it, 1 if Loket could not start.
    """
    console = Console()
    if not console.is_terminal:
        console.width = WIDTH_OF_A_FILE
    supervisor = _Supervisor(postgres, console)
    try:
        with _stop_on_signals():
            _check_ports(processes)
            supervisor.start_postgres()
            for step in steps:
                supervisor.do(step)
            supervisor.start(processes, logs)
            console.print(banner)
            supervisor.watch()
    except _StopAskedError:
        console.print("\nLoket stops.")
    except (StartError, PostgresError) as error:
        console.print(f"[red]✗[/] {escape(str(error))}", highlight=False, soft_wrap=True)
        return CANNOT_START
    finally:
        supervisor.stop()
    return 0


def _wait_until_ready(child: Child) -> None:
    process = child.process
    within(READY_WITHIN, lambda: process.is_ready() or child.has_ended())
    if child.has_ended() or not process.is_ready():
        how = child.end_to_report() or f"is not ready after {READY_WITHIN:.0f} seconds"
        raise StartError(f"{process.name} {how}; {child.log} says:\n{child.said()}")


def _check_ports(processes: Sequence[Process]) -> None:
    for process in processes:
        if process.port_is_taken():
            raise StartError(
                f"Port {process.port} on {HOST} is taken, so {process.name} cannot start; "
                "choose others with LOKET_PORT, for example LOKET_PORT=9000."
            )


@contextlib.contextmanager
def _stop_on_signals() -> Iterator[None]:
    """Stop at Ctrl-C, at the end of the terminal and when asked; afterwards hear none of them."""

    def ask(_signum: int, _frame: FrameType | None) -> None:
        _ignore_signals()
        raise _StopAskedError

    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Started with nohup, the end of the terminal is to be survived.
        if signum != signal.SIGHUP or signal.getsignal(signum) != signal.SIG_IGN:
            signal.signal(signum, ask)
    try:
        yield
    finally:
        _ignore_signals()


def _ignore_signals() -> None:
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, signal.SIG_IGN)
