"""Which pages of the portal the manual shows, and how one gets there."""

from __future__ import annotations

from typing import Final, NamedTuple

FOLDER: Final = "screens"
WIDTHS: Final = {"phone": (390, 844), "desktop": (1280, 900)}


class Screen(NamedTuple):
    """A page, or a state of one: what it shows, and what to do to see it.

    Steps are told apart by `>`. One is an address, what to press (a selector), or
    `label := value` for what to fill in; `@` is a file. Without an address one goes on from the
    screen before.
    """

    title: str
    steps: str
    widths: tuple[str, ...] = tuple(WIDTHS)


class Visit(NamedTuple):
    """Somebody who looks at some screens.

    What he logs in with, as which of the people, and whether he sees colours of his own (forced
    colours).
    """

    title: str
    screens: dict[str, Screen]
    means: str = ""
    person: int = 0
    own_colours: bool = False


_ZAAK: Final = "/mijn-zaken/ > table a >> nth=0"
_BESLOTEN: Final = "/mijn-zaken/ > table a >> nth=-1"
_TAAK: Final = "/mijn-taken/ > text=Stuur een foto"
_CONTACT: Final = "/mijn-contactmomenten/ > text=Heeft gevraagd hoe lang"
_ANTWOORD: Final = "Kenteken van uw auto := AB-123-C > Nee := ja"
_GEVULD: Final = f"{_ANTWOORD} > Foto := @"
_TELEFOON: Final = "/mijn-gegevens/ > text=Telefoonnummer toevoegen"
_VRAAG: Final = f"{_ZAAK} > text=Stel een vraag over deze zaak"
_VERSTUUR: Final = "button:visible:has-text('versturen')"
VISITS: Final = (
    Visit(
        "Before logging in",
        {
            "inloggen": Screen("Logging in", "/inloggen/"),
            "mislukt": Screen("Logging in failed", "/inloggen/mislukt/?reden=unreachable"),
            "uitgelogd": Screen("Logged out", "/uitgelogd/"),
            "toegankelijkheid": Screen("Accessibility statement", "/toegankelijkheid/"),
            "niet-gevonden": Screen("A page that is not there", "/bestaat-niet/"),
        },
    ),
    Visit(
        "A citizen looks",
        {
            "overzicht": Screen("Mijn overzicht", "/overzicht/"),
            "menu": Screen(
                "The menu on a phone", "/overzicht/ > button:text-is('Menu')", ("phone",)
            ),
            "zaken": Screen("Mijn zaken", "/mijn-zaken/"),
            "zaak": Screen("One zaak, running", _ZAAK),
            "zaak-afgerond": Screen("One zaak, with its besluit", _BESLOTEN),
            "document": Screen("Reading a document", f"{_BESLOTEN} > text=Lezen > text=Pagina 1"),
            "vraag": Screen("Asking something about a zaak", _VRAAG),
            "vraag-fout": Screen("Sending nothing", f"{_VRAAG} > {_VERSTUUR}"),
            "intrekken": Screen("Withdrawing an application", f"{_ZAAK} > text=Aanvraag intrekken"),
            "taken": Screen("Mijn taken", "/mijn-taken/"),
            "taak": Screen("One taak: a form with a file", _TAAK),
            "taak-fout": Screen("Not all was filled in", f"{_TAAK} > text=Verder: controleren"),
            "taak-controleren": Screen(
                "Checking what was filled in", f"{_TAAK} > {_GEVULD} > text=Verder: controleren"
            ),
            "taak-betalen": Screen("One taak: to pay", "/mijn-taken/ > text=Betaal de kosten"),
            "taak-link": Screen("One taak: on another site", "/mijn-taken/ > text=Vertel ons"),
            "berichten": Screen("Mijn berichten", "/mijn-berichten/"),
            "bericht": Screen("One bericht", "/mijn-berichten/ > text=Wij hebben nog iets"),
            "contactmomenten": Screen("Mijn contactmomenten", "/mijn-contactmomenten/"),
            "contactmoment": Screen("One contactmoment", _CONTACT),
            "klopt-niet": Screen(
                "Saying that it is not right", f"{_CONTACT} > text=Dit klopt niet"
            ),
            "gegevens": Screen("Mijn gegevens", "/mijn-gegevens/"),
            "verwijderen": Screen(
                "Removing an address", "/mijn-gegevens/ > a:has-text('Verwijderen') >> nth=0"
            ),
            "bevestigen": Screen(
                "Showing once more who one is", "/inloggen/bevestigen/?volgende=/mijn-gegevens/"
            ),
            "voorkeuren": Screen("What one wants to hear, and how", "/mijn-gegevens/voorkeuren/"),
            "downloaden": Screen("Downloading all that is one's own", "/mijn-gegevens/downloaden/"),
            "dossier": Screen("All of it on one page", "/mijn-gegevens/downloaden/lezen/"),
            "sporen": Screen("Mijn sporen: others", "/mijn-sporen/"),
            "sporen-uzelf": Screen("Mijn sporen: oneself", "/mijn-sporen/?door=uzelf"),
            "zoeken": Screen("Searching one's own things", "/zoeken/?q=parkeer"),
            "zoeken-niets": Screen("Nothing was found", "/zoeken/?q=zwembad"),
        },
        "DigiD",
    ),
    Visit(
        "A citizen acts",
        {
            "vraag-verstuurd": Screen(
                "A question was sent",
                f"{_VRAAG} > Waar gaat uw vraag over? := Mijn auto > "
                f"Uw vraag := Mag ik al parkeren? > {_VERSTUUR}",
            ),
            "intrekken-gevraagd": Screen(
                "Withdrawing was asked for",
                f"{_ZAAK} > text=Aanvraag intrekken > button:has-text('Vraag om te stoppen')",
            ),
            "taak-klaar": Screen(
                "A form was sent",
                f"{_TAAK} > {_ANTWOORD} > text=Verder: controleren > {_VERSTUUR}",
            ),
            "taak-dicht": Screen("What was sent", "text=Bekijk uw antwoorden"),
            "klopt-niet-gemeld": Screen(
                "It was said that it is not right",
                f"{_CONTACT} > text=Dit klopt niet > Wat moet er anders? := "
                f"Er was vier weken gezegd. > {_VERSTUUR}",
            ),
            "adres": Screen("Another telephone number", _TELEFOON),
            "adres-fout": Screen(
                "It is no telephone number", "Telefoonnummer := 06 > button:text-is('Verder')"
            ),
            "adres-code": Screen(
                "A code was sent", "Telefoonnummer := 0612345678 > button:text-is('Verder')"
            ),
            "adres-code-fout": Screen(
                "The code is not right", "Code := 000000 > button:has-text('Controleren')"
            ),
            "gegevens-veranderd": Screen(
                "A number at home was added",
                f"{_TELEFOON} > Telefoonnummer := 0201234567 > button:text-is('Verder')",
            ),
            "adres-bevestigen": Screen(
                "Replacing it asks for a yes",
                "a:has-text('Wijzigen'):has-text('0201234567') > "
                "Nieuw telefoonnummer := 0207654321 > button:text-is('Verder')",
            ),
            "overal": Screen("Logging out everywhere", "/uitloggen/overal/"),
            "overal-klaar": Screen("Logged out everywhere", "button:has-text('Overal uitloggen')"),
        },
        "DigiD",
    ),
    Visit(
        "A citizen about whom nothing is known",
        {
            "overzicht-leeg": Screen("Mijn overzicht, empty", "/overzicht/"),
            "zaken-leeg": Screen("Mijn zaken, empty", "/mijn-zaken/"),
            "taken-leeg": Screen("Mijn taken, empty", "/mijn-taken/"),
            "berichten-leeg": Screen("Mijn berichten, empty", "/mijn-berichten/"),
            "contactmomenten-leeg": Screen("Mijn contactmomenten, empty", "/mijn-contactmomenten/"),
            "gegevens-leeg": Screen("Mijn gegevens, without an address", "/mijn-gegevens/"),
        },
        "DigiD",
        person=4,
    ),
    Visit(
        "A company",
        {
            "vestiging": Screen("For which vestiging one acts", "/inloggen/vestiging/"),
            "overzicht-bedrijf": Screen("The overview of a company", "/overzicht/"),
            "gegevens-bedrijf": Screen("The data of a company", "/mijn-gegevens/"),
            "sporen-bedrijf": Screen("Why there are no sporen of a company", "/mijn-sporen/"),
        },
        "eHerkenning",
    ),
    Visit(
        "In English, and with the largest letters",
        {
            "overzicht-engels": Screen("The overview in English", "/overzicht/ > text=English"),
            "zaak-engels": Screen("One zaak in English", "/mijn-zaken/ > table a >> nth=0"),
            "overzicht-groot": Screen(
                "The overview with the largest letters", "/overzicht/ > [name=maat] >> nth=-1"
            ),
            "taak-groot": Screen(
                "A form with the largest letters", "/mijn-taken/ > text=Stuur een foto"
            ),
        },
        "DigiD",
        person=1,
    ),
    Visit(
        "In the colours of the reader (forced colours)",
        {
            "overzicht-contrast": Screen("The overview", "/overzicht/"),
            "menu-contrast": Screen("The menu on a phone", "button:text-is('Menu')", ("phone",)),
            "zaak-contrast": Screen("One zaak", _BESLOTEN),
            "taak-contrast": Screen("A form with faults", f"{_TAAK} > text=Verder: controleren"),
            "gegevens-contrast": Screen("Mijn gegevens", "/mijn-gegevens/"),
        },
        "DigiD",
        person=2,
        own_colours=True,
    ),
)


def picture(name: str, width: str) -> str:
    """Return the name of the file with a screen at a width."""
    return f"{name}-{width}.jpg"


def count() -> int:
    """Return how many pictures there are."""
    return sum(len(screen.widths) for visit in VISITS for screen in visit.screens.values())


def page() -> str:
    """Return the page of the manual that shows the pictures."""
    lines = ["# Screens of the portal", "", "As the demo municipality shows them.", ""]
    for visit in VISITS:
        lines += [f"## {visit.title}", ""]
        for name, screen in visit.screens.items():
            shown = " ".join(
                f"![{screen.title}, {width}]({FOLDER}/{picture(name, width)})"
                for width in screen.widths
            )
            lines += [f"### {screen.title}", "", shown, ""]
    return "\n".join(lines)
