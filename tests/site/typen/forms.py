"""What a browser would send of a form as it stands."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


class _Form(HTMLParser):
    """Collects the values of the fields on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Any] = {}
        self.name = self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "select":
            self.name = said["name"]
            self.found[self.name] = ""
        elif tag == "option" and "selected" in said:
            self.found[self.name] = said["value"]
        elif tag == "textarea":
            self.textarea = said["name"]
            self.found[self.textarea] = ""
        elif tag == "input" and said.get("name", "csrfmiddlewaretoken") != "csrfmiddlewaretoken":
            self._input(said)

    def _input(self, said: dict[str, str]) -> None:
        if said.get("type") not in ("checkbox", "radio"):
            self.found[said["name"]] = said.get("value", "")
        elif "checked" in said:
            self.found.setdefault(said["name"], []).append(said.get("value", "on"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.textarea = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.found[self.textarea] += data.removeprefix("\n")


def filled(page: str) -> dict[str, Any]:
    """Return values, ticks and choices of the form on a page."""
    form = _Form()
    form.feed(page)
    return form.found
