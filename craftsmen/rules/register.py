"""The public register of honours: which ones stand in it, and with what. Pure.

A conferral is a public decision, so its line needs no consent: name, unit, trade, city, honour. Whoever takes back the
consent to their name is taken out; nobody who is known to be under 18 stands in it. What was revoked or renounced
stays at its address as a tombstone without a name.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from craftsmen.rules.honours import SHOWN, Stage

CONFERRED = Stage.CONFERRED.value


@dataclass(frozen=True, slots=True)
class Holder:
    """What decides about a person's line: `minor` where they are known to be under 18, `unnamed` where they said no."""

    minor: bool = False
    unnamed: bool = False


def stands(stage: str, listed: bool, holder: Holder) -> str:
    """How an honour stands in the register: "conferred", a tombstone's word, or "" for not at all."""
    if not listed or holder.minor:
        return ""
    if stage == CONFERRED:
        return "" if holder.unnamed else CONFERRED
    return stage if stage in SHOWN else ""


Facet = tuple[str, str, str, str, str]  # scope, kind, value, parent, label


def facets(line: Mapping[str, Any]) -> Iterable[Facet]:
    """Where a line of the register is counted; a tombstone nowhere."""
    if line["stage"] != CONFERRED:
        return
    found = [
        ("title", line["title_code"], "", line["title_name"]),
        ("edition", str(line["edition"] or ""), "", ""),
        ("year", str(line["year"]), "", ""),
        ("city", str(line["city"] or ""), "", line["city_name"]),
        ("county", str(line["county"] or ""), str(line["city"] or ""), line["county_name"]),
        ("industry", line["industry"], "", ""),
        ("occupation", line["occupation"], "", line["occupation"]),
    ]
    for scope in ("all", "gallery") if line["gallery"] else ("all",):
        for kind, value, parent, label in found:
            if value:
                yield scope, kind, value, parent, label


def recounted(before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]) -> dict[Facet, int]:
    """By how much each count changes, in one order, so that two writers never wait for each other in a ring."""
    changed: Counter[Facet] = Counter()
    for line in after:
        changed.update(facets(line))
    for line in before:
        changed.subtract(facets(line))
    return {facet: changed[facet] for facet in sorted(changed) if changed[facet]}
