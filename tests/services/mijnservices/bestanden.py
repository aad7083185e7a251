"""Files as citizens send them: real ones, and those that are not what they seem."""

from __future__ import annotations

import io
import zipfile

from loket.grammar.spool import Spool
from loket.simulators.clamd.looking import EICAR

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
JPG = b"\xff\xd8\xff\xe0" + bytes(40)
HEIC = b"\x00\x00\x00\x18ftypheic" + bytes(40)
VIRUS = b"%PDF-1.4\n" + EICAR
PROGRAMMA = b"MZ" + bytes(60) + b"This program cannot be run in DOS mode."
HTML = b"<html><script>alert(1)</script></html>"


def spool(content: bytes) -> Spool:
    """Return a file on its way."""
    made = Spool()
    made.write(content)
    return made


def ingepakt(**names: bytes) -> bytes:
    """Return a ZIP of what is named; a double underscore stands for a slash, a single for a dot."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in names.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return held.getvalue()


DOCX = ingepakt(word__document_xml=b"<w/>")
MACRO = ingepakt(word__document_xml=b"<w/>", word__vbaProject_bin=b"x")
ODT = ingepakt(mimetype=b"application/vnd.oasis.opendocument.text", content_xml=b"<o/>")
