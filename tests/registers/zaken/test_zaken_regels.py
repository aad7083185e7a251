"""The rules of a zaak, by their number in the standard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from conftest import RSIN, Typen, Werk, faults
