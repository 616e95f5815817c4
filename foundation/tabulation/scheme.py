"""The scheme by one name, for those who use it: its shapes, reading and checking, its text and hash, its full marks."""

from foundation.tabulation.full_marks import full_marks, module_full_marks, scheme_full_marks
from foundation.tabulation.scheme_model import Aspect, Module, Scheme, TieStep
from foundation.tabulation.scheme_reading import check_scheme, read_scheme
from foundation.tabulation.scheme_text import canonical_json, scheme_hash

__all__ = [
    "Aspect",
    "Module",
    "Scheme",
    "TieStep",
    "canonical_json",
    "check_scheme",
    "full_marks",
    "module_full_marks",
    "read_scheme",
    "scheme_full_marks",
    "scheme_hash",
]
