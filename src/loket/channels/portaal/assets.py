"""Make what the portal serves from what npm and the translators deliver.

`build` bundles the design system's style sheets with our own, keeps of the theme only the tokens
that are used, copies the fonts and pdf.js, and compiles the translations. The same input gives
the same bytes.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import re
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

HERE = Path(__file__).parent
BUILT = HERE / "static" / "portaal" / "gebouwd"
OWN_SHEET = HERE / "style" / "portaal.css"

THEME = "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"
COMPONENTS = (
    "root",
    "body",
    "page-layout",
    "page-header",
    "page-body",
    "page-footer",
    "skip-link",
    "nav-bar",
    "nav-list",
    "heading-1",
    "heading-2",
    "heading-3",
    "paragraph",
    "link",
    "button",
    "button-link",
    "table",
    "data-list",
    "status-badge",
    "unordered-list",
    "alert",
    "form-field",
    "form-label",
    "form-field-description",
    "form-field-error-message",
    "textbox",
    "textarea",
)

PDF = "pdfjs-dist"
PDF_FILES = (
    "LICENSE",
    "legacy/build/pdf.min.mjs",
    "legacy/build/pdf.worker.min.mjs",
    "cmaps/*",
    "iccs/*",
    "standard_fonts/*",
    "wasm/*_fallback.js",
    "wasm/LICENSE*",
)
"""What shows a PDF in the page: for older browsers too, and without WebAssembly."""

# Where two subsets hold a character the later one is used, so the small one stands last.
FONTS = (
    ("noto-sans", 400, "latin-ext"),
    ("noto-sans", 400, "latin"),
    ("noto-sans", 700, "latin-ext"),
    ("noto-sans", 700, "latin"),
    ("noto-serif", 700, "latin-ext"),
    ("noto-serif", 700, "latin"),
)

TOKEN = re.compile(r"^\s*(--[\w-]+):\s*(.+?);", re.MULTILINE)
USED = re.compile(r"var\(\s*(--[\w-]+)")


class BuildFailed(Exception):
    """The assets cannot be made; nothing of the earlier ones was touched."""


def build(root: Path, into: Path = BUILT) -> list[Path]:
    """Make the portal's assets from `root`/node_modules and return the files written."""
    modules = root / "node_modules"
    if not modules.is_dir():
        raise BuildFailed(f"{modules} is missing: run `npm ci` first.")
    sheet = _style_sheet(modules).encode()
    contents = {
        into / "portaal.css": sheet,
        into / "portaal.css.gz": gzip.compress(sheet, mtime=0),
    }
    for family, weight, subset in FONTS:
        package = modules / "@fontsource" / family
        name = _font_name(family, weight, subset)
        contents[into / name] = _read(package / "files" / name)
        contents[into / f"{family}-LICENSE.txt"] = _read(package / "LICENSE")
    contents |= {into / "pdf" / name: content for name, content in _pdf(modules).items()}
    for path, content in contents.items():
        _write(path, content)
    return [*contents, *compile_translations()]


def _style_sheet(modules: Path) -> str:
    sheets = [
        _read(modules / "@utrecht" / f"{name}-css" / "dist" / "index.min.css").decode()
        for name in COMPONENTS
    ]
    sheets.append(_read(OWN_SHEET).decode())
    faces = [_font_face(modules, *font) for font in FONTS]
    theme = _read(modules / THEME).decode()
    return "\n".join([*faces, _pruned(theme, "\n".join(sheets)), *sheets])


def _pruned(theme: str, used: str) -> str:
    """Return the theme with only the tokens that `used` reaches, in the theme's order."""
    tokens = dict(TOKEN.findall(theme))
    reached: set[str] = set()
    to_visit = set(USED.findall(used))
    while to_visit:
        name = to_visit.pop()
        if name in tokens and name not in reached:
            reached.add(name)
            to_visit.update(USED.findall(tokens[name]))
    body = "".join(f"{name}:{value};" for name, value in tokens.items() if name in reached)
    return f"/*! @license EUPL-1.2, NL Design System Community */\n.voorbeeld-theme{{{body}}}"


def _pdf(modules: Path) -> dict[str, bytes]:
    """Return the parts of pdf.js, those that are built without the folder that they are in."""
    package = modules / PDF
    found = {}
    for pattern in PDF_FILES:
        for path in sorted(package.glob(pattern)) or [package / pattern]:
            name = path.name if path.suffix == ".mjs" else str(path.relative_to(package))
            found[name] = _read(path)
    return found


def _font_name(family: str, weight: int, subset: str) -> str:
    return f"{family}-{subset}-{weight}-normal.woff2"


def _font_face(modules: Path, family: str, weight: int, subset: str) -> str:
    reaches = json.loads(_read(modules / "@fontsource" / family / "unicode.json"))
    return (
        f"@font-face{{font-family:'{family.replace('-', ' ').title()}';font-weight:{weight};"
        f"font-display:swap;src:url({_font_name(family, weight, subset)}) format('woff2');"
        f"unicode-range:{reaches[subset]}}}"
    )


def compile_translations() -> list[Path]:
    """Compile each catalogue of translations beside its source."""
    written = []
    for source in sorted(HERE.glob("locale/*/LC_MESSAGES/*.po")):
        with source.open("rb") as stream:
            catalogue = read_po(stream, abort_invalid=True)
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        written.append(source.with_suffix(".mo"))
        _write(written[-1], compiled.getvalue())
    return written


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as gone:
        raise BuildFailed(f"{path} is missing: run `npm ci` again.") from gone


def _write(path: Path, content: bytes) -> None:
    """Put `content` at `path` whole, also when another process does so at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    partial.write_bytes(content)
    partial.replace(path)
