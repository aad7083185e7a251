from __future__ import annotations

from loket.site.cli import main

main()
