"""The API, one beside it for tests, and a page for looking."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, Response, jsonify, request

from loket.simulators.notifynl.checking import is_uuid
from loket.simulators.notifynl.faults import Refused, bad, invalid
from loket.simulators.notifynl.pages import reading
from loket.simulators.notifynl.post import written
from loket.simulators.notifynl.shapes import known, taken
from loket.simulators.web import make_app

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from loket.simulators.notifynl.post import Post, Sent
    from loket.simulators.notifynl.tokens import Key


def make_site(key: Key, post: Post, *, at_once: bool = False) -> Flask:
    """Make the site; `at_once` delivers each message as soon as its sender has the answer."""
    app = make_app()
    app.register_blueprint(reading(post))
    app.register_blueprint(_notifications(key, post, at_once=at_once))
    app.register_blueprint(_testing(post))
    app.register_error_handler(Refused, _refusal)
    return app


def _refusal(problem: Refused) -> ResponseReturnValue:
    return jsonify(problem.as_json()), problem.status


def _base() -> str:
    return request.host_url.rstrip("/")


def _notifications(key: Key, post: Post, *, at_once: bool) -> Blueprint:
    api = Blueprint("v2", __name__, url_prefix="/v2/notifications")

    def admit() -> None:
        key.check(request.headers.get("Authorization", ""))
        post.let_down()

    api.before_request(admit)

    def send(kind: str) -> ResponseReturnValue:
        response = jsonify(taken(post.take(kind, request.get_json(silent=True)), _base()))
        if at_once:
            response.call_on_close(post.deliver)
        return response, HTTPStatus.CREATED

    def one(name: str) -> Response:
        if not is_uuid(name):
            raise invalid("id is not a valid UUID")
        message = post.find(name)
        if message is None:
            raise Refused(HTTPStatus.NOT_FOUND, ("NoResultFound", "No result found"))
        return jsonify(known(message, _base()))

    def several() -> Response:
        asked = request.args
        found = post.matching(
            asked.get("reference", ""), asked.get("template_type", ""), asked.getlist("status")
        )
        here = request.url
        return jsonify(
            notifications=[known(each, _base()) for each in found], links={"current": here}
        )

    api.add_url_rule("/<any(sms, email, letter):kind>", view_func=send, methods=["POST"])
    api.add_url_rule("/<name>", view_func=one)
    api.add_url_rule("", view_func=several)
    return api


def _testing(post: Post) -> Blueprint:
    api = Blueprint("api", __name__, url_prefix="/api")

    def messages() -> Response:
        return jsonify([_as_json(each) for each in reversed(list(post.sent))])

    def clear() -> ResponseReturnValue:
        post.clear()
        return "", HTTPStatus.NO_CONTENT

    def deliver() -> Response:
        return jsonify(delivered=[each.id for each in post.deliver()])

    def fail() -> ResponseReturnValue:
        told: Any = request.get_json(silent=True)
        try:
            post.fail(HTTPStatus(told["status"]), int(told.get("times", 1)))
        except (AttributeError, KeyError, TypeError, ValueError):
            raise bad("Verwacht: status, en eventueel times.") from None
        return "", HTTPStatus.NO_CONTENT

    api.add_url_rule("/messages", view_func=messages)
    api.add_url_rule("/messages", view_func=clear, methods=["DELETE"])
    api.add_url_rule("/deliver", view_func=deliver, methods=["POST"])
    api.add_url_rule("/failure", view_func=fail, methods=["PUT"])
    return api


def _as_json(message: Sent) -> dict[str, Any]:
    return {
        "id": message.id,
        "type": message.kind,
        "to": message.to,
        "reference": message.reference,
        "template": message.template.id if message.template else None,
        "personalisation": dict(message.personalisation),
        "subject": message.subject,
        "body": message.body,
        "postage": message.postage,
        "status": message.status,
        "created_at": written(message.created_at),
    }
