"""What tests about the Notificaties API's of others have in common."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections

from loket.ledger import dispatch
from loket.site.wsgi import application
from tests.services.notificeren.opennotificaties import CLIENT, SECRET, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.kernel.tenant import Tenant
    from tests.conftest import Api
    from tests.services.notificeren.opennotificaties import OpenNotificaties

DIENSTEN = "/beheer/api/v1/notificatiediensten"

Json = dict[str, Any]


def dienst(api: Api, to: OpenNotificaties, **more: Any) -> Json:
    """Set a Notificaties API of somebody else, which hears nothing of what was before."""
    while dispatch.route():
        pass
    body = {
        "naam": f"dienst {to.url}", "apiRoot": f"{to.root}/", "clientId": CLIENT, "geheim": SECRET,
        **more,
    }  # fmt: skip
    answer = api.post(DIENSTEN, json=body)
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    return made


@contextmanager
def house(*tenants: Tenant) -> Iterator[str]:
    """Let the house listen on a port of its own, in the transaction of the test; one at a time."""
    shared = {each.alias: connections[each.alias] for each in tenants}

    def serve(environ: Any, start_response: Any) -> Any:
        for alias, connection in shared.items():
            connections[alias] = connection
        return application(environ, start_response)

    at = (request_started, request_finished)  # at which Django drops a connection in a transaction
    for signal in at:
        signal.disconnect(close_old_connections)
    for connection in shared.values():
        connection.inc_thread_sharing()
    try:
        with serving(serve, threaded=False) as address:
            yield address
    finally:
        for connection in shared.values():
            connection.dec_thread_sharing()
        for signal in at:
            signal.connect(close_old_connections)
