"""Run the stand-in for NotifyNL: `python -m loket.simulators.notifynl`."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from loket.simulators import web
from loket.simulators.notifynl.post import Callback, Post
from loket.simulators.notifynl.site import make_site
from loket.simulators.notifynl.templates import DEMO, Template, by_id
from loket.simulators.notifynl.tokens import Key

if TYPE_CHECKING:
    from collections.abc import Iterable


def main(
    api_key: Annotated[str, typer.Option(help="The key, name-service id-secret.")],
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 for any free one.")] = 8006,
    callback: Annotated[str, typer.Option(help="Who hears what becomes of messages.")] = "",
    bearer: Annotated[str, typer.Option(help="The token that they ask for.")] = "",
    templates: Annotated[
        Path | None, typer.Option(help="Templates as a list in JSON; if none, those of the demo.")
    ] = None,
) -> None:
    """Take messages on 127.0.0.1, send nothing, and tell how they fared."""
    if callback and not bearer:
        raise typer.BadParameter("--callback needs --bearer")
    try:
        known = DEMO if templates is None else load(templates)
        key = Key(api_key)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    post = Post(known, Callback(callback, bearer) if callback else None)
    server = web.bind(port)
    said = {"port": server.port, "url": f"http://{web.HOST}:{server.port}"}
    web.serve(server, make_site(key, post, at_once=True), said)


def load(path: Path) -> dict[str, Template]:
    """Read templates; ValueError when they are none."""
    told: Any = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(told, list):
        raise ValueError("Verwacht een lijst van sjablonen.")  # noqa: TRY004 - told to the user
    return by_id(*map(Template.from_json, cast("Iterable[Any]", told)))


if __name__ == "__main__":
    typer.run(main)
