"""Wat een export van i-Navigator zegt, in gewone waarden, los van de XML."""

from dataclasses import dataclass
from datetime import date

Kenmerken = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Term:
    """Een aantal met een tijdseenheid, zoals 5 Jaar of 10 Werkdag."""

    aantal: int
    eenheid: str


@dataclass(frozen=True, slots=True)
class Soort:
    """De soort (documentsoort, statussoort, ...) waar een type van is."""

    id: str
    naam: str
    toelichting: str
    procesfase: str

    @property
    def is_bepaald(self) -> bool:
        """Of de soort iets zegt; i-Navigator heeft per lijst ook een onbepaalde soort."""
        return not self.naam.startswith("Onbepaalde ")


@dataclass(frozen=True, slots=True)
class Grondslag:
    """Een regel uit een lijst van grondslagen, zoals een resultaat van de Selectielijst."""

    naam: str
    url: str
    toelichting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Onderdeel:
    """Wat alle typen binnen een proces gemeen hebben."""

    id: str
    volgnummer: int | None
    naam: str
    naam_model: str
    soort: Soort | None
    toelichting: str
    opmerking: str
    actueel_van: date | None
    actueel_tot: date | None
    actief: bool
    overig: Kenmerken
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Roltype(Onderdeel):
    """Een rol in het proces."""

    betrokkenen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Een vraag op de checklist van een statustype."""

    naam: str
    vraag: str
    toelichting: str
    verplicht: bool
    actief: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Statustype(Onderdeel):
    """Een stap die het proces kan bereiken."""

    activiteit: str
    bericht: str
    doorlooptijd: Term | None
    zichtbaarheid: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Documenttype(Onderdeel):
    """Een document in het dossier van het proces."""

    richting: str
    vertrouwelijkheid: str
    trefwoorden: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resultaattype(Onderdeel):
    """Een mogelijke uitkomst, met de regels voor bewaren en vernietigen."""

    grondslagen: tuple[Grondslag, ...]
    grondslag_tekst: str
    waardering: str
    bewaartermijn: Term | None
    bewaartermijn_start: str
    brondatum: str
    toelichting_bewaartermijn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Besluittype(Onderdeel):
    """Een besluit dat in het proces kan worden genomen."""

    categorie: str
    reactietermijn: Term | None
    publicatie_indicatie: bool
    publicatietekst: str
    publicatietermijn: Term | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Zaakeigenschap(Onderdeel):
    """Een gegeven dat bij een zaak wordt vastgelegd."""

    definitie: str
    type: str
    groep: str
    lengte: str
    kardinaliteit: str
    waarden: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Regel:
    """Een verband tussen twee onderdelen, zoals statustype-documenttype."""

    naam: str
    van: str
    naar: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verwijzing:
    """Iets waar een proces naar wijst: een register, applicatie, product of ander proces."""

    kind: str
    id: str
    naam: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proces:
    """Een werkproces: wat in de Catalogi API een zaaktype is."""

    id: str
    kernomschrijving: str
    model_kernomschrijving: str
    naam: str
    proceseigenaar: str
    toelichting: str
    aanleiding: str
    categorie: str
    schemalocatie: str
    afdoeningstermijn: Term | None
    wettelijke_afdoeningstermijn: Term | None
    verdagingstermijn: Term | None
    wettelijke_verdagingstermijn: Term | None
    aanhouden_mogelijk: bool
    vertrouwelijkheid: str
    publicatie_indicatie: bool
    publicatietekst: str
    handeling_initiator: str
    onderwerp: str
    handeling_behandelaar: str
    verantwoordingsrelatie: str
    trefwoorden: str
    thesaurustermen: str
    toelichting_handeling: str
    grondslagen: tuple[Grondslag, ...]
    grondslag_tekst: str
    actueel_van: date | None
    actueel_tot: date | None
    actief: bool
    overig: Kenmerken
    roltypen: tuple[Roltype, ...]
    statustypen: tuple[Statustype, ...]
    documenttypen: tuple[Documenttype, ...]
    resultaattypen: tuple[Resultaattype, ...]
    besluittypen: tuple[Besluittype, ...]
    zaakeigenschappen: tuple[Zaakeigenschap, ...]
    regels: tuple[Regel, ...]
    procesrelaties: tuple[Verwijzing, ...]
    verwijzingen: tuple[Verwijzing, ...]
    line: int

    @property
    def onderdelen(self) -> tuple[Onderdeel, ...]:
        """Alle typen binnen het proces."""
        return (
            *self.roltypen,
            *self.statustypen,
            *self.documenttypen,
            *self.resultaattypen,
            *self.besluittypen,
            *self.zaakeigenschappen,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Procesmodel:
    """De hele export."""

    datum: date
    beheersapplicatie: str
    gebruiker: str
    specificatieversie: str
    processen: tuple[Proces, ...]
