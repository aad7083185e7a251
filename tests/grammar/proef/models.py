from tests.grammar.proef.proeven import Aantekening, Meting, Proef, Soort
from tests.grammar.proef.stalen import Buis, Houder, Staal

__all__ = ["Aantekening", "Buis", "Houder", "Meting", "Proef", "Soort", "Staal"]
