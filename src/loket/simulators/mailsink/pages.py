"""The pages to read the mails, and the API for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, Response, abort, jsonify, render_template, request

from loket.simulators.mailsink import markup
from loket.simulators.mailsink.failure import Failure, Luck
from loket.simulators.moments import in_words
from loket.simulators.web import make_app

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from loket.simulators.mailsink.mailbox import Mailbox, Stored

_PER_PAGE = 50


def make_site(mailbox: Mailbox, luck: Luck) -> Flask:
    """Make the site on top of a mailbox."""
    app = make_app()
    app.add_template_filter(in_words)
    app.register_blueprint(_reading(mailbox))
    app.register_blueprint(_testing(mailbox, luck))
    return app


def _reading(mailbox: Mailbox) -> Blueprint:
    pages = Blueprint("lezen", __name__)

    @pages.get("/")
    def lijst() -> str:
        page = max(request.args.get("pagina", 1, type=int), 1)
        ids = mailbox.ids()
        shown = [mailbox.find(name) for name in ids[(page - 1) * _PER_PAGE : page * _PER_PAGE]]
        return render_template(
            "mailsink/lijst.html",
            mails=[mail for mail in shown if mail],
            count=len(ids),
            page=page,
            more=len(ids) > page * _PER_PAGE,
        )

    @pages.get("/berichten/<name>")
    def bericht(name: str) -> str:
        mail = mailbox.find(name) or abort(404)
        return render_template(
            "mailsink/bericht.html",
            mail=mail,
            text=markup.from_text(mail.content.text),
            html=markup.from_html(mail.content.html),
        )

    @pages.get("/berichten/<name>.eml")
    def bron(name: str) -> Response:
        mail = mailbox.find(name) or abort(404)
        return Response(
            mail.content.source,
            mimetype="message/rfc822",
            headers={"Content-Disposition": f'attachment; filename="{mail.id}.eml"'},
        )

    @pages.app_errorhandler(404)
    def niet_gevonden(_error: Exception) -> ResponseReturnValue:
        return render_template("mailsink/niet_gevonden.html"), 404

    return pages


def _testing(mailbox: Mailbox, luck: Luck) -> Blueprint:
    api = Blueprint("api", __name__, url_prefix="/api")

    @api.get("/messages")
    def messages() -> Response:
        wanted = request.args.get("to")
        mails = [_as_json(mail) for mail in mailbox.all()]
        return jsonify([mail for mail in mails if wanted is None or wanted in mail["recipients"]])

    @api.delete("/messages")
    def clear() -> Response:
        return jsonify(removed=mailbox.clear())

    @api.get("/failure")
    def failure() -> Response:
        return jsonify(luck.failure.as_json())

    @api.put("/failure")
    def fail() -> ResponseReturnValue:
        try:
            luck.set(Failure.from_json(request.get_json(silent=True)))
        except ValueError as error:
            return jsonify(error=str(error)), 400
        return jsonify(luck.failure.as_json())

    return api


def _as_json(mail: Stored) -> dict[str, Any]:
    content = mail.content
    return {
        "id": mail.id,
        "received": mail.received.isoformat(),
        "sender": content.header("Return-Path").strip("<>"),
        "recipients": content.headers_called("Delivered-To"),
        "from": content.header("From"),
        "to": content.header("To"),
        "subject": content.header("Subject"),
        "message_id": content.header("Message-ID"),
        "text": content.text,
        "html": content.html,
        "headers": content.headers,
    }
