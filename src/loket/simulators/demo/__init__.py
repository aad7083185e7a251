"""The invented people of the demo municipality."""

from pathlib import Path

PERSONEN = Path(__file__).with_name("personen.json")
