"""What is said of an organisation, read from what was typed: a draft, or one problem for each field. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from foundation.base.codes import check_unit_code, read_unit_code, unit_code_kind
from foundation.base.mailbox import is_mailbox
from foundation.base.problem import Problem
from foundation.people.organisation_kinds import Kind
from foundation.people.organisation_words import INDUSTRIES, OWNERSHIPS

FIELDS = (
    "name", "short_name", "kind", "code", "union_code", "industry", "chain", "ownership", "headcount", "position",
    "contact_email",
)  # fmt: skip
CODES = ("code", "union_code")
LONGEST = {"name": 100, "short_name": 40, "chain": 40, "contact_email": 120}
MOST_WORKERS = 9_999_999
LAST = 9999  # place among siblings
UNORDERED = 1000

_NUMBER = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Draft:
    """What is said of an organisation; everything but name and kind may be left empty."""

    name: str
    kind: Kind
    short_name: str = ""
    code: str = ""
    union_code: str = ""
    industry: str = ""
    chain: str = ""
    ownership: str = ""
    headcount: int | None = None
    position: int = UNORDERED
    contact_email: str = ""


def typed_of(facts: Any) -> dict[str, str]:
    """The fields of a draft or of an organisation's facts as a form shows them."""
    values = {name: getattr(facts, name) for name in FIELDS}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def read_draft(typed: Mapping[str, str], base: Draft | None = None) -> tuple[Draft | None, list[Problem]]:
    """Read the fields that were typed; those that were not are kept from `base`, or empty."""
    read: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, text in typed.items():
        line = " ".join(text.split())
        if name in {"headcount", "position"}:
            read[name], problem = _number(name, line)
        elif name == "kind":
            read[name], problem = _kind(line)
        else:
            read[name], problem = (read_unit_code(line) if name in CODES else line), None
        problems += [problem] if problem else []
    if base is None and "kind" not in read:
        problems.append(Problem("organisation_kind_empty", "kind"))
    filled = {"name": "", "kind": Kind.ENTERPRISE, **{name: value for name, value in read.items() if value is not None}}
    whole = replace(base, **read) if base and not problems else Draft(**filled)
    asked = typed.keys() if base else FIELDS  # what stands already was judged when it was saved
    problems += [problem for problem in problems_with(whole) if problem.field in asked]
    return (None if problems else whole), problems


def problems_with(draft: Draft) -> list[Problem]:
    """What is wrong with a draft by itself; who else has its name or code is the writer's to find."""
    problems = [] if draft.name else [Problem("organisation_name_empty", "name")]
    for name, most in LONGEST.items():
        if len(getattr(draft, name)) > most:
            problems.append(Problem("organisation_text_long", name, {"most": str(most)}))
    if draft.code:
        is_union_s = unit_code_kind(draft.code) == "union"
        problems += [Problem("organisation_code_union", "code")] if is_union_s else check_unit_code(draft.code)
    if draft.union_code:
        wrong = check_unit_code(draft.union_code, "union_code")
        is_union_s = unit_code_kind(draft.union_code) == "union"
        problems += wrong if wrong or is_union_s else [Problem("organisation_code_other", "union_code")]
    if draft.industry and draft.industry not in INDUSTRIES:
        problems.append(Problem("organisation_industry", "industry"))
    if draft.ownership and draft.ownership not in OWNERSHIPS:
        problems.append(Problem("organisation_ownership", "ownership"))
    if draft.headcount is not None and not 0 <= draft.headcount <= MOST_WORKERS:
        problems.append(Problem("organisation_headcount", "headcount", {"most": str(MOST_WORKERS)}))
    if not 0 <= draft.position <= LAST:
        problems.append(Problem("organisation_position", "position", {"most": str(LAST)}))
    if draft.contact_email and not is_mailbox(draft.contact_email):
        problems.append(Problem("organisation_email", "contact_email"))
    return problems


def _number(name: str, text: str) -> tuple[int | None, Problem | None]:
    if not text:
        return (None if name == "headcount" else UNORDERED), None
    if not _NUMBER.fullmatch(text):
        most = MOST_WORKERS if name == "headcount" else LAST
        return None, Problem(f"organisation_{name}", name, {"most": str(most)})
    return int(text), None


def _kind(text: str) -> tuple[Kind | None, Problem | None]:
    if not text:
        return None, Problem("organisation_kind_empty", "kind")
    if text not in set(Kind):
        return None, Problem("organisation_kind_unknown", "kind")
    return Kind(text), None
