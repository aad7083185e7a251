"""The provider's addresses, and the page where one logs in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from authlib.common.urls import add_params_to_uri
from authlib.oauth2 import OAuth2Error
from flask import Blueprint, Flask, Response, jsonify, redirect, render_template, request
from joserfc import jwt
from joserfc.errors import JoseError

from loket.kernel.problems import InvalidValue
from loket.simulators.digid.persons import Persoon, typed
from loket.simulators.digid.provider import LoggedIn, discovery, make_server
from loket.simulators.web import allow_forms_to, make_app

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from werkzeug.datastructures import MultiDict

    from loket.simulators.digid.companies import Bedrijf
    from loket.simulators.digid.settings import Settings

_OK, _BAD_REQUEST = 200, 400


@dataclass(frozen=True)
class Fault:
    """What is wrong with the form, and at which field."""

    field: str
    text: str


@dataclass(frozen=True)
class Known:
    """Who can log in."""

    people: dict[str, Persoon]
    companies: dict[str, Bedrijf]


def make_site(
    settings: Settings, people: dict[str, Persoon], companies: dict[str, Bedrijf] | None = None
) -> Flask:
    """Make the site of the provider."""
    app = make_app(settings.host)
    server = make_server(app, settings)
    app.register_blueprint(_machine(settings, server))
    app.register_blueprint(_login(settings, server, Known(people, companies or {})))
    app.register_blueprint(_logout(settings))
    return app


def chosen(people: dict[str, Persoon], form: MultiDict[str, str]) -> Persoon | Fault:
    """Return who was picked or typed in the form, or what is wrong with it."""
    naam, number = form.get("naam", "").strip(), form.get("bsn", "").strip()
    picked = people.get(form.get("persoon", ""))
    if picked and naam:
        return Fault("naam", "Kies een persoon uit de lijst óf vul een naam in, niet allebei.")
    if picked:
        return picked
    if not naam:
        return Fault("naam", "Kies een persoon uit de lijst of vul een naam in.")
    try:
        return typed(people, naam, number)
    except InvalidValue as error:
        return Fault("bsn", error.reason)


def _chosen(settings: Settings, known: Known) -> Persoon | Bedrijf | Fault:
    if not settings.for_companies(request.args.get("client_id")):
        return chosen(known.people, request.form)
    return known.companies.get(request.form.get("bedrijf", "")) or Fault(
        "bedrijf", "Kies een bedrijf uit de lijst."
    )


def _machine(settings: Settings, server: Any) -> Blueprint:
    machine = Blueprint("machine", __name__)

    @machine.get("/.well-known/openid-configuration")
    def configuration() -> Response:
        return jsonify(discovery(settings))

    @machine.get("/jwks")
    def keys() -> Response:
        return jsonify(keys=[settings.key.as_dict(private=False)])

    @machine.post("/token")
    def token() -> ResponseReturnValue:
        answer: Response = server.create_token_response()
        return answer

    return machine


def _login(settings: Settings, server: Any, known: Known) -> Blueprint:
    login = Blueprint("login", __name__)

    @login.get("/")
    def home() -> str:
        return render_template("digid/begin.html")

    @login.get("/authorize")
    def ask() -> ResponseReturnValue:
        try:
            grant = server.get_consent_grant()
        except OAuth2Error as error:
            return _refused(settings, error)
        return _form(settings, known, grant.request.payload.redirect_uri)

    @login.post("/authorize")
    def answer() -> ResponseReturnValue:
        try:
            grant = server.get_consent_grant()
        except OAuth2Error as error:
            return _refused(settings, error)
        who: LoggedIn | None = None
        if "annuleren" not in request.form:
            persoon = _chosen(settings, known)
            if isinstance(persoon, Fault):
                return _form(settings, known, grant.request.payload.redirect_uri, persoon)
            who = LoggedIn(persoon, _level(settings, request.form.get("niveau")))
        reply: Response = server.create_authorization_response(grant_user=who, grant=grant)
        return _naming_ourselves(settings, reply)

    return login


def _logout(settings: Settings) -> Blueprint:
    logout = Blueprint("logout", __name__)

    @logout.route("/end-session", methods=["GET", "POST"])
    def end_session() -> ResponseReturnValue:
        """End nothing, since like DigiD we keep no session; but do return (RP-Initiated Logout)."""
        back = request.values.get("post_logout_redirect_uri", "")
        if not (_is_from_our_client(settings) and settings.client.check_logout_uri(back)):
            return render_template("digid/uitgelogd.html")
        state = request.values.get("state")
        return redirect(add_params_to_uri(back, {"state": state}) if state else back)

    return logout


def _is_from_our_client(settings: Settings) -> bool:
    hint = request.values.get("id_token_hint")
    client_id = request.values.get("client_id")
    if hint is None:
        return settings.find(client_id) is not None
    try:
        claims = jwt.decode(hint, settings.key, algorithms=["RS256"]).claims
    except (JoseError, ValueError):
        return False
    return settings.find(claims.get("aud")) is not None and client_id in {None, claims["aud"]}


def _asked_level(settings: Settings) -> str:
    """Return the level that the client asks for: the first that we know, else the lowest."""
    levels = settings.levels_for(request.args.get("client_id"))
    wanted = request.args.get("acr_values", "").split()
    return next((level for level in wanted if level in levels), next(iter(levels)))


def _level(settings: Settings, told: str | None) -> str:
    """Return the level to answer with: as told on the page, else as asked."""
    levels = settings.levels_for(request.args.get("client_id"))
    return told if told in levels else _asked_level(settings)


def _form(
    settings: Settings, known: Known, redirect_uri: str, fault: Fault | None = None
) -> ResponseReturnValue:
    client_id = request.args.get("client_id")
    name = "bedrijf" if settings.for_companies(client_id) else "inloggen"
    page = render_template(
        f"digid/{name}.html",
        people=known.people.values(),
        companies=known.companies.values(),
        levels=settings.levels_for(client_id),
        asked=_asked_level(settings),
        entered=request.form,
        fault=fault,
        site=urlsplit(redirect_uri).netloc,
    )
    response = Response(page, status=_BAD_REQUEST if fault else _OK)
    parts = urlsplit(redirect_uri)
    allow_forms_to(response, f"{parts.scheme}://{parts.netloc}")
    return response


def _refused(settings: Settings, error: OAuth2Error) -> ResponseReturnValue:
    """Send an error back to the client, or show it where we know of no client to trust."""
    if error.redirect_uri:
        status, body, headers = error()
        return _naming_ourselves(settings, Response(body, status, headers))
    return render_template("digid/geweigerd.html", error=error), _BAD_REQUEST


def _naming_ourselves(settings: Settings, response: Response) -> Response:
    """Add who answers to what we send back, so that clients notice a mix-up (RFC 9207)."""
    if response.location:
        response.location = add_params_to_uri(response.location, {"iss": settings.issuer})
    return response
