"""Addresses of the source, and what they are called without its host.

A source behind a proxy may write other addresses than those at which we reach it, so the bases
in its answers are learnt from the addresses of the records themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


class Addresses:
    """Turns addresses of the source into those of the house, and the house's own back."""

    def __init__(self, roots: Mapping[str, str], house: str) -> None:
        self._house = house
        self.roots = dict(roots)
        self._known: dict[str, str] = {root: name for name, root in roots.items()}

    def learn(self, api: str, url: str, path: str) -> None:
        """Note under which base the source itself writes the addresses of an API."""
        cut = url.rfind(f"/{path}/")
        base = url[:cut] if cut > 0 else ""
        if base.startswith(("http://", "https://")):
            self._known.setdefault(base, api)

    def ours(self, text: str) -> str:
        """Return an address of the source as it is called in the house; other text as it is."""
        if not text.startswith("http"):
            return text
        for base, api in self._known.items():
            if text.startswith(f"{base}/"):
                return f"{self._house}/{api}/api/v1{text[len(base) :]}"
        return text

    def translated(self, value: Any) -> Any:
        """Return JSON of the source with every address of its own as the house calls it."""
        if isinstance(value, str):
            return self.ours(value)
        if isinstance(value, dict):
            return {name: self.translated(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self.translated(each) for each in value]
        return value

    def reachable(self, url: str) -> str:
        """Return an address that the source wrote as we reach it; blank when it is not its own."""
        for base, api in self._known.items():
            if url.startswith(f"{base}/"):
                return self.roots[api] + url[len(base) :]
        return ""
