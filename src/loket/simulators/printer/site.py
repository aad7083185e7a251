"""IPP over HTTP, an API beside it for tests, and a page for looking."""

from __future__ import annotations

import socket
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, Response, jsonify, request

from loket.connectors.printer.values import JobState
from loket.connectors.printer.words import Status
from loket.simulators.printer.answering import PDF, Answerer
from loket.simulators.printer.jobs import LOST_REPLY, Refused
from loket.simulators.printer.pages import reading
from loket.simulators.web import make_app

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from loket.simulators.printer.jobs import Job, Queue

IPP = "application/ipp"


def make_site(queue: Queue, *, at_once: bool = False) -> Flask:
    """Make the site; `at_once` prints each letter as soon as its sender has the answer."""
    app = make_app()
    app.register_blueprint(reading(queue))
    app.register_blueprint(_testing(queue))

    def ipp(name: str) -> ResponseReturnValue:
        if request.mimetype != IPP:
            return "", HTTPStatus.BAD_REQUEST
        answerer = Answerer(queue, f"ipp://{request.host}/printers/{name}")
        answer, lost = answerer.answer(request.get_data())
        if lost:
            _hang_up()
        response = Response(answer, content_type=IPP)
        if at_once:
            response.call_on_close(lambda: queue.come_to(JobState.COMPLETED))
        return response

    app.add_url_rule("/printers/<name>", view_func=ipp, methods=["POST"])
    return app


def _hang_up() -> None:
    """Break the connection: the answer goes nowhere."""
    connection: socket.socket = request.environ["werkzeug.socket"]
    connection.shutdown(socket.SHUT_RDWR)


def _testing(queue: Queue) -> Blueprint:
    api = Blueprint("api", __name__, url_prefix="/api")

    def jobs() -> Response:
        return jsonify([_as_json(job) for job in reversed(list(queue.jobs))])

    def clear() -> ResponseReturnValue:
        queue.clear()
        return "", HTTPStatus.NO_CONTENT

    def letter(job_id: int) -> ResponseReturnValue:
        try:
            return Response(queue.find(job_id).content, content_type=PDF)
        except Refused:
            return "", HTTPStatus.NOT_FOUND

    def fail() -> ResponseReturnValue:
        told: Any = request.get_json(silent=True)
        try:
            queue.fail(_failure(str(told["status"])), _times(told.get("times", 1)))
        except (AttributeError, KeyError, TypeError, ValueError):
            return jsonify(error="Verwacht: status, en eventueel times."), HTTPStatus.BAD_REQUEST
        return "", HTTPStatus.NO_CONTENT

    api.add_url_rule("/jobs", view_func=jobs)
    api.add_url_rule("/jobs", view_func=clear, methods=["DELETE"])
    api.add_url_rule("/jobs/<int:job_id>.pdf", view_func=letter)
    api.add_url_rule("/failure", view_func=fail, methods=["PUT"])
    return api


def _failure(name: str) -> Status | str:
    """Read how to fail: a status in the words of the standard, or `lost-reply`."""
    return name if name == LOST_REPLY else Status[name.upper().replace("-", "_")]


def _times(told: Any) -> int | None:
    return None if told is None else int(told)


def _as_json(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "name": job.name,
        "user": job.user,
        "document_name": job.document_name,
        "size": len(job.content),
        "state": job.state.name.lower(),
        "created_at": job.created_at.isoformat(),
    }
