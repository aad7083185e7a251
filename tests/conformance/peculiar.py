"""What a valid body of a resource takes beyond its fields: the rules of its register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conformance.example import Examples

Body = dict[str, Any]

EINDSTATUS = 9999
SELECTIELIJST = "https://selectielijst.openzaak.nl/api/v1"
PROCESTYPE = "e1b73b12-b2f6-4c4e-8929-94f84dd2a57d"
GEGROND = "3a0a9c3c-0847-4e7e-b7d9-765b9434094c"
INGERICHT = "6d37598e-30f0-4aef-930d-3e1690725d95"
ELSEWHERE = (
    "productenOfDiensten", "communicatiekanaal", "relevanteAndereZaken", "gerelateerdeZaken",
)  # fmt: skip


def applicatie(_: Examples, body: Body) -> Body:
    """Give the application rights, which it must have."""
    return {**body, "heeftAlleAutorisaties": True, "autorisaties": []}


def basisregistratie(examples: Examples, body: Body) -> Body:
    """Ask for another purpose each time: a registration is there once for each."""
    return {**body, "doelbinding": f"urn:loket:verwerking:{next(examples.numbers)}"}


def inlogmiddel(_: Examples, body: Body) -> Body:
    """Speak OpenID Connect, and ask for no level that the provider does not have."""
    whole = {
        **body, "protocol": "oidc", "issuer": "https://broker.voorbeeld.nl", "geheim": "geheim",
        "clientId": body["naam"],
    }  # fmt: skip
    return {**whole, "niveau": whole["niveaus"][0]} if whole.get("niveaus") else whole


def versie(_: Examples, body: Body) -> Body:
    """Let a version be valid without end."""
    return {**body, "eindeGeldigheid": None}


def zaaktype(examples: Examples, body: Body) -> Body:
    """Leave out what has to fit something else."""
    if "selectielijstProcestype" in body:
        body["selectielijstProcestype"] = f"{SELECTIELIJST}/procestypen/{PROCESTYPE}"
    return {
        **versie(examples, body),
        "gerelateerdeZaaktypen": [],
        "verlengingMogelijk": "verlengingstermijn" in body,
    }


def resultaattype(_: Examples, body: Body) -> Body:
    """Refer to the Selectielijst; archive from the day on which a zaak is closed."""
    if "brondatumArchiefprocedure" in body:
        body["brondatumArchiefprocedure"] = {"afleidingswijze": "afgehandeld"}
    return {
        **body,
        "resultaattypeomschrijving": f"{SELECTIELIJST}/resultaattypeomschrijvingen/{GEGROND}",
        "selectielijstklasse": f"{SELECTIELIJST}/resultaten/{INGERICHT}",
    }


def roltype(_: Examples, body: Body) -> Body:
    """Let who has such a rol be one for whom the zaak is."""
    return {**body, "omschrijvingGeneriek": "mede_initiator"}


def zaak(examples: Examples, body: Body) -> Body:
    """Let the zaak be of a published type, and leave out what has to fit it."""
    publish(examples)
    for name in ELSEWHERE:
        body.pop(name, None)
    return {**body, "betalingsindicatie": "geheel"} if "betalingsindicatie" in body else body


def publish(examples: Examples) -> None:
    """Publish the zaaktype to which others refer, with one of each of its parts."""
    parts = (
        "statustypen", "resultaattypen", "roltypen", "eigenschappen", "zaakobjecttypen",
        "zaaktype-informatieobjecttypen",
    )  # fmt: skip
    record = examples.one(examples.find("catalogi/zaaktypen"))
    if not record.concept:
        return
    for part in parts:
        examples.one(examples.find(f"catalogi/{part}"))
    last = examples.find("catalogi/statustypen")
    examples.make(last, {**examples.body(last), "volgnummer": EINDSTATUS})
    record.concept = False
    type(record).objects.filter(pk=record.pk).update(concept=False)


def resultaat(examples: Examples, body: Body) -> Body:
    """Take a zaak of its own, for it has only one."""
    zaken = examples.find("zaken/zaken")
    return {**body, "zaak": zaken.address(examples.make(zaken), examples.base)}


def zaakinformatieobject(examples: Examples, body: Body) -> Body:
    """Take a zaak of its own, for a document is with a zaak once."""
    return resultaat(examples, body)


def rol(_: Examples, body: Body) -> Body:
    """Say who the betrokkene is."""
    return {"betrokkene": "https://voorbeeld.nl/betrokkene", **body}


def zaakobject(_: Examples, body: Body) -> Body:
    """Say which object it is."""
    body.pop("objectTypeOverige", None)
    return {"object": "https://voorbeeld.nl/object", **body}


def document(examples: Examples, body: Body) -> Body:
    """Let the type be published, and leave out what has to fit a file or a gebruiksrecht."""
    kind = examples.one(examples.find("catalogi/informatieobjecttypen"))
    if kind.concept:
        kind.concept = False
        type(kind).objects.filter(pk=kind.pk).update(concept=False)
    for name in ("lock", "bestandsomvang", "indicatieGebruiksrecht", "integriteit"):
        body.pop(name, None)
    return {**body, "status": "definitief"} if "status" in body else body


def besluit(examples: Examples, body: Body) -> Body:
    """Let the besluit be of a published type."""
    record = examples.one(examples.find("catalogi/besluittypen"))
    if record.concept:
        record.concept = False
        type(record).objects.filter(pk=record.pk).update(concept=False)
    return body


def besluitinformatieobject(examples: Examples, body: Body) -> Body:
    """Take a document of its own, of a type in which such besluiten are laid down."""
    documenten = examples.find("documenten/enkelvoudiginformatieobjecten")
    record = examples.make(documenten)
    besluittype = examples.one(examples.find("catalogi/besluittypen"))
    named = [record.informatieobjecttype.omschrijving]
    type(besluittype).objects.filter(pk=besluittype.pk).update(informatieobjecttypen=named)
    return {**body, "informatieobject": documenten.address(record, examples.base)}


def objectinformatieobject(_: Examples, body: Body) -> Body:
    """Let it be about a verzoek, of which no source has to know."""
    return {**body, "objectType": "verzoek"}


def verzending(_: Examples, body: Body) -> Body:
    """Give one address."""
    for name in (
        "binnenlandsCorrespondentieadres", "buitenlandsCorrespondentieadres",
        "correspondentiePostadres", "faxnummer", "mijnOverheid", "telefoonnummer",
    ):  # fmt: skip
        body.pop(name, None)
    return {**body, "emailadres": "wie@voorbeeld.nl"}


def vernietigingsregel(examples: Examples, body: Body) -> Body:
    """Take a zaak of its own that ended so long ago that it is due."""
    zaken = examples.find("zaken/zaken")
    record = examples.make(zaken)
    type(record).objects.filter(pk=record.pk).update(
        einddatum="2015-01-01", archiefnominatie="vernietigen", archiefactiedatum="2016-01-01"
    )
    return {**body, "zaak": zaken.address(record, examples.base)}


def vertegenwoordiging(examples: Examples, body: Body) -> Body:
    """Let another partij act than before: each pair is there once."""
    partijen = examples.find("klantinteracties/partijen")
    other = {"uuid": str(examples.make(partijen).pk)}
    return {**body, "vertegenwoordigendePartij": other, "eindDatum": None}


def actorklantcontact(examples: Examples, body: Body) -> Body:
    """Let another actor take part than before: each pair is there once."""
    actoren = examples.find("klantinteracties/actoren")
    return {**body, "actor": {"uuid": str(examples.make(actoren).pk)}}


def contactinstellingen(examples: Examples, body: Body) -> Body:
    """Let each change be one, and no list be closed to the others."""
    return {**body, "aanvultermijn": next(examples.numbers), "vasteLijsten": []}


def geldig(_: Examples, body: Body) -> Body:
    """Let a term have no end."""
    return {**body, **{name: None for name in ("eindeGeldigheid", "eindDatum") if name in body}}


def wijzigingsgrond(examples: Examples, body: Body) -> Body:
    """Let each ground have a code of its own."""
    letters = str(next(examples.numbers)).translate(str.maketrans("0123456789", "abcdefghij"))
    return {**body, "code": f"grond-{letters}"}


def contactnorm(examples: Examples, body: Body) -> Body:
    """Let each norm be about another subject."""
    return {**body, "onderwerp": f"onderwerp {next(examples.numbers)}"}


def samenvoegregel(examples: Examples, body: Body) -> Body:
    """Let each rule be another; what came before gives way."""
    regels = examples.find("klantinteracties/samenvoegregels").record
    kinds = [(soort, bewijs) for soort in ("persoon", "organisatie", "contactpersoon")
             for bewijs in ("email", "telefoon", "naam_en_adres", "anders")]  # fmt: skip
    taken = set(regels.objects.values_list("soort_partij", "bewijs"))
    soort, bewijs = next(kind for kind in kinds if kind not in taken)
    return {**body, "soortPartij": soort, "bewijs": bewijs}


def bereikbaarheid(examples: Examples, body: Body) -> Body:
    """Say it of another kind of message each time; it is not withdrawn yet."""
    made = {**body, "soortBericht": f"soort {next(examples.numbers)}"}
    made.pop("ingetrokkenOp", None)
    return made


def contactvoorkeur(_: Examples, body: Body) -> Body:
    """Prefer something for one zaak only."""
    return {name: value for name, value in body.items() if name != "zaaktype"}


def klantcontact(_: Examples, body: Body) -> Body:
    """Keep texts in the metadata; the ground of a change is for later."""
    grounds = {"wijzigingsgrond", "wijzigingstoelichting"}
    made = {name: value for name, value in body.items() if name not in grounds}
    if "metadata" in made:
        made |= {"metadata": {"bron": "test"}, "verdereActieOndernomen": False}
    return made


def internetaak(examples: Examples, body: Body) -> Body:
    """Let somebody do it; what is dealt with is done."""
    actor = examples.one(examples.find("klantinteracties/actoren"))
    status = "verwerkt" if "afgehandeldOp" in body else body["status"]
    return {**body, "toegewezenAanActoren": [{"uuid": str(actor.pk)}], "status": status}


def digitaal_adres(_: Examples, body: Body) -> Body:
    """Write an e-mail address; the default of a kind is that of a partij."""
    nr = body["adres"].rpartition(" ")[2]
    return {**body, "adres": f"nr{nr}@voorbeeld.nl", "isStandaardAdres": False}


def identificator(examples: Examples, body: Body) -> Body:
    """Let the codes fit each other; a partij has one number of a kind."""
    codes = {
        "codeObjecttype": "niet_natuurlijk_persoon",
        "codeRegister": "hr",
        "codeSoortObjectId": "rsin",
    }
    partij = examples.make(examples.find("klantinteracties/partijen"))
    return {
        "identificeerdePartij": {"uuid": str(partij.pk)},
        "partijIdentificator": {**body["partijIdentificator"], **codes},
    }


def taak(_: Examples, body: Body) -> Body:
    """Ask somebody to follow a link, in time."""
    days = {"startdatum": "2026-01-01", "datumHerinnering": "2039-01-02",
            "einddatumHandelingsTermijn": "2039-01-03"}  # fmt: skip
    named = {name: days[name] for name in days if name in body}
    link = {"uitvraagLink": "https://formulier.gemeente.example/1"}
    made = {**body, **named, "taakSoort": "urltaak", "details": link}
    return {**made, "status": "open"} if "status" in made else made


def taak_van(soort: str, **details: Any) -> Callable[[Examples, Body], Body]:
    """Make the body of a task at the door of its own kind."""

    def made(examples: Examples, body: Body) -> Body:
        whole = taak(examples, body)
        return {name: whole[name] for name in whole if name != "taakSoort"} | {"details": details}

    del soort
    return made


def abonnement(examples: Examples, body: Body) -> Body:
    """Choose a kanaal that there is."""
    kanaal = examples.one(examples.find("notificaties/kanaal"))
    return {**body, "kanalen": [{"naam": kanaal.naam, "filters": {}}]}


def notificatie(examples: Examples, body: Body) -> Body:
    """Tell of something on a kanaal that there is."""
    kanaal = examples.one(examples.find("notificaties/kanaal"))
    return {**body, "kanaal": kanaal.naam, "kenmerken": {}}


def verzoektypeversie(_: Examples, body: Body) -> Body:
    """Ask for whatever form."""
    made = {**body, "aanvraagGegevensSchema": {"type": "object"}}
    return {**made, "status": "draft"} if "status" in made else made


def outputregel(_: Examples, body: Body) -> Body:
    """Tell of what fits any template."""
    return {**body, "kanalen": ["email"]} if "kanalen" in body else body


def sjabloon(_: Examples, body: Body) -> Body:
    """Say no more than that there is news."""
    return {**body, "inhoud": "attendering"}


def sjabloonversie(_: Examples, body: Body) -> Body:
    """Have a Dutch text, which may still change."""
    texts = [{"taal": "nl", "onderwerp": "Er is nieuws", "tekst": "Lees het: {{ link }}"}]
    made = {**body, "teksten": texts}
    return {**made, "stand": "concept"} if "stand" in made else made


def verzoek(examples: Examples, body: Body) -> Body:
    """Ask for something of which there is a published version."""
    versies = examples.find("verzoeken/verzoektypen/{verzoek_type}/versies")
    made = {name: value for name, value in body.items() if name != "versie"}
    soort = examples.one(examples.find("verzoeken/verzoektypen"))
    if not versies.record.objects.filter(verzoek_type=soort, status="published").exists():
        form = {"aanvraagGegevensSchema": {"type": "object"}, "status": "published"}
        examples.make(versies, form, verzoek_type=soort.pk)
    return made


BETALING = {
    "bedrag": "12.50", "valuta": "EUR", "transactieomschrijving": "Leges",
    "doelrekening": {"iban": "NL91ABNA0417164300"},
}  # fmt: skip
FORMULIER = {
    "formulierDefinitie": {"components": [{"label": "Kleur", "key": "kleur", "type": "textfield"}]}
}


def federatiebron(_: Examples, body: Body) -> Body:
    """Ask a ZGW register with a client, and take nobody's tokens."""
    made = {**body, "uitgever": "", "sleutels": ""}
    if "apiRoot" in made:
        made |= {"apiRoot": "https://elders.example/zaken/api/v1"}
    return made | (
        {"soort": "zgw", "clientId": "wij", "geheim": "geheim"} if "soort" in made else {}
    )


