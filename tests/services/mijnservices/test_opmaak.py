"""The text of a bericht, as it is read: its words, without the signs of Markdown."""

from __future__ import annotations

import pytest

from loket.services.mijnservices import opmaak


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("", ""),
        ("Wij hebben **besloten**.", "Wij hebben besloten."),
        ("# Kop\n\nEn *tekst*\nop twee regels", "Kop\nEn tekst\nop twee regels"),
        ("een regel  \nen nog een", "een regel\nen nog een"),
        ("- een\n- **twee**\n\n> drie\n\n---\n", "een\ntwee\ndrie"),
        ("[Lees meer](https://elders.example/) of <https://elders.example/>",
         "Lees meer of https://elders.example/"),
        ("[x](javascript:alert)", "[x](javascript:alert)"),
        ("Typ `a*b*c`\n\n    en **dit**", "Typ a*b*c\nen **dit**\n"),
        (r"2 \* 3 \*\* 4 &amp; 5", "2 * 3 ** 4 & 5"),
        ("<b>vet</b>", "<b>vet</b>"),
        ("2 * 3 * 4, ~nee~ en a_b_c", "2 * 3 * 4, ~nee~ en a_b_c"),
    ],
)  # fmt: skip
def test_the_words_stay_and_the_signs_go(markdown: str, shown: str) -> None:
    assert opmaak.tekst(markdown) == shown
