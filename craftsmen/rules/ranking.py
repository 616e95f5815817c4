"""Whether a channel's ranked list can be handed in: within its places and quotas, complete, and fair to the rest. Pure.

Places (限额) are for those who count in the ratios; a special quota (专项名额) has its own number in the whole round.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from craftsmen.rules.round_rules import SpecialQuota
from foundation.base.problem import Problem

Line = tuple[str, int | None, str, Sequence[Problem]]
"""(special quota or "", rank or None, name, what stops the nomination)"""

UNRANKED = "nomination_not_ranked"


def list_problems(
    places: int, specials: Sequence[SpecialQuota], lines: Sequence[Line], used: Mapping[str, int]
) -> list[Problem]:
    """Everything that stops handing it in; `used` counts those who came to the federation under each special quota."""
    ranked = [line for line in lines if line[1] is not None]
    problems = [] if ranked else [Problem("ranking_empty")]
    counted = sum(1 for special, *_ in ranked if not special)
    if counted > places:
        problems.append(Problem("ranking_places", "", {"places": str(places), "count": str(counted)}))
    under = Counter(special for special, *_ in ranked if special)
    for quota in specials:
        if under[quota.code] and under[quota.code] + used.get(quota.code, 0) > quota.most:
            left = {"name": quota.name, "most": str(quota.most), "used": str(used.get(quota.code, 0))}
            problems.append(Problem("ranking_special", "", left))
    problems += [
        Problem("ranking_blocked", "", {"name": name, "count": str(len(stops))})
        for _, _, name, blocks in ranked
        if (stops := [one for one in blocks if one.code != UNRANKED])
    ]
    if waiting := [name for _, rank, name, _ in lines if rank is None]:
        problems.append(Problem("ranking_untold", "", {"count": str(len(waiting)), "names": "、".join(waiting[:5])}))
    return problems
