"""How much of a file is looked into, and why a file may be refused that nobody can judge."""

from __future__ import annotations

from dataclasses import dataclass

from loket.kernel.problems import Problem

MIB = 1024 * 1024
GIB = 1024 * MIB


class Unscanned(Problem):
    """The scanner looked at a part and says so."""

    status, code, title = 400, "niet-te-scannen", "De virusscanner kon niet alles bekijken."


class FileTooLarge(Problem):
    """The file is larger than this house takes."""

    status, code, title = 400, "bestand-te-groot", "Het bestand is te groot."


class TooDeep(Problem):
    """Archives lie in archives, deeper than this house looks."""

    status, code, title = 400, "archief-te-diep", "Het archief bevat archieven in te veel lagen."


class ExpandsTooFar(Problem):
    """What is packed is far larger than the archive, or too large or too much at all."""

    status, code, title = 400, "archief-te-groot", "De inhoud van het archief is te groot."


class Unreadable(Problem):
    """An archive that cannot be looked into: damaged, encrypted, or of a kind nobody here knows."""

    status, code, title = 400, "archief-onleesbaar", "De inhoud van het archief is niet te scannen."


@dataclass(frozen=True)
class Limits:
    """What a municipality lets in, and how large the pieces are that its clamd takes."""

    most_bytes: int = 4 * GIB
    window: int = 25 * MIB
    """At most clamd's StreamMaxLength, MaxFileSize and MaxScanSize."""
    depth: int = 5
    """Layers of archives; clamd stops at MaxRecursion, 16 or 17."""
    expansion: int = 10 * GIB
    """Bytes that come out of all archives in a file together."""
    ratio: int = 100
    """How many times the size of the file may come out of it, if that is more than `free`."""
    free: int = 64 * MIB
    members: int = 5000
    """Files in all archives together; clamd stops at MaxFiles, 10,000."""
    overlap: int = MIB
    """How far the pieces of a large file overlap: longer than any pattern."""

    def __post_init__(self) -> None:
        """Refuse what cannot work."""
        if min(self.most_bytes, self.depth, self.expansion, self.ratio, self.members) < 1:
            raise ValueError("The limits of the virus scanner must be 1 or more.")
        if not 0 <= self.overlap < self.window:
            raise ValueError(f"The window of the scanner must be larger than {self.overlap} bytes.")

    def may_expand(self, size: int) -> int:
        """Return how many bytes may come out of a file of this size."""
        return min(self.expansion, max(self.free, self.ratio * size))
