"""What a functioneel beheerder sees and configures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.shortcuts import redirect

from loket.grammar.record import Record
from loket.ledger import dispatch
from loket.ledger.database import one
from loket.ledger.models import Delivery, Event, Verwerking
from loket.registers.autorisaties.models import Applicatie
from loket.registers.beheer import bestanden
from loket.registers.beheer.models import (
    Basisregistratie,
    Client,
    Federatiebron,
    Inlogmiddel,
    Instellingen,
    Notificatiedienst,
    Ondertekensleutel,
)
from loket.registers.klantinteracties.categorie import Categorie
from loket.registers.klantinteracties.contactinstellingen import Contactinstellingen
from loket.registers.klantinteracties.contactnorm import Contactnorm
from loket.registers.klantinteracties.internetaak import InterneTaak
from loket.registers.klantinteracties.referentiewaarde import Referentiewaarde
from loket.registers.klantinteracties.samenvoegregel import Samenvoegregel
from loket.registers.klantinteracties.wijzigingsgrond import Wijzigingsgrond
from loket.registers.notificaties.abonnement import Abonnement
from loket.registers.notificaties.kanaal import Kanaal
from loket.site import samenvoegen
from loket.site.beheer import DoorAdmin, ReadOnlyAdmin
from loket.site.form_fields import LogoField, Several

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from loket.grammar.words import Word

admin.site.site_header = "Loket: beheer"
admin.site.site_title = "Beheer"
admin.site.index_title = "Wat wilt u beheren?"
admin.site.site_url = "/"
admin.site.enable_nav_sidebar = False  # it takes the room of what a page is about
admin.site.index_template = "beheer/index.html"


class WithoutApplicatie(admin.SimpleListFilter):
    """Clients that no applicatie names: they may do nothing."""

    title = "applicatie"
    parameter_name = "applicatie"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer both kinds."""
        del request, model_admin
        return [("met", "met applicatie"), ("zonder", "zonder applicatie")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Client]) -> QuerySet[Client]:
        """Choose those of the kind that was asked."""
        del request
        named = "EXISTS (SELECT FROM autorisaties_applicatie a WHERE a.client_ids @> "
        named += "to_jsonb(beheer_client.client_id::text))"
        kinds = {"met": named, "zonder": f"NOT {named}"}
        chosen = kinds.get(str(self.value()))
        return queryset.extra(where=[chosen]) if chosen else queryset  # noqa: S610 - no input


@admin.register(Applicatie)
class ApplicatieAdmin(DoorAdmin):
    """Applications and their rights."""

    list_display = ("label", "ids", "alles")
    search_fields = ("label",)

    @admin.display(description="client-id's")
    def ids(self, applicatie: Applicatie) -> str:
        """Show the client ids as people write a list."""
        return ", ".join(applicatie.client_ids)

    @admin.display(description="mag alles", boolean=True)
    def alles(self, applicatie: Applicatie) -> bool:
        """Show whether it may do everything."""
        return applicatie.heeft_alle_autorisaties


@admin.register(Client)
class ClientAdmin(DoorAdmin):
    """Clients and their secrets; a secret is set here and never shown again."""

    list_display = ("client_id", "doelen", "gezet_op")
    list_filter = (WithoutApplicatie,)
    search_fields = ("client_id",)
    ordering = ("client_id",)

    @admin.display(description="doelbindingen")
    def doelen(self, client: Client) -> str:
        """Show the purposes as people write a list."""
        return ", ".join(client.doelbindingen)

    @admin.display(description="geheim gezet op", ordering="geheim_gezet_op")
    def gezet_op(self, client: Client) -> Any:
        """Show when the secret was set."""
        return client.geheim_gezet_op


