"""What the pages ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms

from loket.ledger.database import rows
from loket.registers.output.sjabloonversie import SMS, TEKST
from loket.registers.output.waarden import (
    Gebeurtenis,
    Inhoud,
    Ontvanger,
    Outputkanaal,
    SoortOntvanger,
)
from loket.site.output import woorden

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LEEG: Final = ("", "Maak een keuze")
KEUZES: Final = ("Eerste kanaal", "Tweede kanaal", "Derde kanaal", "Vierde kanaal", "Vijfde kanaal")

_ZAAKTYPEN: Final = """
SELECT DISTINCT ON (identificatie) identificatie, omschrijving FROM catalogi_zaaktype
WHERE identificatie <> '' ORDER BY identificatie, begin_geldigheid DESC
"""
_SJABLONEN: Final = "SELECT id::text, naam, inhoud FROM output_sjabloon ORDER BY naam"
_SOORTEN: Final = """
SELECT DISTINCT code, naam FROM klantinteracties_referentiewaarde
WHERE lijst = 'soort_bericht' ORDER BY naam
"""


class RegelForm(forms.Form):
    """Which event leads to which message, and over which channel."""

    naam = forms.CharField(
        label="Naam", max_length=100, help_text="Zo vindt u de regel terug in de lijst."
    )
    gebeurtenis = forms.ChoiceField(label="Wat gebeurt er?", choices=[LEEG, *Gebeurtenis.choices])
    zaaktype = forms.ChoiceField(
        label="Voor welk zaaktype?",
        required=False,
        help_text="Taken, berichten en verzoeken hebben geen zaaktype: kies daar elk zaaktype.",
    )
    sjabloon = forms.ChoiceField(label="Welk sjabloon wordt verstuurd?")
    ontvanger = forms.ChoiceField(label="Wie krijgt het bericht?", choices=Ontvanger.choices)
    soortOntvanger = forms.ChoiceField(  # noqa: N815 - as the register calls it
        label="Voor wie geldt de regel?", choices=SoortOntvanger.choices
    )
    stilleUren = forms.BooleanField(  # noqa: N815 - idem
        label="Verstuur tussen 21.00 en 8.00 uur geen sms; die wacht dan tot de ochtend",
        required=False,
    )
    verzamelen = forms.BooleanField(
        label="Maak van al het nieuws van één dag over hetzelfde één bericht, om 17.00 uur",
        required=False,
    )
    actief = forms.BooleanField(label="De regel staat aan", required=False)

    def __init__(self, values: Mapping[str, Any], posted: Any = None) -> None:
        super().__init__(posted, initial=dict(values))
        fields: dict[str, Any] = self.fields
        types = [(code, f"{naam} ({code})") for code, naam in rows(_ZAAKTYPEN)]
        fields["zaaktype"].choices = _kept([("", "Elk zaaktype"), *types], values.get("zaaktype"))
        fields["sjabloon"].choices = [LEEG] + [
            (key, naam if inhoud == Inhoud.ATTENDERING else f"{naam} (met inhoud)")
            for key, naam, inhoud in rows(_SJABLONEN)
        ]
        for nr, label in enumerate(KEUZES, start=1):
            first = "Wat de ontvanger wil" if nr == 1 else "Geen"
            fields[f"kanaal{nr}"] = forms.ChoiceField(
                label=label, required=False, choices=[("", first), *Outputkanaal.choices]
            )

    @property
    def kanaalvelden(self) -> list[forms.BoundField]:
        """The fields in which the channels are chosen, in order."""
        return [self[f"kanaal{nr}"] for nr in range(1, len(KEUZES) + 1)]

    @property
    def overige(self) -> list[forms.BoundField]:
        """The fields before the channels."""
        names = ("naam", "gebeurtenis", "zaaktype", "sjabloon", "ontvanger", "soortOntvanger")
        return [self[name] for name in names]

    @property
    def vinkjes(self) -> list[forms.BoundField]:
        """The fields after the channels."""
        return [self[name] for name in ("stilleUren", "verzamelen", "actief")]

    def _gekozen(self) -> list[tuple[str, str]]:
        """Return the fields in which a channel was chosen, with it."""
        names = (f"kanaal{nr}" for nr in range(1, len(KEUZES) + 1))
        return [(name, self.cleaned_data[name]) for name in names if self.cleaned_data[name]]

    def body(self) -> dict[str, Any]:
        """Return what was filled in, as a client would send it."""
        given = {k: v for k, v in self.cleaned_data.items() if not k.startswith("kanaal")}
        kanalen = [kanaal for _, kanaal in self._gekozen()]
        return {**given, "sjabloon": {"uuid": given["sjabloon"]}, "kanalen": kanalen}

    def names(self) -> dict[str, str]:
        """Return at which field stands what the register calls otherwise."""
        gekozen = self._gekozen()
        there = {f"kanalen.{nr}": name for nr, (name, _) in enumerate(gekozen)}
        return {**there, "kanalen": gekozen[0][0] if gekozen else "kanaal1"}


def _kept(choices: list[tuple[str, str]], value: str | None) -> list[tuple[str, str]]:
    """Let what was chosen before stay, though it is not there any more."""
    if value and value not in dict(choices):
        return [*choices, (value, f"{value} (bestaat niet meer)")]
    return choices


class SjabloonForm(forms.Form):
    """What a template is called and what it is for."""

    naam = forms.CharField(label="Naam", max_length=100)
    omschrijving = forms.CharField(
        label="Waar is het sjabloon voor?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    inhoud = forms.ChoiceField(
        label="Wat staat erin?",
        choices=Inhoud.choices,
        help_text="Een bericht met inhoud gaat alleen via het portaal, de Berichtenbox of per "
        "brief: een e-mail of sms kan een ander ook lezen. Dit kunt u later niet wijzigen.",
    )
    soortBericht = forms.ChoiceField(  # noqa: N815 - as the register calls it
        label="Soort bericht",
        help_text="Per soort zegt een inwoner of bedrijf hoe hij bereikt wil worden.",
    )

    def __init__(self, values: Mapping[str, Any], posted: Any = None, *, new: bool) -> None:
        super().__init__(posted, initial=dict(values))
        fields: dict[str, Any] = self.fields
        kinds = list(rows(_SOORTEN))
        fields["soortBericht"].choices = _kept(kinds, values.get("soortBericht"))
        if not new:
            del fields["inhoud"]


class TekstenForm(forms.Form):
    """The text in each language; `teksten` are those that stand there now."""

    def __init__(self, teksten: Sequence[Mapping[str, Any]], posted: Any = None) -> None:
        super().__init__(posted)
        fields: dict[str, forms.Field] = self.fields
        self.talen = [str(each["taal"]) for each in teksten]
        for nr, each in enumerate(teksten):
            for name, field in _tekstvelden().items():
                field.initial = each.get(name) or ""
                fields[f"teksten.{nr}.{name}"] = field

    def rijen(self) -> Iterator[dict[str, Any]]:
        """Yield what is asked in each language."""
        for nr, code in enumerate(self.talen):
            names = (f"teksten.{nr}.{name}" for name in _tekstvelden())
            naam = woorden.taal(code)
            yield {"nr": nr, "taal": code, "naam": naam, "velden": [self[name] for name in names]}

    def teksten(self) -> list[dict[str, str]]:
        """Return what was filled in, as a client would send it."""
        made = []
        for nr, code in enumerate(self.talen):
            given = {n: self.cleaned_data[f"teksten.{nr}.{n}"] for n in _tekstvelden()}
            filled = {name: value.replace("\r\n", "\n") for name, value in given.items() if value}
            made.append({"taal": code, **filled})
        return made


def _tekstvelden() -> dict[str, forms.Field]:
    long = {"rows": 16, "spellcheck": "true"}
    return {
        "onderwerp": forms.CharField(label="Onderwerp", max_length=150),
        "tekst": forms.CharField(
            label="Tekst",
            widget=forms.Textarea(attrs=long),
            help_text="Een lege regel begint een nieuwe alinea. Een regel met - ervoor is een "
            "punt van een lijst.",
        ),
        "sms": forms.CharField(
            label="Tekst van een sms",
            max_length=SMS,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="Leeg: dit bericht gaat niet per sms.",
        ),
        "onderwerpPortaal": forms.CharField(
            label="Onderwerp in het portaal",
            max_length=150,
            required=False,
            help_text="Wie dit leest, is ingelogd. Zeg dus wat er is gebeurd en om welke zaak het "
            "gaat. Er is plaats voor 50 tekens; wat te lang is, wordt afgekort. Leeg, net als de "
            "tekst hieronder: het gewone onderwerp en de gewone tekst.",
        ),
        "tekstPortaal": forms.CharField(
            label="Tekst in het portaal",
            max_length=TEKST,
            required=False,
            widget=forms.Textarea(attrs=long),
            help_text="Ook voor de Berichtenbox van MijnOverheid. Schrijf een link als "
            "[Bekijk uw zaak]({{ link }}). Een regel met iets dat niet bekend is, valt weg.",
        ),
    }


def posted_teksten(posted: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the texts as a browser sent them, whatever they hold."""
    made: list[dict[str, str]] = []
    while (code := posted.get(f"teksten.{len(made)}.taal")) is not None:
        nr = len(made)
        made.append(
            {"taal": code[:2], **{n: posted.get(f"teksten.{nr}.{n}", "") for n in _tekstvelden()}}
        )
    return made


