"""Colours as sRGB: how well one can be read on another (WCAG 2.2, contrast ratio)."""

from __future__ import annotations

LEAST = 4.5
"""The contrast that WCAG 2.2 AA asks of text."""

LIGHT = "#eff1f3"
"""The darkest ground on which the portal puts text in the colour of its links."""

SHAPE = r"#[0-9a-fA-F]{6}"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours such as `#0a1b2c`: from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(one: str, other: str) -> bool:
    """Tell whether text in one colour can be read on the other."""
    return contrast(one, other) >= LEAST


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