@admin.register(Instellingen)
class InstellingenAdmin(DoorAdmin):
    """The one record of settings, which is its own list."""

    def own_field(self, word: Word, label: str, *, adding: bool) -> forms.Field | None:
        """Ask for the logo as a file, and for files only what the house takes."""
        if word.name == "logo":
            return LogoField(label=label, required=False)
        if word.name == "grootste_bestand":
            told = f"Het huis laat {bestanden.grens()} MB toe."
            return forms.IntegerField(label=label, required=False, help_text=told)
        if word.name == "bestandsoorten":
            kinds = [(each.value, each.label) for each in bestanden.soorten()]
            return Several(choices=kinds, label=label, required=False)
        return super().own_field(word, label, adding=adding)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Go straight to the record."""
        row = one("SELECT id FROM beheer_instellingen")
        if row is None:
            return super().changelist_view(request, extra_context)
        return redirect("admin:beheer_instellingen_change", row[0])


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """What is on its way, what is stuck and why; releasing it is one action."""

    list_display = (
        "position", "subscriber", "state", "outcome", "attempts", "next_at",
    )  # fmt: skip
    list_filter = ("state", "subscriber")
    search_fields = ("main_key", "outcome")
    ordering = ("-position",)
    actions = ("release",)

    @admin.action(description="Opnieuw proberen", permissions=["view"])
    def release(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        """Let the chosen deliveries be tried again at once."""
        done = sum(dispatch.release(each.pk) for each in queryset)
        self.message_user(request, f"{done} aflevering(en) worden opnieuw geprobeerd.")


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """What happened."""

    list_display = ("position", "moment", "register", "resource", "actie", "label", "actor_id")
    list_filter = ("register", "resource", "actie", "actor_kind")
    search_fields = ("main_key", "key", "label", "actor_id", "trace")
    ordering = ("-position",)


@admin.register(Verwerking)
class VerwerkingAdmin(ReadOnlyAdmin):
    """The processing log: which processing, for which purpose, of which pseudonym."""

    list_display = ("start_time", "name", "processing_activity_id", "data_subject", "trace_id")
    list_filter = ("processing_activity_id", "name")
    search_fields = ("data_subject", "trace_id")
    ordering = ("-id",)


for listed in (Categorie, Contactinstellingen, Contactnorm, Samenvoegregel, Wijzigingsgrond):
    admin.site.register(listed, DoorAdmin)


@admin.register(Referentiewaarde)
class ReferentiewaardeAdmin(DoorAdmin):
    """What is chosen from, list by list."""

    list_display = ("naam", "code", "lijst", "begin_geldigheid", "einde_geldigheid")
    list_filter = ("lijst",)
    search_fields = ("naam", "code")
    ordering = ("lijst", "naam")


@admin.register(Abonnement)
class AbonnementAdmin(DoorAdmin):
    """Who hears of what, over HTTP; how it goes stands with the deliveries."""

    list_display = ("callback_url", "waarvan", "ondertekend")

    @admin.display(description="Waarvan")
    def waarvan(self, abonnement: Abonnement) -> str:
        """Name the kanalen and the kinds of CloudEvents."""
        kanalen: Any = abonnement.kanalen
        types: Any = abonnement.cloudevent_filters
        names = [each["naam"] for each in kanalen] + [each["typeSubstring"] for each in types]
        return ", ".join(names)


@admin.register(Basisregistratie)
class BasisregistratieAdmin(DoorAdmin):
    """Where the municipality asks about persons and companies."""

    list_display = ("soort", "api_root", "actief")
    ordering = ("soort",)


@admin.register(Federatiebron)
class FederatiebronAdmin(DoorAdmin):
    """Other organisations whose zaken the portal shows as well."""

    list_display = ("naam", "soort", "api_root", "actief")
    ordering = ("naam",)


@admin.register(Inlogmiddel)
class InlogmiddelAdmin(DoorAdmin):
    """How citizens and companies log in."""

    list_display = ("naam", "soort", "protocol", "actief", "niveau")
    ordering = ("volgorde", "naam")


@admin.register(Notificatiedienst)
class NotificatiedienstAdmin(DoorAdmin):
    """Notificaties API's of others: where we publish, and what we hear from there."""

    list_display = ("naam", "api_root", "actief", "publiceert", "abonnement")
    ordering = ("naam",)


@admin.register(Ondertekensleutel)
class OndertekensleutelAdmin(DoorAdmin):
    """With what notifications are signed: the newest, while older ones can still be checked."""

    list_display = ("omschrijving", "kenmerk", "gemaakt_op")
    ordering = ("-gemaakt_op",)


@admin.register(Kanaal)
class KanaalAdmin(DoorAdmin):
    """About what notifications are sent."""

    list_display = ("naam",)
    ordering = ("naam",)


@admin.register(InterneTaak)
class InterneTaakAdmin(ReadOnlyAdmin):
    """What employees still have to do, the most overdue first."""

    list_display = ("uiterste_datum", "referentienummer", "gevraagde_handeling", "status")
    list_filter = ("status",)
    search_fields = ("referentienummer", "gevraagde_handeling")
    ordering = ("uiterste_datum",)


for record in apps.get_app_config("catalogi").get_models():
    if issubclass(record, Record):
        admin.site.register(record, DoorAdmin)

__all__ = ["samenvoegen"]
