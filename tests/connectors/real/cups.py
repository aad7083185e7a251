"""A real print server: Debian's CUPS, with settings, spool and queues of its own."""

from __future__ import annotations

import os
import queue
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Generator

CUPSD = "/usr/sbin/cupsd"
CUPS_PDF = Path("/usr/lib/cups/backend/cups-pdf")
PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd")
ETC = Path("/etc/cups")
"""The one place where CUPS-PDF looks for its settings, by the name of the queue."""
STARTED_WITHIN = 30

FILES = """
ServerRoot {folder}
StateDir {folder}/state
CacheDir {folder}/cache
RequestRoot {folder}/spool
TempDir {folder}/tmp
AccessLog {folder}/log
ErrorLog {folder}/log
PageLog {folder}/log
FileDevice Yes
{user}
"""
CUPSD_CONF = """
Listen 127.0.0.1:{port}
Browsing No
WebInterface No
DefaultAuthType Basic
ErrorPolicy abort-job
LimitRequestBody 1m
MaxJobs 50
<Location />
Order allow,deny
Allow from 127.0.0.1
</Location>
<Location /printers/besloten>
AuthType Basic
Require valid-user
</Location>
"""
CUPS_PDF_CONF = """
Out {printed}
AnonDirName {printed}
AnonUMask 0022
Spool {folder}/tmp/pdf
Log {folder}/tmp
Label 1
TitlePref 1
"""
QUEUES = """
<Printer ruw>
DeviceURI socket://127.0.0.1:{paper}/?waiteof=false
State Idle
Accepting Yes
</Printer>
<Printer stil>
DeviceURI file:///dev/null
State Stopped
Accepting Yes
</Printer>
<Printer dicht>
DeviceURI file:///dev/null
State Idle
Accepting No
</Printer>
<Printer besloten>
DeviceURI file:///dev/null
State Idle
Accepting Yes
</Printer>
<Printer {pdf}>
DeviceURI cups-pdf:/{pdf}
State Idle
Accepting Yes
</Printer>
"""


class Paper(ThreadingTCPServer):
    """What a printer on the network is: a port that takes whatever it is sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Printing)
        self.port: int = self.socket.getsockname()[1]
        self.printed: queue.Queue[bytes] = queue.Queue()


class _Printing(StreamRequestHandler):
    server: Paper  # pyright: ignore[reportIncompatibleVariableOverride] - nobody else makes it

    def handle(self) -> None:
        self.server.printed.put(self.rfile.read())


class Cups(NamedTuple):
    """A server and its queues.

    `ruw` sends to the paper what it gets; `stil` is stopped, `dicht` takes nothing, and `besloten`
    asks for a password.
    """

    port: int
    folder: Path
    paper: Paper
    pdf: str
    """The queue of CUPS-PDF, which works for root only."""

    def uri(self, queue: str) -> str:
        """Where a queue is."""
        return f"ipp://127.0.0.1:{self.port}/printers/{queue}"

    @property
    def printed(self) -> Path:
        """The folder in which CUPS-PDF puts what it printed."""
        return self.folder / "gedrukt"

    @property
    def log(self) -> str:
        """What it says of itself."""
        return (self.folder / "log").read_text(errors="replace")


@contextmanager
def cups() -> Generator[Cups]:
    """Run it until the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="loket-cups-"))
    folder.chmod(0o755)
    with _paper() as paper:
        server = Cups(_free_port(), folder, paper, f"loket-{uuid4().hex[:8]}")
        try:
            _prepare(server)
            with _running(server):
                yield server
        finally:
            _pdf_conf(server).unlink(missing_ok=True)
            shutil.rmtree(folder)


@contextmanager
def _paper() -> Generator[Paper]:
    with Paper() as paper:
        thread = threading.Thread(target=paper.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield paper
        finally:
            paper.shutdown()
            thread.join()


@contextmanager
def _running(server: Cups) -> Generator[None]:
    folder = server.folder
    settings = ["-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")]
    with (folder / "said").open("w") as said:
        process = subprocess.Popen([CUPSD, "-f", *settings], stdout=said, stderr=said)  # noqa: S603 - Debian's cupsd
    try:
        assert _answers(server.port), f"cupsd did not start: {(folder / 'said').read_text()}"
        yield
    finally:
        process.terminate()
        process.wait(STARTED_WITHIN)


def _prepare(server: Cups) -> None:
    folder = server.folder
    for name in ("state", "cache", "spool", "tmp", "ppd", "gedrukt"):
        (folder / name).mkdir()
    for name in ("tmp", "gedrukt"):
        (folder / name).chmod(0o1777)  # filters and CUPS-PDF are run as others
    user = "" if os.geteuid() == 0 else f"User {os.geteuid()}\nGroup {os.getegid()}"
    (folder / "cups-files.conf").write_text(FILES.format(folder=folder, user=user))
    (folder / "cupsd.conf").write_text(CUPSD_CONF.format(port=server.port))
    (folder / "printers.conf").write_text(QUEUES.format(paper=server.paper.port, pdf=server.pdf))
    shutil.copy(PPD, folder / "ppd" / f"{server.pdf}.ppd")
    if os.geteuid() == 0:
        _pdf_conf(server).write_text(CUPS_PDF_CONF.format(folder=folder, printed=server.printed))


def _pdf_conf(server: Cups) -> Path:
    return ETC / f"cups-pdf-{server.pdf}.conf"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def _answers(port: int) -> bool:
    deadline = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return True
    return False


def letter(text: str) -> bytes:
    """Make a PDF of one page, as small as a real printer takes it."""
    drawn = f"BT /F 12 Tf 72 720 Td ({text}) Tj ET"
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 6 0 R>>",
        f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        "<</Font<</F 5 0 R>>>>",
    ]
    pdf, places = "%PDF-1.4\n", ["0000000000 65535 f \n"]
    for number, part in enumerate(parts, 1):
        places.append(f"{len(pdf):010} 00000 n \n")
        pdf += f"{number} 0 obj{part}\nendobj\n"
    size = len(places)
    table = f"xref\n0 {size}\n{''.join(places)}trailer<</Size {size}/Root 1 0 R>>\n"
    return f"{pdf}{table}startxref\n{len(pdf)}\n%%EOF\n".encode("ascii")
