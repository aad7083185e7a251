"""Which zaken are one's own: those that a citizen or company asked for, alone or with others."""

from __future__ import annotations

from typing import Final

_KVK: Final = "{row}.betrokkene_identificatie->>'kvkNummer'"
_VESTIGING: Final = "{row}.betrokkene_identificatie->>'vestigingsNummer'"
_BEKEND: Final = (
    "SELECT v.partij_identificator->>'objectId' FROM klantinteracties_partijidentificator v "
    "JOIN klantinteracties_partijidentificator k ON k.id = v.sub_identificator_van_id "
    "WHERE k.partij_identificator->>'codeSoortObjectId' = 'kvk_nummer' "
    "AND k.partij_identificator->>'objectId' = %(kvk)s::text"
)
"""The vestigingen of a company that the municipality knows of."""


def _van_bedrijf(soort: str) -> str:
    """Return SQL that tells whether a rol of one kind is of the company, or its vestiging."""
    kind = f"{{row}}.betrokkene_type = '{soort}'"
    whole = f"{_KVK} = %(kvk)s::text"
    if soort == "vestiging":
        whole += (
            f") OR ({kind} AND %(vestiging)s::text = '' AND coalesce({_KVK}, '') = '' "
            f"AND {_VESTIGING} = ANY(ARRAY({_BEKEND}))"
        )
    return (
        f"({kind} AND %(vestiging)s::text = '' AND {whole}) OR ({kind} "
        f"AND %(vestiging)s::text <> '' AND {_VESTIGING} = %(vestiging)s::text "
        f"AND coalesce({_KVK}, '') IN ('', %(kvk)s::text))"
    )


ROL_BURGER: Final = "{row}.betrokkene_identificatie_nummer = %(burger)s"
"""SQL that tells whether the rol `{row}` is the citizen's who asks."""

ROL_BEDRIJF: Final = f"({_van_bedrijf('niet_natuurlijk_persoon')} OR {_van_bedrijf('vestiging')})"
"""SQL that tells whether it is of the company that asks; who acts for one vestiging sees that one.

An older register names a vestiging without its company; it counts where that is known here.
"""


BETROKKENEN: Final = (
    "SELECT r.betrokkene_identificatie_nummer FROM zaken_rol r WHERE r.zaak_id = {row}.id"
)
"""SQL that selects the pseudonyms of the persons in a zaak."""


def _zaken_van(rol: str) -> str:
    return (
        "({row}.vertrouwelijkheidaanduiding <= 3 "  # noqa: S608 - fixed texts
        "AND {row}.id = ANY(ARRAY(SELECT eigen.zaak_id "
        "FROM zaken_rol eigen JOIN catalogi_roltype aard ON aard.id = eigen.roltype_id "
        f"WHERE ({rol.replace('{row}', 'eigen')}) "
        "AND aard.omschrijving_generiek IN ('initiator', 'mede_initiator'))))"
    )


EIGEN: Final = _zaken_van(ROL_BURGER)
"""A citizen's own zaken: those he asked for, unless they are more than zaakvertrouwelijk."""

EIGEN_BEDRIJF: Final = _zaken_van(ROL_BEDRIJF)
"""The same for a company."""
