"""A record: field words in, Django model out, so that migrations and admin come with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models.base import ModelBase

from loket.grammar.words import Number, Word
from loket.kernel.actor import Regime
from loket.kernel.values import uuid7

if TYPE_CHECKING:
    from collections.abc import Iterator


class RecordBase(ModelBase):
    """Turns the words in a class body into the columns of a table."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: Any
    ) -> Any:
        """Take the words out, put their columns in, and keep the words beside them."""
        inherited: dict[str, Word] = {}
        for base in bases:
            inherited |= getattr(base, "words", {})
        words = {key: value for key, value in namespace.items() if isinstance(value, Word)}
        for key, word in words.items():
            word.named(key)
            del namespace[key]
            namespace |= word.fields()
        meta = namespace.get("Meta")
        if meta is not None and not hasattr(meta, "verbose_name"):
            meta.verbose_name = name.lower()
        namespace["words"] = inherited | words
        return super().__new__(cls, name, bases, namespace, **options)


class Record(models.Model, metaclass=RecordBase):
    """What a register records of one kind of thing.

    The key is a UUID version 7: it sorts by time, and a reference to it is an address without a
    join. `regime` is the law under which the thing is recorded.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    regime = models.CharField(
        "regime", max_length=3, default=Regime.AVG.value, choices=[(r, r) for r in Regime]
    )

    words: ClassVar[dict[str, Word]]

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Columns of references and relations from elsewhere exist at run time only."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        for name, word in self.words.items():
            if isinstance(word, Number):
                return str(getattr(self, name))
        for name in ("omschrijving", "naam", "label", "identificatie"):
            if name in self.words:
                return str(getattr(self, name))
        return str(self.id)


def written(model: Any) -> Iterator[Word]:
    """Yield the words that a client may write."""
    for word in model.words.values():
        if word.writable:
            yield word
