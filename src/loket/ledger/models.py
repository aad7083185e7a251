"""Tables of the ledger; written with the statements of the other modules, read by admin."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.kernel.clock import now


class Event(models.Model):
    """Een gebeurtenis: auditregel, uitgaand bericht en wijzigingsstroom in één."""

    position = models.BigAutoField("positie", primary_key=True)
    id = models.UUIDField("id")
    moment = models.DateTimeField("moment", default=now)
    register = models.CharField("register", max_length=50)
    resource = models.CharField("resource", max_length=80)
    key = models.UUIDField("sleutel")
    url = models.CharField("url", max_length=500)
    main_resource = models.CharField("resource van het hoofdobject", max_length=80)
    main_key = models.UUIDField("sleutel van het hoofdobject")
    main_url = models.CharField("url van het hoofdobject", max_length=500)
    actie = models.CharField("actie", max_length=20)
    status = models.SmallIntegerField("HTTP-status")
    label = models.CharField("weergave", max_length=200, blank=True)
    actor_kind = models.CharField("soort actor", max_length=20)
    actor_id = models.CharField("actor", max_length=100)
    actor_label = models.CharField("weergave actor", max_length=200, blank=True)
    user_id = models.CharField("gebruiker", max_length=255, blank=True)
    user_label = models.CharField("weergave gebruiker", max_length=255, blank=True)
    toelichting = models.TextField("toelichting", blank=True)
    kenmerken = models.JSONField("kenmerken", default=dict)
    regime = models.CharField("regime", max_length=3, default="avg")
    trace = models.CharField("trace-id", max_length=32, blank=True)
    nieuw = models.TextField("nieuwe weergave (JSON)", null=True)  # noqa: DJ001 - nothing left
    vergeten_op = models.DateTimeField("inhoud vernietigd op", null=True, blank=True)

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "gebeurtenissen"
        indexes: ClassVar = [
            models.Index(fields=["main_key", "position"], name="event_main"),
            models.Index(fields=["key", "position"], name="event_key"),
            models.Index(
                fields=["position"], name="event_apart", condition=~models.Q(regime="avg")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.actie} {self.register}/{self.resource} {self.label}"


class Outbox(models.Model):
    """Een gebeurtenis die nog aan de afnemers moet worden toebedeeld."""

    position = models.BigIntegerField(primary_key=True)

    class Meta:
        verbose_name = "nog niet verdeeld"
        verbose_name_plural = "nog niet verdeeld"

    def __str__(self) -> str:
        return str(self.position)


class Delivery(models.Model):
    """De aflevering van één gebeurtenis aan één afnemer."""

    class State(models.TextChoices):
        """The states of a delivery; the moves between them stand in `delivering`."""

        WACHT = "wacht", "wacht op aflevering"
        KLAAR = "klaar", "afgeleverd"
        VAST = "vast", "vastgelopen"

    id = models.BigAutoField(primary_key=True)
    subscriber = models.CharField("afnemer", max_length=100)
    position = models.BigIntegerField("positie")
    main_key = models.UUIDField("hoofdobject")
    state = models.CharField("toestand", max_length=10, choices=State.choices, default=State.WACHT)
    attempts = models.IntegerField("pogingen", default=0)
    next_at = models.DateTimeField("volgende poging", default=now)
    changed_at = models.DateTimeField("laatst gewijzigd", default=now)
    outcome = models.TextField("uitkomst", blank=True)

    class Meta:
        verbose_name = "aflevering"
        verbose_name_plural = "afleveringen"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subscriber", "position"], name="delivery_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["subscriber", "main_key", "position"],
                name="delivery_open",
                condition=~models.Q(state="klaar"),
            ),
            models.Index(
                fields=["subscriber", "position"],
                name="delivery_next",
                condition=models.Q(state="wacht"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subscriber} {self.position} {self.state}"


class Verwerking(models.Model):
    """Eén regel van het Logboek Dataverwerkingen: één verwerking, één betrokkene."""

    id = models.BigAutoField(primary_key=True)
    trace_id = models.CharField(max_length=32)
    operation_id = models.CharField(max_length=16)
    parent_operation_id = models.CharField(max_length=16, blank=True)
    foreign_operation = models.TextField(blank=True)
    status_code = models.CharField(max_length=10, default="OK")
    name = models.CharField("verwerking", max_length=100)
    resource = models.CharField("systeem", max_length=100, default="loket")
    start_time = models.DateTimeField("begin")
    end_time = models.DateTimeField("einde")
    processing_activity_id = models.CharField("verwerkingsactiviteit", max_length=500)
    data_subject = models.UUIDField("pseudoniem van de betrokkene")
    actor = models.CharField("wie", max_length=200, blank=True, db_default="", default="")
    betreft = models.CharField(max_length=100, blank=True, db_default="", default="")

    class Meta:
        verbose_name = "verwerking"
        verbose_name_plural = "verwerkingen"
        indexes: ClassVar = [
            models.Index(fields=["data_subject", "start_time"], name="verwerking_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.processing_activity_id}"
