"""Whether a text can be read by most people: long sentences, long words, words of the office.

Level B1 cannot be measured by a machine alone; what is told here is what a writer looks at again.
The words are those that most style guides of the government advise against.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from loket.registers.output.variabelen import PLACE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_WORDS: Final = 20
"""In a sentence."""

LONGEST: Final = 20
"""Characters in a word."""

ANDERS: Final[Mapping[str, str]] = {
    "aangaande": "over",
    "alsmede": "en ook",
    "betreffende": "over",
    "conform": "volgens",
    "derhalve": "daarom",
    "desgewenst": "als u dat wilt",
    "dient": "moet",
    "dienen": "moeten",
    "echter": "maar",
    "inzake": "over",
    "indien": "als",
    "middels": "met",
    "mitsdien": "daarom",
    "navolgende": "volgende",
    "omtrent": "over",
    "onderhavige": "deze",
    "reeds": "al",
    "teneinde": "om",
    "tevens": "ook",
    "thans": "nu",
    "voornoemde": "deze",
    "woonachtig": "wonend",
}
"""Words of the office, and what one says instead."""

_SENTENCES: Final = re.compile(r"[.!?:]\s+|\n\s*\n|\n[-*#]\s*")
_WORDS: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def remarks(text: str) -> Iterator[str]:
    """Yield what makes a text hard to read, in words for its writer."""
    plain = PLACE.sub("X", re.sub(r"https?://\S+", "X", text))
    for sentence in _SENTENCES.split(plain):
        words = _WORDS.findall(sentence)
        if len(words) > MOST_WORDS:
            start = " ".join(words[:5])
            yield f"Een zin van {len(words)} woorden is lang: '{start} …'."
    seen = dict.fromkeys(word.lower() for word in _WORDS.findall(plain))
    for word in seen:
        if word in ANDERS:
            yield f"'{word}' is een moeilijk woord; schrijf '{ANDERS[word]}'."
        elif len(word) > LONGEST:
            yield f"'{word}' is een lang woord."
