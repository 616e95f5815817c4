"""Two innovations that are one: whose credit it is afterwards, as a form with one share for each person. Pure.

Everybody of both lists stays named. Only a line of somebody who stands in the list twice, by the same name, may be
left without a share: it is left out.
"""

import unicodedata
from collections.abc import Mapping, Sequence

import msgspec

from foundation.base.problem import Problem
from innovations.rules.innovation_form import MOST_AUTHORS, WHOLE, Author

LONGEST_REASON = 500


def people(main: Sequence[Author], other: Sequence[Author], main_unit: str, other_unit: str) -> list[Author]:
    """Everybody of both, those of the main one first; who certainly is the same person stands there once.

    An author without a unit belongs to the innovation's own, so those of the other one are told with theirs.
    """
    found = list(main)
    for one in other:
        unit = one.unit or other_unit
        if not any(_certainly_same(one, unit, each, each.unit or main_unit) for each in found):
            found.append(msgspec.structs.replace(one, unit="" if unit == main_unit else unit))
    return found


def shares_typed(offered: Sequence[Author], values: Mapping[str, str]) -> tuple[list[Author], list[Problem]]:
    """The merged list by the shares that were typed (`share-1` …), the largest first; and what is wrong with it."""
    problems, taken = [], []
    for place, one in enumerate(offered, 1):
        typed = unicodedata.normalize("NFKC", values.get(f"share-{place}", ""))
        text = typed.strip().removesuffix("%").strip()
        share = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else -1
        if not text or share == 0:
            if _stands_elsewhere(offered, place, values):
                continue
            problems.append(Problem("same_share_missing", f"share-{place}", {"name": one.name}))
        elif not 0 < share <= WHOLE:
            problems.append(Problem("same_share_wrong", f"share-{place}", {"name": one.name}))
        else:
            taken.append(msgspec.structs.replace(one, share=share))
    if not problems and (total := sum(one.share for one in taken)) != WHOLE:
        problems.append(Problem("innovation_shares_sum", "share-1", {"sum": str(total)}))
    if len(taken) > MOST_AUTHORS:
        problems.append(Problem("innovation_authors_many", "share-1", {"most": str(MOST_AUTHORS)}))
    return sorted(taken, key=lambda one: -one.share), problems


def reason_problems(reason: str) -> list[Problem]:
    """Every link has a reason, which both units read."""
    if not reason:
        return [Problem("same_reason", "reason")]
    if len(reason) > LONGEST_REASON:
        return [Problem("innovation_long", "reason", {"most": str(LONGEST_REASON), "length": str(len(reason))})]
    return []


def _certainly_same(one: Author, unit: str, other: Author, other_unit: str) -> bool:
    if one.worker and other.worker:
        return one.worker == other.worker
    return (one.name, unit) == (other.name, other_unit)


def _stands_elsewhere(offered: Sequence[Author], place: int, values: Mapping[str, str]) -> bool:
    """Whether somebody of the same name has a share."""
    name = offered[place - 1].name
    return any(
        one.name == name and other != place and values.get(f"share-{other}", "").strip() not in {"", "0"}
        for other, one in enumerate(offered, 1)
    )
