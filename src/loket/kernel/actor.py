"""Who acts: a value with a kind, what it may do, and for which purposes it may see a BSN."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID


class Kind(StrEnum):
    """The kinds of actor."""

    APPLICATION = "application"
    MEDEWERKER = "medewerker"
    BURGER = "burger"
    BEDRIJF = "bedrijf"
    SYSTEM = "system"


GEMACHTIGDE = "gemachtigde"
"""How the processing log calls who acts for a citizen by his machtiging."""


class Regime(StrEnum):
    """The law under which a thing is recorded: the general one, or that of police data."""

    AVG = "avg"
    WPG = "wpg"


@dataclass(frozen=True)
class Grant:
    """Scopes of one component, for one type up to a level of confidentiality.

    `component` is the standard's code (zrc, ztc, …); `type` the id of a zaaktype,
    informatieobjecttype or besluittype, None where the component has no types; `level` the rank
    of the highest vertrouwelijkheidaanduiding (0 is openbaar).
    """

    component: str
    scopes: frozenset[str]
    type: UUID | None = None
    level: int = 7


@dataclass(frozen=True)
class Actor:
    """Somebody or something that acts, with its rights.

    `purposes` are the processing activities for which a BSN may be seen; `purpose` the one of
    this request. `stand` is the version of the authorisations that these rights were read at.
    `only_ready`: of what can be made ready for publication it sees only what is.
    `number` is, for a citizen, the pseudonym of his BSN; `kvk` is the number of a company and
    `vestiging` that of the one branch it acts for, empty for all of them; `loa` the level of
    assurance. `user` is who acts for another: an employee, or somebody with a machtiging.
    """

    kind: Kind
    id: str
    label: str
    everything: bool = False
    grants: tuple[Grant, ...] = ()
    purposes: tuple[str, ...] = ()
    purpose: str | None = None
    regimes: tuple[Regime, ...] = (Regime.AVG,)
    stand: int | None = None
    only_ready: bool = False
    number: UUID | None = None
    kvk: str = ""
    vestiging: str = ""
    loa: str | None = None
    user: str = ""
    user_label: str = ""

    @property
    def logged_as(self) -> str:
        """Who it is to a citizen who reads the processing log: never which employee."""
        if self.kind is Kind.BURGER and self.user:
            return f"{GEMACHTIGDE}:"
        shown = self.label if self.kind in (Kind.APPLICATION, Kind.SYSTEM) else ""
        return f"{self.kind.value}:{shown}"

    @classmethod
    def burger(cls, number: UUID, naam: str | None, loa: str, user: str = "") -> Actor:
        """Make the actor for a citizen who logged in; `number` is the pseudonym of his BSN.

        `user` is the pseudonym of whom he authorised, where that is who logged in.
        """
        return cls(Kind.BURGER, str(number), naam or "", number=number, loa=loa, user=user)

    @classmethod
    def bedrijf(
        cls, kvk: str, vestiging: str, naam: str | None, loa: str, user: str = "", label: str = ""
    ) -> Actor:
        """Make the actor for a company, or one vestiging of it, for which `user` logged in."""
        return cls(
            Kind.BEDRIJF, f"{kvk}:{vestiging}" if vestiging else kvk, naam or "",
            kvk=kvk, vestiging=vestiging, loa=loa, user=user, user_label=label,
        )  # fmt: skip

    @property
    def urn(self) -> str:
        """The URN of a company or its vestiging; empty for whoever else."""
        if not self.kvk:
            return ""
        part = f":vestigingsnummer:{self.vestiging}" if self.vestiging else ""
        return f"urn:nld:hr:kvknummer:{self.kvk}{part}"

    @classmethod
    def system(cls, label: str) -> Actor:
        """Make the actor for work that the house does by itself, such as imports."""
        return cls(Kind.SYSTEM, label, label, everything=True)

    def allows(self, scopes: Iterable[str], component: str | None = None) -> bool:
        """Tell whether the actor has one of `scopes`, for whichever type.

        A scope's name says of which register it is; only `audittrails.lezen` needs `component`.
        """
        wanted = set(scopes)
        return self.everything or any(
            grant.scopes & wanted and component in (None, grant.component) for grant in self.grants
        )

    def granted(self, component: str, scopes: Iterable[str]) -> tuple[Grant, ...]:
        """Return the grants on `component` that hold one of `scopes`."""
        wanted = set(scopes)
        return tuple(
            grant for grant in self.grants if grant.component == component and grant.scopes & wanted
        )

    def with_purpose(self, purpose: str | None) -> Actor:
        """Return the actor acting for `purpose`; without one, its only purpose if it has one."""
        if purpose is None and len(self.purposes) == 1:
            purpose = self.purposes[0]
        return replace(self, purpose=purpose if purpose in self.purposes else None)
