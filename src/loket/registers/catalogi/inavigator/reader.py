"""The XML of an export as a tree in which every element knows its place in the file."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

MAX_BYTES = 100 * 1024 * 1024
MAX_DEPTH = 64
MAX_ELEMENTS = 2_000_000
NIL = "http://www.w3.org/2001/XMLSchema-instance nil"
CHUNK = 64 * 1024

ENDS_TOO_SOON = {3, 5, 6, 20}
MESSAGES = {
    2: "Dit is geen geldige XML.",
    4: "Hier staat een teken dat niet in XML past.",
    7: "Deze eindtag hoort niet bij het element dat openstaat.",
    8: "Dit attribuut staat er twee keer.",
    9: "Na het einde van het document staat nog inhoud.",
    11: "Hier staat een entiteit die niet bestaat.",
    18: "De tekenset die het bestand noemt, is onbekend.",
    19: "De tekenset die het bestand noemt, is niet de tekenset waarin het is geschreven.",
    27: "Dit voorvoegsel is nergens verklaard.",
    30: "De tekenset die het bestand noemt, is onbekend.",
}


class InavigatorError(ValueError):
    """De export kan niet worden gelezen."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message, line, column)
        self.message = message
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return f"Regel {self.line}, kolom {self.column}: {self.message}"


@dataclass(slots=True)
class Element:
    """One element of the file; `nil` says that the file declares it empty."""

    name: str
    attributes: dict[str, str]
    line: int
    column: int
    nil: bool = False
    children: list["Element"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The element's own text, on one line."""
        return " ".join("".join(self.pieces).split())

    def fault(self, message: str) -> InavigatorError:
        """The error for something wrong with this element."""
        return InavigatorError(message, self.line, self.column)


def read(
    source: Path | BinaryIO, *, leave_out: frozenset[str] = frozenset(), max_bytes: int = MAX_BYTES
) -> Element:
    """Read the file into its root element; of the sections `leave_out` only the name is kept."""
    if isinstance(source, Path):
        with source.open("rb") as stream:
            return _Reading(leave_out, max_bytes).run(stream)
    return _Reading(leave_out, max_bytes).run(source)


class _Reading:
    def __init__(self, leave_out: frozenset[str], max_bytes: int) -> None:
        self.leave_out = leave_out
        self.max_bytes = max_bytes
        self.root: Element | None = None
        self.open: list[Element] = []
        self.elements = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    def run(self, stream: BinaryIO) -> Element:
        with self.translated():
            size = 0
            while chunk := stream.read(CHUNK):
                size += len(chunk)
                if size > self.max_bytes:
                    raise self.fault(f"Het bestand is groter dan {self.max_bytes} bytes.")
                self.parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position
            self.parser.Parse(b"", True)  # noqa: FBT003 - idem
        if self.root is None:
            raise self.fault("Het bestand is leeg.")
        return self.root

    @contextmanager
    def translated(self) -> Iterator[None]:
        try:
            yield
        except expat.ExpatError as error:
            message = self.explained(error.code)
            raise InavigatorError(message, error.lineno, error.offset + 1) from error
        except InavigatorError:
            raise
        except (LookupError, ValueError) as error:
            raise self.fault(MESSAGES[18]) from error

    def explained(self, code: int) -> str:
        if code in ENDS_TOO_SOON and self.open:
            last = self.open[-1]
            return f"Het bestand breekt af: <{last.name}> van regel {last.line} is niet gesloten."
        if code in ENDS_TOO_SOON:
            return "Het bestand is leeg of breekt af voordat er iets in staat."
        if self.root is None and code in {2, 4}:
            return "Dit bestand is geen XML."
        return MESSAGES.get(code, f"Dit is geen geldige XML ({expat.ErrorString(code)}).")

    def fault(self, message: str) -> InavigatorError:
        parser = self.parser
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber
        return InavigatorError(message, max(line, 1), max(column, 0) + 1)

    def doctype(self, name: str, *_: object) -> None:
        if name.lower() == "html":
            raise self.fault("Dit is een webpagina (HTML), geen export van i-Navigator.")
        raise self.fault("Een DOCTYPE of entiteit hoort niet in een export en wordt geweigerd.")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if len(self.open) >= MAX_DEPTH:
            raise self.fault(f"De elementen zijn dieper genest dan {MAX_DEPTH} niveaus.")
        if self.elements > MAX_ELEMENTS:
            raise self.fault(f"Het bestand heeft meer dan {MAX_ELEMENTS} elementen.")
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        nil = attributes.pop(NIL, "false") in {"true", "1"}
        element = Element(name, attributes, line, column, nil)
        if not self.open:
            self.root = element
        elif not self.left_out():
            self.open[-1].children.append(element)
        self.open.append(element)

    def left_out(self) -> bool:
        return len(self.open) > 1 and self.open[1].name in self.leave_out

    def end(self, _: str) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        if not self.left_out():
            self.open[-1].pieces.append(text)
