"""`loket run` and the other commands about the house as a whole."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from rich.progress import Progress
from rich.text import Text

from loket.channels.portaal import assets as portaal_assets
from loket.registers.beheer.basisregistratie import Basis
from loket.site import demo, demo_bronnen, demo_kanalen, supervisor, tenants, worker
from loket.site import docs as manual_pages
from loket.site import oas as our_oas
from loket.site.child import HOST, Process
from loket.site.cli.bench import bench, soak
from loket.site.cli.saying import AsJson, out, tell
from loket.site.docs import camera
from loket.site.docs.pages import Manual
from loket.site.docs.screens import FOLDER
from loket.site.postgres import Postgres
from loket.site.supervisor import Step

STAND_IN = "een stand-in die alleen de EICAR-test kent; stel LOKET_CLAMD_URL in voor clamd"
ROOT = Path(__file__).resolve().parents[4]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (run, migrate, work, assets, oas, docs):
        app.command("worker" if command is work else command.__name__)(command)
    app.command()(bench)
    app.command()(soak)


def run() -> None:
    """Start Loket: database, web, worker, event stream, and for the demo its neighbours."""
    embedded = None if settings.DATABASE_URL else Postgres(settings.DATA_DIR, leashed=True)
    steps = [Step("tabellen", demo.prepare)]
    raise typer.Exit(
        supervisor.run(
            steps, _processes(), _banner(), postgres=embedded, logs=settings.DATA_DIR / "logs"
        )
    )


def _processes() -> list[Process]:
    port = settings.PORT
    granian = [sys.executable, "-m", "granian", "--host", HOST, "--no-ws"]
    scanner = {} if settings.CLAMD_URL else {"LOKET_CLAMD_URL": f"tcp://{HOST}:{port + 5}"}
    told = {**scanner, **demo_kanalen.environment()}
    made = [
        Process(
            "web",
            [*granian, "--interface", "wsgi", "--port", str(port), "--workers", "2",
             "--blocking-threads", "4", "--respawn-failed-workers",
             "loket.site.wsgi:application"],
            port=port,
            env=told,
        ),
        Process("worker", [sys.executable, "-m", "loket.site.cli", "worker"], env=told),
        Process(
            "stream",
            [*granian, "--interface", "asginl", "--port", str(port + 1),
             "loket.site.stream:application"],
            port=port + 1,
        ),
    ]  # fmt: skip
    if scanner:
        made.append(_stand_in_scanner(port + 5))
    return made + (_neighbours(port) if settings.DEMO else [])


def _stand_in_scanner(port: int) -> Process:
    command = [sys.executable, "-m", "loket.simulators.clamd", "--port", str(port)]
    return Process("scanner", command, port=port)


def _neighbours(port: int) -> list[Process]:
    python = [sys.executable, "-m"]
    return [
        Process(
            "mail",
            [*python, "loket.simulators.mailsink", "--smtp-port", str(port + 2),
             "--http-port", str(port + 3), "--dir", str(settings.DATA_DIR / "mail")],
            port=port + 3,
        ),
        Process(
            "digid",
            [*python, "loket.simulators.digid", "--port", str(port + 4),
             "--issuer", settings.OIDC_ISSUER, "--client-id", settings.OIDC_CLIENT_ID,
             "--client-secret", settings.OIDC_CLIENT_SECRET,
             "--companies-client-id", settings.OIDC_BEDRIJF_CLIENT_ID],
            port=port + 4,
        ),
        *demo_kanalen.processes(),
        *_registers(),
    ]  # fmt: skip


def _registers() -> list[Process]:
    """Return the stand-ins of the base registers."""
    return [
        Process(
            basis.value,
            [sys.executable, "-m", f"loket.simulators.{basis.value}",
             "--port", str(demo_bronnen.port(basis)), *demo_bronnen.options(basis)],
            port=demo_bronnen.port(basis),
        )
        for basis in Basis
    ]  # fmt: skip


def _banner() -> Text:
    port = settings.PORT
    lines = [
        ("Portaal", f"http://{HOST}:{port}/"),
        ("Beheer", f"http://{HOST}:{port}/beheer/"),
        ("API's", f"http://{HOST}:{port}/zaken/api/v1 en de andere"),
        ("Gebeurtenissen", f"http://{HOST}:{port + 1}/events"),
    ]
    if settings.DEMO:
        lines += [
            ("Post", f"http://{HOST}:{port + 3}/ (alle e-mail van de demo komt hier aan)"),
            *demo_kanalen.addresses(),
            ("DigiD", f"http://{HOST}:{port + 4}/ (kies bij het inloggen een persoon of bedrijf)"),
            (
                "BRP en KVK",
                f"http://{HOST}:{port + 8}/ en :{port + 9}/ (wie en wat daar bekend is)",
            ),
            ("Log-in beheer", demo.BEHEERDER),
            ("Tweede persoon", f"{demo.ARCHIVARIS} (vernietigen beslist men met zijn tweeën)"),
            ("API-client", f"{demo.CLIENT_ID} / {demo.CLIENT_SECRET}"),
        ]
    banner = Text("\n".join(f"  {name:<15} {value}" for name, value in lines), no_wrap=True)
    if not settings.CLAMD_URL:
        banner.append(f"\n  {'Virusscanner':<15} {STAND_IN}", style="yellow")
    return banner


def migrate() -> None:
    """Breng de tabellen van alle gemeenten bij."""
    tenants.prepare()
    done = []
    for each in tenants.everyone():
        tenants.migrate(each)
        done.append({"gemeente": each.name, "toestand": "bij"})
    tell(done, as_json=False)


def work() -> None:
    """Verdeel en bezorg gebeurtenissen, tot een signaal komt."""
    worker.work()


def assets() -> None:
    """Maak de stijlbladen en lettertypen van de pagina's uit node_modules."""
    written = portaal_assets.build(ROOT)
    out.print(f"{len(written)} bestanden gemaakt.")


def oas(
    *,
    check: Annotated[bool, typer.Option(help="Schrijf niets; vergelijk alleen.")] = False,
    as_json: AsJson = False,
) -> None:
    """Schrijf onze OpenAPI en vergelijk die met de gepubliceerde."""
    raise typer.Exit(our_oas.main(ROOT, check=check, as_json=as_json))


def _take_screens(folder: Path) -> None:
    with Progress(console=out) as progress:
        bar = progress.add_task("plaatjes van het portaal")
        camera.take(folder, lambda done, total: progress.update(bar, completed=done, total=total))


def docs(
    *,
    check: Annotated[bool, typer.Option(help="Schrijf niets; controleer alleen.")] = False,
    screens: Annotated[
        bool, typer.Option("--screens", help="Maak ook de plaatjes van het portaal opnieuw.")
    ] = False,
) -> None:
    """Schrijf de naslagpagina's en bouw de handleiding."""
    manual = Manual(ROOT)
    if screens:
        _take_screens(manual.docs / "reference" / FOLDER)
    if not check:
        for path in manual_pages.write(manual):
            out.print(str(path.relative_to(ROOT)))
        raise typer.Exit(manual_pages.build(manual, settings.DATA_DIR / "docs") == 0)
    faults = manual_pages.check(manual)
    out.print("\n".join(faults) or "De handleiding is compleet.")
    raise typer.Exit(1 if faults else 0)
