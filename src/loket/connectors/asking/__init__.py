"""Asking a base register something: what the connectors of BRP, KVK and the like share.

The registers differ in what they tell; how one is let in is the same with each: an API key, a token
for which we show who we are, a certificate, and headers that the provider wants for its own log.
"""

from loket.connectors.asking.access import Access, Login
from loket.connectors.asking.calling import Answer, Question, ask
from loket.connectors.asking.failing import BevragenMislukt, Geweigerd, Onbereikbaar, VraagOnjuist

__all__ = [
    "Access",
    "Answer",
    "BevragenMislukt",
    "Geweigerd",
    "Login",
    "Onbereikbaar",
    "Question",
    "VraagOnjuist",
    "ask",
]