PECULIAR: dict[str, Callable[[Examples, Body], Body]] = {
    "beheer/basisregistraties": basisregistratie,
    "beheer/federatiebronnen": federatiebron,
    "notificaties/abonnement": abonnement,
    "notificaties/notificaties": notificatie,
    "taken/externetaken": taak,
    "output/outputregels": outputregel,
    "output/sjablonen": sjabloon,
    "output/sjablonen/{sjabloon}/versies": sjabloonversie,
    "verzoeken/verzoeken": verzoek,
    "verzoeken/verzoektypen/{verzoek_type}/versies": verzoektypeversie,
    "taken/betaaltaken": taak_van("betaaltaak", **BETALING),
    "taken/formuliertaken": taak_van("formuliertaak", **FORMULIER),
    "taken/urltaken": taak_van("urltaak", uitvraagLink="https://formulier.gemeente.example/1"),
    "archief/vernietigingsregels": vernietigingsregel,
    "autorisaties/applicaties": applicatie,
    "beheer/inlogmiddelen": inlogmiddel,
    "besluiten/besluiten": besluit,
    "besluiten/besluitinformatieobjecten": besluitinformatieobject,
    "catalogi/besluittypen": versie,
    "catalogi/informatieobjecttypen": versie,
    "catalogi/resultaattypen": resultaattype,
    "catalogi/roltypen": roltype,
    "catalogi/zaaktypen": zaaktype,
    "documenten/enkelvoudiginformatieobjecten": document,
    "documenten/objectinformatieobjecten": objectinformatieobject,
    "documenten/verzendingen": verzending,
    "klantinteracties/actorklantcontacten": actorklantcontact,
    "klantinteracties/bereikbaarheden": bereikbaarheid,
    "klantinteracties/contactinstellingen": contactinstellingen,
    "klantinteracties/contactvoorkeuren": contactvoorkeur,
    "klantinteracties/contactnormen": contactnorm,
    "klantinteracties/digitaleadressen": digitaal_adres,
    "klantinteracties/internetaken": internetaak,
    "klantinteracties/klantcontacten": klantcontact,
    "klantinteracties/partij-identificatoren": identificator,
    "klantinteracties/referentiewaarden": geldig,
    "klantinteracties/samenvoegregels": samenvoegregel,
    "klantinteracties/vertegenwoordigingen": vertegenwoordiging,
    "klantinteracties/wijzigingsgronden": wijzigingsgrond,
    "zaken/resultaten": resultaat,
    "zaken/rollen": rol,
    "zaken/zaakinformatieobjecten": zaakinformatieobject,
    "zaken/zaakobjecten": zaakobject,
    "zaken/zaken": zaak,
}
