"""What the pages ask."""

from __future__ import annotations

from django import forms


class LijstForm(forms.Form):
    """What a list is called."""

    naam = forms.CharField(label="Naam van de lijst", max_length=200)
    toelichting = forms.CharField(
        label="Toelichting voor wie de lijst beoordeelt",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class RedenForm(forms.Form):
    """Why a zaak is excluded."""

    reden = forms.CharField(
        label="Waarom wordt deze zaak niet vernietigd?",
        help_text="Deze reden blijft bij de lijst bewaard. Noem geen persoonsgegevens.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AanbiedenForm(forms.Form):
    """Nothing is asked of who offers a list."""


class TeruggevenForm(forms.Form):
    """What has to change."""

    oordeel = forms.CharField(
        label="Wat moet er anders?",
        help_text="De opsteller leest dit bij de lijst.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class VaststellenForm(forms.Form):
    """A remark, and that there is no way back."""

    oordeel = forms.CharField(
        label="Opmerking", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    zeker = forms.BooleanField(
        label="Ik heb de lijst bekeken en weet dat wat vernietigd is niet terugkomt."
    )


STAPFORMULIEREN: dict[str, type[forms.Form]] = {
    "aanbieden": AanbiedenForm,
    "teruggeven": TeruggevenForm,
    "vaststellen": VaststellenForm,
}
