"""What a municipality begins to say in the portal, by language: a subject and a text.

A line is one thought, since a line that names what is not known is left out.
"""

from __future__ import annotations

from typing import Final

STATUS: Final = {
    "nl": (
        "{{ zaak.omschrijving }}: {{ zaak.status_naam }}",
        """
Er is nieuws over uw zaak {{ zaak.omschrijving }}.

De status is nu: **{{ zaak.status_naam }}**. Dat is zo sinds {{ zaak.status_datum }}.

{{ zaak.status_uitleg }}

Wij moeten uiterlijk op {{ zaak.uiterste_datum }} klaar zijn.

Moet u zelf iets doen? Dan staat dat bij Mijn taken.

Op de pagina van uw zaak kunt u een vraag stellen.

[Bekijk uw zaak]({{ link }})

Uw zaaknummer is {{ zaak.nummer }}.""",
    ),
    "en": (
        "{{ zaak.omschrijving }}: {{ zaak.status_naam }}",
        """
There is news about your case {{ zaak.omschrijving }}.

The status is now: **{{ zaak.status_naam }}**. It has been so since {{ zaak.status_datum }}.

{{ zaak.status_uitleg }}

We must be ready on {{ zaak.uiterste_datum }} at the latest.

Is there something for you to do? Then you find it under My tasks.

You can ask a question on the page of your case.

[View your case]({{ link }})

Your case number is {{ zaak.nummer }}.""",
    ),
}
AFGEROND: Final = {
    "nl": (
        "{{ zaak.omschrijving }} is klaar: {{ zaak.resultaat }}",
        """
Uw zaak {{ zaak.omschrijving }} is klaar sinds {{ zaak.status_datum }}.

Het resultaat is: **{{ zaak.resultaat }}**.

{{ zaak.status_uitleg }}

Moet u nog iets doen? Dan staat dat bij Mijn taken.

Op de pagina van uw zaak leest u alles na. Daar kunt u ook een vraag stellen.

[Bekijk uw zaak]({{ link }})

Uw zaaknummer is {{ zaak.nummer }}.""",
    ),
    "en": (
        "{{ zaak.omschrijving }} is done: {{ zaak.resultaat }}",
        """
Your case {{ zaak.omschrijving }} was finished on {{ zaak.status_datum }}.

The result is: **{{ zaak.resultaat }}**.

{{ zaak.status_uitleg }}

Is there still something for you to do? Then you find it under My tasks.

On its page you can read everything again, and ask a question.

[View your case]({{ link }})

Your case number is {{ zaak.nummer }}.""",
    ),
}
BESLUIT: Final = {
    "nl": (
        "Besluit over {{ zaak.omschrijving }}",
        """
Wij hebben op {{ besluit.datum }} een besluit genomen over uw zaak {{ zaak.omschrijving }}.

Het besluit is: **{{ besluit.type }}**.

Op de pagina van uw zaak leest u wat wij hebben besloten, en waarom.

Bent u het er niet mee eens? In het besluit staat wat u dan kunt doen.

U kunt bezwaar maken tot en met {{ besluit.reactiedatum }}.

[Bekijk uw zaak en het besluit]({{ link }})

Uw zaaknummer is {{ zaak.nummer }}.""",
    ),
    "en": (
        "Decision on {{ zaak.omschrijving }}",
        """
On {{ besluit.datum }} we made a decision on your case {{ zaak.omschrijving }}.

The decision is: **{{ besluit.type }}**.

On the page of your case you can read what we decided, and why.

Do you not agree? The decision says what you can do then.

You can object until {{ besluit.reactiedatum }}.

[View your case and the decision]({{ link }})

Your case number is {{ zaak.nummer }}.""",
    ),
}
TAAK: Final = {
    "nl": (
        "Nieuwe taak: {{ taak.titel }}",
        """
Wij vragen u iets te doen: **{{ taak.titel }}**.

{{ taak.toelichting }}

U kunt dit doen tot en met {{ uiterste_datum }}. Lukt dat niet? Neem dan contact met ons op.

[Bekijk wat u moet doen]({{ link }})""",
    ),
    "en": (
        "New task: {{ taak.titel }}",
        """
We ask you to do something: **{{ taak.titel }}**.

{{ taak.toelichting }}

You can do this until {{ uiterste_datum }}. Are you unable to? Then please contact us.

[View what you have to do]({{ link }})""",
    ),
}
HERINNERING: Final = {
    "nl": (
        "Herinnering: {{ taak.titel }}",
        """
Wij hebben u gevraagd iets te doen: **{{ taak.titel }}**. Dat hebt u nog niet gedaan.

{{ taak.toelichting }}

U kunt dit nog doen tot en met {{ uiterste_datum }}. Lukt dat niet? Neem dan contact met ons op.

[Bekijk wat u moet doen]({{ link }})""",
    ),
    "en": (
        "Reminder: {{ taak.titel }}",
        """
We asked you to do something: **{{ taak.titel }}**. You have not done this yet.

{{ taak.toelichting }}

You can still do this until {{ uiterste_datum }}. Are you unable to? Then please contact us.

[View what you have to do]({{ link }})""",
    ),
}
VERZOEK: Final = {
    "nl": ("Ontvangen: {{ verzoek.type }}", """
Wij hebben op {{ verzoek.datum }} uw verzoek ontvangen: **{{ verzoek.type }}**.

Wij gaan ermee aan de slag. U hoeft nu niets te doen. Is er nieuws? Dan krijgt u bericht.

[Ga naar uw overzicht]({{ link }})"""),
    "en": ("Received: {{ verzoek.type }}", """
On {{ verzoek.datum }} we received your request: **{{ verzoek.type }}**.

We will get to work on it. You do not have to do anything now.

You will hear from us when there is news.

[Go to your overview]({{ link }})"""),
}  # fmt: skip
GROET: Final = {
    "nl": "Met vriendelijke groet,\n\n{{ gemeente.naam }}\n",
    "en": "Kind regards,\n\n{{ gemeente.naam }}\n",
}
