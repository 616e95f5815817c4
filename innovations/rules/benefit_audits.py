"""Which verified benefits are looked into again (抽查), and what an audit may find. Pure.

The draw is by a seed that stands beside it: whoever has the seed and the ids draws the same again.
"""

import hashlib
import unicodedata
from collections.abc import Collection, Mapping

from foundation.base.problem import N_, Problem

MOST_DRAWN = 50
LONGEST_REASON = 1000

OUTCOMES: Mapping[str, str] = {
    "upheld": N_("upheld: the figure stands"),
    "set_aside": N_("set aside: the figure counts no more"),
}


def drawn(ids: Collection[int], seed: str, size: int) -> list[int]:
    """`size` of the ids in the order in which the seed draws them; all where there are fewer."""
    return sorted(ids, key=lambda one: (hashlib.sha256(f"{seed}\n{one}".encode()).digest(), one))[:size]


def digest(ids: Collection[int]) -> str:
    """sha256 (hex) of what was drawn from: the ids in order, one a line."""
    return hashlib.sha256("\n".join(map(str, sorted(ids))).encode()).hexdigest()


def size_problems(text: str) -> tuple[int, list[Problem]]:
    """How many to draw, as it was typed."""
    text = unicodedata.normalize("NFKC", text).strip()
    size = int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0
    return (size, []) if 1 <= size <= MOST_DRAWN else (0, [Problem("audit_size", "size", {"most": str(MOST_DRAWN)})])


def outcome_problems(outcome: str, reason: str) -> list[Problem]:
    """What is wrong with a finding: whoever sets a figure aside says why; whoever upholds it may."""
    problems = [] if outcome in OUTCOMES else [Problem("audit_outcome", "outcome")]
    if outcome == "set_aside" and not reason.strip():
        problems.append(Problem("audit_reason", "reason"))
    if len(reason) > LONGEST_REASON:
        problems.append(Problem("innovation_long", "reason", {"most": str(LONGEST_REASON), "length": str(len(reason))}))
    return problems
