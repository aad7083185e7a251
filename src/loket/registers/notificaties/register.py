"""The register of who hears that something changed: Notificaties API 1.0.1 (VNG)."""

from __future__ import annotations

from loket.grammar.register import ZGW, register

CONSUMEREN = ("notificaties.consumeren",)
PUBLICEREN = ("notificaties.publiceren",)
BEHEREN = ("notificaties.beheren",)
"""Seeing what was told to whom, and having it told again; a scope of the house."""

NOTIFICATIES = register(
    "notificaties",
    "Notificaties",
    "nrc",
    "1.0.1",
    ZGW,
    description="Kanalen, abonnementen daarop, en notificaties van machine aan machine.",
    scopes={
        "list": (*CONSUMEREN, *PUBLICEREN),
        "retrieve": (*CONSUMEREN, *PUBLICEREN),
        "create": CONSUMEREN,
        "update": CONSUMEREN,
        "partial_update": CONSUMEREN,
        "destroy": CONSUMEREN,
    },
)
