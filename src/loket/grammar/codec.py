"""JSON to and from bytes; the only module that knows msgspec."""

from __future__ import annotations

from typing import Any

import msgspec

from loket.kernel.problems import Malformed

_decoder = msgspec.json.Decoder()
_encoder = msgspec.json.Encoder(decimal_format="string")


def decode(body: bytes | str) -> Any:
    """Read JSON; Malformed when it is not JSON."""
    try:
        return _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise Malformed(f"De inhoud is geen geldige JSON: {problem}.") from None


def encode(value: Any) -> bytes:
    """Write a value as JSON."""
    return _encoder.encode(value)
