"""The invented people and companies of the demo municipality."""

from pathlib import Path

PERSONEN = Path(__file__).with_name("personen.json")
BRP = Path(__file__).with_name("brp.json")
BEDRIJVEN = Path(__file__).with_name("bedrijven.json")
