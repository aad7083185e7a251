"""The API, one beside it for tests, and a page that shows who can be asked for."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, jsonify, render_template, request

from loket.simulators.brp.checking import RAADPLEEG, Refused, check
from loket.simulators.brp.picking import pick
from loket.simulators.brp.shapes import person
from loket.simulators.gate import testing
from loket.simulators.web import make_app

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from loket.simulators.brp.people import Mens
    from loket.simulators.gate import Gate

ROOT = "/haalcentraal/api/brp"
PURPOSE = "x-doelbinding"


def make_site(gate: Gate, people: Mapping[str, Mens], purposes: frozenset[str]) -> Flask:
    """Make the site; only for one of the `purposes` is anything told, if there are any."""
    app = make_app()
    app.register_blueprint(_personen(gate, people, purposes))
    app.register_blueprint(testing(gate))

    @app.get("/")
    def lijst() -> str:
        shown = [(mens, person(mens)) for mens in people.values()]
        return render_template("brp/lijst.html", people=shown)

    return app


def _personen(gate: Gate, people: Mapping[str, Mens], purposes: frozenset[str]) -> Blueprint:
    api = Blueprint("personen", __name__, url_prefix=ROOT)

    @api.errorhandler(Refused)
    def refusal(problem: Refused) -> ResponseReturnValue:
        response = jsonify(problem.as_json(request.base_url))
        response.mimetype = "application/problem+json"
        return response, problem.status

    @api.post("/personen")
    def personen() -> ResponseReturnValue:
        _admit(gate, purposes)
        question = check(request.get_json(silent=True))
        known = [people[number] for number in question.numbers if number in people]
        found = [pick(person(mens), question.fields) for mens in known]
        return jsonify(type=RAADPLEEG, personen=found)

    return api


def _admit(gate: Gate, purposes: frozenset[str]) -> None:
    """Refuse whoever may not ask, and what is asked in a form that is not understood."""
    status = gate.meet()
    if status:
        raise Refused(status)
    if purposes and request.headers.get(PURPOSE) not in purposes:
        raise Refused(HTTPStatus.FORBIDDEN)
    if not request.accept_mimetypes.accept_json:
        raise Refused(HTTPStatus.NOT_ACCEPTABLE)
    if request.mimetype != "application/json":
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
