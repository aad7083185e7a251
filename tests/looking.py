"""How a test looks at a page: through the rules for accessibility, and at its width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def accessible(page: Page, rules: tuple[str, ...] = RULES) -> None:
    """Hold the page that is shown, its stylesheets arrived, against the rules of axe."""
    page.wait_for_load_state("load")
    found = Axe().run(page, options={"runOnly": list(rules)})
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def fits(page: Page) -> None:
    """Assert that nobody has to scroll sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
