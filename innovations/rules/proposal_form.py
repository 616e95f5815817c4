"""The one screen on which a worker writes a proposal: what was typed becomes a draft, or one problem for each field.

Pure. Phone numbers are checked by their form alone; whose they are is not asked here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from foundation.base.identity import check_phone, read_phone
from foundation.base.problem import Problem
from innovations.rules.proposals import KINDS

MOST: Mapping[str, int] = {
    "title": 60, "problem": 2000, "suggestion": 4000, "name": 40, "others": 100, "place": 60,
}  # fmt: skip
_SIGNS = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")  # faces and other pictures
FIELDS = ("title", "problem", "suggestion", "kind", "name", "others", "phone", "place")
REOPENABLE = ("title", "problem", "suggestion", "kind", "others", "place", "pictures")
"""What may be given back for completion; who proposes is not anybody else's to change."""


@dataclass(frozen=True, slots=True)
class ProposalDraft:
    """What a worker proposes. `others` are names of those who take part; `phone` is empty or a number."""

    title: str
    problem: str
    suggestion: str
    kind: str
    name: str
    others: str = ""
    phone: str = ""
    place: str = ""


def read_proposal(values: Mapping[str, str], *, unfinished: bool = False) -> tuple[ProposalDraft | None, list[Problem]]:
    """A draft, or everything that is wrong with it. Everything but `others`, `phone` and `place` is needed.

    `unfinished`: it is kept to be gone on with, so what is missing is no problem, as long as something is there.
    """
    texts = {field: values.get(field, "").strip() for field in FIELDS}
    for field in ("title", "name", "others", "place"):
        texts[field] = " ".join(texts[field].split())
    problems = [] if unfinished else missing(texts)
    if texts["kind"] and texts["kind"] not in KINDS:
        problems.append(Problem("proposal_kind", "kind"))
    if unfinished and not any(texts[field] for field in ("title", "problem", "suggestion")):
        problems.append(Problem("proposal_nothing", "title"))
    problems += [Problem("proposal_name_signs", field) for field in ("name", "others") if has_signs(texts[field])]
    problems += [
        Problem("proposal_long", field, {"most": str(most), "length": str(len(texts[field]))})
        for field, most in MOST.items()
        if len(texts[field]) > most
    ]
    texts["phone"] = read_phone(texts["phone"])
    if texts["phone"]:
        problems += check_phone(texts["phone"])
    order = {field: place for place, field in enumerate(FIELDS)}
    problems.sort(key=lambda problem: order[problem.field])
    return (None, problems) if problems else (ProposalDraft(**texts), [])


def missing(texts: Mapping[str, str]) -> list[Problem]:
    """What a proposal still needs before it is handed in, in the order of the form."""
    needed = {field: f"proposal_{field}_empty" for field in ("title", "problem", "suggestion")}
    codes = {**needed, "kind": "proposal_kind", "name": "proposal_name_empty"}
    return [Problem(code, field) for field, code in codes.items() if not texts[field]]


def has_signs(name: str) -> bool:
    """Whether pictures stand in a name: no paper could print it."""
    return _SIGNS.search(name) is not None


def changed(before: ProposalDraft, after: ProposalDraft) -> list[str]:
    """The fields that differ, in the order of the form."""
    return [field for field in FIELDS if getattr(before, field) != getattr(after, field)]
