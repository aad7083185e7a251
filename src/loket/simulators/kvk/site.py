"""The API's, one beside them for tests, and a page that shows who can be asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, Response, jsonify, render_template, request

from loket.simulators.gate import testing
from loket.simulators.kvk import shapes
from loket.simulators.kvk.faults import Refused, missing, sent_away, wrong
from loket.simulators.kvk.searching import search
from loket.simulators.web import make_app

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

    from loket.simulators.gate import Gate
    from loket.simulators.kvk.companies import Bedrijf, Zaak

ROOT = "/api"
HAL = "application/hal+json"


def make_site(gate: Gate, companies: Mapping[str, Bedrijf]) -> Flask:
    """Make the site."""
    app = make_app()
    api = Blueprint("kvk", __name__, url_prefix=ROOT)

    @api.before_request
    def admit() -> None:
        status = gate.meet()
        if status:
            raise sent_away(status)

    @api.errorhandler(Refused)
    def refusal(problem: Refused) -> ResponseReturnValue:
        return jsonify(problem.as_json()), problem.status

    _profiles(api, companies)
    _vestigingen(api, companies)
    app.register_blueprint(api)
    app.register_blueprint(testing(gate))

    @app.get("/")
    def lijst() -> str:
        return render_template("kvk/lijst.html", companies=list(companies.values()))

    return app


def _profiles(api: Blueprint, companies: Mapping[str, Bedrijf]) -> None:
    """Add what is asked by the number of a company."""

    @api.get("/v1/basisprofielen/<number>")
    def basisprofiel(number: str) -> Response:
        return _hal(shapes.basisprofiel(_company(companies, number), _base()))

    @api.get("/v1/basisprofielen/<number>/eigenaar")
    def eigenaar(number: str) -> Response:
        return _hal(shapes.eigenaar(_company(companies, number)))

    @api.get("/v1/naamgevingen/kvknummer/<number>")
    def naamgeving(number: str) -> Response:
        return _hal(shapes.naamgeving(_company(companies, number)))

    @api.get("/v2/zoeken")
    def zoeken() -> Response:
        return _hal(search(companies, request.args, request.url))


def _vestigingen(api: Blueprint, companies: Mapping[str, Bedrijf]) -> None:
    """Add what is asked about vestigingen."""

    @api.get("/v1/basisprofielen/<number>/hoofdvestiging")
    def hoofdvestiging(number: str) -> Response:
        bedrijf = _company(companies, number)
        if not bedrijf.vestigingen:
            raise missing("Hoofdvestiging")
        return _hal(shapes.vestiging(bedrijf, bedrijf.vestigingen[0]))

    @api.get("/v1/basisprofielen/<number>/vestigingen")
    def vestigingen(number: str) -> Response:
        return _hal(shapes.vestigingen(_company(companies, number)))

    @api.get("/v1/vestigingsprofielen/<number>")
    def vestigingsprofiel(number: str) -> Response:
        bedrijf, zaak = _vestiging(companies, number)
        return _hal(shapes.vestigingsprofiel(bedrijf, zaak, _base()))


def _company(companies: Mapping[str, Bedrijf], number: str) -> Bedrijf:
    _only("geoData")
    if not re.fullmatch(r"[0-9]{8}", number, re.ASCII):
        raise wrong("Het KVK-nummer is niet geldig.")
    if number not in companies:
        raise missing("Product")
    return companies[number]


def _vestiging(companies: Mapping[str, Bedrijf], number: str) -> tuple[Bedrijf, Zaak]:
    _only("geoData")
    if not re.fullmatch(r"[0-9]{12}", number, re.ASCII):
        raise wrong("Het vestigingsnummer is niet geldig.")
    for bedrijf in companies.values():
        for zaak in bedrijf.vestigingen:
            if zaak.nummer == number:
                return bedrijf, zaak
    raise missing("Product")


def _only(*names: str) -> None:
    """Refuse parameters that are not there, as KVK does."""
    other = request.args.keys() - set(names)
    if other:
        raise wrong(f"De parameter {min(other)} bestaat niet.")


def _base() -> str:
    return f"{request.host_url.rstrip('/')}{ROOT}"


def _hal(told: dict[str, Any]) -> Response:
    response = jsonify(told)
    response.mimetype = HAL
    return response
