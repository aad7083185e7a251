"""`python -m loket.site.docs write | check | build OUT`, as the Makefile calls it."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import django

from loket.site.docs import build, check, write
from loket.site.docs.pages import Manual


def main() -> int:
    """Write the generated pages, check the manual, or build it as HTML."""
    parser = argparse.ArgumentParser(prog="python -m loket.site.docs", description=main.__doc__)
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the checkout")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("write", help="write the pages that come from the code")
    verbs.add_parser("check", help="fail on stale pages and broken links")
    verbs.add_parser("build", help="build HTML").add_argument("out", type=Path)
    chosen = parser.parse_args()
    manual = Manual(chosen.root.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings")
    django.setup()
    if chosen.verb == "write":
        for path in write(manual):
            print(path.relative_to(manual.root))  # noqa: T201 - the answer of a command
        return 0
    if chosen.verb == "build":
        print(f"{build(manual, chosen.out)} pages in {chosen.out}")  # noqa: T201 - idem
        return 0
    faults = check(manual)
    print("\n".join(faults) or "The manual is complete.")  # noqa: T201 - idem
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