class ProefberichtForm(forms.Form):
    """Where a test goes."""

    kanaal = forms.ChoiceField(label="Waarlangs?")
    adres = forms.CharField(
        label="E-mailadres of telefoonnummer", max_length=254, help_text="Van uzelf of een collega."
    )

    def __init__(self, kanalen: Sequence[Outputkanaal], posted: Any = None) -> None:
        super().__init__(posted)
        fields: dict[str, Any] = self.fields
        fields["kanaal"].choices = [(each.value, each.label) for each in kanalen]

    def clean(self) -> dict[str, Any]:
        """Hold an address to what its channel takes."""
        cleaned: dict[str, Any] = super().clean() or {}
        adres, kanaal = cleaned.get("adres"), cleaned.get("kanaal")
        if adres and kanaal == Outputkanaal.EMAIL:
            try:
                forms.EmailField().clean(adres)
            except forms.ValidationError as fault:
                self.add_error("adres", fault)
        elif adres and kanaal == Outputkanaal.SMS:
            number = "".join(sign for sign in adres if sign not in " -()")
            if not (number.lstrip("+").isdigit() and 8 <= len(number) <= 16):
                self.add_error("adres", "Vul een telefoonnummer in, zoals 06 12345678.")
            cleaned["adres"] = number
        return cleaned
