"""What a title must be: typed text in, a frozen draft or one problem a field out. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from craftsmen.rules.honours import Family, Holder, Verb
from foundation.base.problem import Problem

LONGEST = {"code": 40, "name": 100, "body": 200, "given_with": 100}
LAST = 9999  # place among titles
_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
CHOICES = {"verb": Verb, "holder": Holder, "family": Family}
MARKS = ("pages", "listed", "active", "certificate")


@dataclass(frozen=True, slots=True)
class TitleDraft:
    """A title as somebody filled it in, found right."""

    code: str
    name: str
    verb: Verb
    body: str
    holder: Holder
    family: Family
    pages: bool = False
    listed: bool = True
    position: int = 100
    active: bool = True
    given_with: str = ""
    certificate: bool = False


def read_title(values: Mapping[str, str]) -> tuple[TitleDraft | None, list[Problem]]:
    """The draft that these fields make, or everything that is wrong with them. A mark is set by any text."""
    texts = {name: " ".join(values.get(name, "").split()) for name in LONGEST}
    problems = [Problem(f"title_{name}_empty", name) for name in ("code", "name", "body") if not texts[name]]
    problems += [
        Problem("honour_text_long", name, {"most": str(most)})
        for name, most in LONGEST.items()
        if len(texts[name]) > most
    ]
    if texts["code"] and not _CODE.fullmatch(texts["code"]):
        problems.append(Problem("title_code_wrong", "code"))
    for name, choices in CHOICES.items():
        if values.get(name, "") not in set(choices):
            problems.append(Problem("title_choice", name))
    position = values.get("position", "").strip() or "100"
    if not (position.isascii() and position.isdigit() and int(position[:9]) <= LAST):
        problems.append(Problem("title_position", "position", {"most": str(LAST)}))
    if problems:
        return None, problems
    marks = {name: bool(values.get(name, "").strip()) for name in MARKS}
    draft = TitleDraft(
        code=texts["code"],
        name=texts["name"],
        verb=Verb(values["verb"]),
        body=texts["body"],
        holder=Holder(values["holder"]),
        family=Family(values["family"]),
        position=int(position),
        given_with=texts["given_with"],
        **marks,
    )
    return draft, []
