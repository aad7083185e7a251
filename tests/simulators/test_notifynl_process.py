"""The stand-in for NotifyNL as a process of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx
import pytest
import typer

from loket.simulators.notifynl.__main__ import load, main
from loket.simulators.running import running
from tests.connectors.notify import BY_SMS, KEY
from tests.simulators.test_notifynl import FULL_SMS, listening, post

if TYPE_CHECKING:
    from pathlib import Path


def test_it_runs_as_a_process(tmp_path: Path) -> None:
    path = tmp_path / "sjablonen.json"
    path.write_text(json.dumps([{"id": BY_SMS, "kind": "sms", "body": "Dag ((voornaam))"}]))
    with listening() as listener:
        options = (f"--callback={listener.url}", "--bearer=geheim", f"--templates={path}")
        with running("notifynl", "--port=0", f"--api-key={KEY}", *options) as process:
            url = process.said["url"]
            assert post(url, "sms", FULL_SMS).status_code == 201
            assert json.loads(listener.heard.get(timeout=10).body)["status"] == "delivered"
            (kept,) = httpx.get(f"{url}/api/messages").json()
            assert (kept["body"], kept["to"]) == ("Dag Fenna", "+31612345678")
            failure = httpx.put(f"{url}/api/failure", json={"status": 503})
            assert failure.status_code == 204
            assert post(url, "sms", FULL_SMS).status_code == 503
            assert httpx.put(f"{url}/api/failure", json=[]).status_code == 400
            assert httpx.post(f"{url}/api/deliver").json() == {"delivered": []}
            httpx.delete(f"{url}/api/messages").raise_for_status()
            assert httpx.get(f"{url}/api/messages").json() == []


def test_options_that_cannot_be_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "sjablonen.json"
    path.write_text("{}")
    with pytest.raises(typer.BadParameter, match="API-sleutel"):
        main(api_key="geheim")
    with pytest.raises(typer.BadParameter, match="--bearer"):
        main(api_key=KEY, callback="http://127.0.0.1:1/")
    with pytest.raises(typer.BadParameter, match="lijst"):
        main(api_key=KEY, templates=path)
    for wrong in ('[{"naam": 1}]', "[1]", '[{"id": "x", "kind": "sms", "body": ""}]'):
        path.write_text(wrong)
        with pytest.raises(ValueError, match=r"sjabloon|UUID"):
            load(path)
