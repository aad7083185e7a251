"""Letters: a PDF that everybody can read, to a queue or a folder, once."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from loket.connectors.printer import FileDrop, Ipp
from loket.simulators.printer.server import serving
from tests.registers.klantinteracties.contactwerk import Contactwerk, bsn, identificator, ref

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Api
    from tests.registers.zaken.zaakwerk import Werk
    from tests.services.output.postkamer import Postkamer

Json = dict[str, Any]


def on_paper(api: Api, werk: Werk) -> Json:
    """Let somebody who only reads letters have news."""
    contacten, nummer = Contactwerk(api), bsn()
    adres = {
        "straatnaam": "Dorpsstraat",
        "huisnummer": 1,
        "postcode": "1234 AB",
        "stad": "Duinrade",
    }
    partij = contacten.persoon(correspondentieadres=adres)
    contacten.make(
        "partij-identificatoren", **identificator("bsn", nummer, identificeerdePartij=ref(partij))
    )
    contacten.make("contactvoorkeuren", partij=ref(partij), kanaal="brief")
    zaak = werk.zaak()
    werk.rol(zaak, betrokkeneIdentificatie={"inpBsn": nummer, "geslachtsnaam": "Jansen"})
    werk.status(zaak, 1)
    return zaak


def readable(pdf: bytes) -> None:
    """Hold a PDF to what makes it PDF/UA: tagged, with a title, a language and the mark itself."""
    assert pdf.startswith(b"%PDF-1.7")
    whole = pdf
    for each in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL):
        with suppress(zlib.error):  # what is not packed stands in the file itself
            whole += zlib.decompress(each)
    for wanted in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang (nl)", b"/DisplayDocTitle true"):
        assert wanted in whole, wanted
    assert b"pdfuaid:part" in whole


@pytest.mark.req("M56", "M18")
def test_a_letter_is_laid_ready_for_the_print_service(
    api: Api, zaakwerk: Werk, postkamer: Postkamer, tmp_path: Path
) -> None:
    folder = tmp_path / "brieven"
    folder.mkdir()
    postkamer.set(brief=FileDrop(folder))
    on_paper(api, zaakwerk)
    postkamer.work()
    assert postkamer.states() == [("brief", "verzonden")]
    (letter,) = folder.glob("*.pdf")
    readable(letter.read_bytes())


@pytest.mark.req("M56")
def test_a_letter_is_printed_once(api: Api, zaakwerk: Werk, postkamer: Postkamer) -> None:
    """A queue that took it and did not say so is asked before it gets a second one."""
    with serving() as printer:
        postkamer.set(brief=Ipp(printer.uri))
        on_paper(api, zaakwerk)
        printer.queue.fail("lost-reply", 1)
        postkamer.work()
        assert postkamer.states() == [("brief", "gepland")]
        postkamer.due()
        postkamer.work()
        assert postkamer.states() == [("brief", "verzonden")]
        (job,) = printer.queue.jobs
    readable(job.content)


def test_who_has_no_queue_writes_in_the_portal(
    api: Api, zaakwerk: Werk, postkamer: Postkamer
) -> None:
    on_paper(api, zaakwerk)
    postkamer.work()
    assert postkamer.states()[0] == ("portaal", "bezorgd")
