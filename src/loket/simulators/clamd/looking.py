"""What the stand-in looks for: the string by which all scanners are tested, and nothing else."""

from __future__ import annotations

# In two pieces, so that no scanner takes this file for the test itself.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
NAME = "Eicar-Test-Signature"


class Look:
    """Looks at a stream piece by piece, also where the string lies across two of them."""

    def __init__(self) -> None:
        self._end = b""
        self.found = False

    def at(self, piece: bytes) -> None:
        """Look at the next piece."""
        seen = self._end + piece
        self.found = self.found or EICAR in seen
        self._end = seen[-len(EICAR) + 1 :]
